"""GitHub as a source of work: what a sweep finds, over real HTTP, on the fake GitHub."""

from datetime import UTC, datetime
from typing import Any

import pytest

from builders import month
from community_partners.github import work as github
from community_partners.github.accounts import accounts_by_login
from community_partners.model.contribution import Account, Contribution, Opinion, Repository
from community_partners.model.evidence import AccountCheck, AccountKind
from community_partners.model.program import GitHubScope
from community_partners.wire.tries import Meter
from fakes.github import FakeGitHub, connect

OCTOBER = month("2026-10")
SCOPE = GitHubScope(organizations=("project",))


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def swept(fake: FakeGitHub, scope: GitHubScope = SCOPE, of: str = "2026-10") -> list[Contribution]:
    """The contributions of a month, which must have an answer."""
    fake.places(*scope.organizations, *scope.repositories, *scope.exclude)
    answer = github.sweep(connect(fake), scope, [month(of)], clock)[month(of)]
    assert answer.failure is None
    assert answer.value is not None
    return list(answer.value.contributions)


def told(entries: list[Contribution]) -> list[str]:
    """`review by example-user-2 of example-user-1 on 2026-10-05`."""
    return [
        f"{one.kind} by {one.by.login}{f' of {one.of.login}' if one.of else ''} on {one.day}"
        for one in entries
    ]


def test_a_month_of_each_kind(fake_github: FakeGitHub) -> None:
    reviews = [fake_github.review("example-user-2")]
    pull = fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", reviews=reviews)
    fake_github.closed_issue("2026-10-06T12:00:00Z", "example-user-3")
    fake_github.discussion("2026-10-07T12:00:00Z", "example-user-4", "example-user-5")
    found = swept(fake_github)
    assert told(found) == [
        "pull request by example-user-1 on 2026-10-05",
        "review by example-user-2 of example-user-1 on 2026-10-05",
        "issue by example-user-3 on 2026-10-06",
        "answer by example-user-5 of example-user-4 on 2026-10-07",
    ]
    assert [one.url for one in found[:2]] == [pull["url"], reviews[0]["url"]]
    assert found[0].title == pull["title"]
    assert found[0].repository == "project/core"
    assert found[0].by.id == fake_github.owners["example-user-1"]["databaseId"]


@pytest.mark.parametrize(
    ("merged", "counts"),
    [
        ("2026-09-30T23:59:59Z", False),
        ("2026-10-01T00:00:00Z", True),
        ("2026-10-31T23:59:59Z", True),
        ("2026-11-01T00:00:00Z", False),
    ],
)
def test_a_month_is_of_utc(fake_github: FakeGitHub, merged: str, counts: bool) -> None:
    fake_github.pull_request(merged, "example-user-1")
    fake_github.closed_issue(merged, "example-user-1")
    fake_github.discussion(merged, "example-user-1", "example-user-2")
    assert len(swept(fake_github)) == (3 if counts else 0)


PULLS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "of a bot": ({"by": "dependabot[bot]"}, ["pull request by dependabot on 2026-10-05"]),
    "of a deleted account": ({"by": None}, []),
    "in a fork": ({"repository": "project/fork"}, []),
    "in a private repository": ({"repository": "project/secret"}, []),
    "in an excluded repository": ({"repository": "Project/Website"}, []),
    "in another organization": ({"repository": "project-2/core"}, []),
    "in a single repository": (
        {"repository": "friend/plugin"},
        ["pull request by example-user-1 on 2026-10-05"],
    ),
    "in another of its repositories": ({"repository": "friend/other"}, []),
}


@pytest.mark.parametrize(("fields", "expected"), PULLS.values(), ids=PULLS)
def test_whose_work_counts(
    fake_github: FakeGitHub, fields: dict[str, Any], expected: list[str]
) -> None:
    fake_github.repository("project/fork", isFork=True)
    fake_github.repository("project/secret", isPrivate=True)
    fake_github.pull_request("2026-10-05T12:00:00Z", **{"by": "example-user-1", **fields})
    scope = GitHubScope(
        organizations=("project",), repositories=("friend/plugin",), exclude=("project/website",)
    )
    assert told(swept(fake_github, scope)) == expected


def login(account: Account | None) -> str | None:
    return account.login if account else None


