"""The journey of `partners review`: an issue in, one comment and its label out.

Gather: the thread with its form, the evidence. Decide: the verdict, the reply, what the thread
lacks. Apply: the writes, unless it is a dry run.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from .check import Gather, check
from .intake.event import Ignored, no_application
from .intake.files import read_text
from .intake.form_application import application_from_form
from .intake.form_template import TEMPLATE, FormTemplate, read_template
from .model.program import Program
from .model.verdict import Verdict
from .output.conversation import Issue, Thread, Write, marked, plan
from .output.github_thread import GitHubThread
from .output.reply import Reply, compose
from .rules.waiting import look_again


@dataclass(frozen=True, kw_only=True)
class Review:
    """`comment_url`: where the verdict stands; None where a dry run has not written it."""

    verdict: Verdict
    reply: Reply
    writes: tuple[Write, ...]
    comment_url: str | None


def read_form(root: Path) -> FormTemplate:
    """The program's application form. `root`: the folder of its records."""
    return read_template(read_text(root / TEMPLATE))


def review(
    issue: Issue, form: FormTemplate, program: Program, today: date, gather: Gather
) -> Verdict:
    """The verdict on the form in an issue."""
    read = partial(application_from_form, issue.body, form, today, program)
    return check(read, issue.title, program, today, gather).verdict


def recheck(
    seen: Thread,
    form: FormTemplate,
    program: Program,
    today: date,
    gather: Gather,
    thread: GitHubThread,
    *,
    dry_run: bool,
) -> Review | Ignored:
    """The whole journey on a thread that was read, unless it is no application any more."""
    issue = seen.issue
    other = no_application(issue.labels, issue.body, form, is_open=issue.open)
    if other:
        return other
    verdict = review(issue, form, program, today, gather)
    return respond(seen, verdict, program, thread, dry_run=dry_run)


def respond(
    seen: Thread, verdict: Verdict, program: Program, thread: GitHubThread, *, dry_run: bool
) -> Review:
    """Give the thread what it lacks: the comment, a notice, labels."""
    reply = compose(verdict, program)
    writes = plan(seen, reply, look_again(verdict))
    ours = marked(seen, "verdict")
    posted = None if dry_run else thread.apply(writes)
    url = ours[0][0].url if ours else posted
    return Review(verdict=verdict, reply=reply, writes=writes, comment_url=url)
