"""How long GitHub is waited for, what it is asked again, and what is told when it is not."""

import json
import re

import pytest

from community_partners.errors import UserError
from community_partners.github.rest import GitHubRepository, sentences
from community_partners.github.thread import GitHubComments
from community_partners.hidden_line import Memory
from community_partners.wire.tries import Meter, Pace
from fakes import server
from fakes.github import FakeGitHub
from fakes.server import Response
from program_folder import REPOSITORY

COMMENTS = f"/repos/{REPOSITORY}/issues/7/comments"
RATE_LIMITS = {
    "hour spent": server.rate_limited(),
    "403 with a long wait": server.status(403, "Forbidden", Retry_After="3600"),
    "403 with none left": server.status(403, "Forbidden", X_RateLimit_Remaining="0"),
    "429": server.status(429, Retry_After="3600"),
    "429 without a word": server.status(429),
    "burst": server.status(403, "You have exceeded a secondary rate limit and have been blocked."),
}


def comments(fake: FakeGitHub) -> GitHubComments:
    pace = Pace(timeout=5, backoff=0, longest_wait=2)
    there = GitHubRepository.connect("ghs_0123456789", fake.url, REPOSITORY, Meter(), pace)
    return GitHubComments(there, 7)


@pytest.fixture
def github(fake_github: FakeGitHub) -> FakeGitHub:
    fake_github.rest.add_issue(REPOSITORY, 7, "example-applicant")
    return fake_github


def stored(fake: FakeGitHub) -> list[str]:
    return [one["body"] for one in fake.rest.repository(REPOSITORY).comments[7]]


