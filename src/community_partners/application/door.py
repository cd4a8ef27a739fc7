"""Defines the inputs of a run, and the protocol that all doors have in common.

A door decides whether a thread is an application, and reads the submission: a form in an issue, or
a file in a pull request. `answer.py` does the rest, which is the same for all doors.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol, Self

from ..evidence.clients import Clients
from ..evidence.form_reader import FormReader
from ..github.applications import Funnels
from ..github.permissions import Permissions
from ..github.pulls import write_status
from ..github.rest import GitHubRepository
from ..github.thread import GitHubThread
from ..github.waiting_list import WaitingList
from ..hidden_line import Memory
from ..intake.event import Ignored
from ..intake.issue_form import is_filled
from ..intake.program_form import ProgramForm
from ..model.application import Application, DoorKind
from ..model.changes import ThreadChange
from ..model.commit_status import CommitStatus
from ..model.handed_on import HandedOn
from ..model.program import Program
from ..model.submission import Submission
from ..model.thread import Thread
from ..model.verdict import Verdict
from ..words.reply import Commit, Reply
from .commands_in_comments import PendingCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Overtaken(Ignored):
    """A newer commit or edit came during this run. Its own run answers; this run wrote nothing."""


class Door(Protocol):
    """One application in its thread. `commit`: the commit that is judged; None for an issue.
    `branch`: the case-folded login of whoever else owns the proposed branch, or None."""

    @property
    def kind(self) -> DoorKind: ...
    @property
    def thread(self) -> GitHubThread: ...
    @property
    def commit(self) -> Commit | None: ...
    @property
    def branch(self) -> str | None: ...

    def author(self, application: Application) -> int | None:
        """Return the number of the account that handed this in; None if that is not shown."""

    def submission(self) -> Submission:
        """Read the submission. Raises UserError with a sentence."""

    def overtaken(self) -> Overtaken | None:
        """Return why a newer run answers, if a commit was pushed meanwhile. Raises UserError."""

    def settle(self, done: "Review") -> "Settled":
        """Write what follows from a verdict, or hand it on. Raises UserError."""

    def annotations(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the problems as commands to the runner, which GitHub shows at their lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The result of writing what a verdict asks for beside its thread.

    `lines`: for the log. `handed_on`: what is left to a job that may write files.
    """

    lines: tuple[str, ...] = ()
    handed_on: tuple[HandedOn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Review:
    """A verdict, and how it was answered.

    `changes`: what was written to the thread, or would be in a dry run. `comment_url`: the address
    of the verdict's comment; None if only a dry run has judged so far. `commands`: the commands
    that were answered.
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
    """The settings and the clients of one run.

    `forms`: read the forms in issues. `root`: the folder of the program's records. `may_write`:
    tells whether a login has write permission now; raises UserError if GitHub does not say.
    `funnels`: give what the repository holds of the application with a slug, and of others.
    `hands_on`: this run must not write branches and files, and hands them on. `listed`: threads
    that a list has shown, by number. `judged`: what the verdicts of this run remember.
    """

    program: Program
    forms: FormReader
    root: Path
    today: date
    dry_run: bool
    clients: Clients
    repository: GitHubRepository
    may_write: Callable[[str], bool]
    funnels: Funnels
    hands_on: bool = False
    listed: Mapping[int, Thread] = field(default_factory=dict)
    judged: dict[int, Memory] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        program: Program,
        form: ProgramForm,
        root: Path,
        today: date,
        clients: Clients,
        repository: GitHubRepository,
        *,
        dry_run: bool,
    ) -> Self:
        """Return a run with its clients. Nothing is asked yet."""
        return cls(
            program=program,
            forms=FormReader(form, root, clients.github, repository.name),
            root=root,
            today=today,
            dry_run=dry_run,
            clients=clients,
            repository=repository,
            may_write=Permissions(repository).may_write,
            funnels=Funnels(clients.github, repository.name, clients.clock),
        )

    def submission(self, thread: GitHubThread) -> Submission:
        """Return the application in an issue, as `FormReader.submission` does."""
        issue = thread.seen.issue
        asked = (issue.title, issue.body, thread.number, self.today, self.program)
        return self.forms.submission(*asked)

    def waiting(self) -> WaitingList:
        """Read the list of all that waits in the repository. Raises UserError."""

        def is_application(body: str) -> bool:
            questions = self.forms.form.questions
            return bool(questions) and is_filled(body, questions)

        asked = (self.clients.github, self.repository, self.clients.clock)
        return WaitingList.read(*asked, is_application)

    def beside(self, waiting: WaitingList) -> Self:
        """Return the same run for the next application of a list that is read already.

        An application's file and branch are asked for again each time, since the run may have
        changed them.
        """
        asked = (self.clients.github, self.repository.name, self.clients.clock)
        return replace(self, funnels=Funnels(*asked, waiting.others), listed=waiting.as_listed)

    def thread(self, number: int) -> GitHubThread:
        """Return the thread of an issue or pull request. It is read when it is first needed."""
        return GitHubThread(self.repository, self.clients.github, number)


def set_status(run: Run, commit: str, status: CommitStatus) -> Settled:
    """Set our status on a commit; in a dry run, say what would be set. Raises UserError."""
    if run.dry_run:
        return Settled(lines=(f"set the status of {commit[:12]}: {status.state}",))
    write_status(run.repository, commit, status)
    return Settled()
