"""One judgment for GraphQL and REST: the same answer on the wire has the same outcome in both."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from github import GithubException
from hypothesis import example, given
from hypothesis import strategies as st

from community_partners.github.rest_client import RestClient
from community_partners.wire.graphql import GraphQL
from community_partners.wire.judgment import (
    UNREADABLE,
    Api,
    Kind,
    NoAnswerError,
    failure,
    judge,
    parse,
)
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace
from fakes.server import FakeServer, Request, Response

PACE = Pace(timeout=5, backoff=0, longest_wait=1)
ODD_200 = "GitHub sent something unexpected (HTTP 200)."
GOOD = {"data": {"viewer": {"login": "example-user-1"}}}
PAGE = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"


def until(time: str) -> str:
    return f"GitHub's rate limit is reached until {time} UTC."


def refused(status: int) -> str:
    return f"GitHub refused the question (HTTP {status}, no data)."


BUSY = "GitHub refused the question (HTTP 503, no data) until 2026-11-24 13:00 UTC."
IN_A_MINUTE, IN_AN_HOUR = until("2026-11-24 12:01"), until("2026-11-24 13:00")
# status, headers, body; then the outcome: an answer, a refusal or a sentence, and the requests.
ANSWERS: dict[str, tuple[int, dict[str, str], Any, str, int]] = {
    "an answer": (200, {}, GOOD, "answer", 1),
    "an answer with odd headers": (
        200,
        {"X-RateLimit-Remaining": "nan", "X-RateLimit-Reset": "inf", "X-RateLimit-Limit": "-1"},
        GOOD,
        "answer",
        1,
    ),
    "the last answer of an hour": (
        200,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795525200"},
        GOOD,
        "answer",
        1,
    ),
    "an hour's budget spent, 403": (
        403,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795525200"},
        {"message": "API rate limit exceeded."},
        IN_AN_HOUR,
        1,
    ),
    "an hour's budget spent, 429": (
        429,
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795525200"},
        {},
        IN_AN_HOUR,
        1,
    ),
    "a budget spent without a reset": (403, {"X-RateLimit-Remaining": "0"}, {}, IN_A_MINUTE, 1),
    "a long wait, 403": (403, {"Retry-After": "3600"}, {}, IN_AN_HOUR, 1),
    "a long wait, 429": (429, {"Retry-After": "3600"}, {}, IN_AN_HOUR, 1),
    "a wait until a date": (
        429,
        {"Retry-After": "Tue, 24 Nov 2026 13:00:00 GMT"},
        {},
        IN_AN_HOUR,
        1,
    ),
    "a wait until a date that is over": (
        429,
        {"Retry-After": "Tue, 24 Nov 2026 11:00:00 GMT"},
        {},
        until("2026-11-24 12:00"),
        3,
    ),
    "a short wait, three times": (403, {"Retry-After": "0"}, {}, until("2026-11-24 12:00"), 3),
    "the longer of two waits": (
        403,
        {"Retry-After": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795525200"},
        {},
        IN_AN_HOUR,
        1,
    ),
    "429 without a word": (429, {}, {}, IN_A_MINUTE, 1),
    "429 and a page": (429, {}, b"<html>Unicorn!</html>", IN_A_MINUTE, 1),
    "a wait that is no number": (429, {"Retry-After": "nan"}, {}, IN_A_MINUTE, 1),
    "a wait below zero": (429, {"Retry-After": "-5"}, {}, IN_A_MINUTE, 1),
    "a wait that is infinite": (403, {"Retry-After": "inf"}, {}, IN_A_MINUTE, 1),
    "an empty wait": (403, {"Retry-After": ""}, {}, IN_A_MINUTE, 1),
    "secondary, by its words": (
        403,
        {"X-RateLimit-Remaining": "42"},
        {"message": "You have exceeded a secondary rate limit. Please wait a few minutes."},
        IN_A_MINUTE,
        1,
    ),
    "secondary, by its old words": (
        403,
        {},
        {"message": "You have triggered an abuse detection mechanism."},
        IN_A_MINUTE,
        1,
    ),
    "secondary, by its page": (
        403,
        {},
        {"message": "Wait.", "documentation_url": f"{PAGE}#about-secondary-rate-limits"},
        IN_A_MINUTE,
        1,
    ),
    "no right": (403, {"X-RateLimit-Remaining": "42"}, {"message": "Forbidden"}, "refusal 403", 1),
    "a bad token": (401, {}, {"message": "Bad credentials"}, "refusal 401", 1),
    "nothing there": (404, {}, {"message": "Not Found"}, "refusal 404", 1),
    "not accepted": (422, {}, {"message": "Validation Failed"}, "refusal 422", 1),
    "500": (500, {}, {}, refused(500), 3),
    "502 and a page": (502, {}, b"<html>Unicorn!</html>", refused(502), 3),
    "503 that asks for a long wait": (503, {"Retry-After": "3600"}, {}, BUSY, 1),
    "504": (504, {}, {}, refused(504), 3),
    "408": (408, {}, {}, refused(408), 3),
    "a page": (200, {}, b"<html>Unicorn!</html>", ODD_200, 3),
    "an empty body": (200, {}, b"", ODD_200, 3),
    "half of an answer": (200, {}, b'{"data": {"viewer"', ODD_200, 3),
    "a number that is none": (200, {}, b'{"data": {"viewer": NaN}}', ODD_200, 3),
    "lists without end": (200, {}, b"[" * 100_000, ODD_200, 3),
    "a body that breaks off": (
        200,
        {"Content-Length": "1000"},
        b'{"data": {}}',
        "GitHub sent something unexpected (ChunkedEncodingError).",
        3,
    ),
}


class Ask(Protocol):
    def __call__(self, fake: FakeServer, *, once: bool = False) -> tuple[str, int]: ...


class Always(FakeServer):
    """Gives one answer to everything."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response

    def answer(self, request: Request) -> Response:
        return self.response


