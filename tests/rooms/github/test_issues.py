"""The issue that is kept, the notice that is told once, the applications that wait."""

from datetime import date
from typing import Any

import pytest

from community_partners.errors import UserError
from community_partners.github.issues import KeptIssue, keep_issue, open_applications, tell_once
from community_partners.github.rest import GitHubRepository
from community_partners.hidden_line import Memory
from community_partners.model.funnel import OpenApplication
from community_partners.wire.tries import Meter, Pace
from fakes import server
from fakes.github import ACTIONS_BOT, FakeGitHub
from program_folder import REPOSITORY

ISSUES = f"/repos/{REPOSITORY}/issues"
OCTOBER = KeptIssue(
    kind="digest 2026-10", title="October 2026", body="Acme is at risk.\n", labels=("digest",)
)
MARK = str(Memory(kind="digest 2026-10"))
MARKED = f"{MARK}Acme is at risk.\n"
TOKEN = "ghs_0123456789"
AT_RISK = "standing 2026-10 at-risk"
NOTICE = f"{Memory(kind=AT_RISK)}Pay more.\n"


def connect(fake: FakeGitHub, timeout: float = 5.0, token: str = TOKEN) -> GitHubRepository:
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    return GitHubRepository.connect(token, fake.url, REPOSITORY, Meter(), pace)


def issues(fake: FakeGitHub) -> list[dict[str, Any]]:
    return list(fake.rest.repository(REPOSITORY).issues.values())


def methods(fake: FakeGitHub) -> list[str]:
    return [request.method for request in fake.requests]


@pytest.fixture
def github(fake_github: FakeGitHub) -> FakeGitHub:
    fake_github.rest.repository(REPOSITORY)
    return fake_github


def test_an_issue_is_made_edited_and_left_alone(github: FakeGitHub) -> None:
    there = connect(github)
    later = KeptIssue(kind=OCTOBER.kind, title="October", body="All is well.", labels=("digest",))
    urls = [keep_issue(there, one).url for one in (OCTOBER, OCTOBER, later, later)]
    (one,) = issues(github)
    assert urls == [one["html_url"]] * 4
    assert (one["title"], one["body"]) == (
        "October",
        f"{MARK}All is well.",
    )
    assert [label["name"] for label in one["labels"]] == ["digest"]
    assert methods(github) == ["GET", "POST", "POST", "GET", "GET", "PATCH", "GET"]


def test_each_kind_has_its_own(github: FakeGitHub) -> None:
    november = KeptIssue(kind="digest 2026-11", title="November", body="-", labels=("digest",))
    for issue in (OCTOBER, november, OCTOBER, november):
        keep_issue(connect(github), issue)
    assert [one["title"] for one in issues(github)] == [OCTOBER.title, november.title]


def test_a_closed_one_is_edited_and_stays_closed(github: FakeGitHub) -> None:
    body = MARKED.replace("Acme", "Bolt")
    fields = {"labels": ["digest"], "state": "closed", "title": OCTOBER.title, "body": body}
    theirs = github.rest.add_issue(REPOSITORY, 3, ACTIONS_BOT, **fields)
    assert keep_issue(connect(github), OCTOBER).url == theirs["html_url"]
    assert (theirs["state"], theirs["body"]) == ("closed", MARKED)


def test_githubs_line_ends_are_no_difference(github: FakeGitHub) -> None:
    body = MARKED.replace("\n", "\r\n").strip()
    fields = {"labels": ["digest"], "title": OCTOBER.title, "body": body}
    github.rest.add_issue(REPOSITORY, 3, ACTIONS_BOT, **fields)
    keep_issue(connect(github), OCTOBER)
    assert methods(github) == ["GET"]


