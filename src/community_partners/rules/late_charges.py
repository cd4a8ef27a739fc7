"""Decides when a charge counts for the month before the month in which it was made.

https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
Open Collective retries a failed charge for about 19 days, so a retry can succeed in the next month.
A charge is late if, by the 25th of the next month, its monthly order has been charged in that month
once for that month and once more. The late charge counts for the short month before if it makes
that month full, and if its own month stays full. So nothing else fills an earlier month, and no
payment takes a month away.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..model.month import Month
from ..model.sponsorship import Payment, Rhythm
from ..model.verdict import Coverage, Outcome, Share
from .layout import LAST_DAY, Charges
from .rhythms import by_day

Shares = Mapping[Month, Sequence[Share]]
Reached = Callable[[Collection[Share]], bool]


def move_late(shares: Iterable[Share], paid: Charges, reached: Reached) -> Shares:
    """Return the shares by month, with late charges moved to the month before.

    `reached`: tells whether the shares of a month make the required amount.
    """
    moved: dict[Month, list[Share]] = defaultdict(list)
    for share in shares:
        moved[share.month].append(share)
    for following in sorted(month for month, charged in moved.items() if _has_two(charged)):
        month = following - 1
        if reached(moved.get(month, ())):
            continue
        late = _late(moved[following], month, paid)
        for count in range(1, len(late) + 1):
            taken = late[:count]
            kept = [one for one in moved[following] if not any(one is late for late in taken)]
            full = [*moved.get(month, ()), *(_as_late(one) for one in taken)]
            if reached(full) and reached(kept):
                moved[month], moved[following] = full, kept
                break
    return moved


def _as_late(share: Share) -> Share:
    return replace(share, month=share.month - 1, why=f"paid late, on {share.payment.day}")


def may_come_late(month: Coverage, today: date) -> bool:
    """Tell whether a late charge can still fill the short month.

    For a partner the month is unknown until then. An applicant's plan names the date to which the
    charge would lead.
    """
    short = month.outcome is Outcome.NOT_MET
    return short and month.late_until is not None and today <= month.late_until


def _late(shares: Iterable[Share], month: Month, paid: Charges) -> list[Share]:
    """Return the second largest charge of each order that was due in both months, largest first.

    The largest stays: it is the charge of its own month.
    """
    orders: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        if _is_charge(share):
            orders[share.payment.order].append(share)

    def largest_first(share: Share) -> tuple[int, object]:
        return -paid.worth[share.payment], by_day(share.payment)

    late = [
        sorted(charged, key=largest_first)[1]
        for charged in orders.values()
        if len(charged) > 1
        and all(due(charged[0].payment, one, paid) for one in (month, month + 1))
    ]
    return sorted(late, key=largest_first)


def _has_two(shares: Sequence[Share]) -> bool:
    """Tell whether an order has two charges among the shares of a month."""
    orders = [one.payment.order for one in shares if _is_charge(one)] if len(shares) > 1 else []
    return len(set(orders)) < len(orders)


def _is_charge(share: Share) -> bool:
    """Tell whether the share is a charge of a monthly order, by the 25th of its own month."""
    payment = share.payment
    return payment.rhythm is Rhythm.MONTHLY and share.why is None and payment.day.day <= LAST_DAY


def due(payment: Payment, month: Month, paid: Charges) -> bool:
    """Tell whether the monthly order of the payment was due to be charged in `month`."""
    began = payment.began
    return began is not None and Month.of(began) <= month and paid.skipped(payment.order) != month
