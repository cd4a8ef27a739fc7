"""One contribution counts once. Decides which entries are the same act, and which of them stays.

An issue can be closed, opened and closed again in another month, and a pull request claimed again
under contributions/. What GitHub showed is one act for its address, whoever claims it; a page that
only claims name, such as an event's, stands for one act of each person.
"""

from collections.abc import Collection, Iterable
from datetime import date

from ..model.contribution import Contribution

Act = str | tuple[str, str]


def without_repeats(
    contributions: Iterable[Contribution], kinds: Collection[str]
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """The earliest of each act, and the rest, both in the order given. Of all months and sources.

    `kinds`: those that give points; an entry of another kind takes nothing away from a later one.
    """
    entries = tuple(contributions)
    shown = {entry.url for entry in entries if not _claimed(entry)}
    first: dict[Act, Contribution] = {}
    for entry in entries:
        if entry.kind in kinds:
            known = first.setdefault(_act(entry, shown), entry)
            if known is not entry and _order(entry) < _order(known):
                first[_act(entry, shown)] = entry
    kept: list[Contribution] = []
    repeated: list[Contribution] = []
    for entry in entries:
        if entry.kind not in kinds:
            kept.append(entry)
        elif first.get(_act(entry, shown)) is entry:
            kept.append(first.pop(_act(entry, shown)))
        else:
            repeated.append(entry)
    return tuple(kept), tuple(repeated)


def _act(entry: Contribution, shown: Collection[str]) -> Act:
    """Its address alone where GitHub showed it; what only claims name, by person."""
    return entry.url if entry.url in shown else (entry.url, entry.by.login.casefold())


def _order(entry: Contribution) -> tuple[date, bool, str, str]:
    return entry.day, _claimed(entry), entry.url, entry.kind


def _claimed(entry: Contribution) -> bool:
    """Claims name a page; what GitHub showed is in a repository."""
    return entry.repository is None
