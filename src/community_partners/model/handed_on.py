"""The values that the job which judges hands on to the job which may write to the repository."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOn:
    """One application whose proposal is to be written; the thread tells all the rest.

    `issue`: the number of the issue; `slug`: of the application. `file`: the digest of the file as
    it was judged (`hidden_line.file_digest`). `status`: the verdict in one line of plain text.
    """

    issue: int
    slug: str
    file: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedLeave:
    """A seat that its owner has left; the thread and the record tell all the rest.

    `issue`: the number of the partner's issue or pull request. `comment`: the id of the comment
    with the command.
    """

    issue: int
    comment: int


Handed = HandedOn | HandedLeave
