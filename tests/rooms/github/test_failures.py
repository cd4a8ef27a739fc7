"""GitHub failing: each way of it is a failure with a sentence of ours, never a shorter list."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from builders import month
from community_partners.github import work as github
from community_partners.github.accounts import accounts_by_login
from community_partners.model.contribution import MonthOfWork
from community_partners.model.evidence import Answer
from community_partners.model.program import GitHubScope
from community_partners.wire.tries import Meter
from fakes.github import FakeGitHub, connect
from fakes.server import (
    Failure,
    Response,
    changed,
    garbage,
    partial,
    rate_limited,
    refused,
    silence,
    status,
)

OCTOBER = month("2026-10")
SCOPE = GitHubScope(organizations=("project",))


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def busy(fake_github: FakeGitHub) -> FakeGitHub:
    """A pull request with more reviews than a page, an issue and a discussion."""
    reviews = [fake_github.review(f"example-user-{number}") for number in range(60)]
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-author", reviews=reviews)
    fake_github.closed_issue("2026-10-06T12:00:00Z", "example-author")
    fake_github.discussion("2026-10-07T12:00:00Z", "example-user-1", "example-user-2")
    return fake_github


def october(fake: FakeGitHub, timeout: float = 10.0) -> Answer[MonthOfWork]:
    return github.sweep(connect(fake, timeout=timeout), SCOPE, [OCTOBER], clock)[OCTOBER]


FAILURES: dict[str, tuple[Failure, str]] = {
    "500": (status(500), "GitHub refused the question (HTTP 500, no data)."),
    "502": (status(502), "GitHub refused the question (HTTP 502, no data)."),
    "401": (status(401), "GitHub does not accept the token that the program uses."),
    "403": (status(403), "GitHub refused the question (HTTP 403, no data)."),
    "403, out of requests": (
        rate_limited(),
        "GitHub's rate limit is reached until 2100-01-01 00:00 UTC.",
    ),
    "403, too many at once": (
        status(403, Retry_After="60"),
        "GitHub's rate limit is reached until 2026-11-24 12:01 UTC.",
    ),
    "403 with requests left": (
        status(403, X_RateLimit_Remaining="42"),
        "GitHub refused the question (HTTP 403, no data).",
    ),
    "403 and a page": (
        garbage(code=403, Retry_After="60"),
        "GitHub's rate limit is reached until 2026-11-24 12:01 UTC.",
    ),
    "429": (
        status(429, Retry_After="0"),
        "GitHub's rate limit is reached until 2026-11-24 12:00 UTC.",
    ),
    "200, out of points": (
        refused({"type": "RATE_LIMITED", "message": "secret words"}),
        "GitHub's rate limit is reached until 2026-11-24 12:01 UTC.",
    ),
    "200 without data": (
        refused({"type": "RESOURCE_LIMITS_EXCEEDED", "message": "secret words"}),
        "GitHub refused the question (HTTP 200, RESOURCE_LIMITS_EXCEEDED).",
    ),
    "200 with partial data": (
        partial("rateLimit", type="SOMETHING", message="secret words"),
        "GitHub answered only in part (SOMETHING).",
    ),
    "200 with a stranger's code": (
        partial("rateLimit", type="<b>secret words</b>"),
        "GitHub answered only in part (error).",
    ),
    "a page that is no answer": (
        garbage(),
        "GitHub sent something unexpected (HTTP 200).",
    ),
    "JSON that is no answer": (
        garbage(b"[1, 2]"),
        "GitHub sent something unexpected (HTTP 200).",
    ),
    "JSON without an end": (
        garbage(b"[" * 100_000),
        "GitHub sent something unexpected (HTTP 200).",
    ),
    "an empty answer": (garbage(b"{}"), "GitHub refused the question (HTTP 200, no data)."),
    "nothing asked for": (
        garbage(b'{"data": {}}'),
        "GitHub sent something unexpected (KeyError).",
    ),
}


@pytest.mark.parametrize(("failure", "sentence"), FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("on", ["a0: search", "node(id"], ids=["sweep", "reviews"])
def test_a_month_that_fails(busy: FakeGitHub, on: str, failure: Failure, sentence: str) -> None:
    busy.fail(failure, on=on, times=99)
    answer = october(busy)
    assert answer.value is None
    assert answer.failure == sentence


@pytest.mark.parametrize(("failure", "sentence"), FAILURES.values(), ids=FAILURES)
def test_accounts_that_fail(fake_github: FakeGitHub, failure: Failure, sentence: str) -> None:
    fake_github.person("example-user-1")
    fake_github.fail(failure, times=9)
    answer = accounts_by_login(connect(fake_github), ["example-user-1"], clock)
    assert answer.value is None
    assert answer.failure == sentence


def test_an_account_with_an_error_is_not_missing(fake_github: FakeGitHub) -> None:
    """GitHub also says null where it could not look."""
    fake_github.person("example-user-1")
    fake_github.fail(partial("a0", type="SERVICE_UNAVAILABLE"))
    answer = accounts_by_login(connect(fake_github), ["example-user-1", "nobody"], clock)
    assert answer.value is None
    assert answer.failure == "GitHub answered only in part (SERVICE_UNAVAILABLE)."


def test_silence(busy: FakeGitHub) -> None:
    busy.fail(silence, times=9)
    answer = october(busy, timeout=0.1)
    assert answer.value is None
    assert answer.failure is not None
    assert answer.failure.startswith("GitHub did not answer (")


def test_silence_about_accounts(fake_github: FakeGitHub) -> None:
    fake_github.fail(silence, times=9)
    answer = accounts_by_login(connect(fake_github, timeout=0.1), ["example-user-1"], clock)
    assert answer.value is None
    assert answer.failure is not None
    assert answer.failure.startswith("GitHub did not answer (")


@pytest.mark.parametrize("failure", [status(502), status(429, Retry_After="0"), silence])
def test_one_bad_moment_is_overcome(busy: FakeGitHub, failure: Failure) -> None:
    busy.fail(failure)
    meter = Meter()
    answer = github.sweep(connect(busy, meter, timeout=0.5), SCOPE, [OCTOBER], clock)[OCTOBER]
    assert answer.failure is None
    assert meter.requests["GitHub"] == len(busy.requests)


def test_a_month_fails_alone(busy: FakeGitHub) -> None:
    busy.fail(garbage(), on="closed:2026-09", times=99)
    months = [month("2026-08"), month("2026-09"), OCTOBER]
    found = github.sweep(connect(busy), SCOPE, months, clock)
    assert [answer.failure is None for answer in found.values()] == [True, False, True]


TOO_LARGE = {
    "502": status(502),
    "504": status(504),
    "a page": garbage(b"", 502),
    "by its cost": refused({"type": "RESOURCE_LIMITS_EXCEEDED"}),
    "by its cost, in part": lambda _: Response(
        body={
            "data": {"a0": None},
            "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "path": ["a0"]}],
        }
    ),
}


@pytest.mark.parametrize("failure", TOO_LARGE.values(), ids=TOO_LARGE)
@pytest.mark.parametrize("largest", [399, 100, 26, 1])
def test_a_question_that_is_too_much_is_asked_by_half(
    busy: FakeGitHub, failure: Failure, largest: int
) -> None:
    whole = october(busy)
    busy.largest, busy.too_large = largest, failure
    assert october(busy) == whole
    assert whole.failure is None


def test_points_that_run_out(busy: FakeGitHub) -> None:
    """The oldest months are read first, so that the next run has fewer to read."""
    months = [month(f"2026-{number:02}") for number in range(2, 9)]
    for one in months:
        for number in range(150):
            busy.pull_request(f"{one}-{number % 28 + 1:02}T12:00:00Z", "example-user-1")
    busy.budget = 21
    found = github.sweep(connect(busy), SCOPE, months, clock)
    failed = [answer.failure for answer in found.values()]
    assert failed[0] is None
    assert failed[-1] == "GitHub's rate limit is reached until 2026-11-24 12:01 UTC."
    assert failed == sorted(failed, key=lambda one: one is not None)


def test_a_place_that_fails_fails_the_month(busy: FakeGitHub) -> None:
    """Half of the organizations would be a short list."""
    scope = GitHubScope(organizations=("project", "friend"))
    busy.fail(garbage(), on="org:friend", times=9)
    answer = github.sweep(connect(busy), scope, [OCTOBER], clock)[OCTOBER]
    assert answer.value is None


def pulls(body: Any) -> Any:
    return body["data"]["a0"]


def first(body: Any) -> Any:
    return pulls(body)["nodes"][0]


def issue(body: Any) -> Any:
    return body["data"]["a4"]["nodes"][0]


def talk(body: Any) -> Any:
    return body["data"]["a2"]["nodes"][0]


def closing(body: Any) -> Any:
    return issue(body)["closings"]["nodes"][0]


CURSORS = count()


def endless(page: Any) -> None:
    page["pageInfo"] = {"hasNextPage": True, "endCursor": "cursor:0"}


SHORT: dict[str, tuple[Callable[[Any], object], str]] = {
    "a hole": (
        lambda body: pulls(body).update(nodes=[None]),
        "GitHub left out parts of its answer.",
    ),
    "fewer than counted": (
        lambda body: pulls(body)["nodes"].clear(),
        "GitHub gave 0 of 1 results.",
    ),
    "fewer reviews than counted": (
        lambda body: first(body)["reviews"].update(
            nodes=[], pageInfo={"hasNextPage": False, "endCursor": None}
        ),
        "GitHub gave 0 of 60 reviews.",
    ),
    "one twice instead of two": (
        lambda body: pulls(body).update(total=2, nodes=pulls(body)["nodes"] * 2),
        "GitHub gave the same result twice.",
    ),
    "pages that never end": (
        lambda body: endless(pulls(body)),
        "GitHub gave the same page twice.",
    ),
    "empty pages that never end": (
        lambda body: pulls(body).update(
            nodes=[], pageInfo={"hasNextPage": True, "endCursor": str(next(CURSORS))}
        ),
        "GitHub gave the same page twice.",
    ),
    "pages with more than counted": (
        lambda body: pulls(body).update(
            total=0, pageInfo={"hasNextPage": True, "endCursor": str(next(CURSORS))}
        ),
        "GitHub gave more than 0 results.",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), SHORT.values(), ids=SHORT)
def test_a_short_list_is_no_list(
    busy: FakeGitHub, change: Callable[[Any], object], sentence: str
) -> None:
    busy.fail(changed(change), on="a0: search", times=9)
    answer = october(busy)
    assert answer.value is None
    assert answer.failure == sentence


REVIEWS: dict[str, Callable[[Any], object]] = {
    "pages that never end": lambda body: endless(body["data"]["node"]["reviews"]),
    "a hole": lambda body: body["data"]["node"]["reviews"]["nodes"].insert(0, None),
    "the pull request is gone": lambda body: body["data"].update(node=None),
    "fewer than counted": lambda body: body["data"]["node"]["reviews"]["nodes"].pop(),
}


@pytest.mark.parametrize("change", REVIEWS.values(), ids=REVIEWS)
def test_short_reviews_are_no_reviews(busy: FakeGitHub, change: Callable[[Any], object]) -> None:
    busy.fail(changed(change), on="node(id", times=9)
    assert october(busy).value is None
    assert len(busy.requests) < 5


STALE: dict[str, Callable[[Any], object]] = {
    "an issue, open again": lambda body: issue(body).update(closedAt=None, stateReason="REOPENED"),
    "an issue, not planned after all": lambda body: issue(body).update(stateReason="NOT_PLANNED"),
    "an issue, closed again later": lambda body: issue(body).update(
        closedAt="2026-11-02T12:00:00Z"
    ),
    "a discussion without its answer": lambda body: talk(body).update(
        answerChosenAt=None, answer=None
    ),
}


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_what_the_search_index_does_not_know_yet(
    busy: FakeGitHub, change: Callable[[Any], object]
) -> None:
    """It lags behind the things themselves, and these are right."""
    whole = october(busy)
    busy.fail(changed(change), on="a0: search")
    answer = october(busy)
    assert answer.failure is None
    assert whole.value is not None
    assert answer.value is not None
    assert len(answer.value.contributions) == len(whole.value.contributions) - 1


HOSTILE: dict[str, Callable[[Any], object]] = {
    "a title that is a number": lambda body: first(body).update(title=5),
    "no title": lambda body: first(body).update(title=None),
    "a URL that is a list": lambda body: first(body).update(url=["https://a.example"]),
    "an author without a login": lambda body: first(body).update(author={"__typename": "User"}),
    "a login that is a number": lambda body: first(body)["author"].update(login=7),
    "an author that is a text": lambda body: first(body).update(author="example-user-1"),
    "no repository": lambda body: first(body).update(repository=None),
    "no repository's name": lambda body: first(body)["repository"].pop("nameWithOwner"),
    "a date that is none": lambda body: first(body).update(mergedAt="yesterday"),
    "no date": lambda body: first(body).update(mergedAt=None),
    "a date that is a number": lambda body: issue(body).update(closedAt=20261005),
    "another kind of thing": lambda body: pulls(body).update(nodes=[{}]),
    "no reviews": lambda body: first(body).update(reviews=None),
    "nodes that are a text": lambda body: pulls(body).update(nodes="nodes"),
    "a count that is a text": lambda body: pulls(body).update(total="many"),
    "nodes that are null": lambda body: pulls(body).update(nodes=None),
    "nodes that are an object": lambda body: pulls(body).update(nodes={}),
    "a node that is a text": lambda body: pulls(body).update(nodes=["node"]),
    "a count that is missing": lambda body: pulls(body).pop("total"),
    "a count below zero": lambda body: pulls(body).update(total=-1),
    "a count that is true": lambda body: pulls(body).update(total=True),
    "a count that is a fraction": lambda body: pulls(body).update(total=1.5),
    "an end that is a text": lambda body: pulls(body)["pageInfo"].update(hasNextPage="no"),
    "an end that is null": lambda body: pulls(body)["pageInfo"].update(hasNextPage=None),
    "a cursor that is a number": lambda body: pulls(body).update(
        pageInfo={"hasNextPage": True, "endCursor": 7}
    ),
    "a day out of range": lambda body: first(body).update(mergedAt="0001-01-01T00:00:00+14:00"),
    "a repository of which nobody knows whether it is private": lambda body: first(body)[
        "repository"
    ].update(isPrivate=-1),
    "a repository of which nobody knows whether it is a fork": lambda body: first(body)[
        "repository"
    ].update(isFork=None),
    "a login with a null byte": lambda body: first(body)["author"].update(login="a\0b"),
    "half a character for a login": lambda body: first(body)["author"].update(login="\ud83d"),
    "an empty login": lambda body: first(body)["author"].update(login=""),
    "an id beyond an Int": lambda body: first(body)["author"].update(databaseId=2**31),
    "an id of 0": lambda body: first(body)["author"].update(databaseId=0),
    "a repository without an owner": lambda body: first(body)["repository"].update(
        nameWithOwner="0000-13-45T99:99:99Z"
    ),
    "a repository's name with a null byte": lambda body: first(body)["repository"].update(
        nameWithOwner="a\0b"
    ),
    "an address with a null byte": lambda body: issue(body).update(url="https://x.example/\0"),
    "an address of another kind": lambda body: first(body).update(url="javascript:alert(1)"),
    "an address of half a character": lambda body: talk(body)["answer"].update(
        url="https://\ud83d"
    ),
    "a reason that nobody knows": lambda body: issue(body).update(stateReason="COMP"),
    "an empty reason": lambda body: issue(body).update(stateReason=""),
    "an author that is empty": lambda body: first(body).update(author={}),
    "a merge by nobody that is empty": lambda body: first(body).update(mergedBy=0),
    "a default branch that is empty": lambda body: first(body)["repository"].update(
        defaultBranchRef=""
    ),
    "an empty cursor": lambda body: pulls(body).update(
        pageInfo={"hasNextPage": True, "endCursor": ""}
    ),
    "a count beyond an Int": lambda body: pulls(body).update(total=2**31),
    "an author of no known type": lambda body: first(body)["author"].update(__typename="Us"),
    "a merge by an account of no known type": lambda body: first(body).update(
        mergedBy={"__typename": "Ghost", "login": "example-user-1"}
    ),
    "a branch that is a number": lambda body: first(body).update(baseRefName=52),
    "no branch": lambda body: first(body).update(baseRefName=None),
    "a fork that is perhaps one": lambda body: first(body).update(isCrossRepository=None),
    "a default branch without a name": lambda body: first(body)["repository"].update(
        defaultBranchRef={"name": None}
    ),
    "closings that are a text": lambda body: issue(body).update(closings="closed"),
    "closings that are missing": lambda body: issue(body).update(closings={"nodes": None}),
    "a closer of no kind": lambda body: closing(body).update(closer={}),
    "a closer without an address": lambda body: closing(body).update(
        closer={"__typename": "PullRequest", "url": None}
    ),
    "a chooser that is a text": lambda body: talk(body).update(answerChosenBy="example-user-4"),
    "no pages": lambda body: pulls(body).update(pageInfo=None),
    "a search that is null": lambda body: body["data"].update(a0=None),
}


def not_utf_8(honest: Callable[[], Response]) -> Response:
    """Two bytes that no character has, within a title."""
    body = json.dumps(honest().body).encode()
    return Response(body=body.replace(b'"title": "', b'"title": "\xff\xfe'))


def test_a_body_that_is_not_utf_8(busy: FakeGitHub) -> None:
    """With other characters in their place, it would be somebody else's text."""
    busy.fail(not_utf_8, on="a0: search", times=9)
    answer = october(busy)
    assert answer.value is None
    assert answer.failure == "GitHub sent something unexpected (HTTP 200)."


