"""Decides which months the payments reach, in each reading and in each of the two currencies."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Payment, Sponsorship
from ..model.verdict import Required, Share
from .enough import Face, Rates, Scale, faces
from .late_charges import Shares, move_late
from .layout import Charges, each_share, lay_out
from .readings import are_alike, readings


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """The payments in one currency and one reading.

    `counts`: what each month counts, on the scale of `needed` (`enough.py`). `reached`: the months
    that count as much as is needed.
    """

    face: Face
    paid: Charges
    shares: Shares
    counts: Mapping[Month, int]
    needed: int
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

    def read(ways: Sequence[tuple[Payment, ...]], *, best: bool) -> list[Reading]:
        known = {payment for way in ways for payment in way}
        scaled = [(face, face.scale(known, best=best)) for face in each]
        told = (sponsorship, best, today)
        return [
            tuple(
                _read(face, scale, Charges(*told, way, scale.worth), shares)
                for face, scale in scaled
            )
            for way in ways
            for shares in (each_share(way),)
        ]

    worst = readings(sponsorship, policy, best=False)
    best = worst if are_alike(sponsorship) else readings(sponsorship, policy, best=True)
    return read(worst, best=False), read(best, best=True)


def _read(face: Face, scale: Scale, paid: Charges, each: Sequence[Share]) -> Read:
    def counted(shares: Collection[Share]) -> int:
        return sum([worth[one.payment] // one.parts for one in shares])

    def reached(shares: Collection[Share]) -> bool:
        return counted(shares) >= scale.needed

    worth = scale.worth
    shares = move_late(lay_out(each, paid), paid, reached)
    counts = {month: counted(of_month) for month, of_month in shares.items()}
    full = frozenset(month for month, count in counts.items() if count >= scale.needed)
    return Read(
        face=face, paid=paid, shares=shares, counts=counts, needed=scale.needed, reached=full
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
