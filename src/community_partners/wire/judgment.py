"""Decide what a server's answer is: an answer, a limit, a passing fault or a refusal. Pure.

One judgment for GraphQL and REST. Nothing is sent, read or waited for here: `tries` does that.
"""

import json
import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

ODD = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""The exceptions that a reader raises for an answer of another shape than the platform promises.

A key or an entry is missing, a value has another type, a text is no date, no number or no UTF-8, a
number is out of range, lists stand in lists without end. Every reader catches exactly these.
"""

UNREADABLE = object()
"""A mark in the place of the JSON, for a body that is not JSON or that broke off."""


class Api(StrEnum):
    """A server's interface. GitHub gives each one its own hourly budget."""

    GRAPHQL = "GraphQL"
    REST = "REST"
    FILE = "file"  # any bytes, such as a table of rates


class Kind(StrEnum):
    """The kinds of answers. The kind decides whether the same request is sent again."""

    ANSWER = "answer"
    LIMIT = "limit"  # as a rule not carried out; a question is asked again once the wait is over
    PASSING = "passing"  # a fault that may pass
    TOO_MUCH = "too much"  # a fault that stays as long as the question is as large
    SILENCE = "silence"
    REFUSAL = "refusal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgment:
    """The judgment of the answer to one request.

    `codes`: the codes of GraphQL errors, and the HTTP status as in `HTTP_502`. `what`: the same for
    people, or the type of an error. `wait`: seconds before the next try; None: unknown, so too
    long. `until`: that moment in UTC by the server's own clock, if the server told it. `primary`:
    the limit is the hourly budget of one API, else it holds for the whole token. `undone`: the
    server surely did not carry the request out. `odd`: there was an answer, but not a usable one.
    `lasting`: a right is missing, so a retry would give the same. `tries`: the requests made.
    """

    kind: Kind
    codes: frozenset[str] = frozenset()
    what: str = "no data"
    status: int | None = None
    wait: float | None = 0.0
    until: datetime | None = None
    primary: bool = False
    undone: bool = False
    odd: bool = False
    lasting: bool = False
    tries: int = 1


# GitHub's words and codes, and Open Collective's. GitHub documents the first code, and also sends
# the second: https://github.com/octokit/plugin-throttling.js/pull/848
_LIMIT_CODES = frozenset({"RATE_LIMITED", "RATE_LIMIT", "RateLimitExceeded"})
_LIMIT_WORDS = ("rate limit", "abuse detection")
_NO_RIGHT = frozenset({"FORBIDDEN", "INSUFFICIENT_SCOPES", "Forbidden", "Unauthorized"})
TOO_LARGE = "RESOURCE_LIMITS_EXCEEDED"
WENT_WRONG = "SOMETHING_WENT_WRONG"
_WORDS = {
    "resource limits for this query exceeded": TOO_LARGE,
    "something went wrong while executing your query": WENT_WRONG,
    "couldn't respond to your request in time": WENT_WRONG,
}
_CODE = re.compile(r"[A-Za-z_]{1,60}")
_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
_LAST = 253402300799  # the last second that a datetime can hold


_NOT_UTF_8 = "\ufffd"  # this text is no JSON


