"""Decides which payments a plan asks for in each month, and on which days a platform charges.

https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
(getNextChargeAndPeriodStartDates): Open Collective charges a monthly order on the first day of each
month; an order that began after the 15th is not charged in the next month.
https://docs.github.com/en/sponsors: GitHub charges on the billing date of the paying account.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..model.application import Platform
from ..model.money import Money
from ..model.month import Month
from ..model.plan import NewOrder, PlannedPayment
from ..model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Payment,
    Reached,
    Rhythm,
    Settlement,
    Sponsorship,
)
from ..model.verdict import Coverage, Outcome
from .layout import skipped_month

NEW_ORDER = "planned"
"""The id of an order that a plan asks for."""

Covered = Callable[[Sponsorship], Sequence[Coverage]]
"""Returns, for each month that must be paid, whether these payments reach the amount."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """How a payer can pay from `today` on. `single`: single payments count."""

    sponsorship: Sponsorship
    today: date
    single: bool

    @property
    def running(self) -> Payment | None:
        """The newest payment of a monthly order that will be charged again; None if none will."""
        active = {
            one.id
            for one in self.sponsorship.orders or ()
            if one.status is OrderStatus.ACTIVE and one.rhythm is Rhythm.MONTHLY
        }
        monthly = [
            one
            for one in self.sponsorship.payments or ()
            if one.order in active and one.settlement is not Settlement.VOID
        ]
        return max(monthly, key=lambda one: one.day, default=None)

    def charge(self, month: Month) -> date | None:
        """Return the day on which the running order is charged in a month that lies ahead."""
        last = self.running
        if last is None or month <= Month.of(self.today):
            return None
        if self.sponsorship.platform is not Platform.OPEN_COLLECTIVE:
            return _on(month, last.day.day)
        return None if month == skipped_month(last.began) else month.first_day

    def paid(self, amounts: Mapping[Month, Money]) -> Sponsorship:
        """Return the sponsorship with these payments made as the platform would charge them."""
        seen = self.sponsorship
        if seen.withheld is not None:
            months = {**seen.withheld.months, **dict.fromkeys(amounts, Reached.YES)}
            return replace(seen, withheld=replace(seen.withheld, months=months))
        if seen.payments is None:
            return seen
        more = (self._payment(month, amount) for month, amount in amounts.items())
        return replace(seen, payments=(*seen.payments, *more))

    def _payment(self, month: Month, amount: Money) -> Payment:
        day, last = self.charge(month), self.running
        if day and last:
            return replace(last, day=day, amount=amount, in_host_currency=None)
        day = max(self.today, month.first_day)
        if self.single:
            rhythm, order, began = Rhythm.ONE_TIME, f"planned {month}", None
        else:
            rhythm, order, began = Rhythm.MONTHLY, NEW_ORDER, self.today
        return Payment(
            day=day,
            amount=amount,
            rhythm=rhythm,
            order=order,
            began=began,
            method=Method.CARD,
            url="",
        )

    def nothing_paid(self, months: Iterable[Month]) -> Sponsorship:
        """Return the sponsorship if nothing more is paid in these months.

        Private payments are kept as reached or not; a month ahead is kept as not reached.
        """
        seen = self.sponsorship
        if seen.withheld is None:
            return seen
        kept = {**dict.fromkeys(months, Reached.NO), **seen.withheld.months}
        return replace(seen, withheld=replace(seen.withheld, months=kept))

    def can_pay(self, month: Month) -> bool:
        """Tell whether a payment can be made in the month at all."""
        return self.single or self.charge(month) is not None or month != self.skipped

    @property
    def skipped(self) -> Month | None:
        """The month in which an order that begins today is not charged."""
        if self.sponsorship.platform is not Platform.OPEN_COLLECTIVE:
            return None
        return skipped_month(self.today)


def needed(
    calendar: Calendar, open_months: Sequence[Month], full: Money, covered: Covered
) -> tuple[PlannedPayment, ...] | None:
    """Return the least payments with which no month falls short; None if nothing is enough.

    `open_months`: those in which can still be paid. `full`: the required amount, as the payer can
    pay it; a month in which nothing is paid yet takes all of it.
    """

    calendar = replace(calendar, sponsorship=calendar.nothing_paid(open_months))

    def enough(amounts: Mapping[Month, Decimal]) -> bool:
        paid = {
            month: Money(amount, full.currency) for month, amount in amounts.items() if amount > 0
        }
        return all(one.outcome is not Outcome.NOT_MET for one in covered(calendar.paid(paid)))

    found = [one for one in covered(calendar.sponsorship) if one.outcome is Outcome.NOT_MET]
    short = {one.month: one.paid for one in found}
    amounts = {
        month: full.amount for month in open_months if month in short and calendar.can_pay(month)
    }
    if not enough(amounts):
        return None
    for month in amounts:
        paid = short[month]
        if paid is not None and paid.amount > 0:
            amounts[month] = _least(amounts, month, enough)
    return tuple(
        PlannedPayment(
            month=month, amount=Money(amount, full.currency), charge=calendar.charge(month)
        )
        for month, amount in amounts.items()
        if amount > 0
    )


def _least(
    amounts: Mapping[Month, Decimal],
    month: Month,
    enough: Callable[[Mapping[Month, Decimal]], bool],
) -> Decimal:
    """Return the least whole amount of `month` that is enough beside the others."""
    less = range(int(amounts[month]))
    return Decimal(
        bisect_left(less, True, key=lambda one: enough({**amounts, month: Decimal(one)}))
    )


def new_order(
    calendar: Calendar, payments: Iterable[PlannedPayment], day: date, covered: Covered
) -> NewOrder | None:
    """Return how the platform charges a monthly order that begins today; None if one runs.

    `payments`: of the plan; `day`: of the plan.
    """
    by_hand = [one for one in payments if one.charge is None]
    if not by_hand or calendar.running or calendar.sponsorship.payments is None:
        return None
    amount, skipped = max(one.amount.amount for one in by_hand), calendar.skipped
    currency, month, charges = by_hand[0].amount.currency, Month.of(calendar.today), []
    while month.first_day < day:
        if month != skipped:
            charges.append(max(calendar.today, month.first_day))
        month += 1
    order = replace(calendar, single=False)
    paid = order.paid({Month.of(one): Money(amount, currency) for one in charges})
    begun = with_order(paid, calendar.today)
    met = all(one.outcome is not Outcome.NOT_MET for one in covered(begun))
    return NewOrder(skipped=skipped, covered=met, charges=tuple(charges))


def with_order(sponsorship: Sponsorship, today: date) -> Sponsorship:
    """Return the sponsorship with a monthly order by card that begins today."""
    order = Order(id=NEW_ORDER, status=OrderStatus.ACTIVE, began=today, method=Method.CARD)
    return replace(sponsorship, orders=(*(sponsorship.orders or ()), order))


def _on(month: Month, day: int) -> date:
    """Return this day of the month, or the month's last day."""
    return month.first_day.replace(day=min(day, month.last_day.day))
