"""Read from GitHub's refusal which rules of a branch it names. The words that follow are ours.

https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
"""

from ..errors import UserError
from ..model.month import listed

OURS = "`rankings*`, `admit-*`, `application-*`, `claim-*` and `price-*`"
_RULES = (
    ("through a pull request", "that changes come by pull request"),
    ("merge queue", "that changes go through the merge queue"),
    ("signature", "that commits are signed"),
    ("status check", "that status checks have passed"),
    ("approving review", "that a review approves the change"),
    ("code owner", "that a code owner approves the change"),
    ("changes have been requested", "that a review approves the change"),
    ("merge commit", "that the history is linear"),
    ("creations being restricted", "that nobody makes branches of this name"),
    ("deletions being restricted", "that nobody deletes branches of this name"),
    ("updates being restricted", "that nobody but named accounts writes to it"),
    ("cannot update this protected", "that nobody but named accounts writes to it"),
    ("not authorized to push", "that nobody but named accounts writes to it"),
    ("force-push", "that nobody moves it by force"),
    ("locked branch", "that nobody writes to it, since it is locked"),
    ("branch is locked", "that nobody writes to it, since it is locked"),
    ("commit message", "that commit messages have a certain form"),
    ("branch name", "that names of branches have a certain form"),
    ("author email", "that authors have certain e-mail addresses"),
    ("committer email", "that committers have certain e-mail addresses"),
    ("secret detected", "that no file holds a secret"),
    ("push protection", "that no file holds a secret"),
    ("file path", "that certain files stay as they are"),
    ("deployment", "that a deployment has succeeded"),
    ("code scanning", "that code scanning has ended"),
)
_UNNAMED = "something that GitHub does not name"
_REFUSED = (
    "rule violation",
    "protected branch",
    "protected ref",
    "reference update failed",
    "branch_protection_rule_violation",
)


class RuleError(UserError):
    """The rules of a branch refuse a commit. `asks`: what they ask, as in "that ..."."""

    def __init__(self, branch: str, asks: str) -> None:
        super().__init__(f"The branch {branch} is protected: a rule asks {asks}.")
        self.asks = asks


def asked_in(refusal: str) -> str | None:
    """Return what the rules ask that a refusal names, as in "that ..."; None if no rule refuses.

    `refusal`: GitHub's type of the error and its message, never shown.
    """
    told = refusal.casefold()
    found = dict.fromkeys(asks for words, asks in _RULES if words in told)
    if found:
        return listed(list(found))
    return _UNNAMED if any(words in told for words in _REFUSED) else None


LEAVE_OUT = (
    f"That rule must not hold for our own branches: leave the names {OURS} out of it (Settings > "
    "Rules, or Settings > Branches), then run it again."
)
"""A sentence on what a maintainer has to change if the rules refuse a branch of our own."""
