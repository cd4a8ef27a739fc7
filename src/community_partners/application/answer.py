"""The journey of `partners review`: an issue in, one comment and its label out.

Gather: the thread with its form and its commands, the evidence. Decide: the verdict, the reply,
what the thread lacks. Apply: the writes, unless it is a dry run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from ..github.thread import GitHubThread
from ..intake.form_application import application_from_form
from ..intake.form_template import FormTemplate
from ..memory import our_comments
from ..model.changes import ThreadChange
from ..model.program import Program
from ..model.thread import Issue, Thread
from ..model.verdict import Verdict
from ..rules.closing import look_again
from ..words.reply import Reply, compose
from .check import Checked, Gather, WaiversFor, check, no_waivers
from .commands_in_comments import (
    MayWrite,
    PendingCommand,
    about,
    answers_to,
    orders_in,
    outcome,
    waivers_in,
)
from .verdict_comment import plan

Judge = Callable[[WaiversFor], Checked]
"""The verdict on what a thread is about, by the waivers in force."""


Hold = Callable[[Verdict], None]
"""Raises UserError for a verdict that is not to be told."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """`comment_url`: where the verdict stands; None where a dry run has not written it.

    `orders`: the commands that it answers, with what became of them.
    """

    verdict: Verdict
    reply: Reply
    writes: tuple[ThreadChange, ...]
    comment_url: str | None
    orders: tuple[PendingCommand, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Commands that asked for no verdict, or were refused."""

    orders: tuple[PendingCommand, ...]
    writes: tuple[ThreadChange, ...]


def review(
    issue: Issue,
    form: FormTemplate,
    program: Program,
    today: date,
    gather: Gather,
    waivers: WaiversFor = no_waivers,
) -> Checked:
    """The verdict on the form in an issue."""
    read = partial(application_from_form, issue.body, form, today, program)
    return check(read, issue.title, program, today, gather, waivers)


def obey(
    seen: Thread,
    comment: int,
    judge: Judge,
    program: Program,
    thread: GitHubThread,
    may_write: MayWrite,
    *,
    dry_run: bool,
) -> Review | Answered | None:
    """Do what a comment commands, and answer it; None where it commands nothing by now."""
    orders = orders_in(seen, comment, program, may_write)
    if not orders:
        return None
    if any(one.asks_for_review for one in orders):
        return _review(seen, orders, judge, program, thread, may_write, dry_run=dry_run)
    return answered(seen, orders, program, thread, dry_run=dry_run)


def recheck(
    seen: Thread,
    judge: Judge,
    program: Program,
    thread: GitHubThread,
    may_write: MayWrite,
    *,
    dry_run: bool,
) -> Review:
    """The whole journey on a thread that was read, by the waivers in it."""
    orders = orders_in(seen, None, program, may_write)
    return _review(seen, orders, judge, program, thread, may_write, dry_run=dry_run)


def answered(
    seen: Thread,
    orders: tuple[PendingCommand, ...],
    program: Program,
    thread: GitHubThread,
    *,
    dry_run: bool,
) -> Answered:
    """Answer commands that ask for no verdict."""
    writes = answers_to(orders, seen, program)
    if not dry_run:
        thread.apply(writes)
    return Answered(orders=orders, writes=writes)


def respond(
    seen: Thread,
    checked: Checked,
    reply: Reply,
    program: Program,
    thread: GitHubThread,
    orders: tuple[PendingCommand, ...],
    *,
    dry_run: bool,
) -> Review:
    """Give the thread what it lacks: the comment, a notice, labels, the answers to commands."""
    verdict, now = checked.verdict, about(seen, checked.application)
    done = outcome(orders, seen, program, verdict, now)
    answers = answers_to(done, seen, program)
    writes = (*plan(seen, reply, look_again(verdict), now), *answers)
    ours = our_comments(seen, "verdict")
    posted = None if dry_run else thread.apply(writes)
    url = ours[0][0].url if ours else posted
    return Review(verdict=verdict, reply=reply, writes=writes, comment_url=url, orders=done)


def _review(
    seen: Thread,
    orders: tuple[PendingCommand, ...],
    judge: Judge,
    program: Program,
    thread: GitHubThread,
    may_write: MayWrite,
    *,
    dry_run: bool,
) -> Review:
    checked = judge(partial(waivers_in, seen, program, may_write))
    reply = compose(checked.verdict, program)
    return respond(seen, checked, reply, program, thread, orders, dry_run=dry_run)
