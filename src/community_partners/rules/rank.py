"""Decides which partners get a rank in a month, in which order, and who is on the homepage.

Points decide, and equal points share a rank (1, 2, 2, 4). The homepage's slots are filled by rank.
Partners with equal points are ordered by number of contributors, then by number of kinds of
contribution, then by the earlier acceptance, then by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..model.points import Points
from ..model.standing import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Contender:
    """The facts that decide a partner's rank.

    `contributors`: the number of members with counted contributions this month. `kinds`: the number
    of different kinds among these contributions.
    """

    slug: str
    name: str
    accepted: date
    standing: Standing
    hidden: bool
    points: Points
    contributors: int
    kinds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """The ranks by slug, and the slugs on the homepage, both in order.

    A partner without points is not on the homepage.
    """

    ranks: dict[str, int]
    homepage: tuple[str, ...]


def rank(contenders: Iterable[Contender], slots: int) -> Places:
    """Return the ranks of all partners that are active or at risk and not hidden.

    `slots`: how many partners the homepage shows at most.
    """
    order = sorted(filter(_contends, contenders), key=order_key)
    first: dict[Points, int] = {}  # the rank of all with so many points
    ranks = {one.slug: first.setdefault(one.points, number) for number, one in enumerate(order, 1)}
    shown = tuple(one.slug for one in order[:slots] if one.points)
    return Places(ranks=ranks, homepage=shown)


def _contends(one: Contender) -> bool:
    return not one.hidden and one.standing in (Standing.ACTIVE, Standing.AT_RISK)


def order_key(one: Contender) -> tuple[Points, int, int, date, str, str]:
    """Return what contenders are ordered by; the first differing part puts one before another."""
    counts = (-one.points, -one.contributors, -one.kinds)
    return (*counts, one.accepted, one.name.casefold(), one.slug)
