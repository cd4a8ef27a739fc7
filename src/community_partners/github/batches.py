"""Ask GitHub about many things in batches, and ask for less if a batch is too much for it.

https://github.blog/changelog/2025-09-01-graphql-api-resource-limits
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
GitHub gives up a query after 10 seconds, or at a resource limit that it does not number.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ..wire.gate import AT_ONCE
from ..wire.judgment import NoAnswerError
from ..wire.side_by_side import side_by_side

S = TypeVar("S")
T = TypeVar("T")


def in_batches(
    ask: Callable[[Sequence[S]], Sequence[T]], items: Sequence[S], size: int
) -> Iterator[T]:
    """Yield the results of `ask` for all items, in batches of up to `size`, side by side.

    If a batch is too much for GitHub, this batch and all further ones have half the size, down to
    one item. Raises NoAnswerError, after which nothing further is asked.
    """

    def attempt(batch: Sequence[S]) -> Sequence[T] | NoAnswerError:
        try:
            return ask(batch)
        except NoAnswerError as error:
            if len(batch) > 1 and error.too_much:
                return error
            raise

    while items:
        starts = range(0, min(len(items), AT_ONCE * size), size)
        for told in list(side_by_side(attempt, [items[at : at + size] for at in starts])):
            if isinstance(told, NoAnswerError):
                size = min(size, len(items)) // 2
                break
            yield from told
            items = items[len(told) :]
