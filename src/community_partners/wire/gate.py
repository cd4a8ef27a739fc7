"""Let requests through to a server, two at a time with one token; shut at a limit.

https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#avoid-concurrent-requests
GitHub advises one request at a time, and allows a hundred. Two at a time halve the waiting without
a burst, which is what secondary limits are about. The gate lives as long as a run.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .judgment import Api, Judgment

AT_ONCE = 2


class Gate:
    """The way to one server with one token, for all clients and threads that use it.

    While a server asks for a short wait, nobody passes. After a limit that is too long to wait for,
    or that outlasts all tries, nobody passes any more: an hourly budget shuts the gate for its own
    API, any other limit for both. After silence through all tries, no question passes until the
    server answers a write: another question would wait as long for the same. A fault such as HTTP
    500 shuts nothing, because the server is there, and the fault may be of that one question.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._changed = threading.Condition()
        self._free = at_once
        self._opens = 0.0  # on the clock of `time.monotonic`
        self._shut: dict[Api | None, Judgment] = {}
        self._silent: dict[Api, Judgment] = {}

    @contextmanager
    def turn(self, api: Api, *, writes: bool) -> Iterator[Judgment | None]:
        """Wait for a turn, and hold it inside a `with` block, which gets None.

        If the gate is shut for this request, the block gets the reason at once, and holds no turn.
        """
        reason = self._enter(api, writes=writes)
        try:
            yield reason
        finally:
            if reason is None:
                with self._changed:
                    self._free += 1
                    self._changed.notify_all()

    def _enter(self, api: Api, *, writes: bool) -> Judgment | None:
        with self._changed:
            while True:
                if reason := self._reason(api, writes=writes):
                    return reason
                left = self._opens - time.monotonic()
                if left <= 0 and self._free:
                    self._free -= 1
                    return None
                self._changed.wait(left if left > 0 else None)

    def _reason(self, api: Api, *, writes: bool) -> Judgment | None:
        silent = None if writes else self._silent.get(api)
        return self._shut.get(None) or self._shut.get(api) or silent

    def pause(self, seconds: float) -> None:
        """Let nobody pass for a while."""
        with self._changed:
            self._opens = max(self._opens, time.monotonic() + seconds)
            self._changed.notify_all()

    def shut(self, api: Api, limit: Judgment) -> None:
        """Let nobody pass any more whom this limit, or this long wait, concerns."""
        with self._changed:
            self._shut.setdefault(api if limit.primary else None, limit)
            self._changed.notify_all()

    def hear(self, api: Api, silence: Judgment | None) -> None:
        """Remember that a server is silent, or with None that it answers."""
        with self._changed:
            if silence is None:
                self._silent.pop(api, None)
            else:
                self._silent[api] = silence
            self._changed.notify_all()
