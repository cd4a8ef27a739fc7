"""Decides whether a payment was monthly or yearly, as its order may have changed its interval.

Open Collective shows only an order's present interval. So the order's next payment tells what a
payment was: a monthly order is charged again within 47 days, even after a late start
(https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js,
getNextChargeAndPeriodStartDates).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from ..model.sponsorship import Payment, Rhythm, Settlement

A_MONTH = timedelta(days=47)  # from 16 July to 1 September are 47
A_YEAR = timedelta(days=335)  # the shortest time after which a yearly order is charged again
YEAR_OF_MONTHS = 6  # a yearly payment is at least as large as so many monthly ones
ALIKE = 2  # alike: the larger amount is less than so many times the smaller one


def rhythms(payments: Iterable[Payment]) -> list[tuple[Payment, Rhythm | None]]:
    """Return each payment with its rhythm, sorted by day; the rhythm is None if it is in doubt.

    A rhythm is also in doubt if it hangs on a payment that is not settled.
    """
    paid = sorted(payments, key=by_day)
    settled = [one for one in paid if one.settlement is Settlement.SETTLED]
    by_all, by_settled = _told(paid), iter(_told(settled))
    found: list[tuple[Payment, Rhythm | None]] = []
    for one, rhythm in zip(paid, by_all, strict=True):
        sure = one.settlement is not Settlement.SETTLED or next(by_settled) is rhythm
        found.append((one, rhythm if sure else None))
    return found


def _told(payments: Sequence[Payment]) -> list[Rhythm | None]:
    """Return the rhythm of each payment as these payments tell it; they are sorted by day."""
    found: list[Rhythm | None] = [one.rhythm for one in payments]
    orders: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(payments):
        if one.began is not None and one.rhythm is not Rhythm.ONE_TIME:
            orders[one.order].append(at)
    for paid in orders.values():
        for at, following in pairwise(paid):
            found[at] = _by_next(payments[at], payments[following])
        for before, at in pairwise(paid):
            one, other = payments[before], payments[at]
            if other.day - one.day <= A_MONTH and _alike(one, other):
                found[at] = Rhythm.MONTHLY
        if len(paid) > 1 and _alike(payments[paid[-2]], payments[paid[-1]]):
            found[paid[-1]] = found[paid[-2]]
    return found


def by_day(payment: Payment) -> tuple[object, ...]:
    """Return the key that sorts payments by day, and those of one day in the same way each time."""
    money, host = payment.amount, payment.in_host_currency
    own = (payment.day, payment.order, money.currency, money.amount, payment.settlement)
    return (*own, payment.rhythm, str(payment.method), str(payment.began), str(host), payment.url)


def _by_next(payment: Payment, following: Payment) -> Rhythm | None:
    """Return what a payment was, by the next payment of its order; None if both are possible."""
    apart = following.day - payment.day
    if apart <= A_MONTH:
        return Rhythm.MONTHLY
    if _times(payment, following) >= YEAR_OF_MONTHS:
        return Rhythm.YEARLY
    if payment.rhythm is Rhythm.YEARLY:
        return Rhythm.YEARLY if apart >= A_YEAR else None
    return Rhythm.MONTHLY if apart < A_YEAR else None


def _times(one: Payment, other: Payment) -> Decimal:
    """Return how many times the amount of `other` goes into that of `one`; 0: not comparable."""
    if one.amount.currency != other.amount.currency or other.amount.amount <= 0:
        return Decimal(0)
    return one.amount.amount / other.amount.amount


def _alike(one: Payment, other: Payment) -> bool:
    """Tell whether two amounts are alike. `_times` is 0 for amounts that cannot be compared."""
    return 0 < _times(one, other) < ALIKE and _times(other, one) < ALIKE