def utf_8(body: bytes) -> str:
    """Return a body as text, for `parse`; a text that is no JSON if the body is not UTF-8.

    https://www.rfc-editor.org/rfc/rfc8259#section-8.1
    With other characters in the place of some bytes, the text would be somebody else's.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _NOT_UTF_8


def parse(text: str) -> Any:
    """Return the JSON in a text, or UNREADABLE. An empty text is None; NaN is not JSON."""
    try:
        return json.loads(text, parse_constant=_no_number) if text else None
    except ODD:
        return UNREADABLE


def _no_number(name: str) -> None:
    raise ValueError(name)


def judge(api: Api, status: int, headers: Mapping[str, str], body: Any) -> Judgment:
    """Return what an answer is. `headers`: by any case; `body`: from `parse`, None for a file."""
    headers = {name.lower(): str(value) for name, value in headers.items()}
    told = body if isinstance(body, dict) else {}
    codes = (
        frozenset(map(code_of, list_in(told.get("errors")))) if api is Api.GRAPHQL else frozenset()
    )
    seen = Judgment(
        kind=Kind.ANSWER,
        codes=codes | {f"HTTP_{status}"},
        what=", ".join(sorted(codes)) or "no data",
        status=status,
    )
    if _is_limit(api, status, headers, told, codes):
        seen = _with_wait(seen, headers, otherwise=60.0)
        primary = seen.primary or not _LIMIT_CODES.isdisjoint(codes)
        return replace(seen, kind=Kind.LIMIT, primary=primary)
    if status in (408, *range(500, 600)):
        # https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#timeouts
        # GitHub gives up a question after 10 seconds, with 502 or 504.
        large = api is Api.GRAPHQL and status in (502, 504)
        kind = Kind.TOO_MUCH if large else Kind.PASSING
        return _with_wait(replace(seen, kind=kind), headers, otherwise=0.0)
    if not 200 <= status < 300:
        lasting = status == 401 or tells_of_rights(codes)
        return replace(seen, kind=Kind.REFUSAL, lasting=lasting, undone=status >= 400)
    if api is Api.FILE:
        return seen
    if body is UNREADABLE or (body is None and status not in (204, 205)):
        return replace(seen, kind=Kind.PASSING, odd=True, what=f"HTTP {status}")
    return _of_graphql(seen, body, codes) if api is Api.GRAPHQL else seen


def _of_graphql(seen: Judgment, body: Any, codes: frozenset[str]) -> Judgment:
    """Judge an answer with HTTP status 200 that is JSON.

    https://github.blog/changelog/2025-09-01-graphql-api-resource-limits
    GitHub ends a question at its resource limit, and sends a part of the answer with an error.
    https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#other-resource-limits
    """
    if not isinstance(body, dict):
        return replace(seen, kind=Kind.PASSING, odd=True, what="HTTP 200")
    if codes & {TOO_LARGE, WENT_WRONG}:
        return replace(seen, kind=Kind.TOO_MUCH)
    if isinstance(body.get("data"), dict):
        return seen
    if tells_of_rights(codes):
        return replace(seen, kind=Kind.REFUSAL, lasting=True)
    return replace(seen, kind=Kind.PASSING)


def tells_of_rights(codes: Collection[str]) -> bool:
    """Tell whether there are error codes, and each says that the token lacks a right.

    The codes are those of GitHub and Open Collective.
    """
    return bool(codes) and _NO_RIGHT.issuperset(codes)


def code_of(error: Any) -> str:
    """Return the code of a GraphQL error: GitHub's `type`, or Open Collective's `extensions.code`.

    An error without a code has one by its words if GitHub's words are known, else `error`.
    """
    error = error if isinstance(error, dict) else {}
    extensions = error.get("extensions")
    code = error.get("type") or (extensions.get("code") if isinstance(extensions, dict) else None)
    if code is None:
        said = _lower(error.get("message"))
        code = next((name for words, name in _WORDS.items() if words in said), "error")
    return code if isinstance(code, str) and _CODE.fullmatch(code) else "error"


def _is_limit(
    api: Api, status: int, headers: Mapping[str, str], told: Any, codes: Collection[str]
) -> bool:
    """Tell whether the server refused a request because of a rate limit.

    https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
    REST: 403 or 429. A primary limit has nothing remaining; a secondary one may have only words.
    https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit
    GraphQL: 200 with an error for the primary limit, 200 or 403 with words for a secondary one.
    """
    if status == 429 or not _LIMIT_CODES.isdisjoint(codes):
        return True
    if status == 403:
        return _spent(headers) or "retry-after" in headers or _says_limit(told)
    no_data = not isinstance(told.get("data"), dict)
    return api is Api.GRAPHQL and status == 200 and no_data and _says_limit(told)


def _says_limit(told: Any) -> bool:
    """Tell whether GitHub's message, or the page that it names, speaks of a limit.

    https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#rate-limit-errors
    """
    untyped = (one for one in list_in(told.get("errors")) if isinstance(one, dict))
    said = [told.get("message"), *(one.get("message") for one in untyped if not one.get("type"))]
    page = _lower(told.get("documentation_url"))
    return "rate-limit" in page or any(
        words in _lower(one) for one in said for words in _LIMIT_WORDS
    )


def _with_wait(seen: Judgment, headers: Mapping[str, str], otherwise: float) -> Judgment:
    """Add how long the server asks to wait: `otherwise`, in seconds, if it does not say.

    https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
    Not before `Retry-After`; with nothing remaining, not before the reset; otherwise not before a
    minute. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after may also be a date.
    https://github.com/opencollective/opencollective-api/blob/main/server/lib/express-limiter.ts
    Open Collective sends a decimal number, such as `41.7`. A header that is neither counts as none.
    """
    now, asked = _date(headers.get("date")), headers.get("retry-after", "")
    seconds, day, reset = _number(asked), _date(asked), _reset(headers)
    moments = [moment for moment in (day, reset) if moment]
    if seconds is None and not moments:
        seconds = otherwise
    seen = replace(seen, primary=_spent(headers))
    if now is None:
        wait = None if moments else seconds
        return replace(seen, wait=wait, until=max(moments, default=None))
    waits = [(moment - now).total_seconds() for moment in moments]
    # The reset is in whole seconds, so it may be within the next one.
    wait = max([0.0, *waits, seconds or 0.0]) + (1 if reset else 0)
    return replace(seen, wait=wait, until=max([*moments, _later(now, seconds or 0.0)]))


def _reset(headers: Mapping[str, str]) -> datetime | None:
    """Return when the hour's budget is whole again, if it is spent."""
    seconds = _number(headers.get("x-ratelimit-reset", "")) if _spent(headers) else None
    return None if seconds is None else datetime.fromtimestamp(min(seconds, _LAST), UTC)


