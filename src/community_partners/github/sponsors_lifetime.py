"""Compare GitHub Sponsors' lifetime total with the computed payments, and decide what is in doubt.

If the total is below the payments, they contradict each other: no month is certain, but by how much
they differ is told, because GitHub may have charged a part of the first price. If the total is
above the payments, GitHub does not show when the rest was paid: before the first event, a year in
advance, or at a price that no event names. Then no month is certain to lack money, but a month that
reached the required amount stays so.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..wire.answers import integer, maybe
from .sponsors_history import History

Node = dict[str, Any]
# https://docs.github.com/en/graphql/reference/enums#sponsorshippaymentsource
_PATREON = {"GITHUB": False, "PATREON": True}
PATREON = "Part of this sponsorship is paid through Patreon, which we cannot see."
TOO_LITTLE = "GitHub's list of events and its lifetime total do not agree."
MORE = "By GitHub's lifetime total more was paid than its list of events explains."


def conflict(ours: Mapping[str, Sequence[Node]], past: History, today: date) -> str | None:
    """Return why the payments of one account are uncertain in every month, as a sentence; or None.

    The sentence shows no amount.
    """
    if any(maybe(_PATREON.__getitem__, entry["paymentSource"]) for entry in ours["sponsorships"]):
        return PATREON
    return TOO_LITTLE if _missing(ours, past, today) > 0 else past.doubt


def overstated(ours: Mapping[str, Sequence[Node]], past: History, today: date) -> int | None:
    """Return by how many US cents the payments exceed the total, if nothing else is in doubt.

    https://github.com/github/docs/blob/main/data/reusables/sponsors/prorated-sponsorship.md
    The first charge may be a part of the price, up to the account's own billing date.
    """
    missing = _missing(ours, past, today)
    sure = conflict(ours, past, today) == TOO_LITTLE and past.doubt is None
    return missing if sure else None


def unexplained(ours: Mapping[str, Sequence[Node]], past: History) -> str | None:
    """Return why one account may have paid more than `past` shows, in a sentence; or None.

    The sentence shows no amount. The comparison is exact to the cent, because a part of a price,
    such as that of half a month, can be what a month lacks. GitHub does not say whether refunds are
    subtracted from the total; if they are not, a maintainer checks those months.
    """
    return MORE if _total(ours) > sum(charge.cents for charge in past.charges) else None


def _missing(ours: Mapping[str, Sequence[Node]], past: History, today: date) -> int:
    """Return the payments without the total, in US cents. Today's may not be in the total yet."""
    return sum(charge.cents for charge in past.charges if charge.day < today) - _total(ours)


def _total(ours: Mapping[str, Sequence[Node]]) -> int:
    """Return all that one account ever paid, in US cents, without payments through Patreon."""
    return sum(integer(entry["amountInCents"]) for entry in ours["lifetime"])
