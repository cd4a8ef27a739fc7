"""A UTC calendar month. Decides what 'closed' means: the month has ended in UTC."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PATTERN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")  # \d is any script's digit


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """`2026-10`; months order and hash as they follow each other."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`. Raises ValueError with a sentence for anything else."""
        match = _PATTERN.fullmatch(text)
        if not match or match[1] == "0000":
            raise ValueError(f"{text!r} is not a month: write it as 2026-10")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, moment: date | datetime) -> Self:
        """The month of a day, or of an aware moment in UTC."""
        if isinstance(moment, datetime):
            moment = moment.astimezone(UTC)
        return cls(moment.year, moment.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def __add__(self, months: int) -> Self:
        index = self.year * 12 + self.month - 1 + months
        return type(self)(index // 12, index % 12 + 1)

    def __sub__(self, months: int) -> Self:
        return self + -months

    @property
    def title(self) -> str:
        """For people: `October 2026`."""
        return f"{_NAMES[self.month - 1]} {self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)


def ending(month: Month, count: int) -> tuple[Month, ...]:
    """The `count` months up to `month`, the earliest first."""
    return tuple(month - back for back in range(count - 1, -1, -1))


def last_closed(today: date, count: int) -> tuple[Month, ...]:
    """The `count` months that had ended by `today`, the earliest first."""
    return ending(Month.of(today) - 1, count)


def in_words(day: date) -> str:
    """A day for people: `1 January 2027`."""
    return f"{day.day} {Month.of(day).title}"


def counted(number: int, noun: str) -> str:
    """`1 point`, `2 points`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(parts: Sequence[str]) -> str:
    """`August`, `August and September`, `August, September and October`."""
    *head, last = parts
    return f"{', '.join(head)} and {last}" if head else last
