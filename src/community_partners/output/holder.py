"""The hidden line of a verdict's comment that says whom waivers in its thread are for.

It stands where an application could be read, before anything that others wrote.
"""

import re

from ..model.command import Holder
from .marker import marker

_LINE = re.compile(
    r"(?:<!-- community-partners [a-z0-9 -]+ -->\r?\n)*?"
    r"<!-- community-partners holder ([0-9a-f]{64}) ([0-9]{1,20}) -->\r?\n"
)


def holder_line(holder: Holder | None) -> str:
    """To follow the marker of the verdict."""
    return marker(f"holder {holder.identity} {holder.since}") if holder else ""


def holder_in(verdict: str) -> Holder | None:
    """From the text of our comment; None where it does not say."""
    found = _LINE.match(verdict)
    return Holder(identity=found[1], since=int(found[2])) if found else None
