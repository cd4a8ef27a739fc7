"""The criteria that a partner goes on meeting: paid this month, worked this month, enough in all.

Each function gives one MonthFinding; its sentence is published, so it holds no private figure. What
follows for the standing is decided in standing.
"""

from collections.abc import Callable, Sequence

from ..model.month import listed
from ..model.ranking import MonthFinding
from ..model.verdict import Counted, Outcome
from .amount_criterion import why_unclear
from .month_case import MonthCase


def amount_paid(case: MonthCase) -> MonthFinding:
    """Was the required amount paid in this month?"""
    asked = f"{case.required.amount} asked"
    sponsorship = case.sponsorship.value
    if sponsorship is None:
        return _finding("amount", Outcome.UNKNOWN, case.sponsorship.failure or "")
    if case.paid is None:
        account, label = case.partner.organization.account, sponsorship.platform.label
        reason = f"{label} shows no payment of {account}: it may be renamed or private."
        return _finding("amount", Outcome.UNKNOWN, reason)
    if case.paid.outcome is Outcome.UNKNOWN:
        reason = why_unclear(sponsorship, case.rates_failure, (case.month,))
        return _finding("amount", Outcome.UNKNOWN, f"{asked}. {reason}")
    if case.paid.paid is None:
        reached = "reached" if case.paid.outcome is Outcome.MET else "not reached"
        return _finding("amount", case.paid.outcome, f"{asked}: {reached}.")
    return _finding("amount", case.paid.outcome, f"{asked}, {case.paid.paid} paid.")


def contributions_regular(case: MonthCase) -> MonthFinding:
    """Did the team reach the points asked in this month?"""
    asked = case.program.contribution.points_each_month
    counted, contested = _points(case.counted[-1:]), _points(case.contested[-1:])
    reason = f"{counted} points, {asked} asked."
    return _of_points("contributions-regular", counted, contested, asked, reason, case)


def contributions_meaningful(case: MonthCase) -> MonthFinding:
    """Did it reach the points asked in all the months that are added up?"""
    asked = case.program.contribution.points_in_all
    counted, contested = _points(case.counted), _points(case.contested)
    reason = f"{counted} points in {len(case.counted)} months, {asked} asked."
    return _of_points("contributions-meaningful", counted, contested, asked, reason, case)


CRITERIA: tuple[Callable[[MonthCase], MonthFinding], ...] = (
    amount_paid,
    contributions_regular,
    contributions_meaningful,
)

_TITLES = {
    "amount": "Required amount",
    "contributions-regular": "Regular contributions",
    "contributions-meaningful": "Meaningful contributions",
}


def _of_points(
    criterion: str, counted: int, contested: int, asked: int, reason: str, case: MonthCase
) -> MonthFinding:
    """Enough is enough; too little is unknown where work may be missing that counts."""
    if counted >= asked:
        return _finding(criterion, Outcome.MET, reason)
    if counted + contested >= asked:
        more = f"{contested} more are of people whom two partners name."
        return _finding(criterion, Outcome.UNKNOWN, f"{reason} {more}")
    if case.unseen:
        more = f"GitHub has no account named {listed(case.unseen)}."
        return _finding(criterion, Outcome.UNKNOWN, f"{reason} {more}")
    return _finding(criterion, Outcome.NOT_MET, reason)


def _points(months: Sequence[Sequence[Counted]]) -> int:
    return sum(entry.points for month in months for entry in month)


def _finding(criterion: str, outcome: Outcome, reason: str) -> MonthFinding:
    return MonthFinding(
        criterion=criterion, title=_TITLES[criterion], outcome=outcome, reason=reason
    )
