"""GitHub Sponsors' lifetime total against the payments put together. Decides what it puts in doubt.

A total below them is a contradiction: no month is certain. What it has above them was paid when
nobody can tell: before the first event, a year in advance, at a price that no event names. So no
month is short for certain, but one that was reached stays so.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .sponsors_history import History

Node = dict[str, Any]
PATREON = "Part of this sponsorship is paid through Patreon, which we cannot see."
TOO_LITTLE = "GitHub's list of events and its lifetime total do not agree."
MORE = "By GitHub's lifetime total more was paid than its list of events explains."


def conflict(ours: Mapping[str, Sequence[Node]], past: History, today: date) -> str | None:
    """Why nothing is certain of one account's payments, in a sentence without a figure."""
    if any(entry["paymentSource"] == "PATREON" for entry in ours["sponsorships"]):
        return PATREON
    # What is due today may not be charged yet.
    if sum(charge.cents for charge in past.charges if charge.day < today) > _total(ours):
        return TOO_LITTLE
    return past.doubt


def unexplained(ours: Mapping[str, Sequence[Node]], past: History) -> str | None:
    """Why there may be more payments than those, in a sentence without a figure.

    To the cent: a part of a price, as for half a month, can be what a short month lacks. GitHub
    does not say whether refunds are taken off the total; if not, a person looks at those months.
    """
    return MORE if _total(ours) > sum(charge.cents for charge in past.charges) else None


def _total(ours: Mapping[str, Sequence[Node]]) -> int:
    """All that was ever paid, in cents; without what came through Patreon."""
    return sum(entry["amountInCents"] for entry in ours["lifetime"])
