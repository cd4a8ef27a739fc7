"""Changes that a run wants on GitHub, as values: to a thread, or to the pull request of a proposal.

Planned by the journeys, printed by `--dry-run`, written by the room `github`.
"""

from dataclasses import dataclass
from enum import StrEnum

from .commit_status import CommitStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel:
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PostComment:
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditComment:
    id: int
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLabels:
    """Only ours: somebody else's may have been added or taken away meanwhile."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Close:
    pull: bool  # an issue is closed as not planned


class Reaction(StrEnum):
    """To a comment with a command, as GitHub names them."""

    DONE = "+1"
    NO = "-1"
    CONFUSED = "confused"


@dataclass(frozen=True, kw_only=True, slots=True)
class React:
    comment: int
    content: Reaction


ThreadChange = CreateLabel | PostComment | EditComment | ChangeLabels | Close | React


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


PullChange = MakeBranch | PutFile | OpenPull | EditPull | TellPull | SetStatus
