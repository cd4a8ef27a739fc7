"""The three criteria that a partner must meet every month: amount, regular, meaningful.

Each function gives one MonthFinding, whose sentence is published and so holds no private figure.
`standing.py` decides how the findings change the standing.
"""

from collections.abc import Callable

from ..model.month import counted, in_words, listed
from ..model.ranking import MonthFinding
from ..model.sponsorship import Sponsorship
from ..model.verdict import Outcome
from .criteria import AMOUNT, MEANINGFUL, REGULAR, Criterion
from .late_charges import may_come_late
from .month_case import MonthCase
from .payable import amount_to_pay
from .sponsorship_criteria import elsewhere, why_unclear


def amount_paid(case: MonthCase) -> MonthFinding:
    """Decide whether the partner paid the required amount in this month."""
    sponsorship = case.sponsorship.value
    asked = f"{amount_to_pay(case.required, sponsorship)} asked"
    if sponsorship is None:
        return AMOUNT.month_finding(Outcome.UNKNOWN, case.sponsorship.failure or "")
    if case.paid is None:
        return _without_payments(case, sponsorship)
    if case.paid.outcome is Outcome.UNKNOWN:
        return AMOUNT.month_finding(Outcome.UNKNOWN, f"{asked}. {_unclear(case, sponsorship)}")
    if may_come_late(case.paid, case.today):
        day = in_words(case.paid.late_until or case.today)
        return AMOUNT.month_finding(
            Outcome.UNKNOWN, f"{asked}: a late charge may come until {day}."
        )
    if case.paid.paid is None:
        reached = "reached" if case.paid.outcome is Outcome.MET else "not reached"
        return AMOUNT.month_finding(case.paid.outcome, f"{asked}: {reached}.")
    return AMOUNT.month_finding(case.paid.outcome, f"{asked}, {case.paid.paid} paid.")


def contributions_regular(case: MonthCase) -> MonthFinding:
    """Decide whether the team reached the points asked in this month."""
    asked = case.program.contribution.points_each_month
    reason = f"{counted(case.points[-1], 'point')}, {asked} asked."
    return _of_points(REGULAR, case, 1, asked, reason)


def contributions_meaningful(case: MonthCase) -> MonthFinding:
    """Decide whether the team reached the points asked in all months that are added up."""
    asked, months = case.program.contribution.points_in_all, len(case.points)
    reason = f"{counted(sum(case.points), 'point')} in {counted(months, 'month')}, {asked} asked."
    return _of_points(MEANINGFUL, case, months, asked, reason)


CRITERIA: tuple[Callable[[MonthCase], MonthFinding], ...] = (
    amount_paid,
    contributions_regular,
    contributions_meaningful,
)


def _without_payments(case: MonthCase, sponsorship: Sponsorship) -> MonthFinding:
    if sponsorship.platform not in case.program.sponsorship.receivers:
        return AMOUNT.month_finding(Outcome.NOT_MET, elsewhere(sponsorship.platform, case.program))
    account, label = case.partner.organization.account, sponsorship.platform.label
    reason = f"{label} shows no payment of {account}: it may be renamed or private."
    return AMOUNT.month_finding(Outcome.UNKNOWN, reason)


def _of_points(
    criterion: Criterion, case: MonthCase, months: int, asked: int, reason: str
) -> MonthFinding:
    """Return the finding on the points of the last `months` months.

    Enough points are met. Too few points are unknown if contested contributions would make the
    difference, or if a login does not exist; else not met.
    """
    reached, contested = sum(case.points[-months:]), sum(case.contested[-months:])
    unseen = dict.fromkeys(login for month in case.unseen[-months:] for login in month)
    if reached >= asked:
        return criterion.month_finding(Outcome.MET, reason)
    if reached + contested >= asked:
        more = f"Contested: {contested} more, of people whom two partners name."
        return criterion.month_finding(Outcome.UNKNOWN, f"{reason} {more}")
    if unseen:
        more = f"GitHub has no account named {listed(list(unseen))}."
        return criterion.month_finding(Outcome.UNKNOWN, f"{reason} {more}")
    return criterion.month_finding(Outcome.NOT_MET, reason)


def _unclear(case: MonthCase, sponsorship: Sponsorship) -> str:
    """Return a sentence on why the month's payments could not be judged."""
    if sponsorship.receiver_paused and not sponsorship.conflict:
        account, label = case.partner.organization.account, sponsorship.platform.label
        return f"{label} has paused the project's own account; that is not {account}'s doing."
    return why_unclear(sponsorship, case.rates_failure, (case.month,))
