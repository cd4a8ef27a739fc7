"""The commits of a list of helpers, as GitHub tells them."""

from datetime import date

import pytest

from community_partners.github.all_contributors import COMMITS_AT_ONCE, list_commits
from community_partners.model.all_contributors import ListCommit
from community_partners.model.contribution import Account
from community_partners.wire.judgment import NoAnswerError
from fakes import server
from fakes.github import FakeGitHub, connect
from fakes.github_store import number_of
from list_of_helpers import REPOSITORY, HelpersList, listing, people

SINCE = date(2026, 7, 1)
ADA = people(example_ada=["doc"])
MAINTAINER = "example-maintainer"


@pytest.fixture
def helpers(fake_github: FakeGitHub) -> HelpersList:
    return HelpersList(fake_github)


def asked(github: FakeGitHub, *branches: str, repository: str = REPOSITORY) -> list[ListCommit]:
    return [*list_commits(connect(github), repository, SINCE, branches)]


def days(commits: list[ListCommit]) -> list[str]:
    return [str(one.accepted.date()) for one in commits]


def person(login: str) -> Account:
    return Account(login=login, id=number_of(login))


def test_commits_since_a_day_and_the_one_before(
    fake_github: FakeGitHub, helpers: HelpersList
) -> None:
    texts = [people(example_ada=["doc"] * number) for number in range(1, 6)]
    at = ["2026-05-01", "2026-06-30T23:59:59Z", "2026-07-01T00:00:00Z", "2026-10-01", "2026-11-30"]
    ids = [helpers.push(f"{one}T12:00:00Z"[:20], text) for one, text in zip(at, texts, strict=True)]
    found = asked(fake_github)
    assert [one.id for one in found] == ids[:0:-1]
    assert [one.text for one in found] == texts[:0:-1]
    assert days(found) == ["2026-11-30", "2026-10-01", "2026-07-01", "2026-06-30"]
    assert len(fake_github.requests) == 1
    assert fake_github.spent == 1


def test_all_pages(fake_github: FakeGitHub, helpers: HelpersList) -> None:
    for number in range(COMMITS_AT_ONCE + 1):
        helpers.push(f"2026-10-{number + 1:02}T12:00:00Z", listing(number=number))
    assert len(asked(fake_github)) == COMMITS_AT_ONCE + 1
    assert len(fake_github.requests) == 2


def test_less_at_once_if_it_is_too_much(fake_github: FakeGitHub, helpers: HelpersList) -> None:
    for number in range(7):
        helpers.push(f"2026-10-{number + 1:02}T12:00:00Z", listing(number=number))
    fake_github.largest = 5
    assert len(asked(fake_github)) == 7
    sizes = [one.variables["first"] for one in fake_github.requests]
    assert sizes == [25, 25, 12, 12, 6, 6, 3, 3, 3], "each that is too much is tried twice"


def test_the_merge_dates_a_commit_and_says_who_accepted_it(
    fake_github: FakeGitHub, helpers: HelpersList
) -> None:
    """Whoever makes a commit chooses its time; who merged it is GitHub's word."""
    helpers.merge("2026-10-02T00:30:00+02:00", ADA, committed="2026-08-02T12:00:00Z")
    [one] = asked(fake_github)
    assert str(one.committed.date()) == "2026-08-02"
    assert days([one]) == ["2026-10-01"]
    assert one.by == person(MAINTAINER)


@pytest.mark.parametrize(
    ("changes", "branches", "day"),
    [
        ({}, (), "2026-10-05"),
        ({"base": {"ref": "5.x"}}, (), "2026-10-01"),
        ({"base": {"ref": "5.x"}}, ("[0-9]*",), "2026-10-05"),
        ({"merged_at": None}, (), "2026-10-01"),
    ],
)
def test_merges_that_count(
    fake_github: FakeGitHub,
    helpers: HelpersList,
    changes: dict[str, object],
    branches: tuple[str, ...],
    day: str,
) -> None:
    helpers.merge("2026-10-05T12:00:00Z", ADA, committed="2026-10-01T12:00:00Z")
    helpers.of.pulls[-1].update(changes)
    assert days(asked(fake_github, *branches)) == [day]


@pytest.mark.parametrize(
    ("merged_by", "author", "by"),
    [
        (MAINTAINER, None, person(MAINTAINER)),
        (None, None, None),
        ("mergify[bot]", None, Account(login="mergify", id=number_of("mergify"), bot=True)),
        ("-", "example-pusher", person("example-pusher")),
        ("-", "allcontributors[bot]", None),
    ],
)
def test_who_accepted_it(
    fake_github: FakeGitHub,
    helpers: HelpersList,
    merged_by: str | None,
    author: str | None,
    by: Account | None,
) -> None:
    """`-`: it was pushed, or committed on the website, without a pull request."""
    if merged_by == "-":
        helpers.push("2026-10-05T12:00:00Z", ADA, by=author or "")
    else:
        helpers.merge("2026-10-05T12:00:00Z", ADA, by=merged_by)
    [one] = asked(fake_github)
    assert one.by == by


def test_no_list(fake_github: FakeGitHub, helpers: HelpersList) -> None:
    assert asked(fake_github) == []
    helpers.push("2026-10-05T12:00:00Z", ADA)
    helpers.push("2026-10-06T12:00:00Z", None)
    assert [(one.text, one.whole) for one in asked(fake_github)] == [(None, True), (ADA, True)]


def test_a_commit_that_comes_twice(fake_github: FakeGitHub, helpers: HelpersList) -> None:
    helpers.push("2026-10-05T12:00:00Z", ADA)

    def twice(body: dict[str, object]) -> None:
        history = body["data"]["p0"]["defaultBranchRef"]["target"]["since"]  # type: ignore[index]
        history["nodes"] *= 2

    fake_github.fail(server.changed(twice))
    with pytest.raises(NoAnswerError, match="the same commit twice"):
        asked(fake_github)


def test_a_list_that_github_cuts(fake_github: FakeGitHub, helpers: HelpersList) -> None:
    helpers.push("2026-10-05T12:00:00Z", ADA)

    def cut(body: dict[str, object]) -> None:
        main = body["data"]["p0"]["defaultBranchRef"]  # type: ignore[index]
        main["target"]["since"]["nodes"][0]["file"]["object"]["isTruncated"] = True

    fake_github.fail(server.changed(cut))
    assert [one.whole for one in asked(fake_github)] == [False]


@pytest.mark.parametrize(
    ("change", "lasting"), [({"isPrivate": True}, True), ({"isFork": True}, True), (None, True)]
)
def test_a_repository_that_not_everybody_sees(
    fake_github: FakeGitHub, helpers: HelpersList, change: dict[str, bool] | None, lasting: bool
) -> None:
    fake_github.repository(REPOSITORY).update(change or {})
    name = REPOSITORY if change else "project/gone"
    with pytest.raises(NoAnswerError, match=name) as caught:
        asked(fake_github, repository=name)
    assert caught.value.lasting is lasting


@pytest.mark.parametrize(
    "failure",
    [
        server.status(502),
        server.garbage(),
        server.partial("p0", "defaultBranchRef", "target", "since", type="SERVICE_UNAVAILABLE"),
        server.partial("p0", "defaultBranchRef", "target", "since", type="NOT_FOUND"),
    ],
)
def test_no_part_of_an_answer_is_taken(
    fake_github: FakeGitHub, helpers: HelpersList, failure: server.Failure
) -> None:
    helpers.push("2026-10-05T12:00:00Z", ADA)
    fake_github.fail(failure, times=99)
    with pytest.raises(NoAnswerError):
        asked(fake_github)
