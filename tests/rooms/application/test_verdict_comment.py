"""What a thread lacks, and how it gets there when GitHub stumbles on the way."""

from dataclasses import replace
from datetime import date

import pytest

from community_partners.application.verdict_comment import plan
from community_partners.errors import UserError
from community_partners.github.rest import GitHubRepository
from community_partners.github.thread import GitHubThread
from community_partners.hidden_line import Memory, is_of_kind, memory_in
from community_partners.model.thread import Issue, Thread
from community_partners.model.verdict import Decision
from community_partners.wire.graphql import GraphQL
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace
from community_partners.words.planned_changes import describe
from community_partners.words.reply import Reply
from fakes import server
from fakes.github import FakeGitHub
from program_folder import REPOSITORY

BOT = "github-actions[bot]"
TOKEN = "ghs_0123456789"
ELIGIBLE = Reply(decision=Decision.ELIGIBLE, body="All is there.\n")
VERDICT = Memory(kind="verdict", decision=Decision.ELIGIBLE)
FORGED = f"{VERDICT}We are in!"
NOT_YET = Reply(decision=Decision.NOT_YET, body="Not all is there.\n")


def thread(fake: FakeGitHub, token: str = TOKEN, timeout: float = 5.0) -> GitHubThread:
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    there = GitHubRepository.connect(token, fake.url, REPOSITORY, Meter(), pace)
    session = Session("GitHub", {"Authorization": f"bearer {token}"}, Meter(), pace)
    return GitHubThread(there, GraphQL(session, f"{fake.url}/graphql"), 7)


def say(fake: FakeGitHub, reply: Reply, token: str = TOKEN) -> Thread:
    """Read, plan, apply, as the journey does."""
    on_github = thread(fake, token)
    seen = on_github.read()
    on_github.apply(plan(seen, reply))
    return seen


def comments(fake: FakeGitHub) -> list[str]:
    return [one["body"] for one in fake.rest.repository(REPOSITORY).comments[7]]


def labels(fake: FakeGitHub) -> list[str]:
    return [one["name"] for one in fake.rest.repository(REPOSITORY).issues[7]["labels"]]


@pytest.fixture
def github(fake_github: FakeGitHub) -> FakeGitHub:
    fake_github.rest.add_issue(REPOSITORY, 7, "example-applicant", labels=["application"])
    return fake_github


def test_twice_is_once(github: FakeGitHub) -> None:
    say(github, ELIGIBLE)
    say(github, ELIGIBLE)
    assert comments(github) == [f"{VERDICT}All is there.\n"]


def test_there_and_back_is_told_each_time(github: FakeGitHub) -> None:
    for reply in (ELIGIBLE, NOT_YET, ELIGIBLE, ELIGIBLE):
        say(github, reply)
    verdict, *notices = comments(github)
    assert memory_in(verdict) == replace(VERDICT, change=2)
    assert [one.split("*")[1:4:2] for one in notices] == [
        ["eligible", "not yet"],
        ["not yet", "eligible"],
    ]


def test_a_forged_marker_is_not_ours(github: FakeGitHub) -> None:
    github.rest.add_comment(REPOSITORY, 7, "example-applicant", FORGED)
    github.rest.add_comment(REPOSITORY, 7, "github-actions", FORGED)
    github.rest.add_comment(REPOSITORY, 7, BOT, f"Somebody wrote: {FORGED}")
    say(github, NOT_YET)
    assert comments(github)[:2] == [FORGED, FORGED]
    assert len(comments(github)) == 4
    assert comments(github)[3].endswith(NOT_YET.body)


def test_two_runs_at_once_leave_one_verdict(github: FakeGitHub) -> None:
    """Opening a form starts two runs, and both may read the thread before either has posted."""
    runs = [thread(github), thread(github)]
    plans = [plan(run.read(), ELIGIBLE) for run in runs]
    for run, writes in zip(runs, plans, strict=True):
        run.apply(writes)
    first, second = github.rest.repository(REPOSITORY).comments[7]
    assert first["body"] == second["body"]
    for _ in range(2):
        say(github, NOT_YET)
    verdict, twin, notice = comments(github)
    assert memory_in(verdict) == replace(VERDICT, decision=Decision.NOT_YET, change=1)
    assert twin.splitlines()[1:] == [f"The verdict stands [above]({first['html_url']})."]
    assert "changed from *eligible* to *not yet*" in notice


