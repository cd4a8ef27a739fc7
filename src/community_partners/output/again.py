"""The hidden second line of a verdict's comment: the day from which it is worth another look.

It stands only where there is such a day: comments without it, such as older ones, are read too.
"""

import re
from datetime import date

from .marker import marker

_AGAIN = re.compile(r"<!-- community-partners again ([0-9]{4}-[0-9]{2}-[0-9]{2}) -->\r?\n")


def again_line(day: date | None) -> str:
    """To follow the marker of the verdict."""
    return marker(f"again {day}") if day else ""


def look_again_on(verdict: str) -> date | None:
    """From the text of our comment. None: an edit is needed, or it does not say."""
    found = _AGAIN.match(verdict.partition("\n")[2])
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
