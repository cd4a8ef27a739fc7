"""People of an application who are in a partner's team too. A person counts for one at a time.

Decides who they are, by account where it is known; a maintainer settles where they belong.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ..model.application import Member
from ..model.evidence import AccountCheck


def shared_members(
    team: Sequence[Member],
    other: Sequence[Member],
    accounts: Iterable[AccountCheck],
    first: date,
    last: date,
) -> tuple[str, ...]:
    """Logins of `team` whose people are in `other`, too, on a day from `first` to `last`."""
    ids = {check.login.casefold(): check.id for check in accounts}
    return tuple(
        mine.github
        for mine in team
        if any(_same(mine, theirs, ids) and _meet(mine, theirs, first, last) for theirs in other)
    )


def _same(mine: Member, theirs: Member, ids: dict[str, int | None]) -> bool:
    """A login can be renamed, and taken by somebody else."""
    login, other = mine.github.casefold(), theirs.github.casefold()
    number = ids.get(login, mine.id)
    recorded = theirs.id if theirs.id is not None else ids.get(other)
    if number is not None and recorded is not None:
        return number == recorded
    return login == other


def _meet(mine: Member, theirs: Member, first: date, last: date) -> bool:
    since = max(mine.since, theirs.since, first)
    return since <= min(mine.until or last, theirs.until or last, last)
