"""Decides whether a payment was monthly or yearly, as its order may have changed its interval.

Open Collective shows only an order's present interval. So the order's next payment tells what a
payment was: a monthly order is charged again within 47 days, even after a late start
(https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js,
getNextChargeAndPeriodStartDates). Charges of one order on one day do not follow each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from ..model.sponsorship import Payment, Rhythm

A_MONTH = timedelta(days=47)  # from 16 July to 1 September are 47
A_YEAR = timedelta(days=335)  # the shortest time after which a yearly order is charged again
YEAR_OF_MONTHS = 6  # a yearly payment is at least as large as so many monthly ones
ALIKE = 2  # alike: the larger amount is less than so many times the smaller one


def rhythms(payments: Iterable[Payment]) -> list[tuple[Payment, Rhythm | None]]:
    """Return each payment with its rhythm, as these payments tell it, sorted by day.

    The rhythm is None if the payment may have been monthly or yearly.
    """
    paid = sorted(payments, key=by_day)
    found: list[Rhythm | None] = [one.rhythm for one in paid]
    orders: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(paid):
        if one.began is not None and one.rhythm is not Rhythm.ONE_TIME:
            orders[one.order].append(at)
    for order in orders.values():
        for at in order:
            others = [(paid[other], found[other]) for other in order if other != at]
            found[at] = _rhythm(paid[at], others)
    return list(zip(paid, found, strict=True))


def _rhythm(one: Payment, others: Sequence[tuple[Payment, Rhythm | None]]) -> Rhythm | None:
    """Return what a payment was, by the others of its order; None if both are possible.

    `others`: those of earlier days with the rhythms that were found.
    """
    later = [other for other, _ in others if other.day > one.day]
    if any(other.day - one.day <= A_MONTH for other in later):
        return Rhythm.MONTHLY
    before = [(other, rhythm) for other, rhythm in others if other.day <= one.day]
    if any(one.day - other.day <= A_MONTH and _alike(one, other) for other, _ in before):
        return Rhythm.MONTHLY
    if later:
        following = min(other.day for other in later)
        return _by_next(one, [other for other in later if other.day == following])
    last = max((other.day for other, _ in before if other.day < one.day), default=None)
    alike = {rhythm for other, rhythm in before if other.day == last and _alike(one, other)}
    if len(alike) > 1:
        return None
    return alike.pop() if alike else one.rhythm


def by_day(payment: Payment) -> tuple[object, ...]:
    """Return the key that sorts payments by day, and those of one day in the same way each time."""
    money, host = payment.amount, payment.in_host_currency
    own = (payment.day, payment.order, money.currency, money.amount, payment.settlement)
    return (*own, payment.rhythm, str(payment.method), str(payment.began), str(host), payment.url)


def _by_next(payment: Payment, following: Sequence[Payment]) -> Rhythm | None:
    """Return what a payment was, by the next payments of its order, which were made on one day."""
    times = [found for other in following if (found := _times(payment, other))]
    if times and min(times) >= YEAR_OF_MONTHS:
        return Rhythm.YEARLY
    apart = following[0].day - payment.day
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
