"""One contribution counts once. Decides which entries are the same act, and which of them stays.

An issue can be closed, opened and closed again in another month, and a pull request claimed again
under contributions/. What GitHub showed is one act for its address, whoever claims it; a page that
only claims name, such as an event's, stands for one act of each person.
"""

from collections.abc import Collection, Iterable

from ..model.contribution import Contribution


def without_repeats(
    contributions: Iterable[Contribution], kinds: Collection[str]
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """The earliest of each act, by day, and the rest. Of all months and sources at once.

    `kinds`: those that give points; an entry of another kind takes nothing away from a later one.
    """
    order = sorted(contributions, key=lambda one: (one.day, _claimed(one), one.url, one.kind))
    shown = {entry.url for entry in order if not _claimed(entry)}
    first: dict[tuple[str, str | None], Contribution] = {}
    kept: list[Contribution] = []
    repeated: list[Contribution] = []
    for entry in order:
        person = None if entry.url in shown else entry.by.login.casefold()
        known = entry.kind in kinds
        if known and first.setdefault((entry.url, person), entry) is not entry:
            repeated.append(entry)
        else:
            kept.append(entry)
    return tuple(kept), tuple(repeated)


def _claimed(entry: Contribution) -> bool:
    """Claims name a page; what GitHub showed is in a repository."""
    return entry.repository is None
