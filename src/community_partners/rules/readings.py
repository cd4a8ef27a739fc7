"""Lists the ways in which the doubts about a payer's payments may turn out.

Each way is one reading of all months together: a payment that was monthly was not yearly as well.
Three doubts exclude each other like this: the rhythm of a payment; whether a payment in review
comes, if the others of its order are read in another way without it; and whether the platform skips
a month, if it does not say how an order is paid. All other doubts can be read for the payer, or
against the payer, all at once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, product

from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Method, Payment, Rhythm, Settlement, Sponsorship
from .charge_days import skipped_month
from .rhythms import MOST, by_day, has_sure_rhythms, ways
from .totals import at_worst, first_in_doubt


def readings(
    sponsorship: Sponsorship, policy: SponsorshipPolicy, *, best: bool
) -> list[tuple[Payment, ...]]:
    """Return the payments that count, sorted by day, in each way in which the doubts may turn out.

    Each payment has the rhythm that it had when it was made, and the method by which it was paid.
    `best`: the payments in review count that change no other. Returns nothing if there are more
    than MOST ways: then nobody can tell anything.
    """
    found = list(islice(_readings(sponsorship, policy, best=best), MOST + 1))
    return found if len(found) <= MOST else []


def are_alike(sponsorship: Sponsorship) -> bool:
    """Tell whether the payments have the same readings at worst and at best."""
    in_review = any(one.settlement is Settlement.PENDING for one in sponsorship.payments or ())
    return not in_review and sponsorship.overstated is None


def _readings(
    sponsorship: Sponsorship, policy: SponsorshipPolicy, *, best: bool
) -> Iterator[tuple[Payment, ...]]:
    first, less = first_in_doubt(sponsorship), sponsorship.overstated
    counted = (
        one
        for one in sponsorship.payments or ()
        if one.settlement is not Settlement.VOID
        and (policy.one_time_payments or one.rhythm is not Rhythm.ONE_TIME)
    )
    there = sorted(counted, key=by_day)
    as_read = cache(_as_read)
    for paid in _settled(there, best=best):
        for read in ways(paid):
            for methods in _methods(read, sponsorship):
                yield tuple(
                    as_read(
                        at_worst(one, less) if less and one is first and not best else one,
                        rhythm,
                        one.method or methods.get(one.order),
                    )
                    for one, rhythm in read
                )


def _as_read(payment: Payment, rhythm: Rhythm, method: Method | None) -> Payment:
    if payment.rhythm is rhythm and payment.method is method:
        return payment
    return replace(payment, rhythm=rhythm, method=method)


def _settled(there: Sequence[Payment], *, best: bool) -> Iterator[list[Payment]]:
    """Yield the payments that are settled by then. The settled payments are among them always.

    `there`: sorted by day, so that the order of the input never matters.
    """
    orders: dict[str, list[Payment]] = defaultdict(list)
    for one in there:
        orders[one.order].append(one)
    firm = {name for name, paid in orders.items() if _read_alike(paid)}
    each = [
        (True,) if _is_settled(one) else (best,) if one.order in firm else (True, False)
        for one in there
    ]
    for choice in product(*each):
        yield [one for one, comes in zip(there, choice, strict=True) if comes]


def _is_settled(payment: Payment) -> bool:
    return payment.settlement is Settlement.SETTLED


def _read_alike(order: Sequence[Payment]) -> bool:
    """Tell whether each payment of an order is read in one way, whichever of the others come.

    `order`: its payments, sorted by day.
    """
    first_is_settled = any(_is_settled(one) for one in order if one.day == order[0].day)
    methods = {one.method for one in order}
    # Only these methods depend on which payment is the first.
    by_first = len(methods) > 1 or Method.BANK_TRANSFER in methods or None in methods
    return len(order) == 1 or (has_sure_rhythms(order) and (first_is_settled or not by_first))


def _methods(
    paid: Sequence[tuple[Payment, Rhythm]], sponsorship: Sponsorship
) -> Iterator[Mapping[str, Method]]:
    """Yield how each order is paid whose own payments do not say it."""
    told = {one.id: one.method for one in sponsorship.orders or () if one.method}
    first = {one.order: one for one, _ in reversed(paid)}
    untold = [
        name
        for name in sorted({one.order for one, rhythm in paid if rhythm is Rhythm.MONTHLY})
        if first[name].method is None
        and name not in told
        and skipped_month(sponsorship.platform, Method.CARD, first[name].began)
    ]
    for choice in product((Method.CARD, Method.PAYPAL_SUBSCRIPTION), repeat=len(untold)):
        yield {**told, **dict(zip(untold, choice, strict=True))}
