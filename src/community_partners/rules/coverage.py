"""Decides, month by month, whether the payments reached the required amount.

A month is reached in the base currency or in the local one (`enough.py`). What is in doubt is read
at its worst and at its best: a month is met if the worst is enough, not met if the best is not,
and unknown else. In doubt are payments in review, rates that are missing, orders that were not
told, rhythms that fit neither, and charges that may still come after a late start. Each reading is
of all months together, so a late charge fills no two months.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Payment, Rate, RateKey, Reached, Sponsorship, Withheld
from ..model.verdict import Coverage, Outcome, Required, Share
from .enough import Face, Rates, faces
from .late_charges import Shares, due, move_late
from .layout import Charges, charges, last_day_for, lay_out
from .payable import amount_in, pays_in
from .totals import contradicts

_KEPT = {Outcome.MET: Reached.YES, Outcome.NOT_MET: Reached.NO, Outcome.UNKNOWN: Reached.UNKNOWN}
_FOUND = {kept: outcome for outcome, kept in _KEPT.items()}


def rates_by_day(rates: Iterable[Rate]) -> Rates:
    """Return the factors of the rates by (day, currency, target)."""
    return {rate.key: rate.factor for rate in rates}


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """The payments in one currency and one reading: by month, and the months that are reached."""

    face: Face
    paid: Charges
    shares: Shares
    reached: frozenset[Month]


def needed_rates(
    sponsorship: Sponsorship,
    required: Required,
    months: Sequence[Month],
    policy: SponsorshipPolicy,
    today: date,
) -> set[RateKey]:
    """Return the key of each rate that can still change a month's outcome."""
    if sponsorship.payments is None:
        return set()
    worst, best = _readings(sponsorship, required, {}, policy, today)
    open_months = _met(best) - _met(worst)
    beside = {month + away for month in months if month in open_months for away in range(-2, 3)}
    return {
        (share.payment.day, share.amount.currency, read.face.asked.currency)
        for read in best
        if read.face.rates is not None
        for month in beside
        for share in read.shares.get(month, ())
        if read.face.exactly(share.payment) is None
    }


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
    worst, best = _readings(sponsorship, required, rates, policy, today)
    asked = amount_in(required, pays_in(sponsorship))
    shown = next((at for at, read in enumerate(best) if read.face.asked == asked), 0)
    sure, possible = _met(worst), _met(best)

    def outcome(month: Month) -> Outcome:
        if month in sure:
            return Outcome.MET
        return Outcome.UNKNOWN if month in possible else Outcome.NOT_MET

    return tuple(
        _month(month, _doubted(outcome(month), sponsorship), worst[shown], best[shown], best)
        for month in months
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


def _readings(
    sponsorship: Sponsorship,
    required: Required,
    rates: Rates,
    policy: SponsorshipPolicy,
    today: date,
) -> tuple[list[Read], list[Read]]:
    """Return the payments as read at their worst and at their best, in each currency."""
    each = list(faces(required, rates, policy.tolerance_percent))
    worst = [_read(sponsorship, policy, today, face, best=False) for face in each]
    return worst, [_read(sponsorship, policy, today, face, best=True) for face in each]


def _read(
    sponsorship: Sponsorship, policy: SponsorshipPolicy, today: date, face: Face, *, best: bool
) -> Read:
    def worth(payment: Payment) -> Fraction:
        return face.counted(payment, best=best)

    def reached(shares: Collection[Share]) -> bool:
        return _counted(shares, worth) >= face.needed

    paid = charges(sponsorship, policy, today, worth, best=best)
    shares = move_late(lay_out(paid), paid, reached)
    full = frozenset(month for month, of_month in shares.items() if reached(of_month))
    return Read(face=face, paid=paid, shares=shares, reached=full)


def _counted(shares: Iterable[Share], worth: Callable[[Payment], Fraction]) -> Fraction:
    return sum((worth(share.payment) / share.parts for share in shares), Fraction(0))


def _met(reads: Iterable[Read]) -> frozenset[Month]:
    """Return the months that are reached in a currency."""
    return frozenset[Month]().union(*(read.reached for read in reads))


def _doubted(outcome: Outcome, sponsorship: Sponsorship) -> Outcome:
    """Return unknown where a maintainer judges: the answer contradicts itself, or excuses."""
    excused = sponsorship.receiver_paused or sponsorship.unexplained
    if contradicts(sponsorship) or (excused and outcome is Outcome.NOT_MET):
        return Outcome.UNKNOWN
    return outcome


def _month(
    month: Month, outcome: Outcome, worst: Read, best: Read, each: Iterable[Read]
) -> Coverage:
    """Return one month. `worst`, `best`: in the currency that is shown. `each`: all at best."""
    late = outcome is Outcome.NOT_MET and any(_may_be_late(month, read) for read in each)
    return Coverage(
        month=month,
        outcome=outcome,
        paid=best.face.total(worst.shares.get(month, ())),
        shares=tuple(
            replace(share, converted=best.face.part(share)) for share in best.shares.get(month, ())
        ),
        late_until=last_day_for(month) if late else None,
    )


def _may_be_late(month: Month, read: Read) -> bool:
    """Tell whether late charges may still come for `month`, and would make it full.

    An order that has not ended is charged the amount of its last charge again.
    """
    paid = read.paid
    expected = Fraction(0)
    for order, charged in paid.monthly().items():
        there = [one for one in charged if one.day >= month.first_day]
        in_time = [one for one in there if one.day <= last_day_for(month)]
        missed = len(in_time) < 2 and not any(Month.of(one.day) == month for one in in_time)
        goes_on = paid.is_monthly(order) and paid.may_go_on(order) is not False
        if missed and goes_on and due(charged[0], month, paid):
            expected += paid.worth(charged[-1])
    expected += _counted(read.shares.get(month, ()), paid.worth) if expected else 0
    return expected >= read.face.needed