@pytest.mark.parametrize("number", [2**31, 4711 * 10**12, 0, -1, True, 1.5, "4711", {}, "", []])
def test_an_account_s_number_is_an_int(fake_github: FakeGitHub, number: Any) -> None:
    fake_github.person("example-user-1")
    fake_github.fail(changed(lambda body: body["data"]["a0"].update(databaseId=number)))
    answer = accounts_by_login(connect(fake_github), ["example-user-1"], clock)
    assert answer.value is None
    assert str(answer.failure).startswith("GitHub sent something unexpected (")


ODD_REVIEWS: dict[str, dict[str, Any]] = {
    "a state that nobody knows": {"state": "LIKED"},
    "no state": {"state": None},
    "perhaps hidden": {"isMinimized": None},
    "a right that is a text": {"authorCanPushToRepository": "yes"},
    "a time that is a number": {"submittedAt": 5},
}


@pytest.mark.parametrize("odd", ODD_REVIEWS.values(), ids=ODD_REVIEWS)
def test_a_review_of_another_shape(fake_github: FakeGitHub, odd: dict[str, Any]) -> None:
    review = fake_github.review("example-user-1")
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-author", reviews=[review])
    fake_github.fail(
        changed(lambda body: first(body)["reviews"]["nodes"][0].update(odd)), on="a0: search"
    )
    answer = october(fake_github)
    assert answer.value is None
    assert str(answer.failure).startswith("GitHub sent something unexpected (")


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_of_another_shape(busy: FakeGitHub, change: Callable[[Any], object]) -> None:
    busy.fail(changed(change), on="a0: search")
    answer = october(busy)
    assert answer.value is None
    assert answer.failure is not None
    assert answer.failure.startswith("GitHub sent something unexpected (")


TITLES = ["@everyone <script>", "::set-output name=x::y", "\x00\x1b[31m", "\u202eright to left"]


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_a_title_is_only_text(fake_github: FakeGitHub, title: str) -> None:
    """It is kept as it is; whoever shows it has to escape it."""
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", title=title)
    answer = october(fake_github)
    assert answer.value is not None
    assert [one.title for one in answer.value.contributions] == [title]


def test_half_a_character_can_still_be_written(fake_github: FakeGitHub) -> None:
    """JSON can hold what no file can: half of a surrogate pair."""
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", title="Mend \ud83d it")
    answer = october(fake_github)
    assert answer.value is not None
    assert [one.title for one in answer.value.contributions] == ["Mend ? it"]