def test_githubs_line_ends_are_no_difference(github: FakeGitHub) -> None:
    say(github, ELIGIBLE)
    [comment] = github.rest.repository(REPOSITORY).comments[7]
    comment["body"] = comment["body"].replace("\n", "\r\n").strip()
    before = len(github.requests)
    say(github, ELIGIBLE)
    assert [one.path for one in github.requests[before:]] == ["/graphql"]


def test_ours_is_found_on_a_later_page(github: FakeGitHub) -> None:
    for number in range(230):
        github.rest.add_comment(REPOSITORY, 7, "somebody", f"Comment {number}")
    say(github, ELIGIBLE)
    say(github, NOT_YET)
    [verdict] = [one for one in comments(github) if is_of_kind(one, "verdict")]
    assert memory_in(verdict) == replace(VERDICT, decision=Decision.NOT_YET, change=1)


@pytest.fixture(params=["GraphQL", "REST"])
def way(request: pytest.FixtureRequest, github: FakeGitHub) -> str:
    """By which of GitHub's two APIs the thread is told."""
    if request.param == "REST":
        github.fail(server.status(502), on="repository(owner", times=99)
        github.fail(server.status(502), on="LabelsFromLabelable", times=99)
    return str(request.param)


@pytest.mark.parametrize(
    ("token", "login"),
    [("ghp_1", "Example-Maintainer"), ("ghs_app", "partners-app[bot]"), (TOKEN, BOT)],
)
def test_whoever_we_are_we_know_what_is_ours(
    github: FakeGitHub, way: str, token: str, login: str
) -> None:
    github.viewers[token] = login
    github.rest.add_comment(REPOSITORY, 7, "other[bot]", FORGED)
    github.rest.add_comment(REPOSITORY, 7, "partners-app", FORGED)
    for _ in range(3):
        say(github, NOT_YET, token)
    assert len(comments(github)) == 3
    asked = [one for one in github.requests if "viewer {" in str(one)]
    assert len(asked) == (0 if way == "GraphQL" else 3)


def test_labels_are_put_on_and_off_beside_those_of_others(github: FakeGitHub, way: str) -> None:
    """Somebody labels the issue between our reading and our writing."""
    say(github, ELIGIBLE)
    run = thread(github)
    writes = plan(run.read(), NOT_YET)
    github.rest.repository(REPOSITORY).issues[7]["labels"].append({"name": "board"})
    run.apply(writes)
    assert sorted(labels(github)) == ["application", "board", "not-yet"]


def test_a_label_that_is_gone_already_is_no_obstacle(github: FakeGitHub, way: str) -> None:
    say(github, ELIGIBLE)
    run = thread(github)
    writes = plan(run.read(), NOT_YET)
    github.rest.repository(REPOSITORY).issues[7]["labels"] = []
    run.apply(writes)
    assert labels(github) == ["not-yet"]


def test_two_runs_at_once_may_create_the_same_label(github: FakeGitHub) -> None:
    runs = [thread(github), thread(github)]
    for run, writes in [(run, plan(run.read(), ELIGIBLE)) for run in runs]:
        run.apply(writes)
    assert sorted(labels(github)) == ["application", "eligible"]


def test_half_a_character_can_be_printed(github: FakeGitHub, way: str) -> None:
    fields = {"title": "Acme \ud83d", "body": "\udc00"}
    github.rest.repository(REPOSITORY).issues[7].update(fields)
    issue = thread(github).read().issue
    assert (issue.title, issue.body) == ("Acme ?", "?")


@pytest.mark.parametrize(
    "answer",
    [b"<html>", b"{}", b"[]", b"null", b"[1]", b'[{"id": 1}]', b'[{"i', b"\xff", b'{"id": "1"}'],
)
@pytest.mark.parametrize(
    "on", ["GET /repos", "GET {}/comments", "POST {}/comments", "POST {}/labels", "PATCH", "DELETE"]
)
def test_an_answer_that_is_none_is_a_sentence(github: FakeGitHub, on: str, answer: bytes) -> None:
    """Not a success with nothing written, and no traceback."""
    if answer == b"[]" and on in {"GET {}/comments", "DELETE"}:
        pytest.skip("a list may be empty")
    say(github, ELIGIBLE)
    if on.startswith("POST {}/c"):
        github.rest.repository(REPOSITORY).comments[7].clear()
    github.fail(server.status(502), on="/graphql", times=99)
    where = on.format(f"/repos/{REPOSITORY}/issues/7")
    github.fail(server.garbage(answer), on=where, times=9)
    with pytest.raises(UserError, match="something unexpected"):
        say(github, NOT_YET)


