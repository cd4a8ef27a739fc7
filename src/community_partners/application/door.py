"""What the doors have in common by which applications come: a form in an issue, a pull request.

A door decides whether a thread is an application and reads what was handed in; what comes next is
the same for all of them (`answer.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ..github.thread import GitHubThread
from ..intake.event import Ignored
from ..model.application import DoorKind
from ..model.changes import ThreadChange
from ..model.submission import Submission
from ..model.verdict import Verdict
from ..words.reply import Commit, Reply
from .commands_in_comments import PendingCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Overtaken(Ignored):
    """Something newer came meanwhile: its own run answers, and nothing was written here."""


class Door(Protocol):
    """One application in its thread. `commit`: the one that is judged, where there is one."""

    @property
    def kind(self) -> DoorKind: ...
    @property
    def thread(self) -> GitHubThread: ...
    @property
    def commit(self) -> Commit | None: ...

    def submission(self) -> Submission:
        """Read what was handed in. Raises UserError with a sentence."""

    def overtaken(self) -> Overtaken | None:
        """Tell whether another commit stands there by now. Raises UserError."""

    def settle(self, done: "Review") -> Iterator[str]:
        """Set what follows from a verdict, and yield lines for the log. Raises UserError."""

    def annotations(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the problems as commands to the runner, which shows them at their lines."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """A verdict that was given. `comment_url`: where it stands; None if a dry run is the first.

    `changes`: what was written to the thread. `commands`: those that it answers, with what became
    of them.
    """

    door: Door
    submission: Submission
    verdict: Verdict
    reply: Reply
    changes: tuple[ThreadChange, ...]
    comment_url: str | None
    commands: tuple[PendingCommand, ...] = ()

    def settle(self) -> Iterator[str]:
        """Set what follows at this door: a proposal or a status. Raises UserError."""
        return self.door.settle(self)
