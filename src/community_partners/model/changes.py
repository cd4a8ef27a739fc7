"""Changes that a run wants to make on GitHub, as values: to a thread, or to a proposal.

The journeys plan the changes, `--dry-run` prints them, and the room `github` makes them.
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
    """Add and remove only our own labels: people may change other labels while a run goes on."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Close:
    pull: bool  # False: an issue
    done: bool = False  # an issue is closed as "completed", not as "not planned"


class Reaction(StrEnum):
    """Our reaction to a comment with a command, by GitHub's names.

    https://docs.github.com/en/rest/reactions/reactions
    """

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
    """Create the branch at the commit `head`. `forced`: the branch exists and moves to `head`."""

    name: str
    head: str
    forced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PutFile:
    """Write one file as one commit on `branch`, which is at the commit `head`.

    `new`: this run has just put the branch there.
    """

    branch: str
    head: str
    path: str
    text: str
    message: str
    new: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPull:
    branch: str
    base: str
    title: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditPull:
    """Change the text or state of a pull request. `state`: `open` or `closed`, as wanted."""

    number: int
    title: str
    body: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TellPull:
    """Post the one comment of this kind on the pull request. `kind`: of its hidden line."""

    number: int
    kind: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStatus:
    """Set the status of the commit `head`; None means the commit that this run just made."""

    head: str | None
    status: CommitStatus


PullChange = MakeBranch | PutFile | OpenPull | EditPull | TellPull | SetStatus