def test_who_merged_into_which_branch_and_who_approved(fake_github: FakeGitHub) -> None:
    reviews = [
        fake_github.review("example-user-1"),
        fake_github.review("example-user-3", authorCanPushToRepository=False),
        fake_github.review("example-user-2"),
        fake_github.review("example-user-4", state="CHANGES_REQUESTED"),
    ]
    fake_github.pull_request(
        "2026-10-05T12:00:00Z",
        "example-user-1",
        reviews=reviews,
        mergedBy=fake_github.actor("example-user-1"),
        baseRefName="5.2",
        headRefName="mend",
        isCrossRepository=False,
    )
    fake_github.pull_request("2026-10-06T12:00:00Z", "example-user-1", mergedBy=None)
    own, gone = (one for one in swept(fake_github) if one.kind == "pull request")
    assert own.accepted is not None
    assert gone.accepted is not None
    assert login(own.accepted.by) == "example-user-1"
    assert (own.accepted.branch, own.accepted.head) == ("5.2", "mend")
    assert [one.login for one in own.accepted.approved_by] == ["example-user-2", "example-user-3"]
    assert gone.accepted.by is None
    assert (gone.accepted.branch, gone.accepted.head) == ("main", None), "a fork has any branch"


@pytest.mark.parametrize("labels", [("no-credit",), ("bug", "No-Credit")])
def test_a_label_takes_a_thread_out(fake_github: FakeGitHub, labels: tuple[str, ...]) -> None:
    """A pull request with its reviews, an issue, an answer; not an issue that it closed."""
    on, by = "2026-10-05T12:00:00Z", "example-user-1"
    reviews = [fake_github.review("example-user-2")]
    pull = fake_github.pull_request(on, by, reviews=reviews, labels=labels)
    fake_github.closed_issue(on, by, labels=labels)
    fake_github.discussion(on, "example-user-2", by, labels=labels)
    closer = {"__typename": "PullRequest", "url": pull["url"]}
    left = fake_github.closed_issue(on, by, closer=closer, labels=["no credit"])
    found = {one.url: one for one in swept(fake_github)}
    assert len(found) == 5
    for url, one in found.items():
        assert one.accepted is not None
        assert one.accepted.no_credit is (url != left["url"]), one.kind
    closed = found[left["url"]].accepted
    assert closed is not None
    assert closed.branch is None, "a pull request without credit vouches for nothing"


def test_branches_and_rights_are_kept_with_the_month(fake_github: FakeGitHub) -> None:
    fake_github.repository("project/empty", defaultBranchRef=None)
    reviews = [
        fake_github.review("example-user-2"),
        fake_github.review("example-user-3", authorCanPushToRepository=False),
        fake_github.review("renovate[bot]"),
    ]
    for branch in ("main", "5.2", "main"):
        fake_github.pull_request(
            "2026-10-05T12:00:00Z", "example-user-1", reviews=reviews, baseRefName=branch
        )
    fake_github.closed_issue("2026-10-06T12:00:00Z", "example-user-1", repository="Project/Empty")
    answer = github.sweep(connect(fake_github), SCOPE, [OCTOBER], clock)[OCTOBER]
    assert answer.value is not None
    reviewer = fake_github.owners["example-user-2"]["databaseId"]
    assert answer.value.repositories == {
        "project/core": Repository(
            default_branch="main",
            merged_into=("5.2", "main"),
            may_push=tuple(sorted((reviewer, 49))),
        ),
        "project/empty": Repository(default_branch=None),
    }


EARLY, LATE, AFTER = "2026-10-01T12:00:00Z", "2026-10-04T12:00:00Z", "2026-10-06T12:00:00Z"
WORDS: dict[str, tuple[list[dict[str, Any]], Opinion | None]] = {
    "one that approves": ([{}], Opinion.APPROVED),
    "one that asks for changes": ([{"state": "CHANGES_REQUESTED"}], Opinion.CHANGES_REQUESTED),
    "one that only comments": ([{"state": "COMMENTED"}], Opinion.COMMENTED),
    "one that is not sent": ([{"state": "PENDING", "submitted": None}], None),
    "one after the merge": ([{"submitted": AFTER}], None),
    "a comment takes no approval back": (
        [{"submitted": EARLY}, {"submitted": LATE, "state": "COMMENTED"}],
        Opinion.APPROVED,
    ),
    "a comment before is no approval": (
        [{"submitted": EARLY, "state": "COMMENTED"}, {"submitted": LATE}],
        Opinion.APPROVED,
    ),
    "the last opinion, whatever comes first in the list": (
        [{"submitted": LATE, "state": "CHANGES_REQUESTED"}, {"submitted": EARLY}],
        Opinion.CHANGES_REQUESTED,
    ),
    "one that was dismissed": ([{"state": "DISMISSED"}], Opinion.DISMISSED),
    "approved again after it was dismissed": (
        [{"submitted": EARLY, "state": "DISMISSED"}, {"submitted": LATE}],
        Opinion.APPROVED,
    ),
    "the last was dismissed": (
        [{"submitted": EARLY}, {"submitted": LATE, "state": "DISMISSED"}],
        Opinion.DISMISSED,
    ),
    "the last is hidden": (
        [{"submitted": EARLY}, {"submitted": LATE, "isMinimized": True}],
        Opinion.HIDDEN,
    ),
}


