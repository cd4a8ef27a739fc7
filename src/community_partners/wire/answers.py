"""Turn the result of a request into an Answer: only here does a missing answer become a failure.

Also reads single values of an answer: a text, a boolean, a number, the UTC day of a timestamp. Only
null means that nothing is there: an empty object, an empty text, 0 or false never does.
"""

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from ..model.day import day_of
from ..model.evidence import Answer
from ..model.length import LONGEST, cut
from .judgment import ODD, NoAnswerError

S = TypeVar("S")
T = TypeVar("T")
Clock = Callable[[], datetime]


def answer(source: str, url: str, clock: Clock, question: Callable[[], T]) -> Answer[T]:
    """Call `question`, and return its result as an Answer; a NoAnswerError becomes the failure.

    `clock` gives the time of asking. Other exceptions are bugs of ours and are not caught.
    """
    asked_at = clock()
    try:
        return Answer(source=source, url=url, asked_at=asked_at, value=question())
    except NoAnswerError as error:
        return Answer(
            source=source, url=url, asked_at=asked_at, failure=str(error), lasting=error.lasting
        )


def lasting_failure(source: str, url: str, asked_at: datetime, sentence: str) -> Answer[Any]:
    """Return a lasting failure that the program's own settings cause; no server is asked."""
    return Answer(source=source, url=url, asked_at=asked_at, failure=sentence, lasting=True)


def follow(told: Answer[S], find: Callable[[S], T]) -> Answer[T]:
    """Apply `find` to the value of an answer, and return the result as an Answer.

    The new Answer has the same time of asking. A failure stays the same failure.
    """

    def further() -> T:
        if told.value is None:
            raise NoAnswerError(told.failure or "", lasting=told.lasting)
        return find(told.value)

    return answer(told.source, told.url, lambda: told.asked_at, further)


@contextmanager
def decoding(source: str) -> Iterator[None]:
    """Turn errors about the shape of an answer into NoAnswerError, inside a `with` block.

    An answer of another shape than the platform's schema promises is no answer.
    """
    try:
        yield
    except ODD as error:
        raise NoAnswerError(
            f"{source} sent something unexpected ({type(error).__name__})."
        ) from error


def text(value: Any) -> str:
    """Return a text that any file can hold: `?` replaces half a surrogate pair.

    Raises TypeError for anything else than a text.
    """
    return str.encode(value, errors="replace").decode()


def brief(value: Any) -> str:
    """Return a text as `text` does, cut at LONGEST: a name, a title or an address of a profile.

    People choose them. What is longer than any value may be is looked at by nobody.
    """
    return cut(text(value), LONGEST)


def maybe(read: Callable[[Any], T], value: Any) -> T | None:
    """Return None for null, else what `read` returns for the value."""
    return None if value is None else read(value)


def flag(value: Any) -> bool:
    """Return a boolean. Raises TypeError for anything else."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def integer(value: Any) -> int:
    """Return an `Int` of GraphQL. Raises TypeError or ValueError for anything else.

    https://spec.graphql.org/October2021/#sec-Int
    """
    if not -(2**31) <= whole_number(value) < 2**31:
        raise ValueError(value)
    return int(value)


def whole_number(value: Any) -> int:
    """Return a whole number of any size, as REST writes ids. Raises TypeError for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def big_integer(value: Any) -> int:
    """Return a `BigInt` of GitHub, which it writes as a text of digits.

    Raises TypeError or ValueError for anything else.
    https://docs.github.com/en/graphql/reference/scalars#bigint
    """
    if not re.fullmatch(r"[0-9]{1,20}", value):
        raise ValueError(value)
    return int(value)


def number(value: Any) -> float:
    """Return a `Float` of GraphQL. Raises TypeError or ValueError for anything else.

    https://spec.graphql.org/October2021/#sec-Float
    """
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(value)
    if not math.isfinite(value):
        raise ValueError(value)
    return value


def utc_day(text: str) -> date:
    """Return a timestamp's day in UTC: `2026-09-30` for `2026-10-01T01:30:00+02:00`.

    Raises ValueError or TypeError for a text that is no timestamp with a time zone.
    """
    return day_of(moment(text).date().isoformat())


def moment(text: str) -> datetime:
    """Return a timestamp, such as `2026-10-05T12:00:00Z`, in UTC.

    Raises ValueError or TypeError for a text that is no timestamp with a time zone.
    """
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(UTC)
