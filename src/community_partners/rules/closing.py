"""Decides when the daily run rechecks or closes an application, or reminds the applicant.

Only an application that waits for its applicant is reminded or closed, and only after a check on
the same day: nobody is sent away on old facts. An application that waits for a maintainer stays
open.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from ..model.program import WaitingPolicy
from ..model.verdict import Decision

_APPLICANTS_TURN = (Decision.NOT_YET, Decision.INVALID)


class Action(Enum):
    RECHECK = auto()
    REMIND = auto()
    CLOSE = auto()
    NOTHING = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """One open application today.

    `decision`: the decision of the last verdict; None before the first verdict. `again`: the first
    day on which another check may give another verdict; None if only an edit can. `fresh`: this run
    made the verdict. `quiet_days`: whole days that we have waited for the applicant; None if not
    known. `closes`: the day of closing that our reminder named; None if we have not reminded the
    applicant since the applicant's last activity. `settled`: nothing is left to do of what follows
    from the decision; a run that was cut off may have left something.
    """

    decision: Decision | None
    again: date | None = None
    fresh: bool = False
    quiet_days: int | None = None
    closes: date | None = None
    settled: bool = True


def action(seen: Situation, policy: WaitingPolicy | None, today: date) -> Action:
    """Return the next action. After a recheck, the caller asks again with the new verdict."""
    owed = _owed(seen, policy, today)
    if seen.fresh:
        return owed
    due = has_lapsed(seen, today) or (seen.again is not None and seen.again <= today)
    if seen.decision is None or due or not seen.settled or owed is not Action.NOTHING:
        return Action.RECHECK
    return Action.NOTHING


def has_lapsed(seen: Situation, today: date) -> bool:
    """Tell whether an *eligible* is too old to merge on: a month has closed since.

    An earlier version wrote no day beside *eligible*; then it has lapsed.
    """
    eligible = seen.decision is Decision.ELIGIBLE and not seen.fresh
    return eligible and (seen.again is None or seen.again <= today)


def closing_day(today: date, earliest: date | None, policy: WaitingPolicy) -> date:
    """Return the day of closing that a reminder sent today names.

    `earliest`: the day from which the application could be eligible; we never close before it.
    """
    day = today + timedelta(days=policy.close_after_days)
    return max(day, earliest) if earliest else day


def _owed(seen: Situation, policy: WaitingPolicy | None, today: date) -> Action:
    """Return REMIND or CLOSE if the applicant was silent for as long as the policy says."""
    if policy is None or seen.quiet_days is None or seen.decision not in _APPLICANTS_TURN:
        return Action.NOTHING
    if seen.closes is not None:
        return Action.CLOSE if today >= seen.closes else Action.NOTHING
    return Action.REMIND if seen.quiet_days >= policy.remind_after_days else Action.NOTHING
