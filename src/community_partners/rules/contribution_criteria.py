"""The two criteria on contributions, regular and meaningful: of applicants, and of partners.

`case.py` decides whether points are enough.
"""

from collections.abc import Sequence

from ..model.month import counted, listed
from ..model.points import total
from ..model.verdict import MonthPoints, Outcome, Source
from .applicant import Applicant
from .attribution import UNCONFIRMED
from .case import all_together
from .conclusion import Conclusion
from .month_case import MonthCase

NO_ACCOUNT = " GitHub has no account named"
"""The sentence of a month's reason that names people begins so."""


def regular(case: Applicant) -> Conclusion:
    """Decide whether the team reaches the points asked in each closed month."""
    policy = case.program.contribution
    outcomes = {entry.outcome for entry in case.work}
    seen = listed([f"{entry.month.title} {entry.points}" for entry in case.work])
    reason = f"{policy.points_each_month} points asked in each month; counted: {seen}."
    if Outcome.NOT_MET in outcomes:
        short = [one.month.title for one in case.work if one.outcome is Outcome.NOT_MET]
        return _too_few(case, f"Too few in {listed(short)}. {reason}")
    if Outcome.UNKNOWN in outcomes:
        return _unknown(case, reason)
    return Conclusion(Outcome.MET, reason)


def meaningful(case: Applicant) -> Conclusion:
    """Decide whether the team reaches the points asked in all closed months together."""
    policy = case.program.contribution
    points = total(entry.points for entry in case.work)
    reason = f"{points} points in {policy.months} months, {policy.points_in_all} asked."
    outcome = all_together(case.work, policy.points_in_all)
    if outcome is Outcome.NOT_MET:
        return _too_few(case, reason)
    return _unknown(case, reason) if outcome is Outcome.UNKNOWN else Conclusion(outcome, reason)


def regular_in_the_month(case: MonthCase) -> Conclusion:
    """Decide whether the team reached the points asked in this month."""
    return _of_months(case.work[-1:], case.program.contribution.points_each_month, "")


def meaningful_in_the_month(case: MonthCase) -> Conclusion:
    """Decide whether the team reached the points asked in all months that are added up."""
    months = f" in {counted(len(case.work), 'month')}"
    return _of_months(case.work, case.program.contribution.points_in_all, months)


def _of_months(work: Sequence[MonthPoints], asked: int, months: str) -> Conclusion:
    """Conclude on the points of these months, with what the outcome `unknown` hangs on."""
    outcome, points = all_together(work, asked), total(one.points for one in work)
    contested = total(one.contested for one in work)
    reason = f"{counted(points, 'point')}{months}, {asked} asked."
    if outcome is Outcome.UNKNOWN and points + contested >= asked:
        reason += f" Contested: {contested} more, of people whom two partners name."
    elif outcome is Outcome.UNKNOWN:
        logins = dict.fromkeys(login for one in work for login in one.unseen)
        reason += f"{NO_ACCOUNT} {listed(list(logins))}."
    return Conclusion(outcome, reason)


def _too_few(case: Applicant, reason: str) -> Conclusion:
    """Conclude that it is not met; name work that does not count, and where help is welcome."""
    waiting = case.uncounted[UNCONFIRMED]
    if waiting:
        reason += f" {counted(waiting, 'contribution')} of {listed(case.to_ask)} "
        reason += f"{'waits' if waiting == 1 else 'wait'} for a confirmation."
    if number := case.uncounted.total() - waiting:
        reason += f" {counted(number, 'contribution')} did not count: the reasons are under "
        reason += "“Not counted”."
    url = case.program.contribution.guide
    guide = (Source(title="Where help is welcome", url=url),) if url else ()
    return Conclusion(Outcome.NOT_MET, reason, sources=guide)


def _unknown(case: Applicant, reason: str) -> Conclusion:
    """Conclude that it is unknown; the reason names the gaps."""
    return Conclusion(Outcome.UNKNOWN, " ".join((reason, *case.gaps)))
