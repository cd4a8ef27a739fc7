"""What a run needs, and what the doors have in common by which applications come.

A door decides whether a thread is an application and reads what was handed in: a form in an issue,
a file of a pull request. What comes next is the same for all of them (`answer.py`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Protocol, Self

from ..evidence.clients import Clients
from ..github.applications import funnel
from ..github.permissions import Permissions
from ..github.rest import GitHubRepository
from ..github.thread import GitHubThread
from ..intake.event import Ignored
from ..intake.issue_form import FormTemplate
from ..model.application import DoorKind
from ..model.changes import ThreadChange
from ..model.evidence import Answer
from ..model.funnel import Funnel
from ..model.program import Program
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


@dataclass(frozen=True, kw_only=True)
class Run:
    """`form`: its questions, read once; none where the program takes pull requests alone.

    `root`: the folder of the program's records. `may_write`: has a login write permission now;
    raises UserError if nobody can tell. `funnel`: what the repository holds around the application
    of a slug, asked for once.
    """

    program: Program
    form: FormTemplate
    root: Path
    today: date
    dry_run: bool
    clients: Clients
    repository: GitHubRepository
    may_write: Callable[[str], bool]
    funnel: Callable[[str], Answer[Funnel]]

    @classmethod
    def of(
        cls,
        program: Program,
        form: FormTemplate,
        root: Path,
        today: date,
        clients: Clients,
        repository: GitHubRepository,
        *,
        dry_run: bool,
    ) -> Self:
        """Connect what is asked later; nothing is asked yet."""
        return cls(
            program=program,
            form=form,
            root=root,
            today=today,
            dry_run=dry_run,
            clients=clients,
            repository=repository,
            may_write=Permissions(repository).may_write,
            funnel=_looking(clients, repository),
        )

    def anew(self) -> Self:
        """Return the same run, which asks for the funnel again: it may have changed itself."""
        return replace(self, funnel=_looking(self.clients, self.repository))

    def thread(self, number: int) -> GitHubThread:
        """The thread of an issue or pull request; it is read when it is needed."""
        return GitHubThread(self.repository, self.clients.github, number)


def _looking(clients: Clients, repository: GitHubRepository) -> Callable[[str], Answer[Funnel]]:
    return cache(partial(funnel, clients.github, repository.name, clock=clients.clock))
