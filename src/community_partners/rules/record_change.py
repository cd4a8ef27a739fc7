"""Decides whether the author of a pull request may change the file of an application.

If in doubt, the outcome is unknown and a maintainer decides. This criterion is for pull requests
only, because an issue changes no file.
"""

from collections.abc import Sequence
from datetime import date

from ..model.application import Member
from ..model.program import Program
from ..model.pull_request import PullRequest
from ..model.verdict import Finding, Outcome
from .conclusion import Conclusion
from .criteria import RECORD_OWNER


def in_team(pull: PullRequest, team: Sequence[Member], today: date) -> bool:
    """Tell whether the author is in the team of the file on the default branch, on `today`."""
    return any(
        pull.author is not None
        and one.github.casefold() == pull.author.casefold()
        and one.since <= today <= (one.until or today)
        for one in team
    )


def change_of_record(
    pull: PullRequest, path: str, program: Program, *, ours: bool, may_write: bool
) -> Finding:
    """Return the finding on a change of the file `path`.

    `ours`: the author is in the organization's team. `may_write`: the author may write to the
    repository.
    """
    author = pull.author or "An account that is gone"
    if ours:
        outcome, reason = Outcome.MET, f"{author} is in the team of {path}, and may change it."
    elif may_write:
        outcome, reason = Outcome.MET, f"{author} maintains this repository."
    else:
        outcome = Outcome.UNKNOWN
        reason = f"{path} is there already, and {author} is not in its team. A maintainer will "
        reason += "check that the organization wants this change."
    return RECORD_OWNER.finding(program, Conclusion(outcome, reason))
