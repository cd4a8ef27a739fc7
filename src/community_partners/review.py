"""The journey of `partners review`: an issue in, one comment and its label out.

Gather: the form, the evidence, the thread. Decide: the verdict, the reply, what the thread lacks.
Apply: the writes, unless it is a dry run.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from .check import Gather, check
from .intake.event import IssueEvent
from .intake.files import read_text
from .intake.form_application import application_from_form
from .intake.form_template import TEMPLATE, read_template
from .model.program import Program
from .model.verdict import Verdict
from .output.conversation import Write, marked, plan
from .output.github_thread import GitHubThread
from .output.reply import Reply, compose


@dataclass(frozen=True, kw_only=True)
class Review:
    """`comment_url`: where the verdict stands; None where a dry run has not written it."""

    verdict: Verdict
    reply: Reply
    writes: tuple[Write, ...]
    comment_url: str | None


def review(event: IssueEvent, program: Program, root: Path, today: date, gather: Gather) -> Verdict:
    """The verdict on the form in an issue. `root`: the folder of the program's records."""
    template = read_template(read_text(root / TEMPLATE))
    read = partial(application_from_form, event.body, template, today, program)
    return check(read, event.title, program, today, gather).verdict


def respond(
    event: IssueEvent, verdict: Verdict, program: Program, thread: GitHubThread, *, dry_run: bool
) -> Review:
    """Give the thread what it lacks: the comment, a notice, labels."""
    seen = thread.read(event.labels)
    reply = compose(verdict, program)
    writes = plan(seen, reply)
    ours = marked(seen, "verdict")
    posted = None if dry_run else thread.apply(writes)
    url = ours[-1][0].url if ours else posted
    return Review(verdict=verdict, reply=reply, writes=writes, comment_url=url)
