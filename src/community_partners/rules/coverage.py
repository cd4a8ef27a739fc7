"""Decides, month by month, whether the payments reached the required amount.

Amounts compare in the required currency, at the rate of the payment's day. A payment that cannot be
compared, or is not settled yet, makes a short month unknown, never short. Only what had to be
converted may fall short by the tolerance: exchange rates differ, amounts do not.
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

Rates = Mapping[tuple[date, str, str], Decimal]


def rates_by_day(rates: Iterable[Rate]) -> Rates:
    """Rates by day, currency and target, to look one up."""
    return {(rate.day, rate.currency, rate.target): rate.factor for rate in rates}


def needed_rates(
    sponsorship: Sponsorship, required: Required, months: Sequence[Month], policy: SponsorshipPolicy
) -> set[tuple[date, str, str]]:
    """The (day, currency, target) without which a payment in these months cannot be compared."""
    target, last = required.amount.currency, max(months)
    beside = {month + away for month in months for away in (-1, 0, 1)}  # a late one may be there
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
    """One entry for each month asked, in that order."""
    goes_on = any(order is not OrderStatus.ENDED for order in sponsorship.orders)
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
    """Leave of a sponsorship that not everyone may see only whether each month was reached.

    Done before anything is stored, shown or decided, so that no figure can get out.
    """
    if sponsorship.public or sponsorship.payments is None:
        return sponsorship
    if required is None:
        return replace(sponsorship, payments=None)
    reached = {
        Outcome.MET: Reached.YES,
        Outcome.NOT_MET: Reached.NO,
        Outcome.UNKNOWN: Reached.UNKNOWN,
    }
    found = coverage(sponsorship, required, months, rates, policy)
    kept = {entry.month: reached[entry.outcome] for entry in found}
    return replace(
        sponsorship, payments=None, withheld=Withheld(required=required.amount, months=kept)
    )


def laid_out(sponsorship: Sponsorship, policy: SponsorshipPolicy, last: Month) -> tuple[Share, ...]:
    """The payments that the program counts, by month: single ones only where it says so.

    Of many accounts no orders are told; then nothing says that they have ended.
    """
    counted = tuple(
        payment
        for payment in sponsorship.payments or ()
        if policy.one_time_payments or payment.rhythm is not Rhythm.ONE_TIME
    )
    ended = bool(sponsorship.orders) and set(sponsorship.orders) == {OrderStatus.ENDED}
    return lay_out(counted, last, ended=ended)


def _kept(withheld: Withheld | None, required: Required) -> Mapping[Month, Reached]:
    """What is known of private months, if it was held against the same amount."""
    if withheld is None or withheld.required != required.amount:
        return {}
    return withheld.months


def _withheld(kept: Mapping[Month, Reached], month: Month, *, goes_on: bool) -> Coverage:
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
    """The share in the target currency, where the platform itself says it."""
    if share.amount.currency == target:
        return share.amount
    host = share.payment.in_host_currency
    return host / share.parts if host is not None and host.currency == target else None


def _convert(share: Share, enough: Enough, rates: Rates) -> Money | None:
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
    settled = [share for share in shares if share.payment.settlement is Settlement.SETTLED]
    if enough.reached_by(settled):
        outcome = Outcome.MET
    elif enough.possible_with(shares):
        outcome = Outcome.UNKNOWN
    else:
        outcome = Outcome.NOT_MET
    # What the platform contradicts, or may itself be the reason for, is a person's to judge.
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
