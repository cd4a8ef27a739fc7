"""The verdict as a commit status, which a branch's rules can ask for. Decides its state."""

from ..model.funnel import STATUS
from .github_client import GitHubRepository, sentences

LONGEST = 140  # characters of a description
_STATES = {"eligible": "success", "needs-review": "pending"}
_REMEDIES = {
    403: "The workflow needs the permission `statuses: write`.",
    404: "Check the repository and the permission `statuses: write`.",
    422: "The commit is gone, or has too many statuses: push a new one.",
}


def state_of(decision_label: str) -> str:
    """`success` for `eligible`; what waits for a person is `pending`, all else `failure`."""
    return _STATES.get(decision_label, "failure")


def shortened(description: str) -> str:
    """As much as GitHub takes."""
    return description if len(description) <= LONGEST else f"{description[: LONGEST - 1]}…"


def set_status(
    there: GitHubRepository, sha: str, decision_label: str, description: str, url: str
) -> None:
    """`sha`: 40 hexadecimal digits; `url`: where the verdict stands. Raises UserError.

    The latest one of its name counts, so that it may be set again.
    """
    status = {
        "context": STATUS,
        "state": state_of(decision_label),
        "description": shortened(description),
        "target_url": url,
    }
    with sentences("setting the commit's status", _REMEDIES):
        there.ask("POST", f"statuses/{sha}", status)
