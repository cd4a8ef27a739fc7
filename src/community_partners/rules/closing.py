"""What becomes of an application that waits. Decides when it is looked at again, reminded, closed.

Only what waits for the applicant is reminded and closed, and only on a verdict of the same day:
nobody is sent away on old facts. What waits for maintainers stays open for as long as it takes.
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

    `decision`: None before the first verdict. `again`: the first day on which another look may say
    something else. `fresh`: the verdict is of this run. `quiet_days`: whole days since it
    is the applicant's turn; None where that is not known. `closes`: the day that a reminder in this
    silence has named; None where there was none.
    """

    decision: Decision | None
    again: date | None = None
    fresh: bool = False
    quiet_days: int | None = None
    closes: date | None = None


def action(seen: Situation, policy: WaitingPolicy | None, today: date) -> Action:
    """The next thing to do. After a recheck it is asked again, with what came out."""
    owed = _owed(seen, policy, today)
    if seen.fresh:
        return owed
    due = seen.again is not None and seen.again <= today
    if seen.decision is None or due or owed is not Action.NOTHING:
        return Action.RECHECK
    return Action.NOTHING


def closing_day(today: date, again: date | None, policy: WaitingPolicy) -> date:
    """What a reminder of today says: never before the date from which it could be eligible."""
    day = today + timedelta(days=policy.close_after_days)
    return max(day, again) if again else day


def _owed(seen: Situation, policy: WaitingPolicy | None, today: date) -> Action:
    """To an applicant who is silent, by a policy that says how long."""
    if policy is None or seen.quiet_days is None or seen.decision not in _APPLICANTS_TURN:
        return Action.NOTHING
    if seen.closes is not None:
        return Action.CLOSE if today >= seen.closes else Action.NOTHING
    return Action.REMIND if seen.quiet_days >= policy.remind_after_days else Action.NOTHING