@pytest.mark.parametrize(("written", "opinion"), WORDS.values(), ids=WORDS)
def test_the_last_word_of_a_reviewer(
    fake_github: FakeGitHub, written: list[dict[str, Any]], opinion: Opinion | None
) -> None:
    reviews = [fake_github.review("example-user-2", **one) for one in written]
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", reviews=reviews)
    found = [one.accepted for one in swept(fake_github) if one.kind == "review"]
    assert [one.opinion for one in found if one] == ([opinion] if opinion else [])


def test_the_last_word_is_found_on_any_page(fake_github: FakeGitHub) -> None:
    crowd = [fake_github.review(f"example-user-{n}") for n in range(100, 210)]
    last = fake_github.review("example-user-100", LATE, state="DISMISSED")
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", reviews=[*crowd, last])
    found = {
        one.by.login: one.accepted.opinion
        for one in swept(fake_github)
        if one.kind == "review" and one.accepted
    }
    assert len(found) == 110
    assert found.pop("example-user-100") is Opinion.DISMISSED
    assert set(found.values()) == {Opinion.APPROVED}


def test_what_closed_an_issue(fake_github: FakeGitHub) -> None:
    """By hand, by a pull request of the month, by another one, by a commit, by nobody any more."""
    closed = "2026-10-06T12:00:00Z"
    pull = fake_github.pull_request(
        closed, "example-user-2", reviews=[fake_github.review("example-user-3")]
    )
    other = fake_github.pull_request("2026-09-06T12:00:00Z", "example-user-2")
    elsewhere = fake_github.pull_request(closed, "example-user-2", repository="project/other")
    commit = {"__typename": "Commit", "author": {"user": fake_github.actor("example-user-2")}}
    strange = {"__typename": "Commit", "author": {"user": None}}
    nameless = {"__typename": "Commit", "author": None}
    by = fake_github.actor("example-user-4")
    closers = (None, pull, other, elsewhere, commit, strange, nameless)
    issues = [
        fake_github.closed_issue(closed, "example-user-1", actor=by, closer=closer)["url"]
        for closer in closers
    ]
    gone = fake_github.closed_issue(closed, "example-user-1", actor=None)["url"]
    found = {one.url: one.accepted for one in swept(fake_github) if one.kind == "issue"}
    told = [
        (login(one.by), one.branch, [each.login for each in one.approved_by], login(one.author))
        for url in (*issues, gone)
        for one in (found[url],)
        if one
    ]
    by_hand: tuple[str, None, list[str], None] = ("example-user-4", None, [], None)
    assert told == [
        by_hand,
        ("example-user-4", "main", ["example-user-3"], "example-user-2"),
        by_hand,
        by_hand,
        ("example-user-4", None, [], "example-user-2"),
        by_hand,
        by_hand,
        (None, None, [], None),
    ]


def test_who_chose_an_answer(fake_github: FakeGitHub) -> None:
    at = "2026-10-07T12:00:00Z"
    asker = fake_github.actor("example-user-4")
    fake_github.discussion(at, "example-user-4", "example-user-5", answerChosenBy=asker)
    fake_github.discussion(at, "example-user-4", "example-user-5", answerChosenBy=None)
    found = [login(one.accepted.by) for one in swept(fake_github) if one.accepted]
    assert sorted(map(str, found)) == ["None", "example-user-4"]


