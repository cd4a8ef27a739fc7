"""Ask independent questions at the same time, at most two of them.

https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
GitHub advises against many requests at once, and allows a hundred.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from .gate import AT_ONCE

S = TypeVar("S")
T = TypeVar("T")


def side_by_side(ask: Callable[[S], T], items: Iterable[S]) -> Iterator[T]:
    """Call `ask` for each item in threads, and yield the results in the order of the items.

    The first exception is raised in the place of its result. No further item is asked after that,
    except the one that is being asked at that moment.
    """
    running: deque[Future[T]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for item in items:
            if len(running) == AT_ONCE:
                yield running.popleft().result()
            running.append(pool.submit(ask, item))
        while running:
            yield running.popleft().result()
