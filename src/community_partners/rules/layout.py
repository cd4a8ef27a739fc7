"""Decides which months a payment covers, and why. `coverage.py` compares amounts.

A payment covers the month of the payment. There are two exceptions. A yearly payment covers twelve
months with a twelfth each. And on Open Collective, a monthly order that began after the 15th is
next charged on the first day of the month after next:
https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
(getNextChargeAndPeriodStartDates). So the first payment of such an order covers the next month,
too. This exception applies only to the payer's first late start, and only if the order was charged
again or its next charge is not overdue: a payer who left after one payment has paid one month.
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
    """Return the shares of all payments except void ones, sorted by month, then day.

    `last`: the last month looked at; the platform may still retry a charge that failed in `last`.
    `ended`: no order of this payer will be charged again. The result is cached, because gathering
    asks for the shares to find the needed exchange rates, and the rules ask again to decide.
    """
    counted = [payment for payment in payments if _counts(payment)]
    seen = None if ended else max((payment.day for payment in payments), default=None)
    late = _late_starts(counted, last, seen)
    shares = (share for payment in counted for share in _shares(payment, payment in late))
    return tuple(sorted(shares, key=lambda share: (share.month, share.payment.day)))


def _counts(payment: Payment) -> bool:
    return payment.settlement is not Settlement.VOID


def _late_starts(payments: Sequence[Payment], last: Month, seen: date | None) -> list[Payment]:
    """Return the payments that cover the next month, too.

    These are the first payments of the orders in the month of the payer's first late start, if the
    order goes on. An earlier late start counts as the first one even if its order did not go on.
    Otherwise a payer could start a new order every second month, pay half, and never be found
    short, because each order would be judged before its next charge is due.
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
    """Tell whether the order was charged after the skipped month, or may still be charged.

    `paid`: the months in which the order was charged. `seen`: the day of the payer's last payment
    of any order, which stands for the unknown day on which the platform was asked; None if no order
    will be charged again.
    """
    skipped = Month.of(payment.day) + 1
    if any(month > skipped for month in paid):
        return True
    due = skipped + 1
    return due >= last and seen is not None and seen < due.first_day


def _shares(payment: Payment, started_late: bool) -> Iterable[Share]:
    """Yield the payment's share for each month that the payment covers."""
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
    """Tell whether this is the first payment of a monthly order that began after the 15th."""
    return (
        payment.rhythm is Rhythm.MONTHLY
        and payment.began is not None
        and Month.of(payment.began) == Month.of(payment.day)
        and payment.began.day > LAST_DAY_WITH_A_CHARGE_NEXT_MONTH
    )


def _share(payment: Payment, month: Month, parts: int = 1, why: str | None = None) -> Share:
    return Share(payment=payment, month=month, amount=payment.amount / parts, parts=parts, why=why)
