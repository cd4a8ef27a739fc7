"""The ways in which a platform fails, as its pages, or what stands between it and us, have them.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
Every text of an error repeats the token and holds a workflow command: neither may be shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from .server import (
    Failure,
    Request,
    Response,
    broken_off,
    done_but,
    reset,
    silence,
)

NEVER = 1e9  # seconds
FAR = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4102444800"}
PRIMARY = "API rate limit exceeded for installation."
SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
)
WRONG = (
    "Something went wrong while executing your query. This may be the result of a timeout, or it "
    "could be a GitHub bug. Please include `AAAA:1234` when reporting this issue."
)
HTML = b"<!DOCTYPE html><html><head><title>Unicorn!</title></head><body>%s</body></html>"


@dataclass(frozen=True, kw_only=True)
class Way:
    """`fail`: the failure of a request, as if nothing had been done. `pause`: for how many seconds
    the token may ask nothing more; of `primary` limits, GraphQL and REST have one each. `where`:
    `graphql`, or both if empty. `right`: it says that the token lacks a right, which another try
    would not bring.
    """

    name: str
    fail: Callable[[Request], Failure]
    pause: float = 0
    where: str = ""
    right: bool = False
    primary: bool = False

    def failure(self, request: Request, *, after: bool) -> Failure:
        if not after:
            return self.fail(request)
        return broken_off if self.name == "broken off" else done_but(self.fail(request))


def is_graphql(request: Request) -> bool:
    return isinstance(request.body, dict) and "query" in request.body


def _told(request: Request, message: str) -> str:
    return f"{message} ({request.token})\n::error::{request.token}"


def _plain(request: Request, *, code: int, message: str, headers: Mapping[str, str]) -> Failure:
    body = {"message": _told(request, message), "documentation_url": "https://docs.github.com/"}
    return lambda _: Response(status=code, body=body, headers=_of(request, headers))


def _of(request: Request, headers: Mapping[str, str]) -> dict[str, str]:
    """With the word on whose limit it is."""
    named = {"X-RateLimit-Resource": "graphql" if is_graphql(request) else "core"}
    return {**headers, **(named if headers == FAR else {})}


def _page(request: Request, *, code: int) -> Failure:
    text = HTML % _told(request, "Bad gateway").encode()
    return lambda _: Response(status=code, body=text)


def _errors(
    request: Request,
    *,
    message: str,
    kind: str | None = None,
    code: int = 200,
    data: bool = True,
    headers: Mapping[str, str] | None = None,
) -> Failure:
    """GraphQL's: `kind` where GitHub has it and where Open Collective has it."""
    error: dict[str, Any] = {"message": _told(request, message)}
    if kind:
        error |= {"type": kind, "extensions": {"code": kind}}
    body = {"errors": [error], **({"data": None} if data else {})}
    return lambda _: Response(status=code, body=body, headers=_of(request, headers or {}))


def _holes(request: Request) -> Failure:
    """All of the data is null, beside the error: a resource limit."""

    def answer(honest: Callable[[], Response]) -> Response:
        error = {"type": "RESOURCE_LIMITS_EXCEEDED", "message": _told(request, "Resource limits")}
        is_question = not request.body["query"].lstrip().startswith("mutation")
        whole = honest().body if is_question else {}
        names = whole.get("data") or {}
        return Response(body={"data": dict.fromkeys(names), "errors": [error]})

    return answer


def _cut(request: Request) -> Failure:
    return lambda _: Response(body=b'{"data": {"viewer": {"lo', missing=700)


def _limit(name: str, code: int, message: str, pause: float, **headers: str) -> Way:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    fail = partial(_plain, code=code, message=message, headers=named)
    return Way(name=name, fail=fail, pause=pause)


def _status(code: int, message: str, *, right: bool = False) -> Way:
    fail = partial(_plain, code=code, message=message, headers={})
    return Way(name=str(code), fail=fail, right=right)


LIMITS = (
    Way(
        name="403, none remaining",
        fail=partial(_plain, code=403, message=PRIMARY, headers=FAR),
        pause=NEVER,
        primary=True,
    ),
    Way(
        name="429, none remaining",
        fail=partial(_plain, code=429, message=PRIMARY, headers=FAR),
        pause=NEVER,
        primary=True,
    ),
    *(
        way
        for code in (403, 429)
        for way in (
            _limit(f"{code}, again in 1 s", code, SECONDARY, 1, Retry_After="1"),
            _limit(f"{code}, again in an hour", code, SECONDARY, 3600, Retry_After="3600"),
            _limit(f"{code}, no word when", code, SECONDARY, 60),
        )
    ),
    *(
        _limit(f"{code}, Retry-After: {odd}", code, SECONDARY, 60, Retry_After=odd)
        for code, odds in {403: ("nan", "abc", "inf"), 429: ("inf", "-1", "nan")}.items()
        for odd in odds
    ),
    _limit("503, again in 1 s", 503, "Unavailable", 1, Retry_After="1"),
    _limit("503, again in an hour", 503, "Unavailable", 3600, Retry_After="3600"),
    Way(
        name="a limit in a 200",
        fail=partial(_errors, message=PRIMARY, kind="RATE_LIMITED", data=False, headers=FAR),
        pause=NEVER,
        primary=True,
        where="graphql",
    ),
    Way(
        name="a limit in a 403",
        fail=partial(
            _errors, message=PRIMARY, kind="RATE_LIMITED", data=False, code=403, headers=FAR
        ),
        pause=NEVER,
        primary=True,
        where="graphql",
    ),
    Way(
        name="a secondary limit in a 200",
        fail=partial(_plain, code=200, message=SECONDARY, headers={}),
        pause=60,
        where="graphql",
    ),
    Way(
        name="a secondary limit in a 200, again in 1 s",
        fail=partial(_plain, code=200, message=SECONDARY, headers={"Retry-After": "1"}),
        pause=1,
        where="graphql",
    ),
    Way(
        name="a secondary limit among the errors of a 200",
        fail=partial(_errors, message=SECONDARY),
        pause=60,
        where="graphql",
    ),
)
FAULTS = (
    _status(500, "Server Error"),
    *(
        _limit(f"503, Retry-After: {odd}", 503, "Unavailable", 0, Retry_After=odd)
        for odd in ("nan", "inf", "-1", "abc")
    ),
    *(Way(name=f"{code}, a page", fail=partial(_page, code=code)) for code in (502, 503, 504)),
    Way(name="a page in a 200", fail=partial(_page, code=200)),
    Way(name="broken off", fail=_cut),
    Way(name="silence", fail=lambda _: silence),
    Way(name="reset", fail=lambda _: reset),
    _status(401, "Bad credentials", right=True),
    Way(
        name="403, not accessible",
        fail=partial(
            _plain, code=403, message="Resource not accessible by integration", headers={}
        ),
        right=True,
    ),
    _status(404, "Not Found"),
    Way(name="errors and no data", fail=partial(_errors, message=WRONG), where="graphql"),
    Way(
        name="errors and no data at all",
        fail=partial(_errors, message=WRONG, data=False),
        where="graphql",
    ),
    Way(
        name="an error with a code and no data",
        fail=partial(_errors, message=WRONG, kind="INTERNAL"),
        where="graphql",
    ),
    Way(name="resource limits", fail=_holes, where="graphql"),
    Way(
        name="forbidden in a 200",
        fail=partial(_errors, message="Resource not accessible", kind="FORBIDDEN"),
        where="graphql",
        right=True,
    ),
)
WAYS = (*LIMITS, *FAULTS)
