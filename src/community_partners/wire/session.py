"""Send requests to one server: a timeout on every request, bounded retries, everything counted.

A request is retried after HTTP status 429, 500, 502, 503 and 504, and after silence. Answers are
not read here. A request that writes is sent `once`: it is retried only if it was not carried out.
"""

import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from ..model.month import counted

_NO_RIGHT = frozenset({"FORBIDDEN", "INSUFFICIENT_SCOPES", "Forbidden", "Unauthorized"})


class NoAnswerError(Exception):
    """A server gave no usable answer. The text is a sentence of ours, never the server's words.

    `codes`: the codes of GraphQL errors, if the server named some, and the HTTP status as in
    `HTTP_502`. `lasting`: a retry would give the same, because a right or a setting is missing;
    never for silence, a rate limit or an unexpected answer.
    """

    def __init__(self, sentence: str, codes: Iterable[str] = (), *, lasting: bool = False) -> None:
        super().__init__(sentence)
        self.codes = frozenset(codes)
        self.lasting = lasting


def refusal(
    name: str, response: requests.Response, what: str, codes: Iterable[str] = ()
) -> NoAnswerError:
    """Return the error for a server that answered without giving data.

    `what`: the codes of the answer, or a word of ours. The error is lasting if the server does not
    accept the token, or if every code says that a right is missing.
    """
    codes, status = frozenset(codes), response.status_code
    all_codes = codes | {f"HTTP_{status}"}
    if is_rate_limit(response) or codes & {"RATE_LIMITED", "RateLimitExceeded"}:
        return NoAnswerError(f"{name}'s rate limit is reached.", all_codes)
    if status == 401:
        sentence = f"{name} does not accept the token that the program uses."
        return NoAnswerError(sentence, all_codes, lasting=True)
    sentence = f"{name} refused the question (HTTP {status}, {what})."
    return NoAnswerError(sentence, all_codes, lasting=status < 500 and tells_of_rights(codes))


def is_rate_limit(response: requests.Response) -> bool:
    """Tell whether a server refused a request because of a rate limit.

    https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
    GitHub sends HTTP 403 as well as 429, for the primary and for the secondary rate limit. A 403
    counts only with a header that says so: no requests remaining, or `Retry-After`.
    """
    headers = response.headers
    spent = headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in headers
    return response.status_code == 429 or (response.status_code == 403 and spent)


def tells_of_rights(codes: Collection[str]) -> bool:
    """Tell whether there are error codes, and each says that the token lacks a right.

    The codes are those of GitHub and Open Collective.
    """
    return bool(codes) and _NO_RIGHT.issuperset(codes)


@dataclass(kw_only=True)
class Meter:
    """Counts requests by server, with retries, and GitHub's GraphQL points, for the job summary.

    `started`: seconds of a clock that only goes forward.
    """

    requests: Counter[str] = field(default_factory=Counter)
    points: int = 0
    started: float = field(default_factory=time.monotonic)

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


class _Retry(Retry):
    def parse_retry_after(self, retry_after: str) -> float:
        """Return the seconds of a `Retry-After` header, rounded up.

        https://github.com/opencollective/opencollective-api/blob/main/server/lib/express-limiter.ts
        Open Collective sends a decimal number, such as `41.7`; urllib3 expects whole seconds.
        """
        try:
            return super().parse_retry_after(str(math.ceil(float(retry_after))))
        except ValueError:
            return super().parse_retry_after(retry_after)


class Session:
    """Sends requests to one server.

    `name`: the server's name for people, in sentences and in the meter. `closed`: a sentence on why
    the server cannot be asked at all, such as a missing token; else None.
    """

    def __init__(
        self,
        name: str,
        headers: Mapping[str, str],
        meter: Meter,
        pace: Pace | None = None,
        *,
        closed: str | None = None,
    ) -> None:
        self.name = name
        self.meter = meter
        self._closed = closed
        self._pace = pace or Pace()
        self._session = self._connect(headers, self._retry(429, 500, 502, 503, 504))
        self._once = self._connect(headers, self._retry(429, read=False, other=False))

    def _connect(self, headers: Mapping[str, str], retry: Retry) -> requests.Session:
        made = requests.Session()
        made.headers.update({"User-Agent": "community-partners", **headers})
        made.mount("http://", HTTPAdapter(max_retries=retry))
        made.mount("https://", HTTPAdapter(max_retries=retry))
        return made

    def _retry(self, *statuses: int, **named: Any) -> Retry:
        return _Retry(
            **named,
            total=self._pace.tries - 1,
            backoff_factor=self._pace.backoff,
            status_forcelist=statuses,
            allowed_methods=None,
            raise_on_status=False,
            raise_on_redirect=False,
            respect_retry_after_header=True,
            retry_after_max=self._pace.longest_wait,
        )

    def get(self, url: str) -> requests.Response:
        """Send a GET request, and return the response.

        Any HTTP status is a response. Raises NoAnswerError if nothing arrived.
        """
        return self._send(self._session, "GET", url)

    def post(self, url: str, json: Mapping[str, Any], *, once: bool = False) -> requests.Response:
        """Send a POST request (GraphQL), and return the response.

        `once`: the request writes, and is not sent again if it may have been carried out. Any HTTP
        status is a response. Raises NoAnswerError if nothing arrived.
        """
        return self._send(self._once if once else self._session, "POST", url, json=json)

    def _send(
        self, session: requests.Session, method: str, url: str, **kwargs: Any
    ) -> requests.Response:
        if self._closed:
            raise NoAnswerError(self._closed, lasting=True)
        try:
            # A POST follows no redirect, which could carry the token to another server.
            kwargs["allow_redirects"] = method == "GET"
            response = session.request(method, url, timeout=self._pace.timeout, **kwargs)
        except requests.RequestException as error:
            self.meter.requests[self.name] += self._pace.tries
            # The error's text may hold secrets or the server's words, so only its type is shown.
            raise NoAnswerError(
                f"{self.name} did not answer ({type(error).__name__}, {self._pace.tries} tries)."
            ) from error
        retries = response.raw.retries
        self.meter.requests[self.name] += 1 + len(retries.history if retries else ())
        return response
