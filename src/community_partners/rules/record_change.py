"""May this person change the application of an organization? Decides that a doubt is a person's.

A criterion of the pull request, and not of the application: whoever opens an issue changes no file.
"""

from collections.abc import Sequence
from datetime import date

from ..model.application import Member
from ..model.program import Program
from ..model.pull_request import PullRequest
from ..model.verdict import Finding, Outcome
from .criteria import RECORD_OWNER


def in_team(pull: PullRequest, team: Sequence[Member], today: date) -> bool:
    """Is the author one of the team in the record that stands, on this day?"""
    return any(
        pull.author is not None
        and one.github.casefold() == pull.author.casefold()
        and one.since <= today <= (one.until or today)
        for one in team
    )


def change_of_record(
    pull: PullRequest, path: str, program: Program, *, ours: bool, may_write: bool
) -> Finding:
    """The finding on a change of the record `path`. `ours`: the author is in its team."""
    author = pull.author or "An account that is gone"
    if ours:
        outcome, reason = Outcome.MET, f"{author} is in the team of {path}, and may change it."
    elif may_write:
        outcome, reason = Outcome.MET, f"{author} maintains this repository."
    else:
        outcome = Outcome.UNKNOWN
        reason = f"{path} is there already, and {author} is not in its team. A maintainer looks "
        reason += "whether the organization wants this change."
    return RECORD_OWNER.finding(program, outcome, reason)
