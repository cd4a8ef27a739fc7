"""The journey of a pull request that applies: a commit in; one comment, its label, a status out.

Gather: what it changes, the thread, the one file as bytes, the evidence. Decide: the verdict, the
reply, what is lacking. Apply: unless a newer commit came, whose own run answers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..evidence.earlier_applications import tells_status
from ..github.pull_changes import read_file, read_head, read_pull
from ..github.pulls import read_status, write_status
from ..github.rest import GitHubRepository
from ..github.thread import GitHubThread
from ..intake.event import Ignored
from ..intake.proposed_file import Kind, application_file, kind_of, not_looked_at, read_proposed
from ..model.commit_status import NO_APPLICATION, CommitStatus
from ..model.evidence import Answer
from ..model.funnel import Funnel
from ..model.program import Program
from ..model.pull_request import PullRequest
from ..model.thread import Thread
from ..rules.decision import invalid
from ..rules.record_change import with_finding
from ..words.annotations import annotations
from ..words.reply import Commit, compose
from ..words.verdict import Door, status_of
from .answer import Answered, Hold, Review, answered, respond
from .check import Checked, Gather, WaiversFor, check
from .commands_in_comments import MayWrite, orders_in, waivers_in
from .own_pull_request import judged_elsewhere
from .record_owner import owner_of_record

ROOM = "applications"


_MOVED = Ignored(
    reason="A newer commit was pushed meanwhile: its own run answers, and nothing was written here."
)


@dataclass(frozen=True, kw_only=True)
class PullReview:
    """`status`: what its commit is told; None where it was told already, or is for another to tell.

    `annotations`: lines for the log, commands to the runner among them.
    """

    review: Review
    commit: str
    status: CommitStatus | None
    annotations: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PullDoor:
    """The pull request `number`. `root`: the folder of the program's records, as they stand.

    `look`: what the repository holds around the application of a slug. `comment`: the id of one
    that may be a command and started this run. `seen`: the thread, where it was read already.
    `hold` has a word before anything is written.
    """

    repository: GitHubRepository
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


def review_pull(
    door: PullDoor, program: Program, today: date, gather: Gather, *, dry_run: bool
) -> PullReview | Answered | Ignored:
    """Judge a pull request and answer it; or why not. Raises UserError with a sentence.

    For its event, and for whoever asks to have it checked again.
    """
    pull = read_pull(door.repository, door.number)
    if pull is None:
        return _MOVED
    ours = judged_elsewhere(door.repository, pull, door.room, dry_run=dry_run)
    ignored = ours or _passed_over(door, pull, dry_run=dry_run)
    if ignored:
        return ignored
    seen = door.seen or door.thread.read()
    orders = orders_in(seen, door.comment, program, door.may_write)
    if door.comment and not orders:
        return Ignored(reason="The comment is no command any more.")
    if door.comment and not any(one.asks_for_review for one in orders):
        return answered(seen, orders, program, door.thread, dry_run=dry_run)
    before = read_status(door.repository, pull.head)
    waivers = partial(waivers_in, seen, program, door.may_write)
    checked = _judge(door, pull, program, today, gather, waivers)
    if door.hold:
        door.hold(checked.verdict)
    if read_head(door.repository, door.number) != pull.head:
        return _MOVED

    commit = Commit(name=pull.head, url=f"{pull.url}/commits/{pull.head}")
    verdict = checked.verdict
    reply = compose(verdict, program, Door.PULL, commit)
    done = respond(seen, checked, reply, program, door.thread, orders, dry_run=dry_run)
    status = status_of(verdict, done.comment_url)
    new = status != before and _tells(door, pull, checked)
    if new and not dry_run:
        write_status(door.repository, pull.head, status)
    return PullReview(
        review=done,
        commit=pull.head,
        status=status if new else None,
        annotations=annotations(verdict.problems, {one.path for one in pull.files}),
    )


def _passed_over(door: PullDoor, pull: PullRequest, *, dry_run: bool) -> Ignored | None:
    """Why it is not judged. What is no application gets a status, since a rule may wait for one."""
    elsewhere = not_looked_at(pull)
    if elsewhere or _applies(door, pull):
        return elsewhere
    if not dry_run and read_status(door.repository, pull.head) != NO_APPLICATION:
        write_status(door.repository, pull.head, NO_APPLICATION)
    return Ignored(reason=f"The pull request proposes no application in {door.room}/.")


def _applies(door: PullDoor, pull: PullRequest) -> bool:
    """Maintainers take files away, to undo an admission; from anybody else that is refused.

    Raises UserError where nobody tells who it is: what was refused once stays an application.
    """
    kind = kind_of(pull, door.room)
    if kind is Kind.REMOVAL:
        return pull.author is None or not door.may_write(pull.author)
    return kind is Kind.APPLICATION


def _judge(
    door: PullDoor,
    pull: PullRequest,
    program: Program,
    today: date,
    gather: Gather,
    waivers: WaiversFor,
) -> Checked:
    """The verdict on what a pull request proposes."""
    try:
        file = application_file(pull, door.room)
    except InvalidInputError as error:
        return Checked(verdict=invalid(pull.title, error.problems, today))
    found = read_file(door.repository, pull, file.path)
    owner = owner_of_record(pull, file, door.root / ROOM, door.may_write, today)
    read = partial(read_proposed, file, found, today, program)
    checked = check(read, pull.title, program, today, gather, waivers)
    return replace(checked, verdict=with_finding(checked.verdict, owner)) if owner else checked


def _tells(door: PullDoor, pull: PullRequest, checked: Checked) -> bool:
    """What cannot be read is the same in every pull request with this commit."""
    if checked.application is None:
        return True
    return tells_status(door.look(checked.application.slug), door.number, pull.head)
