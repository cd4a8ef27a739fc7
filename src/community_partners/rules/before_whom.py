"""Tells why one partner stands before another in a committed month: the tie rule, read backwards.

`rank.py` orders the contenders of a month; the month's file keeps all that it ordered by.
"""

from dataclasses import replace
from itertools import pairwise

from ..model.directory import Neighbor, Position, TieBreak
from ..model.points import Points, exact
from ..model.ranking import PartnerMonth, Ranking
from .rank import Contender, order_key

_BY = (*TieBreak, TieBreak.NAME)  # equal names are ordered by slug


def in_order(ranking: Ranking) -> Ranking:
    """Return the month with its ranked partners in the order of the tie rule, the others last."""
    return replace(ranking, partners=tuple(sorted(ranking.partners, key=_position)))


def positions(ranking: Ranking) -> dict[str, Position]:
    """Return each partner's position in a month, by slug. `ranking`: in order, nobody hidden."""
    ranked = [one for one in ranking.partners if one.rank is not None]
    keyed = [(one, order_key(_contender(one))) for one in ranked]
    ahead: dict[str, Neighbor] = {}
    behind: dict[str, Neighbor] = {}
    for (first, its), (second, other) in pairwise(keyed):
        by = next(by for by, one, two in zip(_BY, its, other, strict=True) if one != two)
        ahead[second.slug], behind[first.slug] = _neighbors(first, second, by)
    return {
        one.slug: Position(
            month=ranking.month,
            line=one,
            of=len(ranked),
            ahead=ahead.get(one.slug),
            behind=behind.get(one.slug),
        )
        for one in ranking.partners
    }


def _neighbors(
    first: PartnerMonth, second: PartnerMonth, by: TieBreak
) -> tuple[Neighbor, Neighbor]:
    """Return the two as they see each other: the one in front, then the one after it."""
    counts: dict[TieBreak, Points] = {
        TieBreak.POINTS: exact(first.points - second.points),
        TieBreak.CONTRIBUTORS: len(first.members) - len(second.members),
        TieBreak.KINDS: len(first.by_kind) - len(second.by_kind),
    }
    difference, shares = counts.get(by, 0), first.rank == second.rank
    front, after = (
        Neighbor(slug=one.slug, name=one.name, by=by, difference=difference, shares=shares)
        for one in (first, second)
    )
    return front, after


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


def _position(line: PartnerMonth) -> tuple[object, ...]:
    return (line.rank is None, *order_key(_contender(line)))
