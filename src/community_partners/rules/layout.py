"""Decides which months a payment covers, and why. `late_charges.py` moves late charges.

A payment covers the month of the payment. There are three exceptions. A yearly payment covers
twelve months with a twelfth each. A bank transfer covers the month in which its order was made, if
the money came by the 25th of the next month. And on Open Collective, a monthly order that began
after the 15th is next charged on the first day of the month after next, unless PayPal charges it:
https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
(getNextChargeAndPeriodStartDates). So the first payment of such an order covers the next month,
too, once the order was charged again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Method, OrderStatus, Payment, Rhythm, Settlement, Sponsorship
from ..model.verdict import Share
from .rhythms import by_day, rhythms
from .totals import at_worst, first_in_doubt

LAST_DAY_WITH_A_CHARGE_NEXT_MONTH = 15
LAST_DAY = 25  # of the next month: retries of a charge of the 31st end around the 20th


@dataclass(frozen=True, kw_only=True, slots=True)
class Charges:
    """The payments of a payer that count, as one reading takes them.

    `best`: doubts are read for the payer, else against the payer. `payments`: sorted by day; the
    rhythm of each is the one that it had when it was made. `doubtful`: those whose rhythm is in
    doubt. `worth`: what a payment is worth, to compare the payments of one order.
    """

    sponsorship: Sponsorship
    best: bool
    today: date
    payments: tuple[Payment, ...]
    doubtful: tuple[Payment, ...]
    worth: Callable[[Payment], Fraction]

    def monthly(self) -> dict[str, list[Payment]]:
        """Return the monthly payments of each order whose first day is known, the oldest first."""
        found = defaultdict(list)
        for payment in self.payments:
            if payment.rhythm is Rhythm.MONTHLY and payment.began is not None:
                found[payment.order].append(payment)
        return found

    def skipped(self, payment: Payment) -> Month | None:
        """Return the month in which the platform does not charge the payment's order, or None.

        If the platform does not say how the order is paid, it may be either.
        """
        method = self.method(payment)
        skips = method is Method.CARD or (method is None and self.best)
        return skipped_month(payment.began) if skips else None

    def method(self, payment: Payment) -> Method | None:
        """Return how the payment was made; None if the platform does not say."""
        orders = self.sponsorship.orders or ()
        own = (order.method for order in orders if order.id == payment.order)
        return payment.method or next(own, None)

    def is_first(self, payment: Payment) -> bool:
        """Tell whether the payment's order has no payment on an earlier day."""
        return all(one.day >= payment.day for one in self.payments if one.order == payment.order)

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


def charges(
    sponsorship: Sponsorship,
    policy: SponsorshipPolicy,
    today: date,
    worth: Callable[[Payment], Fraction],
    *,
    best: bool,
) -> Charges:
    """Return the payments that count: at worst the settled ones, at best also those in review."""
    first, less = first_in_doubt(sponsorship), sponsorship.overstated
    there = [
        at_worst(one, less) if less and one is first and not best else one
        for one in sponsorship.payments or ()
        if one.settlement is not Settlement.VOID
        and (policy.one_time_payments or one.rhythm is not Rhythm.ONE_TIME)
    ]
    read = [
        (replace(one, rhythm=rhythm or (Rhythm.MONTHLY if best else Rhythm.YEARLY)), rhythm)
        for one, rhythm in rhythms(there)
        if best or one.settlement is Settlement.SETTLED
    ]
    return Charges(
        sponsorship=sponsorship,
        best=best,
        today=today,
        payments=tuple(one for one, _ in read),
        doubtful=tuple(one for one, rhythm in read if rhythm is None),
        worth=worth,
    )


def skipped_month(began: date | None) -> Month | None:
    """Return the month in which Open Collective charges no card for an order of this first day."""
    if began is None or began.day <= LAST_DAY_WITH_A_CHARGE_NEXT_MONTH:
        return None
    return Month.of(began) + 1


def last_day_for(month: Month) -> date:
    """Return the last day on which a late charge can count for `month`."""
    return (month + 1).first_day.replace(day=LAST_DAY)


def lay_out(paid: Charges) -> tuple[Share, ...]:
    """Return the shares of all payments, sorted by month, then day."""
    late = dict(_late_starts(paid))
    shares = [
        share
        for payment in paid.payments
        if not (payment.rhythm is Rhythm.MONTHLY and payment.order in late)
        or Month.of(payment.day) != late[payment.order].month
        for share in _shares(payment, paid)
    ]
    return tuple(
        sorted([*shares, *late.values()], key=lambda one: (one.month, by_day(one.payment)))
    )


def unconverted(
    sponsorship: Sponsorship, policy: SponsorshipPolicy, today: date, *, best: bool
) -> tuple[Share, ...]:
    """Return the shares of all payments if no amount is required of them."""

    def worth(payment: Payment) -> Fraction:
        return Fraction(payment.amount.amount)

    return lay_out(charges(sponsorship, policy, today, worth, best=best))


def _shares(payment: Payment, paid: Charges) -> Iterator[Share]:
    month, why = Month.of(payment.day), None
    if (
        paid.method(payment) is Method.BANK_TRANSFER
        and payment.began is not None
        and Month.of(payment.began) == month - 1
        and payment.day.day <= LAST_DAY
        and paid.is_first(payment)
    ):
        month, why = month - 1, f"a bank transfer of {payment.began}"
    twelfth = f"a twelfth of the yearly payment of {payment.day}"
    covered = range(12) if payment.rhythm is Rhythm.YEARLY else range(0)
    if any(payment is one for one in paid.doubtful):
        # Monthly or yearly: at worst it counts the less in each month, at best the more.
        covered = range(1, 12) if paid.best else range(1)
    if payment.rhythm is not Rhythm.YEARLY:
        yield _share(payment, month, why=why)
    for later in covered:
        yield _share(payment, month + later, parts=12, why=twelfth)


def _late_starts(paid: Charges) -> Iterator[tuple[str, Share]]:
    """Yield each order whose first payment covers the skipped month, with that share.

    The share replaces what the platform charged in that month all the same, if that was less.
    """
    for order, payments in paid.monthly().items():
        skipped = paid.skipped(payments[0])
        first = [one for one in payments if skipped and Month.of(one.day) == skipped - 1]
        if skipped is None or not first or not _goes_on(order, skipped, payments, paid):
            continue
        largest = max(first, key=lambda one: (paid.worth(one), by_day(one)))
        there = (paid.worth(one) for one in payments if Month.of(one.day) == skipped)
        if sum(there) < paid.worth(largest):
            why = "a monthly order begun after the 15th is not charged in the next month"
            yield order, _share(largest, skipped, why=why)


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


def _share(payment: Payment, month: Month, parts: int = 1, why: str | None = None) -> Share:
    return Share(payment=payment, month=month, amount=payment.amount / parts, parts=parts, why=why)
