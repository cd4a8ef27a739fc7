"""Decides which months a payment covers, and why. `late_charges.py` moves late charges.

A payment covers the month of the payment. There are three exceptions. A yearly payment covers
twelve months with a twelfth each. A bank transfer covers the month in which its order was made, if
the money came by the 25th of the next month. And if the platform skips a month because a monthly
order began late (`charge_days.py`), the first payment of the order covers the skipped month, too,
once the order was charged again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Method, OrderStatus, Payment, Rhythm, Sponsorship
from ..model.verdict import Share
from .charge_days import skipped_month
from .enough import Scale
from .readings import readings
from .rhythms import by_day

LAST_DAY = 25  # of the next month: retries of a charge of the 31st end around the 20th


@dataclass(frozen=True, slots=True)
class Charges:
    """The payments of a payer that count, as one reading takes them.

    `best`: doubts are read for the payer, else against the payer. `payments`: one of the readings
    (`readings.py`), sorted by day. `worth`: what a payment counts, to compare the payments of one
    order.
    """

    sponsorship: Sponsorship
    best: bool
    today: date
    payments: tuple[Payment, ...]
    worth: Mapping[Payment, int]

    def monthly(self) -> dict[str, list[Payment]]:
        """Return the monthly payments of each order whose first day is known, the oldest first."""
        found = defaultdict(list)
        for payment in self.payments:
            if payment.rhythm is Rhythm.MONTHLY and payment.began is not None:
                found[payment.order].append(payment)
        return found

    def skipped(self, order: str) -> Month | None:
        """Return the month in which the platform does not charge the order, or None.

        The first payment tells how the order is paid.
        """
        first = next(one for one in self.payments if one.order == order)
        return skipped_month(self.sponsorship.platform, first.method, first.began)

    def is_monthly(self, order: str) -> bool:
        """Tell whether the order is monthly now, or was not told."""
        orders = self.sponsorship.orders or ()
        return all(one.rhythm is Rhythm.MONTHLY for one in orders if one.id == order)

    def may_go_on(self, order: str) -> bool | None:
        """Tell whether the order may be charged again; None if that was not told."""
        orders = self.sponsorship.orders
        if orders is None:
            return None
        return any(one.id == order and one.status is not OrderStatus.ENDED for one in orders)


def last_day_for(month: Month) -> date:
    """Return the last day on which a late charge can count for `month`."""
    return (month + 1).first_day.replace(day=LAST_DAY)


def each_share(payments: Sequence[Payment]) -> tuple[Share, ...]:
    """Return the shares of all payments of a reading, whatever a payment counts."""
    return tuple(share for payment in payments for share in _shares(payment, payments))


def lay_out(shares: Sequence[Share], paid: Charges) -> Sequence[Share]:
    """Return the shares with those of orders that began late, sorted by the day of the payment.

    `shares`: of all payments (`each_share`).
    """
    late = dict(_late_starts(paid))
    if not late:
        return shares

    def is_replaced(payment: Payment) -> bool:
        by = late.get(payment.order) if payment.rhythm is Rhythm.MONTHLY else None
        return by is not None and Month.of(payment.day) == by.month

    kept = (share for share in shares if not is_replaced(share.payment))
    return sorted([*kept, *late.values()], key=lambda one: by_day(one.payment))


def unconverted(
    sponsorship: Sponsorship, policy: SponsorshipPolicy, today: date, *, best: bool
) -> list[Sequence[Share]]:
    """Return the shares of all payments if no amount is required of them, in each reading.

    Returns nothing if there are too many readings.
    """
    ways = readings(sponsorship, policy, best=best)
    scale = Scale.of({one: Fraction(one.amount.amount) for way in ways for one in way})
    told = (sponsorship, best, today)
    return [lay_out(each_share(way), Charges(*told, way, scale.worth)) for way in ways]


def _shares(payment: Payment, among: Sequence[Payment]) -> Iterator[Share]:
    month, why = Month.of(payment.day), None
    if (
        payment.method is Method.BANK_TRANSFER
        and payment.began is not None
        and Month.of(payment.began) == month - 1
        and payment.day.day <= LAST_DAY
        and _is_first(payment, among)
    ):
        month, why = month - 1, f"a bank transfer of {payment.began}"
    if payment.rhythm is not Rhythm.YEARLY:
        yield Share(payment=payment, month=month, amount=payment.amount, why=why)
        return
    twelfth, why = payment.amount / 12, f"a twelfth of the yearly payment of {payment.day}"
    for later in range(12):
        yield Share(payment=payment, month=month + later, amount=twelfth, parts=12, why=why)


def _is_first(payment: Payment, among: Sequence[Payment]) -> bool:
    """Tell whether the payment's order has no payment on an earlier day."""
    return all(one.day >= payment.day for one in among if one.order == payment.order)


def _late_starts(paid: Charges) -> Iterator[tuple[str, Share]]:
    """Yield each order whose first payment covers the skipped month, with that share.

    The share replaces what the platform charged in that month all the same, if that was less.
    """
    for order, payments in paid.monthly().items():
        skipped = paid.skipped(order)
        before = skipped and skipped - 1
        first = [one for one in payments if before and Month.of(one.day) == before]
        if skipped is None or not first or not _goes_on(order, skipped, payments, paid):
            continue
        largest = max(first, key=lambda one: (paid.worth[one], by_day(one)))
        there = (paid.worth[one] for one in payments if Month.of(one.day) == skipped)
        if sum(there) < paid.worth[largest]:
            why = "a monthly order begun after the 15th is not charged in the next month"
            yield order, Share(payment=largest, month=skipped, amount=largest.amount, why=why)


def _goes_on(order: str, skipped: Month, payments: Sequence[Payment], paid: Charges) -> bool:
    """Tell whether the order was charged after the skipped month, or may still be charged.

    Up to the day of the next charge, nothing is in doubt if the order has not ended.
    """
    if any(Month.of(payment.day) > skipped for payment in payments):
        return True
    told = paid.may_go_on(order)
    if paid.best:
        return told is not False and paid.today <= last_day_for(skipped + 1)
    return told is True and paid.today <= (skipped + 1).first_day
