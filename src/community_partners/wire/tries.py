"""Send one request until there is an answer, or until another try is futile or too late.

The only loop of tries in the program: GraphQL, REST and files, questions and writes. The HTTP
libraries try once, because neither of them reads a body before it tries again, so that they cannot
tell a limit from a refusal, nor see an error in an answer with HTTP status 200.
"""

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import requests
from urllib3.exceptions import NewConnectionError

from ..model.month import counted
from .gate import Gate
from .judgment import ODD, TOO_LARGE, Api, Judgment, Kind, failure, judge, parse


@dataclass(kw_only=True)
class Meter:
    """Counts the requests of a run by server, and GitHub's GraphQL points, for the job summary.

    It also has the run's gates: one for each token, whichever client uses it. `started`: seconds of
    a clock that only goes forward. Safe to use from several threads.
    """

    requests: Counter[str] = field(default_factory=Counter)
    points: int = 0
    started: float = field(default_factory=time.monotonic)
    _gates: dict[str, Gate] = field(default_factory=dict, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def count(self, server: str, requests: int = 1) -> None:
        with self._lock:
            self.requests[server] += requests

    def charge(self, points: int) -> None:
        with self._lock:
            self.points += points

    def gate(self, token: str) -> Gate:
        """Return the gate of a token, or of a server that is asked without one, by its name."""
        with self._lock:
            return self._gates.setdefault(token, Gate())

    def __str__(self) -> str:
        servers = ", ".join(f"{name} {count}" for name, count in sorted(self.requests.items()))
        seconds = round(time.monotonic() - self.started)
        asked = f"{counted(self.requests.total(), 'request')} ({servers or 'none'})"
        return f"{asked}, {counted(self.points, 'point')}, {seconds} s"


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The limits of a request: how long it may take, and how often it is tried.

    `timeout`: seconds for each wait. `tries`: the number of tries in all. `backoff`: seconds, the
    unit of the growing pauses between tries. `longest_wait`: the longest pause that a server may
    ask for, in seconds.
    """

    timeout: float = 20.0
    tries: int = 3
    backoff: float = 1.0
    longest_wait: int = 20

    @classmethod
    def within(cls, timeout: float) -> Self:
        """Return a pace with this timeout; all pauses are shorter if the timeout is shorter."""
        return cls(timeout=timeout, backoff=timeout / 20, longest_wait=math.ceil(timeout))

    def before(self, tried: int) -> float:
        """Return the seconds between this try and the next one: 0, then 2, 4 and on by backoff."""
        return 0.0 if tried < 2 else self.backoff * 2 ** (tried - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """An answer to one request: `headers` by lower-case name, `data` from `parse`.

    `response`: whatever the client got, for its own use.
    """

    status: int
    headers: Mapping[str, str]
    data: Any
    response: Any = None

    @classmethod
    def of(cls, status: int, headers: Mapping[str, str], text: str, response: Any = None) -> Self:
        named = {name.lower(): value for name, value in headers.items()}
        return cls(status=status, headers=named, data=parse(text), response=response)


@dataclass(frozen=True, kw_only=True)
class Tries:
    """Sends requests to one server. `name`: the server's name for people."""

    name: str
    pace: Pace
    gate: Gate

    def send(self, api: Api, send: Callable[[], Reply], *, once: bool = False) -> Reply:
        """Send a request, by calling `send` for each try, and return the answer or the refusal.

        `once`: the request creates something, so another try follows only if no connection was
        made: a limit may come from something between the server and us. Raises NoAnswerError for a
        limit, a fault or silence.
        """
        tried, large = 0, None
        while True:
            tried += 1
            with self.gate.turn(api, writes=once) as shut:
                if shut:
                    raise failure(self.name, shut)
                judgment, reply, cause = _judged(api, send)
                judgment = replace(judgment, tries=tried)
                again = self._again(judgment, tried, once=once)
                self._tell_gate(api, judgment)
            if reply and judgment.kind in (Kind.ANSWER, Kind.REFUSAL):
                return reply
            if judgment.kind is Kind.TOO_MUCH:
                large = judgment
            if not again:
                if large and judgment.kind in (Kind.PASSING, Kind.SILENCE):
                    # One fault after another: a smaller question may still be answered.
                    judgment = replace(large, tries=tried)
                # The error's text may hold secrets or the server's words; only its type is shown.
                raise failure(self.name, judgment) from cause
            time.sleep(self.pace.before(tried))

    def _again(self, judgment: Judgment, tried: int, *, once: bool) -> bool:
        # https://github.blog/changelog/2025-09-01-graphql-api-resource-limits
        # The same question meets the same limit again, unless GitHub was busy.
        most = min(2, self.pace.tries) if TOO_LARGE in judgment.codes else self.pace.tries
        in_time = judgment.wait is not None and judgment.wait <= self.pace.longest_wait
        return tried < most and in_time and (judgment.undone or not once)

    def _tell_gate(self, api: Api, judgment: Judgment) -> None:
        """Tell the gate before the turn ends, so that nobody passes in between."""
        lasts = judgment.kind is Kind.LIMIT and judgment.tries == self.pace.tries
        if lasts or judgment.wait is None or judgment.wait > self.pace.longest_wait:
            self.gate.shut(api, judgment)
        elif judgment.wait or judgment.kind is Kind.LIMIT:
            self.gate.pause(max(judgment.wait, self.pace.before(judgment.tries)))
        if judgment.kind is not Kind.SILENCE:
            self.gate.hear(api, None)
        elif judgment.tries == self.pace.tries:
            self.gate.hear(api, judgment)


def _judged(
    api: Api, send: Callable[[], Reply]
) -> tuple[Judgment, Reply | None, BaseException | None]:
    """Send a request, and return what its answer is, the answer, and the error without an answer.

    A body that breaks off is a passing fault: the server is there.
    """
    try:
        reply = send()
    except (requests.Timeout, requests.ConnectionError) as error:
        undone, what = _unconnected(error), type(error).__name__
        return Judgment(kind=Kind.SILENCE, what=what, undone=undone), None, error
    except (requests.RequestException, RuntimeError, AssertionError, *ODD) as error:
        # PyGithub raises the last ones for a redirect to another server, and the like.
        return Judgment(kind=Kind.PASSING, what=type(error).__name__, odd=True), None, error
    body = None if api is Api.FILE else reply.data
    return judge(api, reply.status, reply.headers, body), reply, None


def _unconnected(error: BaseException) -> bool:
    """Tell whether no connection was made, so that the server never had the request."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)
