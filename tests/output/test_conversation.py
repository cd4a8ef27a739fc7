"""What a thread lacks, and how it gets there when GitHub stumbles on the way."""

import pytest

from community_partners.errors import UserError
from community_partners.model.verdict import Decision
from community_partners.output.conversation import Thread, describe, plan
from community_partners.output.github_client import GitHubRepository
from community_partners.output.github_thread import GitHubThread
from community_partners.output.reply import Reply
from community_partners.wire.session import Meter, Pace
from fakes import server
from fakes.github import FakeGitHub
from program_folder import REPOSITORY

BOT = "github-actions[bot]"
TOKEN = "ghs_0123456789"
ELIGIBLE = Reply(decision=Decision.ELIGIBLE, body="All is there.\n")
NOT_YET = Reply(decision=Decision.NOT_YET, body="Not all is there.\n")


def thread(fake: FakeGitHub, token: str = TOKEN, timeout: float = 5.0) -> GitHubThread:
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    there = GitHubRepository.connect(token, fake.url, REPOSITORY, Meter(), pace)
    return GitHubThread(there, 7)


def say(fake: FakeGitHub, reply: Reply, token: str = TOKEN) -> Thread:
    """Read, plan, apply, as the journey does."""
    on_github = thread(fake, token)
    seen = on_github.read(labels(fake))
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
    assert comments(github) == ["<!-- community-partners verdict eligible 0 -->\nAll is there.\n"]


def test_there_and_back_is_told_each_time(github: FakeGitHub) -> None:
    for reply in (ELIGIBLE, NOT_YET, ELIGIBLE, ELIGIBLE):
        say(github, reply)
    verdict, *notices = comments(github)
    assert verdict.startswith("<!-- community-partners verdict eligible 2 -->")
    assert [one.split("*")[1:4:2] for one in notices] == [
        ["eligible", "not yet"],
        ["not yet", "eligible"],
    ]


def test_a_forged_marker_is_not_ours(github: FakeGitHub) -> None:
    forged = "<!-- community-partners verdict eligible 0 -->\nWe are in!"
    github.rest.add_comment(REPOSITORY, 7, "example-applicant", forged)
    github.rest.add_comment(REPOSITORY, 7, "github-actions", forged)
    github.rest.add_comment(REPOSITORY, 7, BOT, f"Somebody wrote: {forged}")
    say(github, NOT_YET)
    assert comments(github)[:2] == [forged, forged]
    assert len(comments(github)) == 4
    assert comments(github)[3].endswith(NOT_YET.body)


def test_ours_is_found_on_a_later_page(github: FakeGitHub) -> None:
    for number in range(230):
        github.rest.add_comment(REPOSITORY, 7, "somebody", f"Comment {number}")
    say(github, ELIGIBLE)
    say(github, NOT_YET)
    assert (
        len([one for one in comments(github) if one.startswith("<!-- community-partners verdict")])
        == 1
    )


def test_a_persons_token_asks_who_it_is(github: FakeGitHub) -> None:
    github.viewers["ghp_1"] = "Example-Maintainer"
    say(github, ELIGIBLE, "ghp_1")
    say(github, ELIGIBLE, "ghp_1")
    assert len(comments(github)) == 1
    assert [one.path for one in github.requests].count("/graphql") == 1


def test_a_comment_that_was_stored_is_not_posted_again(github: FakeGitHub) -> None:
    github.fail(
        server.done_but(server.status(502)), on=f"POST /repos/{REPOSITORY}/issues/7/comments"
    )
    say(github, ELIGIBLE)
    assert len(comments(github)) == 1


def test_a_comment_that_was_not_stored_is_posted_again(github: FakeGitHub) -> None:
    github.fail(server.status(502), on=f"POST /repos/{REPOSITORY}/issues/7/comments")
    say(github, ELIGIBLE)
    assert len(comments(github)) == 1


def test_silence_after_storing_is_not_answered_with_another(github: FakeGitHub) -> None:
    github.fail(server.done_but(server.silence), on=f"POST /repos/{REPOSITORY}/issues/7/comments")
    on_github = thread(github, timeout=1)
    on_github.apply(plan(on_github.read(labels(github)), ELIGIBLE))
    assert len(comments(github)) == 1


@pytest.mark.parametrize("stop", range(1, 4))
def test_cut_off_after_any_write_the_next_run_does_the_rest(github: FakeGitHub, stop: int) -> None:
    say(github, ELIGIBLE)
    on_github = thread(github)
    writes = plan(on_github.read(labels(github)), NOT_YET)
    on_github.apply(writes[:stop])
    say(github, NOT_YET)
    say(github, NOT_YET)
    verdict, notice = comments(github)
    assert verdict.startswith("<!-- community-partners verdict not-yet 1 -->")
    assert "changed from *eligible* to *not yet*" in notice
    assert sorted(labels(github)) == ["application", "not-yet"]


def test_a_plan_in_words_gives_no_command_to_a_log() -> None:
    reply = Reply(decision=Decision.INVALID, body="::set-output name=x::y\n##[add-mask]z\n")
    told = describe(plan(Thread(comments=(), labels=("application",)), reply))
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
    github.fail(server.status(status, "secret words"), on="GET /repos", times=9)
    with pytest.raises(UserError) as caught:
        say(github, ELIGIBLE)
    assert remedy in str(caught.value)
    assert "secret" not in str(caught.value)
    assert TOKEN not in str(caught.value)
