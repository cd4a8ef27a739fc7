"""Turns a month's ranking into rows for the page and the terminal. Decides who is shown and how.

Hidden partners are shown nowhere. The partners in the homepage's first slots have medals.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ..model.month import Month
from ..model.points import Points
from ..model.ranking import PartnerMonth, Ranking

_MEDALS = ("🥇", "🥈", "🥉")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A ranked partner's row.

    `medal`: an emoji for a slot of the homepage, else "". `movement`: against the month before:
    `▲ 2`, `▼ 1`, `=`, `new`, or a dash if an earlier partner was not ranked then.
    """

    rank: int
    medal: str
    partner: PartnerMonth
    movement: str
    contributors: int


def without_hidden(ranking: Ranking, also: Collection[str] = ()) -> Ranking:
    """Return a ranking without hidden partners, and without the corrections that name them.

    `also`: the slugs of partners that are hidden now, and were not in this month.
    """
    hidden = {*also, *(one.slug for one in ranking.partners if one.hidden)}
    if not hidden:
        return ranking
    return replace(
        ranking,
        partners=tuple(one for one in ranking.partners if one.slug not in hidden),
        corrections=tuple(
            replace(
                one, changes=tuple(change for change in one.changes if not hidden & _words(change))
            )
            for one in ranking.corrections
        ),
    )


def _words(change: str) -> set[str]:
    return set(re.findall(r"[a-z0-9-]+", change))


def rows(ranking: Ranking) -> tuple[Row, ...]:
    """Return the ranked partners in order.

    Among equal ranks, the partners on the homepage come first, by slot.
    """
    slots = {slug: at for at, slug in enumerate(ranking.homepage)}
    ranked = [(one.rank, one) for one in ranking.partners if one.rank is not None]
    order = sorted(ranked, key=lambda pair: (pair[0], slots.get(pair[1].slug, len(slots))))
    return tuple(
        Row(
            rank=rank,
            medal=_medal(slots.get(partner.slug)),
            partner=partner,
            movement=_movement(partner, ranking.month),
            contributors=len(partner.members),
        )
        for rank, partner in order
    )


def unranked(ranking: Ranking) -> tuple[PartnerMonth, ...]:
    """Return the partners that are not ranked because of their standing, by name."""
    return tuple(one for one in ranking.partners if one.rank is None and not one.hidden)


def points_by_kind(partner: PartnerMonth) -> str:
    """Return the points by kind, the most first, such as `pull request 20, review 4`."""
    kinds: Iterable[tuple[str, Points]] = sorted(
        partner.by_kind.items(), key=lambda pair: (-pair[1], pair[0])
    )
    return ", ".join(f"{kind} {points}" for kind, points in kinds)


def _medal(slot: int | None) -> str:
    if slot is None:
        return ""
    return _MEDALS[slot] if slot < len(_MEDALS) else "🏅"


def _movement(partner: PartnerMonth, month: Month) -> str:
    places = partner.movement
    if places is None:
        return "new" if Month.of(partner.accepted) == month else "–"
    if places == 0:
        return "="
    return f"▲ {places}" if places > 0 else f"▼ {-places}"
