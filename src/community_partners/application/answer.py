"""Answers an application with one comment and a label in its thread; the same for all doors.

Gather: the submission, the commands in the thread, the evidence. Decide: the verdict, the reply and
what the thread lacks. Apply: the changes, unless it is a dry run.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from ..errors import UserError
from ..github.thread import GitHubThread
from ..hidden_line import Memory, our_comments
from ..intake.comment_command import Explain
from ..intake.event import Ignored
from ..model.application import DoorKind
from ..model.changes import React, Reaction, ThreadChange
from ..model.handed_on import Handed, HandedLeave
from ..model.verdict import Decision, Verdict
from ..rules.confirmed_team import confirmed_seats
from ..rules.earliest import look_again
from ..rules.failed_sources import held
from ..words.reply import compose
from .check import check
from .commands_in_comments import PendingCommand, ThreadCommands
from .door import Door, Overtaken, Review, Run
from .explained import explained
from .issue_door import enter_issue
from .other_threads import ring
from .pull_door import enter_pull
from .seats import had_a_seat, leaves
from .thread_evidence import gather_all, handed_in
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
    leaving: bool = False,
    explain: Explain | None = None,
    hold: Hold | None = None,
) -> Review | Answered | Ignored:
    """Judge an application and answer in its thread, or say why not. Raises UserError.

    `comment`: the id of the comment that started this run and may be a command. `leaving`,
    `explain`: it was `/leave` or `/explain` at the event: only then are the partners' records
    looked at. `hold`: called with the verdict before anything is written; only the daily run, which
    nobody asked for, sets it.
    """
    left = comment if leaving else None
    if of_partner := _of_partner(thread, run, comment, left, explain):
        return of_partner
    door = DOORS[kind](run, thread)
    if isinstance(door, Ignored):
        if left is not None and had_a_seat(thread, left, run):
            return _left(thread, run, left, None)
        return door
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
    """Return the case-folded logins of the team; None if that takes a request, or is unreadable.

    Of a pull request, those of our last verdict.
    """
    if door.kind is DoorKind.FORM:
        application = door.submission().application
        return {member.github.casefold() for member in application.team} if application else None
    verdicts = our_comments(door.thread.seen, "verdict")
    about = verdicts[0][1].about if verdicts else None
    return set(about.named) if about else None


def _left(thread: GitHubThread, run: Run, comment: int, handed: HandedLeave | None) -> Answered:
    """Answer a comment by which somebody leaves a partner, or a closed application."""
    done = _written(thread, run, (React(comment=comment, content=Reaction.DONE),))
    return replace(done, handed_on=(handed,) if handed else ())


def _of_partner(
    thread: GitHubThread, run: Run, comment: int | None, left: int | None, explain: Explain | None
) -> Answered | Ignored | None:
    """Answer a comment that is for the partner of the thread; None if it is not."""
    if explain is not None and comment is not None:
        told = explained(thread, comment, explain.month, run)
        return told if isinstance(told, Ignored) else _written(thread, run, told)
    if left is not None and (handed := leaves(thread, left, run)):
        return _left(thread, run, left, handed)
    return None


def _written(thread: GitHubThread, run: Run, changes: tuple[ThreadChange, ...]) -> Answered:
    if not run.dry_run:
        thread.apply(changes)
    return Answered(commands=(), changes=changes)


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
    heard = partial(handed_in, submission=submission, run=run, door=door, commands=commands)
    ask = partial(gather_all, run=run, number=door.thread.number, heard=heard)
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
    memory = Memory(
        kind="verdict",
        again=look_again(verdict),
        about=about,
        seats=confirmed_seats(verdict.team),
        beside=verdict.beside,
        heard=verdict.heard,
    )
    changes = (*plan(seen, reply, memory), *commands.answers(told))
    ours = our_comments(seen, "verdict")
    posted = None if run.dry_run else door.thread.apply(changes)
    run.judged[door.thread.number] = memory
    if not run.dry_run:
        for number in verdict.beside:
            ring(run.thread(number), door.thread.number, run.today)
    return Review(
        door=door,
        submission=submission,
        verdict=verdict,
        reply=reply,
        changes=changes,
        comment_url=ours[0][0].url if ours else posted,
        commands=told,
    )


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
