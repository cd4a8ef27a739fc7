"""Decides which work of several months is the same act, or the same change, as another one.

An act counts once, even if an issue was closed several times or two claims name one pull request.
A change that its author brought to several branches counts once, too.
"""

from collections.abc import Collection, Iterable
from datetime import date

from ..model.contribution import Contribution, Row
from .roster import AccountKey, account_key
from .titles import plain_title

Act = str | tuple[str, str]
Change = tuple[str, AccountKey, str]


def without_repeats(
    contributions: Iterable[Contribution],
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """Return the earliest entry of each act, and the repeated entries, both in the given order.

    `contributions`: those that count otherwise, from all sources and all months that are added up.
    """
    entries = tuple(contributions)
    shown = {entry.url for entry in entries if not _claimed(entry)}
    acts: dict[Act, Contribution] = {}
    changes: dict[Change, Contribution] = {}
    for entry in sorted(entries, key=_order):
        acts.setdefault(_act(entry, shown), entry)
        if change := change_of(entry):
            changes.setdefault(change, entry)
    kept: list[Contribution] = []
    repeated: list[Contribution] = []
    for entry in entries:
        change = change_of(entry)
        first = acts.get(_act(entry, shown)) is entry
        new = change is None or _branch(changes[change]) == _branch(entry)
        if first and new:
            kept.append(acts.pop(_act(entry, shown)))
        else:
            repeated.append(entry)
    return tuple(kept), tuple(repeated)


def change_of(entry: Contribution | Row) -> Change | None:
    """Return what the pull requests of one change have in common: place, author and title.

    None for all other work.
    """
    if entry.kind != "pull request" or entry.repository is None:
        return None
    title = plain_title(entry.title)
    return (entry.repository.casefold(), account_key(entry.by), title) if title else None


def _branch(entry: Contribution) -> str | None:
    return entry.accepted.branch if entry.accepted else None


def _act(entry: Contribution, shown: Collection[str]) -> Act:
    """Return the key of the act.

    The key is the address if GitHub showed the act, else address and login: several people may
    claim the same page, such as the page of an event.
    """
    return entry.url if entry.url in shown else (entry.url, entry.by.login.casefold())


def _order(entry: Contribution) -> tuple[date, bool, str, str]:
    return entry.day, _claimed(entry), entry.url, entry.kind


def _claimed(entry: Contribution) -> bool:
    """Tell whether the entry is an approved claim: only entries from GitHub have a repository."""
    return entry.repository is None
