"""Answers `/explain` in the thread where a partner applied: why its last month is as it is.

Asked can be by the applicant, the partner's team, and people who belong to the repository. It reads
the committed files only.
"""

from collections.abc import Iterator

from ..directory.explain import explanation_of
from ..errors import UserError
from ..github.thread import GitHubThread
from ..hidden_line import Memory, is_of_kind
from ..intake.event import Ignored
from ..model.changes import PostComment, React, Reaction, ThreadChange
from ..model.month import Month
from ..model.partner import Partner
from ..model.thread import Comment, Thread
from ..words.escape import text
from ..words.explanation import explanation_markdown
from .door import Run
from .seats import partners_of


def explained(
    thread: GitHubThread, comment: int, month: Month | None, run: Run
) -> tuple[ThreadChange, ...] | Ignored:
    """Return the changes that answer a comment, or why it gets no answer. Raises UserError.

    `month`: the one that was asked for; None for the last one.
    """
    partner = next(partners_of(run, thread.number), None)
    if partner is None:
        return Ignored(reason="No partner has this thread, so there is nothing to explain.")
    seen = thread.seen
    said = next((one for one in seen.comments if one.id == comment and not one.ours), None)
    if said is None:
        return Ignored(reason="The comment is gone.")
    return tuple(_answers(seen, said, partner, month, run))


def _answers(
    seen: Thread, said: Comment, partner: Partner, month: Month | None, run: Run
) -> Iterator[ThreadChange]:
    if not _may_ask(seen, said, partner):
        yield React(comment=said.id, content=Reaction.NO)
        return
    kind = f"answer {said.id}"
    if not any(one.ours and is_of_kind(one.body, kind) for one in seen.comments):
        yield PostComment(body=f"{Memory(kind=kind)}{_reply(partner, month, run)}")
    yield React(comment=said.id, content=Reaction.DONE)


def _may_ask(seen: Thread, said: Comment, partner: Partner) -> bool:
    """Tell whether somebody gets an answer: strangers could make us reply without end."""
    team = {one.github.casefold() for one in partner.organization.team}
    return said.near or said.author == seen.issue.author or (said.author or "").casefold() in team


def _reply(partner: Partner, month: Month | None, run: Run) -> str:
    site = run.program.site.url
    page = f"{site}partner/{partner.slug}/" if site else None
    try:
        told = explanation_of(run.program, run.root, partner.slug, month, None, run.today)
    except UserError as error:
        return f"{text(error, 500)}\n"
    return explanation_markdown(told, page)
