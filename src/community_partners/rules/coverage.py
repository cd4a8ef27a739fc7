"""Months and the required amount. Decides, month by month, whether the payments reached it.

Amounts compare in the required currency, at the rate of the payment's day. What cannot be compared
or is not settled yet makes a short month unknown, never short.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..model.money import Money
from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Payment, Rate, Reached, Rhythm, Settlement, Sponsorship, Withheld
from ..model.verdict import Coverage, Outcome, Required, Share
from .layout import lay_out

# A failed charge is tried again for about 19 days: a payment up to this day may be last month's.
LAST_LATE_DAY = 25

Rates = Mapping[tuple[date, str, str], Decimal]


def rates_by_day(rates: Iterable[Rate]) -> Rates:
    """Rates by day, currency and target, to look one up."""
    return {(rate.day, rate.currency, rate.target): rate.factor for rate in rates}


def needed_rates(
    sponsorship: Sponsorship, required: Required, months: Sequence[Month], policy: SponsorshipPolicy
) -> set[tuple[date, str, str]]:
    """The (day, currency, target) without which a payment in these months cannot be compared."""
    target = required.amount.currency
    return {
        (share.payment.day, share.amount.currency, target)
        for share in _counted(sponsorship, policy)
        if share.month in months and _exact(share, target) is None
    }


def coverage(
    sponsorship: Sponsorship,
    required: Required,
    months: Sequence[Month],
    rates: Rates,
    policy: SponsorshipPolicy,
) -> tuple[Coverage, ...]:
    """One entry for each month asked, in that order."""
    if sponsorship.payments is None:
        return tuple(_withheld(sponsorship.withheld, required, month) for month in months)
    target = required.amount.currency
    by_month: dict[Month, list[Share]] = defaultdict(list)
    for share in _counted(sponsorship, policy):
        by_month[share.month].append(replace(share, converted=_convert(share, target, rates)))
    _move_late_payments(by_month, months, required, policy)
    found = (_month(month, by_month[month], required, policy) for month in months)
    return tuple(_doubted(entry, sponsorship) for entry in found)


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


def counted_payments(sponsorship: Sponsorship, policy: SponsorshipPolicy) -> list[Payment]:
    """Those that the program counts: single ones only where it says so."""
    return [
        payment
        for payment in sponsorship.payments or ()
        if policy.one_time_payments or payment.rhythm is not Rhythm.ONE_TIME
    ]


def _counted(sponsorship: Sponsorship, policy: SponsorshipPolicy) -> tuple[Share, ...]:
    return lay_out(counted_payments(sponsorship, policy))


def _withheld(withheld: Withheld | None, required: Required, month: Month) -> Coverage:
    reached = Reached.UNKNOWN
    if withheld is not None and withheld.required == required.amount:
        reached = withheld.months.get(month, Reached.UNKNOWN)
    outcome = {
        Reached.YES: Outcome.MET,
        Reached.NO: Outcome.NOT_MET,
        Reached.UNKNOWN: Outcome.UNKNOWN,
    }[reached]
    return Coverage(month=month, outcome=outcome, paid=None)


def _exact(share: Share, target: str) -> Money | None:
    """The share in the target currency, where the platform itself says it."""
    if share.amount.currency == target:
        return share.amount
    host = share.payment.in_host_currency
    return host / share.parts if host is not None and host.currency == target else None


def _convert(share: Share, target: str, rates: Rates) -> Money | None:
    exact = _exact(share, target)
    if exact is not None:
        return exact
    factor = rates.get((share.payment.day, share.amount.currency, target))
    return None if factor is None else share.amount.times(factor, target)


def _move_late_payments(
    by_month: dict[Month, list[Share]],
    months: Sequence[Month],
    required: Required,
    policy: SponsorshipPolicy,
) -> None:
    """A month without enough takes a payment that the next month can spare: it was charged late.

    Only for a payer who had paid before; nobody earns a month by paying twice at the start.
    """
    first = min((month for month, shares in by_month.items() if shares), default=None)
    for month in months:
        if first is None or month <= first or _reached(by_month[month], required, policy):
            continue
        for share in by_month[month + 1]:
            rest = [other for other in by_month[month + 1] if other is not share]
            if _may_be_late(share) and _reached(rest, required, policy):
                late = replace(share, month=month, why=f"paid late, on {share.payment.day}")
                by_month[month].append(late)
                by_month[month + 1] = rest
                break


def _may_be_late(share: Share) -> bool:
    return share.parts == 1 and share.why is None and share.payment.day.day <= LAST_LATE_DAY


def _month(
    month: Month, shares: Sequence[Share], required: Required, policy: SponsorshipPolicy
) -> Coverage:
    settled = [share for share in shares if share.payment.settlement is Settlement.SETTLED]
    if _reached(settled, required, policy):
        outcome = Outcome.MET
    elif any(share.converted is None for share in shares) or _reached(shares, required, policy):
        outcome = Outcome.UNKNOWN
    else:
        outcome = Outcome.NOT_MET
    return Coverage(
        month=month, outcome=outcome, paid=_sum(settled, required), shares=tuple(shares)
    )


def _sum(shares: Iterable[Share], required: Required) -> Money:
    total = Money(Decimal(0), required.amount.currency)
    for share in shares:
        total = total if share.converted is None else total + share.converted
    return total


def _reached(shares: Sequence[Share], required: Required, policy: SponsorshipPolicy) -> bool:
    enough = required.amount
    if any(share.amount.currency != enough.currency for share in shares):
        enough = enough.times(1 - policy.tolerance_percent / 100, enough.currency)
    return _sum(shares, required) >= enough


def _doubted(entry: Coverage, sponsorship: Sponsorship) -> Coverage:
    """What the platform contradicts, or may itself be the reason for, is a person's to judge."""
    paused = sponsorship.receiver_paused and entry.outcome is Outcome.NOT_MET
    return replace(entry, outcome=Outcome.UNKNOWN) if sponsorship.conflict or paused else entry