@pytest.mark.parametrize(
    "failure",
    [
        server.garbage(),
        server.garbage(b'{"data": {"thread": {"issue": 1}}}'),
        server.garbage(b'{"data": {"repository": null}}'),
        server.partial("thread", "issue", "comments", "nodes", 0, type="INTERNAL"),
        server.changed(lambda body: body["data"]["thread"]["issue"].pop("labels")),
        server.changed(
            lambda body: body["data"]["thread"]["issue"]["comments"].update(nodes=[None])
        ),
        server.refused({"message": "x", "type": "INTERNAL"}),
        server.rate_limited(),
        server.status(500),
    ],
)
def test_where_graphql_is_no_answer_rest_is_asked(
    github: FakeGitHub, failure: server.Failure
) -> None:
    say(github, ELIGIBLE)
    github.fail(failure, on="repository(owner", times=9)
    say(github, NOT_YET)
    assert len(comments(github)) == 2
    assert sorted(labels(github)) == ["application", "not-yet"]


@pytest.mark.parametrize(
    "failure",
    [
        server.status(502),
        server.garbage(),
        server.silence,
        server.done_but(server.status(502)),
        server.done_but(server.garbage()),
        server.done_but(server.silence),
    ],
)
def test_a_comment_is_posted_once_whether_it_was_stored_or_not(
    github: FakeGitHub, way: str, failure: server.Failure
) -> None:
    rest = f"POST /repos/{REPOSITORY}/issues/7/comments"
    github.fail(failure, on="addComment" if way == "GraphQL" else rest)
    on_github = thread(github, timeout=1)
    on_github.apply(plan(on_github.read(), ELIGIBLE))
    assert len(comments(github)) == 1
    assert sorted(labels(github)) == ["application", "eligible"]


@pytest.mark.parametrize("stop", range(1, 4))
def test_cut_off_after_any_write_the_next_run_does_the_rest(github: FakeGitHub, stop: int) -> None:
    say(github, ELIGIBLE)
    on_github = thread(github)
    writes = plan(on_github.read(), NOT_YET)
    on_github.apply(writes[:stop])
    say(github, NOT_YET)
    say(github, NOT_YET)
    verdict, notice = comments(github)
    assert memory_in(verdict) == replace(VERDICT, decision=Decision.NOT_YET, change=1)
    assert "changed from *eligible* to *not yet*" in notice
    assert sorted(labels(github)) == ["application", "not-yet"]


def test_a_plan_in_words_gives_no_command_to_a_log() -> None:
    reply = Reply(decision=Decision.INVALID, body="::set-output name=x::y\n##[add-mask]z\n")
    issue = Issue(title="", body="", author=None, open=True, labels=("application",))
    told = describe(plan(Thread(issue=issue, comments=()), reply))
    assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in told


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (401, "The token is not valid"),
        (403, "`issues: write`"),
        (404, "Check the repository"),
        (410, "Switch issues on"),
        (500, "again"),
    ],
)
def test_a_refusal_is_a_sentence_with_a_remedy(
    github: FakeGitHub, status: int, remedy: str
) -> None:
    github.fail(server.status(status, "secret words"), on="/graphql", times=9)
    github.fail(server.status(status, "secret words"), on="GET /repos", times=9)
    with pytest.raises(UserError) as caught:
        say(github, ELIGIBLE)
    assert remedy in str(caught.value)
    assert "secret" not in str(caught.value)
    assert TOKEN not in str(caught.value)


def test_a_new_day_is_an_edit_and_no_notice(github: FakeGitHub) -> None:
    on_github = thread(github)
    for again in (date(2027, 1, 1), date(2027, 2, 1), None):
        on_github.apply(plan(on_github.read(), NOT_YET, Memory(kind="verdict", again=again)))
    assert comments(github) == [
        f"{Memory(kind='verdict', decision=Decision.NOT_YET)}Not all is there.\n"
    ]