def test_bots_are_marked(fake_github: FakeGitHub) -> None:
    mannequin = {"__typename": "Mannequin", "login": "imported"}
    managed = {"__typename": "EnterpriseUserAccount", "login": "example-user-1_acme"}
    for by in (fake_github.actor("renovate[bot]"), mannequin, managed):
        fake_github.pull_request("2026-10-05T12:00:00Z", None, author=by)
    found = {one.by.login: one.by.bot for one in swept(fake_github)}
    assert found == {"renovate": True, "imported": True, "example-user-1_acme": False}


def test_a_repository_named_twice_counts_once(fake_github: FakeGitHub) -> None:
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1")
    scope = GitHubScope(organizations=("project",), repositories=("project/core",))
    assert len(swept(fake_github, scope)) == 1


BEFORE, MERGED, AFTER = "2026-10-04T12:00:00Z", "2026-10-05T12:00:00Z", "2026-10-05T12:00:01Z"
REVIEWS = {
    "by two people": (
        [("example-user-2", BEFORE), ("example-user-3", MERGED)],
        ["example-user-2", "example-user-3"],
    ),
    "one for each person": (
        [("example-user-2", BEFORE), ("example-user-2", MERGED)],
        ["example-user-2"],
    ),
    "not submitted": ([("example-user-2", None)], []),
    "not submitted, then submitted": (
        [("example-user-2", None), ("example-user-2", BEFORE)],
        ["example-user-2"],
    ),
    "after the merge": ([("example-user-2", AFTER)], []),
    "by a deleted account": ([(None, BEFORE)], []),
    "of one's own, for rules to leave out": ([("example-user-1", BEFORE)], ["example-user-1"]),
}


@pytest.mark.parametrize(("reviews", "expected"), REVIEWS.values(), ids=REVIEWS)
def test_reviews(
    fake_github: FakeGitHub, reviews: list[tuple[str | None, str | None]], expected: list[str]
) -> None:
    given = [fake_github.review(by, submitted) for by, submitted in reviews]
    fake_github.pull_request(MERGED, "example-user-1", reviews=given)
    found = [one for one in swept(fake_github) if one.kind == "review"]
    assert [one.by.login for one in found] == expected


def test_a_deleted_author_leaves_the_review(fake_github: FakeGitHub) -> None:
    given = [fake_github.review("example-user-2")]
    fake_github.pull_request("2026-10-05T12:00:00Z", None, reviews=given)
    assert told(swept(fake_github)) == ["review by example-user-2 on 2026-10-05"]


def test_more_reviews_than_a_page(fake_github: FakeGitHub) -> None:
    given = [fake_github.review(f"example-user-{number}") for number in range(230)]
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-author", reviews=given)
    found = {one.by.login for one in swept(fake_github) if one.kind == "review"}
    assert found == {f"example-user-{number}" for number in range(230)}


ISSUES: dict[str, tuple[dict[str, Any], int]] = {
    "completed": ({}, 1),
    "not planned": ({"stateReason": "NOT_PLANNED"}, 0),
    "a duplicate": ({"stateReason": "DUPLICATE"}, 0),
}


@pytest.mark.parametrize(("fields", "count"), ISSUES.values(), ids=ISSUES)
def test_issues(fake_github: FakeGitHub, fields: dict[str, Any], count: int) -> None:
    fake_github.closed_issue("2026-10-05T12:00:00Z", "example-user-1", **fields)
    assert len(swept(fake_github)) == count


DISCUSSIONS: dict[str, tuple[str | None, dict[str, Any], int]] = {
    "answered in the month": ("2026-10-05T12:00:00Z", {}, 1),
    "and talked about since": (
        "2026-10-05T12:00:00Z",
        {"updatedAt": "2026-11-20T12:00:00Z"},
        1,
    ),
    "and at this moment, by GitHub's clock": (
        "2026-10-05T12:00:00Z",
        {"updatedAt": "2026-11-24T09:00:09Z"},
        1,
    ),
    "answered before": ("2026-09-05T12:00:00Z", {"updatedAt": "2026-10-05T12:00:00Z"}, 0),
    "answered after": ("2026-11-05T12:00:00Z", {}, 0),
    "not answered": (None, {"updatedAt": "2026-10-05T12:00:00Z"}, 0),
    "the answer was deleted": ("2026-10-05T12:00:00Z", {"answer": None}, 0),
}


