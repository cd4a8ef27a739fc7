"""A clock that every pause moves forward: an hour's wait takes no time, and is seen all the same.

Only for the process of a test. Whoever sleeps goes on at once, and the monotonic clock is ahead
from then on. Whoever waits on a condition with a limit is woken at its end, which is at once, too.
Whoever waits for a server that is silent loses patience at once.
"""

import math
import select
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

_LONGEST = 9e9  # seconds; the real clock refuses about as many
_SHORTEST = 0.0005  # seconds; who asks again and again whether git has ended lets it work


class VirtualTime:
    """`ahead`: the seconds that were slept, or waited for in vain."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._now, self._receive = time.monotonic, socket.socket.recv_into
        self._pause = time.sleep

    def sleep(self, seconds: float) -> None:
        """As time.sleep, which refuses what is no time."""
        if math.isnan(seconds) or seconds < 0:
            raise ValueError("sleep length must be non-negative")
        if seconds > _LONGEST:
            raise OverflowError("timestamp too large to convert to C _PyTime_t")
        self.ahead += seconds
        self._pause(min(seconds, _SHORTEST))

    def monotonic(self) -> float:
        return self._now() + self.ahead

    @contextmanager
    def passing(self, *silent: Collection[int]) -> Iterator[None]:
        """Inside a `with` block. `silent`: ports of clients that get no answer, of each server."""

        def receive(of: socket.socket, *arguments: Any) -> int:
            patience = of.gettimeout()
            end = None if patience is None else self._now() + patience
            while not select.select([of], [], [], 0.002)[0]:
                if any(of.getsockname()[1] in ports for ports in silent):
                    self.ahead += patience or 0
                    raise TimeoutError("timed out")
                if end is not None and self._now() > end:
                    raise TimeoutError("timed out")
            return self._receive(of, *arguments)

        really = threading.Condition.wait

        def wait(of: threading.Condition, timeout: float | None = None) -> bool:
            if timeout is None:
                return really(of)
            self.sleep(max(0.0, timeout))
            return really(of, 0.001)

        with (
            patch.object(threading.Condition, "wait", wait),
            patch.object(time, "sleep", self.sleep),
            patch.object(time, "monotonic", self.monotonic),
            patch.object(socket.socket, "recv_into", receive),
        ):
            yield