def by_graphql(fake: FakeServer, *, once: bool = False) -> tuple[str, int]:
    meter = Meter()
    graphql = GraphQL(Session("GitHub", {}, meter, PACE), f"{fake.url}/graphql")
    try:
        graphql.ask("query { viewer { login } }", {}, once=once)
        outcome = "answer"
    except NoAnswerError as error:
        told = error.judgment
        refusal = told and told.kind is Kind.REFUSAL
        outcome = f"refusal {told.status}" if told and refusal else str(error)
    assert meter.requests["GitHub"] == len(fake.requests)
    return outcome, len(fake.requests)


def by_rest(fake: FakeServer, *, once: bool = False) -> tuple[str, int]:
    meter = Meter()
    client = RestClient("ghs_1", fake.url, meter, PACE)
    try:
        client.call("POST" if once else "GET", "/user", once=once)
        outcome = "answer"
    except GithubException as error:
        outcome = f"refusal {error.status}"
    except NoAnswerError as error:
        outcome = str(error)
    assert meter.requests["GitHub"] == len(fake.requests)
    return outcome, len(fake.requests)


Case = tuple[int, dict[str, str], Any, str, int]


def served(case: tuple[Any, ...]) -> Always:
    status, headers, body = case[:3]
    return Always(Response(status=status, headers=headers, body=body))


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("ask", [by_graphql, by_rest])
def test_a_question_has_the_same_outcome_in_both(ask: Ask, case: Case) -> None:
    with served(case) as fake:
        assert ask(fake) == case[3:]


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("ask", [by_graphql, by_rest])
def test_a_write_is_never_repeated(ask: Ask, case: Case) -> None:
    """Whatever is said, it may have been carried out."""
    *_, outcome, _ = case
    with served(case) as fake:
        assert ask(fake, once=True) == (outcome, 1)


def errors(*errors: Any, data: Any = None) -> dict[str, Any]:
    return {"data": data, "errors": list(errors)}


WRONG = "Something went wrong while executing your query. This may be the result of a timeout."
LARGE = "Resource limits for this query exceeded."
PART: dict[str, Any] = {"search": {"nodes": [None]}}


def refusal(words: str) -> str:
    return f"GitHub refused the question (HTTP 200, {words})."


