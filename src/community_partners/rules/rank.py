"""The ranking of a month. Decides who is ranked, in which order, and who is on the homepage.

Points decide, equal points share a rank (1, 2, 2, 4). The homepage's slots are filled in that
order; among equals more contributors go first, then more kinds of contribution, then the earlier
acceptance, then the name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..model.standing import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Contender:
    """What the order depends on. `contributors` and `kinds`: how many there were this month."""

    slug: str
    name: str
    accepted: date
    standing: Standing
    hidden: bool
    points: int
    contributors: int
    kinds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """`ranks` by slug, in order; `homepage`: slugs by slot, none of them without a point."""

    ranks: dict[str, int]
    homepage: tuple[str, ...]


def rank(contenders: Iterable[Contender], slots: int) -> Places:
    """The order of all who contend: active or at risk, and willing to be listed."""
    order = sorted(filter(_contends, contenders), key=_key)
    ranks: dict[str, int] = {}
    place, points = 0, -1
    for number, one in enumerate(order, 1):
        if one.points != points:
            place, points = number, one.points
        ranks[one.slug] = place
    shown = tuple(one.slug for one in order[:slots] if one.points)
    return Places(ranks=ranks, homepage=shown)


def _contends(one: Contender) -> bool:
    return not one.hidden and one.standing in (Standing.ACTIVE, Standing.AT_RISK)


def _key(one: Contender) -> tuple[int, int, int, date, str, str]:
    counts = (-one.points, -one.contributors, -one.kinds)
    return (*counts, one.accepted, one.name.casefold(), one.slug)
