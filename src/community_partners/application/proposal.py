"""The end of a review: an eligible application is proposed by a pull request that adds its file.

Gather: what the repository holds of it already. Decide: what the pull request lacks. Apply: the
writes, unless it is a dry run. A merge of it is the admission, which is another journey.
"""

from dataclasses import dataclass

from ..errors import InvalidInputError, UserError
from ..github.proposal import apply, ours
from ..github.rest import GitHubRepository
from ..intake.form_application import read_form
from ..intake.form_template import FormTemplate
from ..intake.yaml_document import write_yaml
from ..memory import our_comments
from ..model.evidence import Answer
from ..model.funnel import Funnel
from ..model.thread import Thread
from ..model.verdict import Decision, Verdict
from ..words.reply import Reply
from ..words.verdict import status_of
from .proposal_plan import ProposalPlan, Wanted, plan


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """`url`: of the pull request that was opened just now."""

    proposal: ProposalPlan
    url: str | None


def was_eligible(thread: Thread) -> bool:
    """Whether there can be a pull request of ours: the verdict may have been that, once."""
    return any(
        memory.decision is Decision.ELIGIBLE or memory.change > 0
        for _, memory in our_comments(thread, "verdict")
    )


def slug_in(body: str, form: FormTemplate) -> str:
    """The short name that a form gives, empty where it gives none."""
    try:
        return str(read_form(body, form).data["slug"])
    except InvalidInputError:
        return ""


def wanted(
    number: int,
    body: str,
    form: FormTemplate,
    verdict: Verdict,
    reply: Reply,
    verdict_url: str | None,
) -> Wanted:
    """What is to be proposed of the form in the issue `number`, as it was judged."""
    invalid = verdict.decision is Decision.INVALID
    slug = "" if invalid else slug_in(body, form)
    return Wanted(
        issue=number,
        slug=slug,
        text="" if invalid else write_yaml(read_form(body, form).data),
        title=f"Application of {slug}",  # a name may be an order to GitHub, such as `Closes #1`
        decision=verdict.decision,
        body=reply.body,
        status=status_of(verdict, verdict_url or None),
    )


def propose(
    found: Answer[Funnel], want: Wanted, repository: GitHubRepository, *, dry_run: bool
) -> Proposed:
    """Bring the pull request to what is wanted. Raises UserError with a sentence."""
    if found.value is None:
        if want.decision is Decision.NEEDS_REVIEW:
            return Proposed(proposal=ProposalPlan(), url=None)
        raise UserError(f"{found.failure} So the pull request was not looked at. Run it again.")
    proposal = plan(found.value, ours(repository, found.value.pulls), want)
    url = None if dry_run else apply(repository, proposal.writes)
    return Proposed(proposal=proposal, url=url)
