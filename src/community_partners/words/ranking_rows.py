"""A month's ranking in words, for the page and the terminal. Decides who is shown and how.

Hidden partners are shown nowhere. Medals are of the homepage's first slots.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model.month import Month
from ..model.ranking import PartnerMonth, Ranking

_MEDALS = ("🥇", "🥈", "🥉")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """`medal`: of the homepage's slot, or empty. `movement`: `▲ 2`, `▼ 1`, `=`, or `new`.

    Who was not ranked the month before and is not new has a dash.
    """

    rank: int
    medal: str
    partner: PartnerMonth
    movement: str
    contributors: int


def without_hidden(ranking: Ranking) -> Ranking:
    """What may be shown: nothing of partners that do not want to be listed, in no line."""
    hidden = {one.slug for one in ranking.partners if one.hidden}
    if not hidden:
        return ranking
    return replace(
        ranking,
        partners=tuple(one for one in ranking.partners if not one.hidden),
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
    """The ranked partners in order; among equals those on the homepage first, by slot."""
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
    """Those who are not ranked for their standing, by name."""
    return tuple(one for one in ranking.partners if one.rank is None and not one.hidden)


def points_by_kind(partner: PartnerMonth) -> str:
    """`pull request 20, review 4`, the most first."""
    kinds: Iterable[tuple[str, int]] = sorted(
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
