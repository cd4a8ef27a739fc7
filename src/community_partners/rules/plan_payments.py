"""Decides which payments a plan asks for in each month. `calendar.py` says when they are made."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..model.money import Money
from ..model.month import Month
from ..model.plan import NewOrder, PlannedPayment
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, Outcome
from .calendar import Calendar, with_order

Covered = Callable[[Sponsorship], Sequence[Coverage]]
"""Returns, for each month that must be paid, whether these payments reach the amount."""


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
    if not found:
        return ()
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
    full = max((one.amount for one in by_hand), key=lambda one: one.amount)
    month = Month.of(calendar.today)
    charges = []
    while month.first_day < day:
        charges += [on for on in (calendar.new_charge(month),) if on]
        month += 1
    order = replace(calendar, single=False)
    paid = order.paid(dict.fromkeys(map(Month.of, charges), full))
    begun = with_order(paid, calendar.today)
    met = all(one.outcome is not Outcome.NOT_MET for one in covered(begun))
    return NewOrder(skipped=calendar.skipped, covered=met, charges=tuple(charges))
