"""Reads who is in a team on which days, from data that no schema has checked."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..model.application import WHOLE
from ..model.day import day_in
from ..model.length import too_long


class Days(NamedTuple):
    """The first and the last day of a seat, and its share of the person's time.

    A day that is missing or cannot be read leaves the seat open; a share, all of the time.
    """

    since: date
    until: date
    share: int


def team_days(data: Any) -> Mapping[str, Days]:
    """Return the days of each member by case-folded login.

    Of several seats, the widest days and the largest share.
    """
    found: dict[str, Days] = {}
    for login, seat in _seats(data):
        since, until, share = found.get(login, seat)
        found[login] = Days(min(since, seat.since), max(until, seat.until), max(share, seat.share))
    return found


def _seats(data: Any) -> Iterator[tuple[str, Days]]:
    team = data.get("team") if isinstance(data, Mapping) else None
    for one in team if isinstance(team, list) else ():
        login = one.get("github") if isinstance(one, Mapping) else None
        if isinstance(login, str) and not too_long(login):
            since, until = day_in(one.get("since")), day_in(one.get("until"))
            said = one.get("share")
            share = said if type(said) is int and 0 < said < WHOLE else WHOLE
            yield login.casefold(), Days(since or date.min, until or date.max, share)
