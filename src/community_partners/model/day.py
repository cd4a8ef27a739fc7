"""A day as people and platforms write it, such as `2026-11-24`.

Digits are ASCII: other scripts have digits too, which Python takes for numbers, and which compare
otherwise. A year has four digits and no zero in front, so that months around it are months as well.
"""

import re
from datetime import UTC, date, datetime, timedelta

_PATTERN = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
# ISO 8601, as dashboards write a time.
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?"
    r" ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)


def day_of(text: str) -> date:
    """Read a day of the years 1000 to 2999. Raises ValueError with a sentence for any other text.

    Python itself also reads `20261124`, and days of a week such as `2026-W48-2`.
    """
    try:
        if _PATTERN.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text[:40]!r} is not a day: write it as 2026-11-24.")


def day_in(text: object) -> date | None:
    """Return the day that a value holds as `day_of` reads it; None if it holds none."""
    try:
        return day_of(text) if isinstance(text, str) else None
    except ValueError:
        return None


def day_in_utc(text: str) -> date | None:
    """Return the day in UTC of a day or a time as ISO 8601 writes them; None for any other text.

    A time without a zone is one in UTC. Never guessed: `10/11/2026` may be one of two days.
    """
    found = _TIME.fullmatch(text)
    if not found:
        return None
    try:
        day = day_of(found[1])
        clock, zone = found[2] or "00:00", found[3] or "Z"
        zone = "+00:00" if zone in ("Z", "UTC") else zone
        return datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(UTC).date()
    except (ValueError, OverflowError):
        return None


def last_working_day(day: date) -> date:
    """Return the day itself, or the Friday before a Saturday or Sunday.

    If the bank does not answer, a rate that was published before this day is no rate of `day`.
    """
    return day - timedelta(days=max(0, day.weekday() - 4))
