"""Tells why one partner stands before another in a committed month: the tie rule, read backwards.

`rank.py` orders the contenders of a month; the month's file keeps all that it ordered by.
"""

from dataclasses import replace
from itertools import pairwise

from ..model.directory import Neighbor, Place, TieBreak
from ..model.ranking import PartnerMonth, Ranking
from .rank import Contender, order_key

_BY = (*TieBreak, TieBreak.NAME)  # equal names are ordered by slug


def in_order(ranking: Ranking) -> Ranking:
    """Return the month with its ranked partners in the order of the tie rule, the others last."""
    return replace(ranking, partners=tuple(sorted(ranking.partners, key=_place)))


def places(ranking: Ranking) -> dict[str, Place]:
    """Return the place of each partner of a month by slug. `ranking`: in order, nobody hidden."""
    ranked = [one for one in ranking.partners if one.rank is not None]
    ahead = {one.slug: _neighbor(before, one, before) for before, one in pairwise(ranked)}
    behind = {one.slug: _neighbor(one, after, after) for one, after in pairwise(ranked)}
    return {
        one.slug: Place(
            month=ranking.month,
            line=one,
            of=len(ranked),
            ahead=ahead.get(one.slug),
            behind=behind.get(one.slug),
        )
        for one in ranking.partners
    }


def _neighbor(first: PartnerMonth, second: PartnerMonth, shown: PartnerMonth) -> Neighbor:
    """Return `shown`, one of the two, and what puts `first` before `second`."""
    keys = order_key(_contender(first)), order_key(_contender(second))
    at = next(at for at, (one, other) in enumerate(zip(*keys, strict=True)) if one != other)
    by = _BY[at]
    counts = {
        TieBreak.POINTS: first.points - second.points,
        TieBreak.CONTRIBUTORS: len(first.members) - len(second.members),
        TieBreak.KINDS: len(first.by_kind) - len(second.by_kind),
    }
    return Neighbor(
        slug=shown.slug,
        name=shown.name,
        by=by,
        difference=counts.get(by, 0),
        shares=first.rank == second.rank,
    )


def _contender(line: PartnerMonth) -> Contender:
    return Contender(
        slug=line.slug,
        name=line.name,
        accepted=line.accepted,
        standing=line.standing.standing,
        hidden=line.hidden,
        points=line.points,
        contributors=len(line.members),
        kinds=len(line.by_kind),
    )


def _place(line: PartnerMonth) -> tuple[object, ...]:
    return (line.rank is None, *order_key(_contender(line)))
