"""Answers an application with one comment and a label in its thread; the same for all doors.

Gather: the submission, the commands in the thread, the evidence. Decide: the verdict, the reply and
what the thread lacks. Apply: the changes, unless it is a dry run.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ..errors import UserError
from ..evidence.gathering import Sources
from ..evidence.of_application import gather
from ..evidence.other_applications import earlier_applications, other_teams
from ..github.thread import GitHubThread
from ..hidden_line import Memory, our_comments, without_line
from ..intake.event import Ignored
from ..model.application import Application, DoorKind
from ..model.changes import EditComment, React, Reaction, ThreadChange
from ..model.command import Verb
from ..model.evidence import Evidence
from ..model.handed_on import Handed
from ..model.spokesperson import HandedIn
from ..model.submission import Submission
from ..model.thread import Thread
from ..model.verdict import Decision, Outcome, Required, Verdict, Waiver
from ..model.website_proof import code_for
from ..rules.commands_and_waivers import identity_of
from ..rules.confirmed_team import confirmed_seats
from ..rules.criteria import PAYER, SPOKESPERSON
from ..rules.earliest import look_again
from ..rules.failed_sources import held
from ..rules.required_amount import NoAmount
from ..words.reply import compose
from .check import check
from .commands_in_comments import PendingCommand, ThreadCommands, last_words
from .door import Door, Overtaken, Review, Run
from .issue_door import enter_issue
from .pull_door import enter_pull
from .seats import leaves
from .verdict_comment import plan

DOORS: Mapping[DoorKind, Callable[[Run, GitHubThread], Door | Ignored]] = {
    DoorKind.FORM: enter_issue,
    DoorKind.PULL: enter_pull,
}
"""The function that opens each kind of door, or says why the thread is no application."""

Hold = Callable[[Verdict], None]
"""A function that raises UserError for a verdict that must not be published."""

_CHANGED = Overtaken(reason="The thread has changed meanwhile: its own run answers.")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The commands of a run that needed no verdict, and the changes that answer them.

    `handed_on`: what is left to a job that may write files.
    """

    commands: tuple[PendingCommand, ...]
    changes: tuple[ThreadChange, ...]
    handed_on: tuple[Handed, ...] = ()


def answer(
    kind: DoorKind,
    thread: GitHubThread,
    run: Run,
    *,
    comment: int | None = None,
    hold: Hold | None = None,
) -> Review | Answered | Ignored:
    """Judge an application and answer in its thread, or say why not. Raises UserError.

    `comment`: the id of the comment that started this run and may be a command. `hold`: called with
    the verdict before anything is written; only the daily run, which nobody asked for, sets it.
    """
    door = DOORS[kind](run, thread)
    if isinstance(door, Ignored):
        return _left(thread, run, comment) or door
    commands = ThreadCommands.read(
        thread.seen, run.program, run.may_write, door.commit.name if door.commit else None
    )
    pending = commands.pending(comment, partial(_named, door))
    if comment is not None and not pending:
        return Ignored(reason="The comment is no command any more.")
    if comment is not None and not any(one.asks_for_review for one in pending):
        changes = commands.answers(pending)
        if not run.dry_run:
            thread.apply(changes)
        return Answered(commands=pending, changes=changes)
    return _review(door, run, commands, pending, hold)


def _named(door: Door) -> Collection[str] | None:
    """Return the case-folded logins of the team; None if that takes a request, or is unreadable."""
    application = door.submission().application if door.kind is DoorKind.FORM else None
    return {member.github.casefold() for member in application.team} if application else None


def _left(thread: GitHubThread, run: Run, comment: int | None) -> Answered | None:
    """Answer a comment by which somebody leaves a partner; None if it is no such comment."""
    if comment is None:
        return None
    handed = leaves(thread.seen, thread.number, comment, run)
    if handed is None and not _had_a_seat(thread.seen, comment):
        return None
    changes = (React(comment=comment, content=Reaction.DONE),)
    if not run.dry_run:
        thread.apply(changes)
    return Answered(commands=(), changes=changes, handed_on=(handed,) if handed else ())


def _had_a_seat(thread: Thread, comment: int) -> bool:
    """Tell whether a comment is of somebody whom a closed application had in its team."""
    by = next((one.by for one in thread.comments if one.id == comment), None)
    verdicts = our_comments(thread, "verdict")
    return by is not None and bool(verdicts) and by in {seat.id for seat in verdicts[0][1].seats}


def judge_again(door: Door, run: Run, hold: Hold) -> Review | Overtaken:
    """Judge what is at a door, and answer in its thread; nobody asked for it. Raises UserError."""
    commit = door.commit.name if door.commit else None
    commands = ThreadCommands.read(door.thread.seen, run.program, run.may_write, commit)
    return _review(door, run, commands, commands.pending(None), hold)


def keep_if_silent(before: Decision | None, verdict: Verdict) -> None:
    """Raise UserError if the only news in a verdict is that a source does not answer."""
    if held(before, verdict):
        said = " ".join(verdict.unanswered)
        raise UserError(f"{said} The verdict stays as it was; the next run checks again.")