@pytest.mark.parametrize("limit", RATE_LIMITS.values(), ids=RATE_LIMITS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rate_limit_says_so(github: FakeGitHub, method: str, limit: server.Failure) -> None:
    """And not that a permission is missing, which nobody could mend."""
    github.fail(limit, on=f"{method} {COMMENTS}", times=9)
    with (
        pytest.raises(UserError, match=re.escape("the rate limit is reached")) as caught,
        sentences("testing", {403: "The workflow needs a permission."}),
    ):
        comments(github).read() if method == "GET" else comments(github).post("Hello")
    assert "permission" not in str(caught.value)
    assert stored(github) == []


@pytest.mark.parametrize("status", [403, 429])
def test_after_a_short_wait_it_is_posted(github: FakeGitHub, status: int) -> None:
    """GitHub says that it stored nothing; what stands between us may say so, too."""
    github.fail(server.status(status, Retry_After="1"), on=f"POST {COMMENTS}")
    comments(github).post("Hello")
    assert stored(github) == ["Hello"]
    assert [one.method for one in github.requests] == ["POST", "GET", "POST"]


def test_what_may_have_been_stored_is_looked_for_whatever_wait_is_asked(
    github: FakeGitHub,
) -> None:
    failure = server.done_but(server.status(503, Retry_After="1"))
    github.fail(failure, on=f"POST {COMMENTS}")
    comments(github).post(f"{Memory(kind='notice')}Hello")
    assert [one.method for one in github.requests] == ["POST", "GET"]
    assert len(stored(github)) == 1


def test_an_edit_is_tried_again(github: FakeGitHub) -> None:
    made = github.rest.add_comment(REPOSITORY, 7, "somebody", "Hello")
    github.fail(server.status(502), on="PATCH ", times=2)
    comments(github).edit(made["id"], "Good evening")
    assert stored(github) == ["Good evening"]


@pytest.mark.parametrize("status", [403, 500])
def test_nothing_of_the_servers_reason_is_printed(
    github: FakeGitHub, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    github.fail(server.status(status, "##[add-mask]secret"), on="GET /repos", times=9)
    with pytest.raises(UserError), sentences("testing", {}):
        comments(github).read()
    assert capfd.readouterr() == ("", "")


def linked(link: str) -> server.Failure:
    return server.with_headers(Link=link)


NEXT = '<https://api.github.com/repositories/1/issues/7/comments?{}>; rel="next"'
LISTS: dict[str, server.Failure] = {
    "an object": server.instead({"message": "Hello"}),
    "null": server.instead(None),
    "a hole": server.instead([None]),
    "a list of lists": server.instead([[]]),
    "a text": server.instead("comments"),
    "a comment without an author": server.changed(lambda body: body[0].pop("user")),
    "an author who is a text": server.changed(lambda body: body[0].update(user="somebody")),
    "a comment without a text": server.changed(lambda body: body[0].pop("body")),
    "a text that is a number": server.changed(lambda body: body[0].update(body=7)),
    "the same page for ever": linked(NEXT.format("per_page=100&page=2")),
    "the first page again": linked(NEXT.format("")),
    "a link that leads nowhere": linked('<http://[>; rel="next"'),
    "a link without an address": linked('; rel="next"'),
    "a link without a relation": linked("<https://api.github.com/?page=2>"),
    "a link of an unknown relation": linked('<https://api.github.com/?page=2>; rel="nxet"'),
    "no link at all": linked("next"),
    "a page that is no number": linked(NEXT.format("page=x&per_page=100")),
    "an author with a null byte": server.changed(lambda body: body[0]["user"].update(login="a\0")),
    "half a character for an author": server.changed(
        lambda body: body[0]["user"].update(login="\ud83d")
    ),
    "an author who is empty": server.changed(lambda body: body[0].update(user={})),
    "a text that is empty otherwise": server.changed(lambda body: body[0].update(body=False)),
    "an address with a space": server.changed(lambda body: body[0].update(html_url="https://a b")),
    "an address of half a character": server.changed(
        lambda body: body[0].update(html_url="https://\ud83d")
    ),
    "a number that is true": server.changed(lambda body: body[0].update(id=True)),
    "no UTF-8": lambda honest: Response(
        body=json.dumps(honest().body).encode().replace(b"Hello", b"Hell\xff")
    ),
    "UTF-16": lambda honest: Response(body=json.dumps(honest().body).encode("utf-16")),
}


@pytest.mark.parametrize("failure", LISTS.values(), ids=LISTS)
def test_an_odd_list_is_no_list(github: FakeGitHub, failure: server.Failure) -> None:
    """And above all none that is empty or ends too early."""
    github.rest.add_comment(REPOSITORY, 7, "somebody", "Hello")
    github.fail(failure, on=f"GET {COMMENTS}", times=99)
    with (
        pytest.raises(UserError, match=re.escape("sent something unexpected while testing")),
        sentences("testing", {}),
    ):
        comments(github).read()
    assert len(github.requests) <= 3


@pytest.mark.parametrize(
    "headers",
    [
        {"X_RateLimit_Remaining": "nan", "X_RateLimit_Limit": "1000"},
        {"X_RateLimit_Remaining": "41", "X_RateLimit_Limit": "inf", "X_RateLimit_Reset": "-1"},
        {"X_RateLimit_Reset": "9" * 500},
        {"X_RateLimit_Reset": ""},
    ],
)
def test_a_budget_that_is_no_number_hides_no_answer(
    github: FakeGitHub, headers: dict[str, str]
) -> None:
    """Else a comment that was posted would be looked for, and PyGithub's error would be shown."""
    github.fail(server.with_headers(**headers), on=f"POST {COMMENTS}", times=9)
    comments(github).post("Hello")
    assert [one.method for one in github.requests] == ["POST"]


def test_a_move_without_end_is_not_followed_for_ever(github: FakeGitHub) -> None:
    moved = server.status(301, Location=f"{github.url}/repos/elsewhere")
    back = server.status(301, Location=f"{github.url}{COMMENTS}")
    github.fail(moved, on=f"GET {COMMENTS}", times=99)
    github.fail(back, on="GET /repos/elsewhere", times=99)
    with pytest.raises(UserError, match="unexpected"), sentences("testing", {}):
        comments(github).read()
    assert len(github.requests) <= 3 * 4


@pytest.mark.parametrize(
    "code", [301, 302, 307], ids=["moved for good", "moved for now", "moved, and repeat it"]
)
def test_another_server_is_not_followed(github: FakeGitHub, code: int) -> None:
    moved = server.status(code, Location="https://elsewhere.example/repos")
    github.fail(moved, on=f"GET {COMMENTS}", times=9)
    with pytest.raises(UserError), sentences("testing", {}):
        comments(github).read()
