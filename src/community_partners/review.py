"""The journey of `partners review`: an issue in, one comment and its label out.

Gather: the thread with its form and its commands, the evidence. Decide: the verdict, the reply,
what the thread lacks. Apply: the writes, unless it is a dry run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from .check import Gather, check
from .intake.files import read_text
from .intake.form_application import application_from_form
from .intake.form_template import TEMPLATE, FormTemplate, read_template
from .model.program import Program
from .model.verdict import Verdict, Waiver
from .output.conversation import Issue, Thread, Write, marked, plan
from .output.github_thread import GitHubThread
from .output.reply import Reply, compose
from .rules.waiting import look_again
from .thread_commands import MayWrite, Order, after, answers_to, order_in, waivers_in

Judge = Callable[[Sequence[Waiver]], Verdict]
"""The verdict on what a thread is about, by the waivers in force."""

Hold = Callable[[Verdict], None]
"""Raises UserError for a verdict that is not to be told."""


@dataclass(frozen=True, kw_only=True)
class Review:
    """`comment_url`: where the verdict stands; None where a dry run has not written it.

    `order`: the command that asked for it, with what became of it.
    """

    verdict: Verdict
    reply: Reply
    writes: tuple[Write, ...]
    comment_url: str | None
    order: Order | None = None


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A command that asked for no verdict, or was refused."""

    order: Order
    writes: tuple[Write, ...]


def read_form(root: Path) -> FormTemplate:
    """The program's application form. `root`: the folder of its records."""
    return read_template(read_text(root / TEMPLATE))


def review(
    issue: Issue,
    form: FormTemplate,
    program: Program,
    today: date,
    gather: Gather,
    waivers: Sequence[Waiver] = (),
) -> Verdict:
    """The verdict on the form in an issue."""
    read = partial(application_from_form, issue.body, form, today, program)
    return check(read, issue.title, program, today, gather, waivers).verdict


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
    order = order_in(seen, comment, program, may_write)
    if order is None:
        return None
    if order.asks_for_review:
        verdict = judge(waivers_in(seen, program, may_write))
        reply, done = compose(verdict, program), after(order, verdict)
        return respond(seen, verdict, reply, program, thread, done, dry_run=dry_run)
    writes = answers_to(order, seen, program)
    if not dry_run:
        thread.apply(writes)
    return Answered(order=order, writes=writes)


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
    verdict = judge(waivers_in(seen, program, may_write))
    return respond(seen, verdict, compose(verdict, program), program, thread, dry_run=dry_run)


def respond(
    seen: Thread,
    verdict: Verdict,
    reply: Reply,
    program: Program,
    thread: GitHubThread,
    order: Order | None = None,
    *,
    dry_run: bool,
) -> Review:
    """Give the thread what it lacks: the comment, a notice, labels, the answer to a command."""
    answers = answers_to(order, seen, program) if order else ()
    writes = (*plan(seen, reply, look_again(verdict)), *answers)
    ours = marked(seen, "verdict")
    posted = None if dry_run else thread.apply(writes)
    url = ours[0][0].url if ours else posted
    return Review(verdict=verdict, reply=reply, writes=writes, comment_url=url, order=order)