def _review(
    door: Door,
    run: Run,
    commands: ThreadCommands,
    pending: tuple[PendingCommand, ...],
    hold: Hold | None,
) -> Review | Overtaken:
    seen, submission = door.thread.seen, door.submission()
    heard = partial(_handed_in, submission=submission, run=run, door=door, commands=commands)
    ask = partial(_gather, run=run, number=door.thread.number, heard=heard)
    checked = check(submission, run.program, run.today, ask, commands.waivers)
    overtaken = _overtaken(door, asked_nobody=checked.evidence is None, unasked=hold is not None)
    if overtaken:
        return overtaken
    verdict = checked.verdict
    if hold:
        hold(verdict)
    about = commands.about(submission.application)
    reply = compose(verdict, run.program, door.kind, door.commit)
    told = commands.outcome(pending, verdict, about)
    seats, beside = confirmed_seats(verdict.team), verdict.beside
    again = look_again(verdict)
    kept = plan(seen, reply, again, about, seats, beside, heard=verdict.heard)
    changes = (*kept, *commands.answers(told))
    ours = our_comments(seen, "verdict")
    posted = None if run.dry_run else door.thread.apply(changes)
    if not run.dry_run:
        for number in beside:
            _ring(run.thread(number), door.thread.number, run.today)
    return Review(
        door=door,
        submission=submission,
        verdict=verdict,
        reply=reply,
        changes=changes,
        comment_url=ours[0][0].url if ours else posted,
        commands=told,
    )


def _gather(
    application: Application,
    required: Required | NoAmount,
    waivers: Sequence[Waiver],
    run: Run,
    number: int,
    heard: Callable[[Application, Sequence[Waiver]], HandedIn],
) -> Evidence:
    """Return all evidence, with other applications of the same organization or people."""
    evidence = gather(
        application,
        required,
        Sources(program=run.program, root=run.root, clients=run.clients, today=run.today),
        heard(application, waivers),
        partial(run.funnels.accounts, application.slug),
    )
    found = run.funnels.of(application.slug)
    there = partial(_told_there, run)
    earlier = earlier_applications(found, application, number, run.forms, there)
    asked = (found, application, evidence.accounts, number, run.forms)
    return replace(evidence, earlier=earlier, others=other_teams(*asked, there))


def _ring(other: GitHubThread, number: int, today: date) -> None:
    """Let the daily run look at another open application again, whose verdict does not name this.

    Only the hidden line of our verdict there changes, which notifies nobody.
    """
    verdicts = our_comments(other.seen, "verdict")
    if not verdicts or not other.seen.issue.open or number in verdicts[0][1].beside:
        return
    comment, memory = verdicts[0]
    due = replace(memory, again=today)
    if due != memory:
        other.apply([EditComment(id=comment.id, body=f"{due}{without_line(comment.body)}")])


def _told_there(run: Run, number: int) -> Memory | None:
    """Return what our verdict in another thread remembers, without those who have left since."""
    seen = run.listed.get(number) or run.thread(number).seen
    verdicts = our_comments(seen, "verdict")
    if not verdicts:
        return None
    memory, said = verdicts[0][1], last_words(seen)
    kept = tuple(seat for seat in memory.seats if said.get(seat.id) is not Verb.LEAVE)
    return replace(memory, seats=kept)


def _handed_in(
    application: Application,
    waivers: Sequence[Waiver],
    submission: Submission,
    run: Run,
    door: Door,
    commands: ThreadCommands,
) -> HandedIn:
    """Return who handed the application in, and who vouches for it.

    Whoever may change a record, and does not change whose it is, speaks for it as before.
    """
    seen, number = door.thread.seen, door.thread.number
    author, program = door.author(application), seen.repository
    about, waived = commands.about(application), {one.criterion for one in waivers}
    page = "issues" if door.kind is DoorKind.FORM else "pull"
    return HandedIn(
        author=author,
        thread=f"https://github.com/{run.repository.name}/{page}/{number}",
        code=code_for(program, f"thread {number}", author) if program and author else None,
        vouchers=commands.vouchers(application),
        seated=commands.seated(application),
        named=about.named if about else {},
        vouched=SPOKESPERSON.id in waived,
        payer_known=PAYER.id in waived,
        goes_on=_goes_on(submission, application, waived),
        country=about.country if about else application.country.code,
    )


def _goes_on(submission: Submission, application: Application, waived: Collection[str]) -> bool:
    """Tell whether somebody who may change a record leaves it the record of whom it was."""
    record, owner = submission.record, submission.finding
    may_change = owner is not None and (owner.outcome is Outcome.MET or owner.criterion in waived)
    return may_change and record is not None and identity_of(record) == identity_of(application)


def _overtaken(door: Door, *, asked_nobody: bool, unasked: bool) -> Overtaken | None:
    """Return why a newer run answers instead, or None if this run may write.

    Gathering takes time, and an application's own runs do not wait for the daily run: so the
    daily run (`unasked`) reads the thread once more.
    """
    if unasked and not asked_nobody:
        before = door.thread.seen
        if door.thread.read() != before:
            return _CHANGED
    return door.overtaken()