def test_it_is_found_on_a_later_page(github: FakeGitHub) -> None:
    for number in range(1, 231):
        github.rest.add_issue(REPOSITORY, number, "somebody", labels=["digest"])
    ours = github.rest.add_issue(
        REPOSITORY, 300, ACTIONS_BOT, labels=["digest"], title=OCTOBER.title, body=MARKED
    )
    assert keep_issue(connect(github), OCTOBER).url == ours["html_url"]
    assert methods(github) == ["GET", "GET", "GET"]


@pytest.mark.parametrize(
    ("login", "body"),
    [("stranger", MARKED), ("github-actions", MARKED), (ACTIONS_BOT, f"See {MARKED}")],
)
def test_a_marker_that_somebody_typed_is_not_ours(
    github: FakeGitHub, login: str, body: str
) -> None:
    fields = {"labels": ["digest"], "title": "Theirs", "body": body}
    theirs = github.rest.add_issue(REPOSITORY, 3, login, **fields)
    assert keep_issue(connect(github), OCTOBER).url != theirs["html_url"]
    assert (theirs["title"], theirs["body"]) == ("Theirs", body)


def test_an_apps_issue_is_its_own(github: FakeGitHub) -> None:
    github.viewers["ghs_app"] = "partners-app[bot]"
    urls = {keep_issue(connect(github, token="ghs_app"), OCTOBER).url for _ in range(3)}
    assert (len(urls), len(issues(github))) == (1, 1)


def test_a_label_that_is_there_keeps_its_color(github: FakeGitHub) -> None:
    label = github.rest.repository(REPOSITORY).label("digest", color="ff0000")
    keep_issue(connect(github), OCTOBER)
    assert label["color"] == "ff0000"


@pytest.mark.parametrize(
    "failure",
    [server.status(502), server.silence, server.garbage()],
    ids=["502", "silence", "garbage"],
)
@pytest.mark.parametrize("stored", [True, False])
def test_a_retry_never_makes_a_second_one(
    github: FakeGitHub, failure: server.Failure, stored: bool
) -> None:
    github.fail(server.done_but(failure) if stored else failure, on=f"POST {ISSUES} ")
    keep_issue(connect(github, timeout=1), OCTOBER)
    assert [one["body"] for one in issues(github)] == [MARKED]


@pytest.fixture
def told(github: FakeGitHub) -> FakeGitHub:
    """With the partner's own issue."""
    github.rest.add_issue(REPOSITORY, 7, "example-applicant")
    return github


def comments(fake: FakeGitHub) -> list[str]:
    return [one["body"] for one in fake.rest.repository(REPOSITORY).comments[7]]


def test_a_notice_is_told_once(told: FakeGitHub) -> None:
    first = tell_once(connect(told), 7, AT_RISK, "Pay more.\n")
    again = tell_once(connect(told), 7, AT_RISK, "Pay even more.\n")
    assert (first or "").startswith(f"https://github.com/{REPOSITORY}/issues/7#issuecomment-")
    assert again is None
    assert comments(told) == [NOTICE]


def test_another_standing_is_another_notice(told: FakeGitHub) -> None:
    for kind in (AT_RISK, "standing 2026-11 at-risk", "standing 2026-11 suspended", AT_RISK):
        tell_once(connect(told), 7, kind, "Pay more.\n")
    assert len(comments(told)) == 3


def test_a_notice_is_found_among_many_comments(told: FakeGitHub) -> None:
    for number in range(230):
        told.rest.add_comment(REPOSITORY, 7, "somebody", f"Comment {number}")
    told.rest.add_comment(REPOSITORY, 7, ACTIONS_BOT, NOTICE.replace("\n", "\r\n"))
    assert tell_once(connect(told), 7, AT_RISK, "Pay more.\n") is None


def test_a_forged_notice_silences_nobody(told: FakeGitHub) -> None:
    told.rest.add_comment(REPOSITORY, 7, "example-applicant", NOTICE)
    assert tell_once(connect(told), 7, AT_RISK, "Pay more.\n")