def _later(now: datetime, seconds: float) -> datetime:
    try:
        return now + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _spent(headers: Mapping[str, str]) -> bool:
    return _number(headers.get("x-ratelimit-remaining", "")) == 0


def _number(text: str) -> float | None:
    """Return a number of seconds, or None for another text: no sign, no `nan`, no `inf`."""
    return float(text) if _SECONDS.fullmatch(text.strip()) else None


def _date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except ODD:
        return None


def list_in(value: Any) -> list[Any]:
    """Return the value if it is a list, else an empty list."""
    return value if isinstance(value, list) else []


def _lower(value: Any) -> str:
    return value.lower().replace("’", "'") if isinstance(value, str) else ""


class NoAnswerError(Exception):
    """A server gave no usable answer. The text is a sentence of ours, never the server's words.

    `codes`: the codes of GraphQL errors, if the server named some, and the HTTP status as in
    `HTTP_502`. `lasting`: a retry would give the same, because a right or a setting is missing;
    never for silence, a rate limit or an unexpected answer. `judgment`: of the last answer, if an
    answer or silence was judged.
    """

    def __init__(
        self,
        sentence: str,
        codes: Iterable[str] = (),
        *,
        lasting: bool = False,
        judgment: Judgment | None = None,
    ) -> None:
        super().__init__(sentence)
        self.codes = frozenset(codes)
        self.lasting = lasting
        self.judgment = judgment

    @property
    def too_much(self) -> bool:
        """Whether a smaller question may be answered."""
        return self.judgment is not None and self.judgment.kind is Kind.TOO_MUCH

    @property
    def undone(self) -> bool:
        """Whether the server surely did not carry the request out."""
        return self.judgment is not None and self.judgment.undone


class OddAnswerError(NoAnswerError):
    """An answer cannot be used, such as an HTML page with HTTP status 200."""

    def __init__(self, sentence: str = "GitHub sent something unexpected.") -> None:
        super().__init__(sentence)


def failure(name: str, judgment: Judgment) -> NoAnswerError:
    """Return the error for what is no answer. `name`: the server's, for people."""
    return NoAnswerError(
        sentence(name, judgment),
        judgment.codes,
        lasting=judgment.lasting,
        judgment=judgment,
    )


def sentence(name: str, judgment: Judgment, doing: str | None = None) -> str:
    """Return what happened, for people. `doing`: such as `reading the thread`, if it is known."""
    while_doing = f" while {doing}" if doing else ""
    again = _again(judgment) if judgment.wait != 0 or judgment.kind is Kind.LIMIT else ""
    if judgment.kind is Kind.LIMIT:
        if doing:
            return f"{name} refused {doing}: the rate limit is reached{again}."
        return f"{name}'s rate limit is reached{again}."
    if judgment.kind is Kind.SILENCE:
        tries = f", {judgment.tries} tries" if judgment.tries > 1 else ""
        return f"{name} did not answer{while_doing} ({judgment.what}{tries})."
    if judgment.odd:
        return f"{name} sent something unexpected{while_doing} ({judgment.what})."
    if judgment.status == 401:
        return f"{name} does not accept the token that the program uses."
    what = "" if doing else f", {judgment.what}"
    return f"{name} refused {doing or 'the question'} (HTTP {judgment.status}{what}){again}."


def _again(judgment: Judgment) -> str:
    """Return when the server may be asked again, rounded up to a minute."""
    if judgment.until is not None:
        minute = judgment.until.replace(second=0, microsecond=0)
        if minute < judgment.until and minute.year < 9999:
            minute += timedelta(minutes=1)
        return f" until {minute:%Y-%m-%d %H:%M} UTC"
    if judgment.wait is not None:
        return f" for {math.ceil(min(judgment.wait, _LAST))} seconds"
    return ""
