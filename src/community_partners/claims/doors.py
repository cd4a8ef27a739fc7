"""The two doors of claims: the form in an issue, and a file in a pull request.

A pull request of somebody who may write is taken as claims only if it is just that: one more file
that names no approver. Whatever else such a person changes in the folder is that person's answer.
"""

from dataclasses import dataclass

from ..checkout.folder import in_checkout
from ..github.permissions import Permissions
from ..github.pull_changes import read_file, read_pull
from ..github.thread import GitHubThread
from ..intake.claim_form import claim_template, no_claim, read_claim
from ..intake.event import Ignored
from ..intake.handed_in import HandedIn
from ..intake.proposed_claims import names_approver, odd_changes, read_proposed, touches_claims
from ..intake.proposed_file import not_looked_at
from ..model.pull_request import PullRequest
from .decided import ClaimRun


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """Claims that came in by a door. `commit`: the proposed one; None for an issue."""

    handed: HandedIn
    commit: str | None = None


def enter(thread: GitHubThread, run: ClaimRun, *, pull: bool) -> Entered | Ignored:
    """Return the claims of an issue or pull request, or why it has none. Raises UserError.

    Raises InvalidInputError for a form that cannot be used.
    """
    return _enter_pull(thread, run) if pull else _enter_issue(thread, run)


def _enter_issue(thread: GitHubThread, run: ClaimRun) -> Entered | Ignored:
    issue = thread.seen.issue
    other = no_claim(issue.labels, issue.body, run.template, is_open=issue.open)
    if other:
        return other
    template = run.template or claim_template(run.root)
    return Entered(handed=read_claim(issue.body, template, issue.author or ""))


def _enter_pull(thread: GitHubThread, run: ClaimRun) -> Entered | Ignored:
    """Read the proposed file as text, by the API; nothing of a fork is checked out or run."""
    repository = run.repository.repository
    folder = in_checkout(run.root / run.program.contribution.claims_folder)
    pull = read_pull(repository, thread.number)
    if pull is None:
        return Ignored(reason="A newer commit was pushed meanwhile: its own run answers.")
    if other := not_looked_at(pull):
        return other
    if not touches_claims(pull, folder):
        return Ignored(reason=f"The pull request changes nothing in {folder}/.")
    if odd := odd_changes(pull, folder):
        handed, by_hand = HandedIn(problems=odd, text=pull.head.encode()), True
    else:
        content = read_file(repository, pull, pull.files[0])
        handed = read_proposed(pull.files[0], content)
        by_hand = names_approver(content)
    if handed.problems and by_hand and _is_trusted(run, pull):
        return Ignored(reason=f"Somebody who may write changes {folder}/ by hand.")
    return Entered(handed=handed, commit=pull.head)


def _is_trusted(run: ClaimRun, pull: PullRequest) -> bool:
    """Tell whether only who may write could have made the commit: we, too. Raises UserError."""
    repository = run.repository.repository
    if pull.is_in(repository.name):
        return True
    return (
        pull.author is not None
        and pull.is_authors
        and Permissions(repository).may_write(pull.author)
    )
