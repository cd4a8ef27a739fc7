"""Decides when a late payment counts for the month before the month of the payment.

https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
Open Collective retries a failed charge for about 19 days, so a retry can succeed in the next month.
A payment counts as late only if its monthly order paid before, in a month with the full amount.
So nobody gets an extra month by paying twice at the start. A single payment counts only for its own
month.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..model.month import Month
from ..model.sponsorship import Rhythm
from ..model.verdict import Coverage, Outcome, Share
from .enough import Enough

LAST_DAY = 25  # of the next month: retries of a charge of the 31st end around the 20th
Shares = Mapping[Month, Sequence[Share]]


def move_late(paid: Shares, months: Sequence[Month], enough: Enough) -> Shares:
    """Return the payments by month, with late payments moved to the month before.

    A late payment moves only into a short month, and only if the next month has enough without it.
    """
    moved = {month: list(shares) for month, shares in paid.items()}
    for month in months:
        following = moved.get(month + 1, [])
        if enough.reached_by(moved.get(month, ())):
            continue
        late = _to_spare(following, regular_orders(paid, month, enough), enough)
        if late is not None:
            why = f"paid late, on {late.payment.day}"
            moved.setdefault(month, []).append(replace(late, month=month, why=why))
            moved[month + 1] = _without(following, late)
    return moved


def regular_orders(paid: Shares, month: Month, enough: Enough) -> set[str]:
    """Return the ids of monthly orders that paid before `month`, in a month with enough."""
    return {
        share.payment.order
        for before, shares in paid.items()
        if before < month and enough.possible_with(shares)
        for share in shares
        if share.payment.rhythm is Rhythm.MONTHLY and share.why is None
    }


def may_come_late(month: Coverage, today: date) -> bool:
    """Tell whether a late charge can still fill the short month.

    For a partner the month is unknown until then. An applicant's plan names the date to which the
    charge would lead.
    """
    short = month.outcome is Outcome.NOT_MET
    return short and month.late_until is not None and today <= month.late_until


def last_day_for(month: Month) -> date:
    """Return the last day on which a late charge can count for `month`."""
    return (month + 1).first_day.replace(day=LAST_DAY)


def _to_spare(shares: Sequence[Share], orders: Collection[str], enough: Enough) -> Share | None:
    """Return a late payment that the month of `shares` does not need, or None.

    Prefers a payment without which the month certainly has enough; else takes one without which
    the month may have enough, once missing exchange rates are known. `orders`: see
    `regular_orders`.
    """
    late = [share for share in shares if _may_be_late(share) and share.payment.order in orders]
    tests = (enough.reached_by, enough.possible_with)
    return next((one for test in tests for one in late if test(_without(shares, one))), None)


def _may_be_late(share: Share) -> bool:
    """Tell whether the share is a monthly payment of its own month, made by `LAST_DAY`."""
    monthly = share.payment.rhythm is Rhythm.MONTHLY
    return monthly and share.why is None and share.payment.day.day <= LAST_DAY


def _without(shares: Sequence[Share], left_out: Share) -> list[Share]:
    return [share for share in shares if share is not left_out]
