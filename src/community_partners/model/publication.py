"""A publication: all that a run writes to the repository, as a value; and what became of it.

A journey decides the whole value before anything is written, so that `--dry-run` shows it whole.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .file import File

# Reports of requests that GitHub gave up begin at some 200 files or 2.5 MB.
LARGEST = 2_000_000  # bytes of one commit's files, in base64
MOST = 100  # files of one commit


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """A comment that is posted once in an issue or pull request.

    `kind`: the kind of its hidden line. `about`: whom it is about, such as a partner's slug.
    `waits`: it holds only once the files are on the branch itself, not while they are proposed.
    `closes`: the issue is closed after it.
    """

    thread: int
    kind: str
    body: str
    about: str
    waits: bool = True
    closes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """All that one run writes to the repository.

    `files`: in the order of writing; one makes those before it true, such as a partner's record,
    and what it replaces is removed after it. `message`: the commit's. `own`: the name of our own
    branch, for a branch whose rules refuse the commit. `notices`: in the order of posting.
    """

    files: tuple[File, ...]
    message: str
    own: str
    notices: tuple[Notice, ...] = ()


def parts(
    files: Sequence[File], largest: int = LARGEST, most: int = MOST
) -> Iterator[tuple[File, ...]]:
    """Yield the files in order, in parts of at most `most` files.

    A part has at most `largest` bytes in base64, or one file.
    """
    part: list[File] = []
    size = 0
    for one in files:
        more = len(content_of(one))
        if part and (size + more > largest or len(part) == most):
            yield tuple(part)
            part, size = [], 0
        part.append(one)
        size += more
    if part:
        yield tuple(part)


def content_of(file: File) -> str:
    """Return the file's text in base64, as the API takes it; empty for a file to remove."""
    return base64.b64encode(b"".join(file.pieces())).decode()


@dataclass(frozen=True, kw_only=True, slots=True)
class UpToDate:
    """Nothing to do: `branch` has the same files already."""

    branch: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Committed:
    """The files are on `branch`. `commit`: the branch's new tip, 40 hexadecimal digits."""

    branch: str
    commit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """The rules of `branch` refuse the commit, so the files are on our own branch `own`.

    `asks`: what the rules ask, as in "that ...". `commit`: the tip of `own`, 40 hexadecimal digits.
    `url`: the address of the pull request.
    """

    branch: str
    own: str
    commit: str
    asks: str
    url: str = ""


Published = UpToDate | Committed | Proposed
