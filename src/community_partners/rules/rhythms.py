"""Decides whether a payment was monthly or yearly, as its order may have changed its interval.

Open Collective shows only an order's present interval. So the order's next payment tells what a
payment was: a monthly order is charged again within 47 days, even after a late start
(https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js,
getNextChargeAndPeriodStartDates). Charges of one order on one day do not follow each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import product

from ..model.sponsorship import Payment, Rhythm, Settlement

A_MONTH = timedelta(days=47)  # from 16 July to 1 September are 47
A_YEAR = timedelta(days=335)  # the shortest time after which a yearly order is charged again
YEAR_OF_MONTHS = 6  # a yearly payment is at least as large as so many monthly ones
MOST = 256  # the most ways that are looked at: those of eight doubts
ALIKE = 2  # alike: the larger amount is less than so many times the smaller one


def ways(payments: Iterable[Payment]) -> Iterator[list[tuple[Payment, Rhythm]]]:
    """Yield the payments, sorted by day, with the rhythms that they may have had together."""
    paid = sorted(payments, key=by_day)
    orders: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(paid):
        if one.began is not None and one.rhythm is not Rhythm.ONE_TIME:
            orders[one.order].append(at)
    each = [rhythms_of([paid[at] for at in order]) for order in orders.values()]
    for way in product(*each):
        found = [one.rhythm for one in paid]
        for order, rhythms in zip(orders.values(), way, strict=True):
            for at, rhythm in zip(order, rhythms, strict=True):
                found[at] = rhythm
        yield list(zip(paid, found, strict=True))


def rhythms_of(order: Sequence[Payment]) -> list[tuple[Rhythm, ...]]:
    """Return the rhythms of the payments of one order, sorted by day, in each way.

    Returns nothing if there are more than MOST ways.
    """
    each: list[tuple[Rhythm, ...]] = [()]
    for _ in order:
        each = [(*way, rhythm) for way in each for rhythm in _possible(order, way)]
        if len(each) > MOST:
            return []
    return each


def _possible(order: Sequence[Payment], found: Sequence[Rhythm]) -> Collection[Rhythm]:
    """Return what the next payment of the order may have been; `found`: the payments before it."""
    one = order[len(found)]
    later = [other for other in order if other.day > one.day]
    if any(other.day - one.day <= A_MONTH for other in later):
        return (Rhythm.MONTHLY,)
    until = [other for other in order if other.day <= one.day and other is not one]
    if any(one.day - other.day <= A_MONTH and _alike(one, other) for other in until):
        return (Rhythm.MONTHLY,)
    if later:
        following = min(other.day for other in later)
        return _by_next(one, [other for other in later if other.day == following])
    last = max((other.day for other in until if other.day < one.day), default=None)
    before = [at for at, other in enumerate(order) if other.day == last and _alike(one, other)]
    return {found[at] for at in before} or (one.rhythm,)


def has_sure_rhythms(order: Sequence[Payment]) -> bool:
    """Tell whether each payment has the order's present rhythm, whichever payments in review come.

    `order`: all payments of one order, sorted by day.
    """
    dated = [one for one in order if one.began is not None and one.rhythm is not Rhythm.ONE_TIME]
    for at, one in enumerate(dated):
        later = [other for other in dated[at + 1 :] if other.day > one.day]
        settled = [other.day for other in later if other.settlement is Settlement.SETTLED]
        until = min(settled, default=dated[-1].day)
        following = [other for other in later if other.day <= until]
        if one.rhythm is not Rhythm.MONTHLY or until - one.day >= A_YEAR:
            return False
        if any(_times(one, other) >= YEAR_OF_MONTHS for other in following):
            return False
    return True


def by_day(payment: Payment) -> tuple[object, ...]:
    """Return the key that sorts payments by day, and those of one day in the same way each time."""
    money, host = payment.amount, payment.in_host_currency
    own = (payment.day, payment.order, money.currency, money.amount, payment.settlement)
    return (*own, payment.rhythm, str(payment.method), str(payment.began), str(host), payment.url)


def _by_next(payment: Payment, following: Sequence[Payment]) -> Collection[Rhythm]:
    """Return what a payment may have been, by the next payments of its order, all of one day."""
    times = [found for other in following if (found := _times(payment, other))]
    if times and min(times) >= YEAR_OF_MONTHS:
        return (Rhythm.YEARLY,)
    fits = Rhythm.YEARLY if following[0].day - payment.day >= A_YEAR else Rhythm.MONTHLY
    return (fits,) if payment.rhythm is fits else (Rhythm.MONTHLY, Rhythm.YEARLY)


def _times(one: Payment, other: Payment) -> Decimal:
    """Return how many times the amount of `other` goes into that of `one`; 0: not comparable."""
    if one.amount.currency != other.amount.currency or other.amount.amount <= 0:
        return Decimal(0)
    return one.amount.amount / other.amount.amount


def _alike(one: Payment, other: Payment) -> bool:
    """Tell whether two amounts are alike. `_times` is 0 for amounts that cannot be compared."""
    return 0 < _times(one, other) < ALIKE and _times(other, one) < ALIKE
