"""Turns the result of a question into an Answer: the one place where silence becomes a failure.

Also reads the single values of an answer: a text, a flag, the UTC day of a timestamp.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from ..model.evidence import Answer
from .session import NoAnswerError

S = TypeVar("S")
T = TypeVar("T")
Clock = Callable[[], datetime]


def answer(source: str, url: str, clock: Clock, question: Callable[[], T]) -> Answer[T]:
    """Ask; a NoAnswerError becomes the failure. Our own bugs are not caught."""
    asked_at = clock()
    try:
        return Answer(source=source, url=url, asked_at=asked_at, value=question())
    except NoAnswerError as error:
        return Answer(
            source=source, url=url, asked_at=asked_at, failure=str(error), lasting=error.lasting
        )


def lasting_failure(source: str, url: str, asked_at: datetime, sentence: str) -> Answer[Any]:
    """Of what the program's own settings rule out: nobody is asked."""
    return Answer(source=source, url=url, asked_at=asked_at, failure=sentence, lasting=True)


def follow(told: Answer[S], find: Callable[[S], T]) -> Answer[T]:
    """What `find` makes of an answer, as an answer of that moment; a failure stays what it is."""

    def further() -> T:
        if told.value is None:
            raise NoAnswerError(told.failure or "", lasting=told.lasting)
        return find(told.value)

    return answer(told.source, told.url, lambda: told.asked_at, further)


@contextmanager
def decoding(source: str) -> Iterator[None]:
    """An answer of another shape than the platform's schema promises is no answer."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise NoAnswerError(
            f"{source} sent something unexpected ({type(error).__name__})."
        ) from error


def text(value: Any) -> str:
    """A text that any file can hold; TypeError for anything else."""
    return str.encode(value, errors="replace").decode()


def flag(value: Any) -> bool:
    """A truth that was told, or was not; TypeError for anything else."""
    if value is not None and not isinstance(value, bool):
        raise TypeError(value)
    return bool(value)


def utc_day(text: str) -> date:
    """`2026-09-30` of `2026-10-01T01:30:00+02:00`. Raises ValueError or TypeError for no moment."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC).date()
