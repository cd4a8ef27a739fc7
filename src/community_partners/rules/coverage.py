"""Decides, month by month, whether the payments reached the required amount.

Payments are converted to the required currency at the rate of the payment's day. If a payment has
no rate, or is not settled yet, a month without the full amount is unknown, not short. Only
converted amounts may fall short by the tolerance, because published exchange rates differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..model.money import Money
from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import (
    OrderStatus,
    Rate,
    Reached,
    Rhythm,
    Settlement,
    Sponsorship,
    Withheld,
)
from ..model.verdict import Coverage, Outcome, Required, Share
from .enough import Enough
from .late_charges import last_day_for, move_late, regular_orders
from .layout import lay_out

Rates = Mapping[tuple[date, str, str], Decimal | None]


def rates_by_day(rates: Iterable[Rate]) -> Rates:
    """Return the factors of the rates by (day, currency, target)."""
    return {(rate.day, rate.currency, rate.target): rate.factor for rate in rates}


def needed_rates(
    sponsorship: Sponsorship, required: Required, months: Sequence[Month], policy: SponsorshipPolicy
) -> set[tuple[date, str, str]]:
    """Return the (day, currency, target) of each rate needed to compare payments in `months`."""
    target, last = required.amount.currency, max(months)
    beside = {month + away for month in months for away in (-1, 0, 1)}  # because of late charges
    return {
        (share.payment.day, share.amount.currency, target)
        for share in laid_out(sponsorship, policy, last)
        if share.month in beside and _exact(share, target) is None
    }


def coverage(
    sponsorship: Sponsorship,
    required: Required,
    months: Sequence[Month],
    rates: Rates,
    policy: SponsorshipPolicy,
) -> tuple[Coverage, ...]:
    """Return, for each of `months` in the given order, whether the payments reach the amount."""
    goes_on = any(one.status is not OrderStatus.ENDED for one in sponsorship.orders or ())
    if sponsorship.payments is None:
        kept = _kept(sponsorship.withheld, required)
        return tuple(_withheld(kept, month, goes_on=goes_on) for month in months)
    enough = Enough(amount=required.amount, tolerance_percent=policy.tolerance_percent)
    paid: dict[Month, list[Share]] = defaultdict(list)
    for share in laid_out(sponsorship, policy, max(months)):
        paid[share.month].append(replace(share, converted=_convert(share, enough, rates)))
    moved = move_late(paid, months, enough)
    return tuple(
        _month(
            month,
            moved.get(month, ()),
            enough,
            sponsorship,
            may_be_late=goes_on and bool(regular_orders(paid, month, enough)),
        )
        for month in months
    )


def withhold(
    sponsorship: Sponsorship,
    required: Required | None,
    months: Sequence[Month],
    rates: Rates,
    policy: SponsorshipPolicy,
) -> Sponsorship:
    """Remove the figures of private payments, and keep only whether each month was reached.

    Callers do this before they store, show or decide anything, so that no private figure can leak.
    Public sponsorships come back unchanged. `required` None: nothing is kept of private payments.
    """
    if sponsorship.public or sponsorship.payments is None:
        return sponsorship
    if required is None:
        return replace(sponsorship, payments=None, overstated=None)
    reached = {
        Outcome.MET: Reached.YES,
        Outcome.NOT_MET: Reached.NO,
        Outcome.UNKNOWN: Reached.UNKNOWN,
    }
    found = coverage(sponsorship, required, months, rates, policy)
    kept = {entry.month: reached[entry.outcome] for entry in found}
    withheld = Withheld(required=required.amount, months=kept)
    return replace(sponsorship, payments=None, overstated=None, withheld=withheld)


def laid_out(sponsorship: Sponsorship, policy: SponsorshipPolicy, last: Month) -> tuple[Share, ...]:
    """Return the shares of all payments that the program counts, sorted by month.

    Single payments count only if the policy says so. `last`: the last month looked at. When many
    accounts are asked about in one question, the platform shows no orders; then an order is not
    taken to have ended.
    """
    counted = tuple(
        payment
        for payment in sponsorship.payments or ()
        if policy.one_time_payments or payment.rhythm is not Rhythm.ONE_TIME
    )
    ended = {one.status for one in sponsorship.orders or ()} == {OrderStatus.ENDED}
    return lay_out(counted, last, ended=ended)


def _kept(withheld: Withheld | None, required: Required) -> Mapping[Month, Reached]:
    """Return the kept result of each private month; empty if the required amount has changed."""
    if withheld is None or withheld.required != required.amount:
        return {}
    return withheld.months


def _withheld(kept: Mapping[Month, Reached], month: Month, *, goes_on: bool) -> Coverage:
    """Return the coverage of a private month, without an amount.

    `goes_on`: an order of the payer will be charged again, so that a late charge may still come.
    """
    outcome = {
        Reached.YES: Outcome.MET,
        Reached.NO: Outcome.NOT_MET,
        Reached.UNKNOWN: Outcome.UNKNOWN,
    }[kept.get(month, Reached.UNKNOWN)]
    paid_before = any(kept[one] is not Reached.NO for one in kept if one < month)
    late = outcome is Outcome.NOT_MET and goes_on and paid_before
    late_until = last_day_for(month) if late else None
    return Coverage(month=month, outcome=outcome, paid=None, late_until=late_until)


def _exact(share: Share, target: str) -> Money | None:
    """Return the share in the target currency if the platform itself gives it; else None."""
    if share.amount.currency == target:
        return share.amount
    host = share.payment.in_host_currency
    return host / share.parts if host is not None and host.currency == target else None


def _convert(share: Share, enough: Enough, rates: Rates) -> Money | None:
    """Return the share in the required currency; None if the exchange rate is not known."""
    target = enough.amount.currency
    exact = _exact(share, target)
    if exact is not None:
        return exact
    factor = rates.get((share.payment.day, share.amount.currency, target))
    return None if factor is None else share.amount.times(factor, target)


def _month(
    month: Month,
    shares: Sequence[Share],
    enough: Enough,
    sponsorship: Sponsorship,
    *,
    may_be_late: bool,
) -> Coverage:
    """Decide whether the shares of one month reach the amount.

    `may_be_late`: a monthly order that paid regularly may still be charged late for this month.
    """
    settled = [share for share in shares if share.payment.settlement is Settlement.SETTLED]
    if enough.reached_by(settled):
        outcome = Outcome.MET
    elif enough.possible_with(shares):
        outcome = Outcome.UNKNOWN
    else:
        outcome = Outcome.NOT_MET
    # A maintainer must judge the month if the platform's answer contradicts itself, or if the
    # platform itself may be the reason for a short month.
    excused = sponsorship.receiver_paused or sponsorship.unexplained
    if sponsorship.conflict or (excused and outcome is Outcome.NOT_MET):
        outcome = Outcome.UNKNOWN
    late = may_be_late and outcome is Outcome.NOT_MET
    return Coverage(
        month=month,
        outcome=outcome,
        paid=enough.total(settled),
        shares=tuple(shares),
        late_until=last_day_for(month) if late else None,
    )
