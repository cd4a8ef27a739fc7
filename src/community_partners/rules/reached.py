"""Decides which months the payments reach, in each reading and in each of the two currencies."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Payment, Sponsorship
from ..model.verdict import Required, Share
from .enough import Face, Rates, faces
from .late_charges import Shares, move_late
from .layout import Charges, charges, lay_out


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """The payments in one currency and one reading: by month, and the months that are reached."""

    face: Face
    paid: Charges
    shares: Shares
    reached: frozenset[Month]


Reading = tuple[Read, ...]
"""One reading in each currency."""


def each_reading(
    sponsorship: Sponsorship,
    required: Required,
    rates: Rates,
    policy: SponsorshipPolicy,
    today: date,
) -> tuple[list[Reading], list[Reading]]:
    """Return each reading of the payments at worst, and each at best, in each currency.

    Returns nothing if there are too many readings.
    """
    each = list(faces(required, rates, policy.tolerance_percent))
    worst, best = (
        list(
            zip(
                *(_read(sponsorship, policy, today, face, best=at_best) for face in each),
                strict=True,
            )
        )
        for at_best in (False, True)
    )
    return worst, best


def _read(
    sponsorship: Sponsorship, policy: SponsorshipPolicy, today: date, face: Face, *, best: bool
) -> Iterator[Read]:
    needed = face.needed

    @cache
    def worth(payment: Payment) -> Fraction:
        return face.counted(payment, best=best)

    def reached(shares: Collection[Share]) -> bool:
        return counted(shares, worth) >= needed

    for paid in charges(sponsorship, policy, today, worth, best=best):
        shares = move_late(lay_out(paid), paid, reached)
        full = frozenset(month for month, of_month in shares.items() if reached(of_month))
        yield Read(face=face, paid=paid, shares=shares, reached=full)


def counted(shares: Iterable[Share], worth: Callable[[Payment], Fraction]) -> Fraction:
    """Return what the shares count together."""
    return sum(
        (worth(one.payment) / one.parts if one.parts > 1 else worth(one.payment) for one in shares),
        Fraction(0),
    )


def surely_met(worst: Iterable[Reading]) -> frozenset[Month]:
    """Return the months that are reached in each reading, in any currency."""
    each = [_met(one) for one in worst]
    return frozenset[Month]().union(*each).intersection(*each)


def possibly_met(best: Iterable[Reading]) -> frozenset[Month]:
    """Return the months that are reached in a reading, in any currency."""
    return frozenset[Month]().union(*map(_met, best))


def _met(reading: Reading) -> frozenset[Month]:
    return frozenset[Month]().union(*(read.reached for read in reading))