@pytest.mark.parametrize(("answered", "fields", "count"), DISCUSSIONS.values(), ids=DISCUSSIONS)
def test_discussions(
    fake_github: FakeGitHub, answered: str | None, fields: dict[str, Any], count: int
) -> None:
    fake_github.discussion(answered, "example-user-1", "example-user-2", **fields)
    assert len(swept(fake_github)) == count


def test_the_longest_name_fits_in_a_search(fake_github: FakeGitHub) -> None:
    name = f"{'o' * 39}/{'r' * 100}"
    fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1", repository=name)
    assert len(swept(fake_github, GitHubScope(repositories=(name,)))) == 1


def _fill(fake: FakeGitHub, months: list[str], each: int) -> None:
    for one in months:
        for number in range(each):
            at = f"{one}-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:00Z"
            reviews = [fake.review("example-user-2")] if number % 3 == 0 else []
            fake.pull_request(at, "example-user-1", reviews=reviews)


def test_a_quarter_of_900_pull_requests_takes_five_requests(fake_github: FakeGitHub) -> None:
    months = ["2026-08", "2026-09", "2026-10"]
    _fill(fake_github, months, 300)
    meter = Meter()
    graphql = connect(fake_github, meter)
    found = github.sweep(graphql, SCOPE, [month(one) for one in months], clock)
    assert [len(one.value.contributions) if one.value else 0 for one in found.values()] == [400] * 3
    assert len(fake_github.requests) == meter.requests["GitHub"] == 5
    assert meter.points == fake_github.spent == 21


def test_more_than_a_thousand_results_are_read_in_parts(fake_github: FakeGitHub) -> None:
    _fill(fake_github, ["2026-10"], 2100)
    fake_github.closed_issue("2026-10-05T12:00:00Z", "example-user-3")
    found = swept(fake_github)
    kinds = [one.kind for one in found]
    assert (kinds.count("pull request"), kinds.count("issue")) == (2100, 1)
    assert len(fake_github.requests) <= 1 + 2100 / 200 * 1.25, "parts of a page, two to a question"
    asked = ["is:issue" in str(request) for request in fake_github.requests]
    assert asked == [True, *[False] * (len(asked) - 1)], "only what overflows is asked again"


def test_more_than_a_thousand_results_of_one_second(fake_github: FakeGitHub) -> None:
    for _ in range(1001):
        fake_github.pull_request("2026-10-05T12:00:00Z", "example-user-1")
    answer = github.sweep(connect(fake_github), SCOPE, [OCTOBER], clock)[OCTOBER]
    assert answer.value is None
    assert answer.failure == "GitHub has more results of one second than it can show."


def test_the_same_world_gives_the_same_answer(fake_github: FakeGitHub) -> None:
    _fill(fake_github, ["2026-10"], 30)
    before = swept(fake_github)
    fake_github.nodes.reverse()
    assert swept(fake_github) == before


def test_accounts(fake_github: FakeGitHub) -> None:
    person = fake_github.person("Example-User-1")
    fake_github.organization("acme")
    logins = ["example-user-1", "acme", "nobody", "} evil { login"]
    answer = accounts_by_login(connect(fake_github), logins, clock)
    assert answer.value == (
        AccountCheck(login="example-user-1", kind=AccountKind.PERSON, id=person["databaseId"]),
        AccountCheck(
            login="acme",
            kind=AccountKind.ORGANIZATION,
            id=fake_github.owners["acme"]["databaseId"],
        ),
        AccountCheck(login="nobody", kind=AccountKind.MISSING),
        AccountCheck(login="} evil { login", kind=AccountKind.MISSING),
    )
    assert "evil" not in fake_github.requests[0].body["query"]


@pytest.mark.parametrize(("count", "requests"), [(0, 0), (1, 1), (100, 1), (101, 2)])
def test_fifty_accounts_to_a_request(fake_github: FakeGitHub, count: int, requests: int) -> None:
    logins = [f"example-user-{number}" for number in range(count)]
    for login in logins:
        fake_github.person(login)
    answer = accounts_by_login(connect(fake_github), logins, clock)
    assert [check.login for check in answer.value or ()] == logins
    assert len(fake_github.requests) == requests


def test_where_an_answer_comes_from(fake_github: FakeGitHub) -> None:
    answer = github.sweep(connect(fake_github), SCOPE, [OCTOBER], clock)[OCTOBER]
    assert (answer.source, answer.asked_at) == ("GitHub", clock())
    assert answer.url.startswith("https://github.com/")