# headers, body; then the sentence, the requests, and whether it is too much.
GRAPHQL: dict[str, tuple[dict[str, str], Any, str, int, bool]] = {
    "an hour's budget spent": (
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795525200"},
        {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded."}]},
        IN_AN_HOUR,
        1,
        False,
    ),
    "a budget that was spent before": (
        {},
        {"errors": [{"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": "Hidden."}]},
        IN_A_MINUTE,
        1,
        False,
    ),
    "a budget spent halfway": (
        {},
        errors({"type": "RATE_LIMITED"}, data=PART),
        IN_A_MINUTE,
        1,
        False,
    ),
    "Open Collective's limit": (
        {},
        errors({"extensions": {"code": "RateLimitExceeded"}}),
        IN_A_MINUTE,
        1,
        False,
    ),
    "a secondary limit": (
        {"Retry-After": "3600"},
        {"message": "You have exceeded a secondary rate limit."},
        IN_AN_HOUR,
        1,
        False,
    ),
    "a secondary limit as an error": (
        {},
        errors({"message": "You have exceeded a secondary rate limit."}),
        IN_A_MINUTE,
        1,
        False,
    ),
    "something went wrong": (
        {},
        errors({"message": WRONG}),
        refusal("SOMETHING_WENT_WRONG"),
        3,
        True,
    ),
    "something went wrong halfway": (
        {},
        errors({"message": WRONG}, data=PART),
        refusal("SOMETHING_WENT_WRONG"),
        3,
        True,
    ),
    "too much, by its code": (
        {},
        errors({"type": "RESOURCE_LIMITS_EXCEEDED"}),
        refusal("RESOURCE_LIMITS_EXCEEDED"),
        2,
        True,
    ),
    "too much, by its words, in part": (
        {},
        errors({"message": LARGE}, data=PART),
        refusal("RESOURCE_LIMITS_EXCEEDED"),
        2,
        True,
    ),
    "no data for an unknown reason": (
        {},
        errors({"message": "secret"}),
        refusal("error"),
        3,
        False,
    ),
    "no data and no reason": ({}, {}, refusal("no data"), 3, False),
    "a right is missing": ({}, errors({"type": "FORBIDDEN"}), refusal("FORBIDDEN"), 1, False),
    "another right is missing": (
        {},
        errors({"type": "INSUFFICIENT_SCOPES"}),
        refusal("INSUFFICIENT_SCOPES"),
        1,
        False,
    ),
    "a name that speaks of a limit": (
        {},
        errors({"type": "NOT_FOUND", "message": "No user 'secondary rate limit'."}),
        refusal("NOT_FOUND"),
        3,
        False,
    ),
    "a list": ({}, [1, 2], ODD_200, 3, False),
}


@pytest.mark.parametrize("case", GRAPHQL.values(), ids=GRAPHQL)
def test_graphql_says_it_in_an_answer(case: tuple[dict[str, str], Any, str, int, bool]) -> None:
    headers, body, sentence, requests, too_much = case
    with served((200, headers, body)) as fake:
        graphql = GraphQL(Session("GitHub", {}, Meter(), PACE), f"{fake.url}/graphql")
        with pytest.raises(NoAnswerError) as caught:
            graphql.ask("query { viewer { login } }", {})
        assert (str(caught.value), len(fake.requests)) == (sentence, requests)
        assert caught.value.too_much is too_much


@pytest.mark.parametrize("status", [502, 504])
def test_a_question_that_takes_too_long_is_too_much(status: int) -> None:
    with served((status, {}, {})) as fake:
        graphql = GraphQL(Session("GitHub", {}, Meter(), PACE), f"{fake.url}/graphql")
        with pytest.raises(NoAnswerError) as caught:
            graphql.ask("query { viewer { login } }", {})
        assert caught.value.too_much
        assert f"HTTP_{status}" in caught.value.codes


NUMBERS = st.one_of(
    st.text(),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["", "nan", "-inf", "9" * 500, "1e9", "٣", "Tue, 24 Nov 2026 12:00:00 GMT"]),
)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Date", "Retry-After", "retry-after", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
    ),
    NUMBERS,
)
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just(UNREADABLE),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["data", "errors", "message", "type", "extensions"]), inner
        )
    ),
    max_leaves=8,
)


@given(api=st.sampled_from(Api), status=st.integers(200, 599), headers=HEADERS, body=BODIES)
@example(api=Api.REST, status=429, headers={"Date": "Fri, 31 Dec 9999 23:59:59 GMT"}, body=None)
@example(api=Api.REST, status=429, headers={"Retry-After": "9" * 500}, body=None)
def test_nothing_on_the_wire_breaks_the_judgment(
    api: Api, status: int, headers: dict[str, str], body: Any
) -> None:
    judgment = judge(api, status, headers, body)
    assert judgment.wait is None or judgment.wait >= 0
    assert judgment.until is None or judgment.until.tzinfo is UTC
    assert str(failure("GitHub", judgment)).endswith(".")


@given(seconds=st.integers(0, 10**9), status=st.sampled_from([403, 429, 503]), headers=HEADERS)
def test_no_wait_is_shorter_than_what_was_asked_for(
    seconds: int, status: int, headers: dict[str, str]
) -> None:
    told = {name: value for name, value in headers.items() if name.lower() != "retry-after"}
    judgment = judge(Api.REST, status, {**told, "Retry-After": f"{seconds}"}, None)
    assert judgment.wait is None or judgment.wait >= seconds


@given(text=st.text())
@example(text="9" * 5000)
@example(text='"\\ud83d"')
@example(text="[" * 100_000)
@example(text="Infinity")
def test_any_text_is_json_or_is_told_apart(text: str) -> None:
    assert parse(text) is UNREADABLE or not text or json.loads(text) == parse(text)


def test_an_unknown_clock_gives_seconds_or_nothing() -> None:
    soon = judge(Api.REST, 429, {"Retry-After": "41.7"}, None)
    assert str(failure("GitHub", soon)) == "GitHub's rate limit is reached for 42 seconds."
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795525200"}
    later = judge(Api.REST, 403, spent, None)
    assert later.wait is None
    assert later.until == datetime(2026, 11, 24, 13, tzinfo=UTC)
