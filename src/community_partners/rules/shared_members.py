"""Finds team members of an application who are also in a partner's team.

A person's time is divided by shares. Who is named for more than all of it counts for none of the
organizations until a maintainer decides. Persons are compared by account id, or by login if an id
is not known.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ..model.application import WHOLE, Member
from ..model.evidence import AccountCheck


def shared_members(
    team: Sequence[Member],
    other: Sequence[Member],
    accounts: Iterable[AccountCheck],
    first: date,
    last: date,
) -> tuple[str, ...]:
    """Return the logins in `team` of people who are also in `other` from `first` to `last`.

    One shared day is enough, unless both shares of the person's time fit together. `accounts`:
    GitHub's answer about the logins.
    """
    ids = {check.login.casefold(): check.id for check in accounts}
    found = (
        mine.github
        for mine in team
        if any(
            mine.share + theirs.share > WHOLE
            and _same(mine, theirs, ids)
            and _meet(mine, theirs, first, last)
            for theirs in other
        )
    )
    return tuple(dict.fromkeys(found))


def _same(mine: Member, theirs: Member, ids: dict[str, int | None]) -> bool:
    """Tell whether both members are the same person, by account id if both ids are known.

    The login decides only if an id is not known, because a login can be renamed and taken by
    another person.
    """
    login, other = mine.github.casefold(), theirs.github.casefold()
    number = ids.get(login, mine.id)
    recorded = theirs.id if theirs.id is not None else ids.get(other)
    if number is not None and recorded is not None:
        return number == recorded
    return login == other


def _meet(mine: Member, theirs: Member, first: date, last: date) -> bool:
    """Tell whether both are members on a same day from `first` to `last`."""
    since = max(mine.since, theirs.since, first)
    return since <= min(mine.until or last, theirs.until or last, last)
