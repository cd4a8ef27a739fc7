"""Which odd answers the platforms could have sent, and how the clock of the fault plan passes."""

import random
import time
from typing import Any

import pytest

from fakes.github import CONTRACT
from fakes.mutations import mutated, plausible
from fakes.server import Request, Response, contract
from virtual_time import VirtualTime

QUERY = """
query ($login: String!, $after: String) {
  a: repositoryOwner(login: $login) { __typename login ... on User { databaseId } }
  search(query: "is:pr", type: ISSUE, first: 5, after: $after) {
    total: issueCount
    pageInfo { hasNextPage endCursor }
    nodes { ... on PullRequest { __typename url mergedAt author { __typename login } } }
  }
}
"""
PULL = {
    "__typename": "PullRequest",
    "url": "https://github.com/x/y/pull/1",
    "mergedAt": "2026-10-05T12:00:00Z",
    "author": {"__typename": "User", "login": "ada"},
}


def honest() -> dict[str, Any]:
    page = {"total": 1, "pageInfo": {"hasNextPage": False, "endCursor": "x"}, "nodes": [dict(PULL)]}
    owner = {"__typename": "User", "login": "ada", "databaseId": 5}
    return {"data": {"a": owner, "search": page}}


def asked(body: Any = None, path: str = "/graphql") -> Request:
    return Request(method="POST", path=path, query={}, headers={}, body=body)


def is_plausible(body: Any) -> bool:
    request = asked({"query": QUERY, "variables": {"login": "ada", "after": None}})
    odd = Response(body=body)
    return plausible(request, Response(body=honest()), odd, contract(*CONTRACT))


@pytest.mark.parametrize(
    ("path", "value", "is_true"),
    [
        ("a.login", "bob", True),
        ("a.login", "b-o_b[bot]", True),
        ("a.login", "", False),
        ("a.login", "a\0b", False),
        ("a.login", "\ud83d", False),
        ("a.login", "a b", False),
        ("a.login", None, False),
        ("a.databaseId", 2**31 - 1, True),
        ("search.nodes.0.url", "https://github.com/x/y/pull/2", True),
        ("search.nodes.0.url", "http://github.com/x/y/pull/2", False),
        ("search.nodes.0.url", "https://a\0b", False),
        ("search.nodes.0", {}, False),
        ("search.nodes.0.author", {}, False),
        ("a.login", 5, False),
        ("a", None, True),
        ("a.__typename", "Organization", True),
        ("a.__typename", "Gist", False),
        ("a.__typename", True, False),
        ("a.databaseId", None, True),
        ("a.databaseId", 2**31, False),
        ("a.databaseId", True, False),
        ("search", None, False),
        ("search.total", 2, False),
        ("search.total", "1", False),
        ("search.nodes", [], False),
        ("search.nodes", [None], False),
        ("search.nodes", None, False),
        ("search.pageInfo.hasNextPage", True, False),
        ("search.nodes.0.mergedAt", "2026-10-06T12:00:00Z", True),
        ("search.nodes.0.mergedAt", "0000-13-45", False),
        ("search.nodes.0.author", None, True),
        ("search.nodes.0.author.login", [], False),
    ],
)
def test_an_answer_has_the_schema_s_shape_and_does_not_contradict_itself(
    path: str, value: Any, is_true: bool
) -> None:
    body = honest()
    steps: list[Any] = [int(step) if step.isdigit() else step for step in path.split(".")]
    *way, last = steps
    holder: Any = body["data"]
    for step in way:
        holder = holder[step]
    assert last in holder or isinstance(holder, list)
    holder[last] = value
    assert is_plausible(body) is is_true


@pytest.mark.parametrize("text", [b"", b"{", b"[1]", b"\xff", b"[" * 10_000, b'{"data": NaN}'])
def test_what_is_no_json_object_is_no_answer(text: bytes) -> None:
    assert not is_plausible(text)


def test_an_answer_without_a_list_or_with_an_empty_one_that_fits_is_one() -> None:
    body = honest()
    body["data"]["search"].update(total=0, nodes=[])
    assert is_plausible(body)
    assert not is_plausible(honest()), "nothing has changed"
    del body["data"]["search"]["nodes"]
    assert not is_plausible(body)


@pytest.mark.parametrize(
    ("odd", "is_true"),
    [
        ([{"number": 8, "user": {"login": "bob"}}], True),
        ([], True),
        ([{"number": 7, "user": None}], True),
        ([{"number": 7, "user": {"login": "a\0b"}}], False),
        ([{"number": 7, "user": {}}], False),
        ([{"number": "7", "user": {"login": "ada"}}], False),
        ([{"user": {"login": "ada"}}], False),
        ({}, False),
        (None, False),
    ],
)
def test_rest_keeps_the_shape_of_the_honest_answer(odd: Any, is_true: bool) -> None:
    body = [{"number": 7, "user": {"login": "ada"}}]
    request = asked(path="/repos/x/y/issues")
    assert (
        plausible(request, Response(body=body), Response(body=odd), contract(*CONTRACT)) is is_true
    )


def test_a_seed_gives_the_same_odd_answer_again() -> None:
    request = asked({"query": QUERY, "variables": {}})

    def odds() -> list[str]:
        made = [
            mutated(request, Response(body=honest()), random.Random(seed))  # noqa: S311
            for seed in range(300)
        ]
        return [f"{one.what} {one.response}" for one in made]

    assert odds() == odds()
    assert len(set(odds())) > 200


def test_a_pause_takes_no_time_and_is_seen() -> None:
    clock, began = VirtualTime(), time.monotonic()
    with clock.passing():
        start = time.monotonic()
        time.sleep(3600)
        assert time.monotonic() - start >= 3600
        for refused in (float("nan"), -1.0):
            with pytest.raises(ValueError, match="sleep length"):
                time.sleep(refused)
        with pytest.raises(OverflowError):
            time.sleep(float("inf"))
    assert time.monotonic() - began < 60
    assert clock.ahead == 3600
