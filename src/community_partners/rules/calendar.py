"""Tells on which days a payer can pay from today on, and on which the payer is charged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..model.money import Money
from ..model.month import Month
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
from .charge_days import charge_day, own_day, skipped_month
from .rhythms import by_day

NEW_ORDER = "planned"
"""The id of an order that a plan asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """How a payer can pay from `today` on. `single`: single payments count."""

    sponsorship: Sponsorship
    today: date
    single: bool

    @property
    def running(self) -> Payment | None:
        """The newest payment of a monthly order that will be charged again; None if none will."""
        return max(self._running(), key=by_day, default=None)

    def _running(self) -> list[Payment]:
        active = {
            one.id
            for one in self.sponsorship.orders or ()
            if one.status is OrderStatus.ACTIVE and one.rhythm is Rhythm.MONTHLY
        }
        return [
            one
            for one in self.sponsorship.payments or ()
            if one.order in active and one.settlement is not Settlement.VOID
        ]

    def charge(self, month: Month) -> date | None:
        """Return the day ahead on which the running order is charged in a month; None: on no day.

        What is charged later in the current month is charged once in it.
        """
        last = self.running
        if last is None or month <= Month.of(last.day):
            return None
        order = [one for one in self._running() if one.order == last.order]
        methods = {one.id: one.method for one in self.sponsorship.orders or ()}
        method = last.method or methods[last.order] or Method.CARD
        platform = self.sponsorship.platform
        day = charge_day(platform, method, last.began, own_day(order), month)
        return day if day and day > self.today else None

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
            paid = replace(last, settlement=Settlement.SETTLED, in_host_currency=None, note=None)
            return replace(paid, day=day, amount=amount)
        made = Payment(
            day=self.by_hand(month),
            amount=amount,
            rhythm=Rhythm.ONE_TIME,
            order=f"planned {month}",
            method=Method.CARD,
            url="",
        )
        if self.single:
            return made
        day, began = self.new_charge(month) or made.day, self.today
        return replace(made, day=day, rhythm=Rhythm.MONTHLY, order=NEW_ORDER, began=began)

    def by_hand(self, month: Month) -> date:
        """Return the first day on which a single payment can be made in the month."""
        return max(self.today, month.first_day)

    def new_charge(self, month: Month) -> date | None:
        """Return the day on which an order that begins today is charged in the month, or None."""
        if month <= Month.of(self.today):
            return self.today
        platform, began = self.sponsorship.platform, self.today
        return charge_day(platform, Method.CARD, began, began.day, month)

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
        return any((self.single, self.charge(month), self.new_charge(month)))

    @property
    def skipped(self) -> Month | None:
        """The month in which an order that begins today is not charged."""
        return skipped_month(self.sponsorship.platform, Method.CARD, self.today)


def with_order(sponsorship: Sponsorship, today: date) -> Sponsorship:
    """Return the sponsorship with a monthly order by card that begins today."""
    order = Order(id=NEW_ORDER, status=OrderStatus.ACTIVE, began=today, method=Method.CARD)
    return replace(sponsorship, orders=(*(sponsorship.orders or ()), order))
