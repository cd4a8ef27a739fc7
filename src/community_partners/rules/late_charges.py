"""Charges that came late. Decides when a payment fills the month before the one it was made in.

A charge that fails is tried again for about 19 days, and on some days that is the next month. Only
the same monthly order that had paid in a month with enough can be late: nobody earns a month by
paying twice at the start, and a single payment is of its own month.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..model.month import Month
from ..model.sponsorship import Rhythm
from ..model.verdict import Share
from .enough import Enough

LAST_DAY = 25
Shares = Mapping[Month, Sequence[Share]]


def move_late(paid: Shares, months: Sequence[Month], enough: Enough) -> Shares:
    """The payments by month, with what the next month can spare moved into short ones."""
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
    """The monthly orders that had paid before `month`, in a month that had enough."""
    return {
        share.payment.order
        for before, shares in paid.items()
        if before < month and enough.possible_with(shares)
        for share in shares
        if share.payment.rhythm is Rhythm.MONTHLY and share.why is None
    }


def last_day_for(month: Month) -> date:
    """The last day on which a charge can be late for `month`."""
    return (month + 1).first_day.replace(day=LAST_DAY)


def _to_spare(shares: Sequence[Share], orders: Collection[str], enough: Enough) -> Share | None:
    """One that may be late and leaves enough: for certain if there is one, else perhaps."""
    late = [share for share in shares if _may_be_late(share) and share.payment.order in orders]
    tests = (enough.reached_by, enough.possible_with)
    return next((one for test in tests for one in late if test(_without(shares, one))), None)


def _may_be_late(share: Share) -> bool:
    monthly = share.payment.rhythm is Rhythm.MONTHLY
    return monthly and share.why is None and share.payment.day.day <= LAST_DAY


def _without(shares: Sequence[Share], left_out: Share) -> list[Share]:
    return [share for share in shares if share is not left_out]
