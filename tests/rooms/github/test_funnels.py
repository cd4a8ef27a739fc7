"""The funnel and the accounts by one question: each half is an answer of its own."""

from datetime import UTC, datetime

import pytest

from community_partners.github.applications import Funnels, Others
from community_partners.github.named import Named
from community_partners.model.evidence import AccountKind
from community_partners.model.funnel import WaitingFile, WaitingIssue
from community_partners.wire.tries import Meter
from fakes.github import FakeGitHub, connect
from fakes.server import Failure, partial, status

REPOSITORY = "project/partners"
LOGINS = ["example-user-1", "nobody", "project"]
NAMED = Named(logins=tuple(LOGINS))
KINDS = [AccountKind.PERSON, AccountKind.MISSING, AccountKind.ORGANIZATION]


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def github(fake_github: FakeGitHub) -> FakeGitHub:
    fake_github.person("example-user-1")
    fake_github.organization("project")
    fake_github.rest.add_issue(REPOSITORY, 7, "example-user-1", labels=["application"])
    return fake_github


def funnels(github: FakeGitHub, others: Others | None = None) -> Funnels:
    return Funnels(connect(github, Meter()), REPOSITORY, clock, others)


def test_one_question_answers_both(github: FakeGitHub) -> None:
    read = funnels(github)
    accounts, funnel = read.accounts("acme", NAMED).accounts, read.of("acme")
    assert accounts.url == "https://github.com"
    assert [one.kind for one in accounts.value or ()] == KINDS
    assert funnel.value is not None
    assert [one.number for one in funnel.value.issues] == [7]
    assert len(github.requests) == 1
    assert read.accounts("acme", NAMED).accounts.value == accounts.value
    assert len(github.requests) == 2, "the funnel is known, and is not asked for again"


def test_further_pages_ask_for_no_account_again(github: FakeGitHub) -> None:
    for number in range(100, 250):
        github.rest.add_issue(REPOSITORY, number, "example-user-1", labels=["application"])
    read = funnels(github)
    assert read.accounts("acme", NAMED).accounts.value
    found = read.of("acme").value
    assert found is not None
    assert len(found.issues) == 151
    assert ["repositoryOwner" in str(one) for one in github.requests] == [True, False]


def test_more_accounts_than_a_question_takes(github: FakeGitHub) -> None:
    read = funnels(github)
    many = [*LOGINS, *(f"example-user-{number}" for number in range(2, 120))]
    assert len(read.accounts("acme", Named(logins=tuple(many))).accounts.value or ()) == len(many)
    assert read.of("acme").value


@pytest.mark.parametrize(
    ("failure", "accounts", "funnel"),
    [
        (partial("a1", type="FORBIDDEN"), False, True),
        (partial("repository", type="NOT_FOUND"), True, False),
        (partial("repository", "issues", type="SOMETHING"), True, False),
        (status(403), True, False),
    ],
)
def test_half_an_answer(
    github: FakeGitHub, failure: Failure, *, accounts: bool, funnel: bool
) -> None:
    github.fail(failure, on="repository(owner", times=9)
    read = funnels(github)
    told = read.accounts("acme", NAMED).accounts
    assert (told.value is not None, read.of("acme").value is not None) == (accounts, funnel)
    assert (told.failure is None) == accounts


def test_github_down(github: FakeGitHub) -> None:
    github.fail(status(403), times=9)
    read = funnels(github)
    assert read.accounts("acme", NAMED).accounts.failure == read.of("acme").failure is not None


def test_a_list_that_is_read_already(github: FakeGitHub) -> None:
    """The list stands for all that waits; the question is for the one application alone."""
    issue = WaitingIssue(number=3, url="https://github.com/project/partners/issues/3", body="")
    file = WaitingFile(number=4, url="https://github.com/project/partners/pull/4", text=None)
    read = funnels(github, Others(issues=[issue], pulls=[], files=lambda: [file]))
    assert read.with_thread("acme", NAMED, 7)
    found = read.of("acme").value
    assert found is not None
    assert (found.issues, found.files, found.main.name) == ((issue,), (file,), "main")
    assert [one.kind for one in read.accounts("acme", NAMED).accounts.value or ()] == KINDS
    [asked] = github.requests
    assert not asked.variables["issuesAsked"]
    assert not asked.variables["pullsAsked"]


@pytest.mark.parametrize("place", ["repository", "thread"])
def test_half_an_answer_beside_a_list(github: FakeGitHub, place: str) -> None:
    github.fail(partial(place, type="NOT_FOUND"), on="repository(owner", times=9)
    read = funnels(github, Others(issues=[], pulls=[], files=list))
    told = read.with_thread("acme", NAMED, 7)
    assert told is not None
    assert (read.of("acme").value is None) == (place == "repository")
    assert bool(told.errors) == (place == "thread")
