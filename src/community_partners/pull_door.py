"""The door of pull requests: which one applies, whose record it changes, whose its status is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .check import Checked
from .errors import UserError
from .gather_applications import tells_status
from .intake.applications import read_application
from .intake.pull_request import Kind, kind_of
from .model.application import Member
from .model.evidence import Answer
from .model.funnel import Funnel
from .model.pull_request import ChangedFile, PullRequest
from .model.verdict import Finding
from .output.conversation import Thread
from .output.github_client import GitHubRepository
from .output.github_thread import GitHubThread
from .review import Hold
from .rules.record_owner import change_of_record, in_team
from .thread_commands import MayWrite

ROOM = "applications"


@dataclass(frozen=True, kw_only=True)
class PullDoor:
    """The pull request `number`. `root`: the folder of the program's records, as they stand.

    `look`: what the repository holds around the application of a slug. `comment`: the id of one
    that may be a command and started this run. `seen`: the thread, where it was read already.
    `hold` has a word before anything is written.
    """

    there: GitHubRepository
    may_write: MayWrite
    thread: GitHubThread
    number: int
    root: Path
    look: Callable[[str], Answer[Funnel]]
    comment: int | None = None
    seen: Thread | None = None
    hold: Hold | None = None

    @property
    def room(self) -> str:
        """The folder of applications, as git names it: from the checkout's root.

        Raises UserError: whoever looked elsewhere would find no application in anything.
        """
        folder = (self.root / ROOM).resolve()
        above = (one for one in folder.parents if (one / ".git").exists())
        # A checkout that was made without git has no such folder: it is where we run.
        checkout = next(above, Path.cwd().resolve())
        try:
            return folder.relative_to(checkout).as_posix()
        except ValueError:
            raise UserError(f"{self.root} is not in this checkout: name a program in it.") from None


def applies(door: PullDoor, pull: PullRequest) -> bool:
    """Is it to be judged?

    Maintainers take files away, to undo an admission; from anybody else that is refused. Raises
    UserError where nobody tells who it is: what was refused once stays an application.
    """
    kind = kind_of(pull, door.room)
    if kind is Kind.REMOVAL:
        return pull.author is None or not door.may_write(pull.author)
    return kind is Kind.APPLICATION


def has_status(door: PullDoor, pull: PullRequest, checked: Checked) -> bool:
    """Is its commit's status its own? What cannot be read is the same in all with that commit."""
    if checked.application is None:
        return True
    return tells_status(door.look(checked.application.slug), door.number, pull.head)


def record_owner(
    door: PullDoor, pull: PullRequest, file: ChangedFile, today: date
) -> Finding | None:
    """Whether the author may change this record; None where there is none to be changed."""
    stands = door.root / ROOM / Path(file.path).name
    if file.status == "added" and not stands.exists():
        return None
    ours = in_team(pull, _team(stands, today), today)
    writes = not ours and _writes(door, pull)
    return change_of_record(pull, file.path, ours=ours, may_write=writes)


def _writes(door: PullDoor, pull: PullRequest) -> bool:
    """May its author write here? What GitHub does not tell is for a person to look at, as a no."""
    try:
        return pull.author is not None and door.may_write(pull.author)
    except UserError:
        return False


def _team(record: Path, today: date) -> tuple[Member, ...]:
    """As the record says that stands, not as it is proposed; nobody where it cannot be read."""
    try:
        return read_application(record, today, None).team
    except UserError:
        return ()
