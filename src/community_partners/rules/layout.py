"""Payments to months. Decides which month a payment covers, and why; amounts are left to coverage.

A payment covers the month in which it was made. Two exceptions follow how the platforms charge:
a yearly payment covers twelve months at a twelfth, and a monthly order that began after the 15th
is next charged on the first of the month after next (Open Collective), so that its first payment
covers the month between as well. That holds for the first such start of each payer, and for an
order that was charged again or whose next charge nothing shows to be overdue: who left after one
payment has paid one month.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache

from ..model.month import Month
from ..model.sponsorship import Payment, Rhythm, Settlement
from ..model.verdict import Share

LAST_DAY_WITH_A_CHARGE_NEXT_MONTH = 15


@lru_cache(maxsize=4096)
def lay_out(payments: tuple[Payment, ...], last: Month, *, ended: bool) -> tuple[Share, ...]:
    """The shares of all payments that are or may become money, by month, then day.

    `last`: the last month looked at. A charge that failed in it may still be tried again.
    `ended`: no order of this payer is charged again. Kept for those who ask again: whoever gathers
    needs to know which rates to ask for, and whoever decides what was paid.
    """
    counted = [payment for payment in payments if _counts(payment)]
    seen = None if ended else max((payment.day for payment in payments), default=None)
    late = _late_starts(counted, last, seen)
    shares = (share for payment in counted for share in _shares(payment, payment in late))
    return tuple(sorted(shares, key=lambda share: (share.month, share.payment.day)))


def _counts(payment: Payment) -> bool:
    return payment.settlement is not Settlement.VOID


def _late_starts(payments: Sequence[Payment], last: Month, seen: date | None) -> list[Payment]:
    """The first payments that cover the next month too: those of the payer's first late start.

    An earlier one that did not go on was the first all the same. Otherwise a new order every second
    month would be met every month: each is judged before its next charge could be missed.
    """
    paid: dict[str, set[Month]] = defaultdict(set)
    for payment in payments:
        paid[payment.order].add(Month.of(payment.day))
    late = [
        payment
        for payment in payments
        if _skips_a_charge(payment) and Month.of(payment.day) + 1 not in paid[payment.order]
    ]
    first = min((Month.of(payment.day) for payment in late), default=None)
    return [
        payment
        for payment in late
        if Month.of(payment.day) == first and _goes_on(payment, paid[payment.order], last, seen)
    ]


def _goes_on(payment: Payment, paid: Collection[Month], last: Month, seen: date | None) -> bool:
    """Was the order charged after the month that it skips, or may that charge be still to come?

    `paid`: the order's months. `seen`: the last day that the payments show, whatever they are for;
    None if no charge is to come. Of the day on which the platform was asked nothing is known here.
    """
    skipped = Month.of(payment.day) + 1
    if any(month > skipped for month in paid):
        return True
    due = skipped + 1
    return due >= last and seen is not None and seen < due.first_day


def _shares(payment: Payment, started_late: bool) -> Iterable[Share]:
    month = Month.of(payment.day)
    if payment.rhythm is Rhythm.YEARLY:
        why = f"a twelfth of the yearly payment of {payment.day}"
        for later in range(12):
            yield _share(payment, month + later, parts=12, why=why)
        return
    yield _share(payment, month)
    if started_late:
        why = "a monthly order begun after the 15th is not charged in the next month"
        yield _share(payment, month + 1, why=why)


def _skips_a_charge(payment: Payment) -> bool:
    return (
        payment.rhythm is Rhythm.MONTHLY
        and payment.began is not None
        and Month.of(payment.began) == Month.of(payment.day)
        and payment.began.day > LAST_DAY_WITH_A_CHARGE_NEXT_MONTH
    )


def _share(payment: Payment, month: Month, parts: int = 1, why: str | None = None) -> Share:
    return Share(payment=payment, month=month, amount=payment.amount / parts, parts=parts, why=why)
