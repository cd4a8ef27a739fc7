"""A calendar month in UTC. A month is closed when the month has ended in UTC."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Self

_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PATTERN = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")  # of years as in day.py


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month, written `2026-10`. Months sort by time; `month + 1` is the next month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a month such as `2026-10`. Raises ValueError with a sentence for any other text."""
        match = _PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"{text[:40]!r} is not a month: write it as 2026-10")
        return cls(int(match[1]), int(match[2]))

    @staticmethod
    def of(moment: date | datetime) -> "Month":
        """Return the month of a day, or the UTC month of an aware moment."""
        if isinstance(moment, datetime):
            moment = moment.astimezone(UTC)
        return _month(moment.year, moment.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __add__(self, months: int) -> "Month":
        index = self.year * 12 + self.month - 1 + months
        return _month(index // 12, index % 12 + 1)

    def __sub__(self, months: int) -> "Month":
        return self + -months

    @property
    def name(self) -> str:
        """The month for people where the year is clear, such as `October`."""
        return _NAMES[self.month - 1]

    @property
    def title(self) -> str:
        """The month for people, such as `October 2026`."""
        return f"{self.name} {self.year}"

    def on(self, day: int) -> date:
        """Return the day with this number, or the month's last day if the month is shorter."""
        return self.first_day.replace(day=min(day, self.last_day.day))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)


@lru_cache(maxsize=1200)
def _month(year: int, month: int) -> Month:
    """Return the month. The same few months are asked for again and again."""
    return Month(year, month)


def ending(month: Month, count: int) -> tuple[Month, ...]:
    """Return the last `count` months up to and including `month`, the earliest first."""
    return tuple(month - back for back in range(count - 1, -1, -1))


def last_closed(today: date, count: int) -> tuple[Month, ...]:
    """Return the last `count` closed months before `today`, the earliest first."""
    return ending(Month.of(today) - 1, count)


def in_words(day: date) -> str:
    """Write a day for people, such as `1 January 2027`."""
    return f"{day.day} {Month.of(day).title}"


def counted(number: int | Decimal, noun: str) -> str:
    """Write a number with its noun: `1 point`, `2 points`, `7.5 points`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(parts: Sequence[str]) -> str:
    """Join words for people: `August`, `August and September`, `August, September and October`.

    Raises ValueError for an empty list.
    """
    *head, last = parts
    return f"{', '.join(head)} and {last}" if head else last


def each_of(parts: Sequence[str]) -> str:
    """Join words for people as `listed` does, after "each of" if there are several."""
    return f"each of {listed(parts)}" if len(parts) > 1 else listed(parts)
