"""Decides, month by month, whether the payments reached the required amount.

A month is reached in the base currency or in the local one (`enough.py`). The doubts about payments
may turn out in several ways, each for all months together (`readings.py`); what is left in doubt is
read at its worst and at its best: rates that are missing, orders that were not told, charges that
may still come after a late start. A month is met if each way is enough at its worst, not met if no
way is enough at its best, and unknown else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Rate, RateKey, Reached, Sponsorship, Withheld
from ..model.verdict import Coverage, Outcome, Required
from .enough import Rates
from .late_charges import due
from .layout import last_day_for
from .payable import amount_in, pays_in
from .reached import Read, Reading, each_reading, possibly_met, surely_met
from .totals import contradicts

_KEPT = {Outcome.MET: Reached.YES, Outcome.NOT_MET: Reached.NO, Outcome.UNKNOWN: Reached.UNKNOWN}
_FOUND = {kept: outcome for outcome, kept in _KEPT.items()}


def rates_by_day(rates: Iterable[Rate]) -> Rates:
    """Return the factors of the rates by (day, currency, target)."""
    return {rate.key: rate.factor for rate in rates}


def needed_rates(
    sponsorship: Sponsorship,
    required: Required,
    months: Sequence[Month],
    policy: SponsorshipPolicy,
    today: date,
) -> set[RateKey]:
    """Return the key of each rate that can still change a month, or what may still come for it."""
    if sponsorship.payments is None:
        return set()
    worst, best = each_reading(sponsorship, required, {}, policy, today)
    possible = possibly_met(best)
    open_months = possible - surely_met(worst)
    beside = {month + away for month in months if month in open_months for away in range(-2, 3)}
    short = [month for month in months if month not in possible]
    needed: set[RateKey] = set()
    for read in (read for reading in best for read in reading if read.face.rates is not None):
        late = any(_may_be_late(month, read) for month in short)
        needed |= {
            (share.payment.day, share.amount.currency, read.face.asked.currency)
            for month, shares in read.shares.items()
            if late or month in beside
            for share in shares
            if read.face.exactly(share.payment) is None
        }
    return needed


def coverage(
    sponsorship: Sponsorship,
    required: Required,
    months: Sequence[Month],
    rates: Rates,
    policy: SponsorshipPolicy,
    today: date,
) -> tuple[Coverage, ...]:
    """Return, for each of `months` in the given order, whether the payments reach the amount."""
    if sponsorship.payments is None:
        kept = _kept(sponsorship.withheld, required)
        return tuple(
            Coverage(month=one, outcome=_FOUND[kept.get(one, Reached.UNKNOWN)], paid=None)
            for one in months
        )
    worst, best = each_reading(sponsorship, required, rates, policy, today)
    if not worst or not best:
        return tuple(Coverage(month=one, outcome=Outcome.UNKNOWN, paid=None) for one in months)
    asked = amount_in(required, pays_in(sponsorship))
    shown = next((at for at, read in enumerate(best[0]) if read.face.asked == asked), 0)
    sure, possible = surely_met(worst), possibly_met(best)

    def outcome(month: Month) -> Outcome:
        if month in sure:
            return Outcome.MET
        return Outcome.UNKNOWN if month in possible else Outcome.NOT_MET

    return tuple(
        _month(month, _doubted(outcome(month), sponsorship), worst, best, shown) for month in months
    )


def withhold(
    sponsorship: Sponsorship,
    required: Required | None,
    months: Sequence[Month],
    rates: Rates,
    policy: SponsorshipPolicy,
    today: date,
) -> Sponsorship:
    """Remove the figures of private payments, and keep only whether each month was reached.

    Callers do this before they store, show or decide anything, so that no private figure can leak.
    Public sponsorships come back unchanged. `required` None: nothing is kept of private payments.
    """
    if sponsorship.public or sponsorship.payments is None:
        return sponsorship
    kept = None
    if required is not None:
        found = coverage(sponsorship, required, months, rates, policy, today)
        reached = {entry.month: _KEPT[entry.outcome] for entry in found}
        kept = Withheld(required=required.amount, months=reached)
    return replace(sponsorship, payments=None, overstated=None, withheld=kept)


def _kept(withheld: Withheld | None, required: Required) -> Mapping[Month, Reached]:
    """Return the kept result of each private month; empty if the required amount has changed."""
    if withheld is None or withheld.required != required.amount:
        return {}
    return withheld.months


def _doubted(outcome: Outcome, sponsorship: Sponsorship) -> Outcome:
    """Return unknown where a maintainer judges: the answer contradicts itself, or excuses."""
    excused = sponsorship.receiver_paused or sponsorship.unexplained
    if contradicts(sponsorship) or (excused and outcome is Outcome.NOT_MET):
        return Outcome.UNKNOWN
    return outcome


def _month(
    month: Month, outcome: Outcome, worst: Sequence[Reading], best: Sequence[Reading], shown: int
) -> Coverage:
    """Return one month. `shown`: the place of the currency in which it is shown."""

    def counts(reading: Reading) -> int:
        return reading[shown].counts.get(month, 0)

    least, most = min(worst, key=counts)[shown], max(best, key=counts)[shown]
    late = outcome is Outcome.NOT_MET and any(
        _may_be_late(month, read) for reading in (*best, *worst) for read in reading
    )
    return Coverage(
        month=month,
        outcome=outcome,
        paid=most.face.total(least.shares.get(month, ())),
        shares=tuple(
            replace(share, converted=most.face.part(share)) for share in most.shares.get(month, ())
        ),
        late_until=last_day_for(month) if late else None,
    )


def _may_be_late(month: Month, read: Read) -> bool:
    """Tell whether late charges may still come for `month`, and would make it full.

    An order that has not ended is charged the amount of its last charge again.
    """
    paid = read.paid
    expected = 0
    for order, charged in paid.monthly().items():
        there = [one for one in charged if one.day >= month.first_day]
        in_time = [one for one in there if one.day <= last_day_for(month)]
        missed = len(in_time) < 2 and not any(Month.of(one.day) == month for one in in_time)
        goes_on = paid.is_monthly(order) and paid.may_go_on(order) is not False
        if missed and goes_on and due(charged[0], month, paid):
            expected += paid.worth[charged[-1]]
    expected += read.counts.get(month, 0) if expected else 0
    return expected >= read.needed
