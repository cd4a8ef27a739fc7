"""Decides what a platform's total says if it contradicts the payments in its list."""

from dataclasses import replace

from ..model.money import Money
from ..model.sponsorship import Payment, Settlement, Sponsorship
from .rhythms import by_day


def contradicts(sponsorship: Sponsorship) -> bool:
    """Tell whether the platform's answer contradicts itself, so that no month can be judged.

    A platform's total that is too small by less than the first payment is about that payment alone:
    people on GitHub pay a part at first, until their billing date.
    """
    return sponsorship.conflict is not None and first_in_doubt(sponsorship) is None


def first_in_doubt(sponsorship: Sponsorship) -> Payment | None:
    """Return the first settled payment if the platform's total lacks a part of it; else None.

    Of several payments on the first day, the largest is meant.
    """
    paid = (one for one in sponsorship.payments or () if one.settlement is Settlement.SETTLED)
    first, less = min(paid, key=_first, default=None), sponsorship.overstated
    if first is None or less is None or less.currency != first.amount.currency:
        return None
    return first if less.amount < first.amount.amount else None


def _first(payment: Payment) -> tuple[object, ...]:
    return payment.day, -payment.amount.amount, by_day(payment)


def at_worst(payment: Payment, less: Money) -> Payment:
    """Return the first payment without the part that the platform's total lacks."""
    amount = replace(payment.amount, amount=payment.amount.amount - less.amount)
    return replace(payment, amount=amount, in_host_currency=None)