@pytest.mark.parametrize(
    "failure",
    [server.status(502), server.silence, server.garbage()],
    ids=["502", "silence", "garbage"],
)
@pytest.mark.parametrize("stored", [True, False])
def test_a_retry_never_tells_twice(told: FakeGitHub, failure: server.Failure, stored: bool) -> None:
    told.fail(server.done_but(failure) if stored else failure, on=f"POST {ISSUES}/7/comments")
    assert tell_once(connect(told, timeout=1), 7, AT_RISK, "Pay more.\n")
    assert comments(told) == [NOTICE]


def test_a_locked_issue_is_named(told: FakeGitHub) -> None:
    told.rest.repository(REPOSITORY).issues[7]["locked"] = True
    with pytest.raises(UserError, match=r"issue #7 .* Unlock it"):
        tell_once(connect(told), 7, AT_RISK, "Pay more.\n")


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_issue_is_named(told: FakeGitHub, status: int) -> None:
    told.fail(server.status(status), on=f"GET {ISSUES}/7/comments")
    with pytest.raises(UserError, match=r"issue #7 .* no such issue"):
        tell_once(connect(told), 7, AT_RISK, "Pay more.\n")


def test_applications_wait_oldest_first(github: FakeGitHub) -> None:
    def add(number: int, day: str, *labels: str, **fields: Any) -> None:
        dated = {"title": f"Number {number}", "created_at": f"{day}T23:59:59Z", **fields}
        github.rest.add_issue(REPOSITORY, number, "somebody", labels=labels, **dated)

    add(1, "2026-11-05", "application", "good first issue", "not-yet")
    add(2, "2026-11-03", "Application")
    add(3, "2026-11-04", "eligible")
    add(4, "2026-11-04", "application", state="closed")
    add(5, "2026-11-04", "application", "invalid", pull_request={"url": "https://x"})
    assert open_applications(connect(github)) == (
        OpenApplication(
            number=2,
            title="Number 2",
            url=f"https://github.com/{REPOSITORY}/issues/2",
            decision=None,
            opened=date(2026, 11, 3),
        ),
        OpenApplication(
            number=5,
            title="Number 5",
            url=f"https://github.com/{REPOSITORY}/issues/5",
            decision="invalid",
            opened=date(2026, 11, 4),
            pull=True,
        ),
        OpenApplication(
            number=1,
            title="Number 1",
            url=f"https://github.com/{REPOSITORY}/issues/1",
            decision="not-yet",
            opened=date(2026, 11, 5),
        ),
    )


def test_all_pages_of_applications_are_read(github: FakeGitHub) -> None:
    for number in range(1, 231):
        github.rest.add_issue(REPOSITORY, number, "somebody", labels=["application"])
    assert len(open_applications(connect(github))) == 230


@pytest.mark.parametrize(
    "answer", [b"<html>", b"{}", b"null", b"[1]", b'[{"number": 1}]', b'[{"num', b"\xff"]
)
def test_an_answer_that_is_none_is_a_sentence(github: FakeGitHub, answer: bytes) -> None:
    github.fail(server.garbage(answer), on=f"GET {ISSUES}", times=9)
    with pytest.raises(UserError, match="something unexpected while listing"):
        open_applications(connect(github))
    with pytest.raises(UserError, match="something unexpected while keeping"):
        keep_issue(connect(github), OCTOBER)


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "token is not valid"), (403, "`issues: write`"), (410, "Switch"), (500, "again")],
)
def test_a_refusal_is_a_sentence_with_a_remedy(
    github: FakeGitHub, status: int, remedy: str
) -> None:
    github.fail(server.status(status, "secret words"), on=ISSUES, times=9)
    for ask in (
        lambda: keep_issue(connect(github), OCTOBER),
        lambda: open_applications(connect(github)),
    ):
        with pytest.raises(UserError, match=remedy) as caught:
            ask()
        assert "secret" not in str(caught.value)
