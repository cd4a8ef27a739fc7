"""What a proposal can lack: a branch, its file, its pull request, a word there, a status."""

from collections.abc import Sequence
from dataclasses import dataclass

from .commit_status import CommitStatus
from .log import quote


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeBranch:
    """At the commit `head`; `forced` moves one that is there."""

    name: str
    head: str
    forced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PutFile:
    """One commit on `branch`. `replaces`: the id of the file that is there."""

    branch: str
    path: str
    text: str
    message: str
    replaces: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPull:
    branch: str
    base: str
    title: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditPull:
    """`state`: `open` or `closed`, as it is to be."""

    number: int
    title: str
    body: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TellPull:
    number: int
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStatus:
    """`head` None: of the commit that was made just now."""

    head: str | None
    status: CommitStatus


Write = MakeBranch | PutFile | OpenPull | EditPull | TellPull | SetStatus


def describe(writes: Sequence[Write]) -> str:
    """The plan for people, one write after the other; a text's lines behind bars."""
    return "\n".join(map(_describe, writes))


def _describe(write: Write) -> str:
    match write:
        case MakeBranch():
            return f"make the branch {write.name} at {write.head[:12]}"
        case PutFile():
            return f"write {write.path} to the branch {write.branch}:\n{quote(write.text)}"
        case OpenPull():
            return f"open a pull request from {write.branch}:\n{quote(write.title)}"
        case EditPull():
            return f"change pull request #{write.number}, {write.state}:\n{quote(write.body)}"
        case TellPull():
            return f"comment on pull request #{write.number}:\n{quote(write.body)}"
        case SetStatus():
            return f"set the status of the commit to {write.status.state}"
