"""One open pull request from our branch, whatever GitHub does on the way."""

from dataclasses import replace
from typing import Any

import pytest

from community_partners.errors import UserError
from community_partners.github.pulls import open_pull
from community_partners.github.rest import GitHubRepository
from community_partners.model.pull_request import OwnPull
from community_partners.wire.tries import Meter, Pace
from fakes import server
from fakes.github import FakeGitHub
from fakes.github_changes import commit
from program_folder import REPOSITORY

TOKEN = "ghs_0123456789"
HEAD = "community-partners"
OCTOBER = OwnPull(head=HEAD, base="main", title="Rank October", body="1. Acme\n2. Bolt\n")
NOVEMBER = OwnPull(head=HEAD, base="main", title="Rank November", body="1. Bolt\n")
PULLS = f"/repos/{REPOSITORY}/pulls"


def open_on(fake: FakeGitHub, pull: OwnPull, timeout: float = 5.0) -> tuple[str, Meter]:
    pace, meter = Pace(timeout=timeout, backoff=0, longest_wait=0), Meter()
    there = GitHubRepository.connect(TOKEN, fake.url, REPOSITORY, meter, pace)
    return open_pull(there, pull), meter


def pulls(fake: FakeGitHub) -> list[dict[str, Any]]:
    return fake.rest.repository(REPOSITORY).pulls


@pytest.fixture
def github(fake_github: FakeGitHub) -> FakeGitHub:
    fake_github.rest.repository(REPOSITORY)
    return fake_github


def test_it_is_opened_edited_and_left_alone(github: FakeGitHub) -> None:
    urls = [open_on(github, pull)[0] for pull in (OCTOBER, OCTOBER, NOVEMBER, NOVEMBER)]
    (one,) = pulls(github)
    assert urls == [one["html_url"]] * 4
    assert (one["title"], one["body"]) == (NOVEMBER.title, NOVEMBER.body)
    assert (one["head"]["ref"], one["base"]["ref"]) == (HEAD, "main")
    methods = [request.method for request in github.requests]
    assert methods == ["GET", "POST", "GET", "GET", "PATCH", "GET"]


def test_what_is_no_application_is_not_held_up(github: FakeGitHub) -> None:
    """No workflow starts on it, and a rule of the branch may wait for our status."""
    open_on(github, replace(OCTOBER, commit=commit(1)))
    [status] = github.rest.repository(REPOSITORY).statuses[commit(1)]
    assert (status["context"], status["state"]) == ("partners/verdict", "success")
    assert "No application in this pull request" in status["description"]


def test_every_request_is_counted(github: FakeGitHub) -> None:
    _, meter = open_on(github, OCTOBER)
    assert meter.requests["GitHub"] == len(github.requests) == 2


def test_githubs_line_ends_are_no_difference(github: FakeGitHub) -> None:
    body = OCTOBER.body.replace("\n", "\r\n").strip()
    github.rest.add_pull(REPOSITORY, HEAD, "main", "somebody", title=OCTOBER.title, body=body)
    open_on(github, OCTOBER)
    assert [request.method for request in github.requests] == ["GET"]


@pytest.mark.parametrize(
    "other",
    [
        {"state": "closed"},
        {"base": "release"},
        {"head": "community-partners-2"},
        {"source": "stranger/partners"},
        {"source": "project/fork-of-partners"},
    ],
    ids=["closed", "other base", "other head", "stranger's", "of the owner's fork"],
)
@pytest.mark.parametrize("gone", [False, True])
def test_others_are_left_alone(github: FakeGitHub, other: dict[str, str], gone: bool) -> None:
    fields = {"head": HEAD, "base": "main", "login": "stranger", "title": "Theirs", **other}
    theirs = github.rest.add_pull(REPOSITORY, **fields)
    if gone and "source" in other:
        theirs["head"]["repo"] = None
    url, _ = open_on(github, OCTOBER)
    assert (len(pulls(github)), theirs["title"]) == (2, "Theirs")
    assert url != theirs["html_url"]


def test_a_name_in_another_case_is_the_same_repository(github: FakeGitHub) -> None:
    theirs = github.rest.add_pull(REPOSITORY, HEAD, "main", "somebody")
    theirs["head"]["repo"]["full_name"] = REPOSITORY.title()
    assert open_on(github, OCTOBER)[0] == theirs["html_url"]


@pytest.mark.parametrize("failure", [server.status(502), server.silence], ids=["502", "silence"])
@pytest.mark.parametrize("stored", [True, False])
def test_a_retry_never_opens_a_second_one(
    github: FakeGitHub, failure: server.Failure, stored: bool
) -> None:
    github.fail(server.done_but(failure) if stored else failure, on=f"POST {PULLS}")
    open_on(github, OCTOBER, timeout=1)
    assert [one["title"] for one in pulls(github)] == [OCTOBER.title]
    posted = [request.method for request in github.requests].count("POST")
    assert posted == (1 if stored else 2)


def test_another_run_was_faster(github: FakeGitHub) -> None:
    github.fail(server.changed(lambda body: body.clear()), on=f"GET {PULLS}")
    github.rest.add_pull(REPOSITORY, HEAD, "main", "somebody", title="Faster")
    url, _ = open_on(github, OCTOBER)
    (one,) = pulls(github)
    assert (one["html_url"], one["title"]) == (url, OCTOBER.title)


def test_the_repositorys_setting_is_named(github: FakeGitHub) -> None:
    github.rest.repository(REPOSITORY).bots_may_open_pulls = False
    with pytest.raises(UserError, match="`Allow GitHub Actions to create and approve pull"):
        open_on(github, OCTOBER)
    github.rest.repository(REPOSITORY).bots_may_open_pulls = True
    message = "GitHub Actions is not permitted to create or approve pull requests."
    github.fail(server.status(422, message), on=f"POST {PULLS}")
    with pytest.raises(UserError, match="Settings > Actions > General"):
        open_on(github, OCTOBER)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "The token is not valid"),
        (403, "`pull-requests: write`"),
        (404, "Check the repository"),
        (422, "both branches are there and differ"),
        (500, "again"),
    ],
)
def test_a_refusal_is_a_sentence_with_a_remedy(
    github: FakeGitHub, method: str, status: int, remedy: str
) -> None:
    if method == "PATCH":
        github.rest.add_pull(REPOSITORY, HEAD, "main", "somebody")
    github.fail(server.status(status, "secret words"), on=f"{method} {PULLS}", times=9)
    with pytest.raises(UserError) as caught:
        open_on(github, OCTOBER)
    assert remedy in str(caught.value)
    assert "secret" not in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_silence_is_a_sentence(github: FakeGitHub) -> None:
    github.fail(server.silence, on=f"GET {PULLS}", times=9)
    with pytest.raises(UserError, match="did not answer while"):
        open_on(github, OCTOBER, timeout=1)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("answer", [b"<html>", b"{}", b"null", b"[1]", b'[{"number": 1}]', b"{"])
def test_an_answer_that_is_none_is_a_sentence(
    github: FakeGitHub, method: str, answer: bytes
) -> None:
    if method == "PATCH":
        github.rest.add_pull(REPOSITORY, HEAD, "main", "somebody")
    github.fail(server.garbage(answer), on=f"{method} {PULLS}", times=9)
    with pytest.raises(UserError, match="something unexpected"):
        open_on(github, OCTOBER)
