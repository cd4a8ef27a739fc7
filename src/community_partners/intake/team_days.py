"""Reads who is in a team on which days, from data that no schema has checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..model.day import day_in
from ..model.length import too_long

Days = tuple[date, date]
"""The first and the last day of a seat. A day that is missing or cannot be read leaves it open."""


def team_days(data: Any) -> Mapping[str, Days]:
    """Return the days of each member by case-folded login; of several seats, the widest days."""
    found: dict[str, Days] = {}
    for login, (since, until) in _seats(data):
        first, last = found.get(login, (since, until))
        found[login] = (min(since, first), max(until, last))
    return found


def _seats(data: Any) -> Iterator[tuple[str, Days]]:
    team = data.get("team") if isinstance(data, Mapping) else None
    for one in team if isinstance(team, list) else ():
        login = one.get("github") if isinstance(one, Mapping) else None
        if isinstance(login, str) and not too_long(login):
            since, until = day_in(one.get("since")), day_in(one.get("until"))
            yield login.casefold(), (since or date.min, until or date.max)
