"""The fake GitHub is worth what it is like GitHub: held against what GitHub documents."""

from collections.abc import Iterator
from typing import Any

import pytest
from github import Auth, Github, GithubException
from github.Issue import Issue
from graphql import parse

from community_partners.wire.judgment import NoAnswerError
from fakes.github import FakeGitHub, connect
from fakes.github_graphql import points, search
from fakes.server import done_but, status

PULLS = """query ($size: Int!, $asked: Boolean!) {
  rateLimit { cost }
  search(query: "org:project", type: ISSUE, first: $size) @include(if: $asked) {
    nodes { ...Pull }
  }
}
fragment Pull on PullRequest {
  reviews(first: 20) { totalCount }
  comments(first: 20) { totalCount }
}"""


@pytest.mark.parametrize(
    ("size", "asked", "cost"), [(100, True, 2), (10, True, 1), (100, False, 1)]
)
def test_points_by_the_published_formula(size: int, asked: bool, cost: int) -> None:
    """A hundred pull requests with two lists each: 201 requests, by the hundred."""
    assert points(parse(PULLS), {"size": size, "asked": asked}) == cost


def node(**fields: Any) -> dict[str, Any]:
    made = {"__typename": "PullRequest", "repository": {"nameWithOwner": "Project/Core"}}
    return {**made, "mergedAt": "2026-10-31T23:59:59Z", "stateReason": None, **fields}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("org:project", True),
        ("org:pro", False),
        ("repo:project/core", True),
        ("repo:project/co", False),
        ("is:pr is:merged", True),
        ("is:issue", False),
        ("is:pr is:closed", False),
        ("merged:2026-10-01..2026-10-31", True),
        ("merged:2026-10-01T00:00:00Z..2026-10-31T23:59:59Z", True),
        ("merged:2026-10-01T00:00:00Z..2026-10-31T23:59:58Z", False),
        ("merged:>=2026-10-31", True),
        ("merged:>=2026-11-01", False),
        ("reason:completed", False),
    ],
)
def test_search_qualifiers(query: str, found: bool) -> None:
    assert search([node()], query, "ISSUE", 10, None)["issueCount"] == found


def test_search_refuses_what_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        search([node()], "author:example-user-1", "ISSUE", 10, None)


def test_a_thousand_results_are_shown_and_all_are_counted() -> None:
    page = search([node()] * 1050, "is:pr", "ISSUE", 100, "cursor:900")
    assert (page["issueCount"], len(page["nodes"])) == (1050, 100)
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize("size", [0, 101])
def test_a_page_has_one_to_a_hundred_entries(fake_github: FakeGitHub, size: int) -> None:
    question = f'{{ search(query: "is:pr", type: ISSUE, first: {size}) {{ issueCount }} }}'
    with pytest.raises(NoAnswerError, match="EXCESSIVE_PAGINATION"):
        connect(fake_github).ask(question, {})


@pytest.fixture
def issue(fake_github: FakeGitHub) -> Iterator[Issue]:
    fake_github.rest.add_issue("project/partners", 7, "example-user-1", labels=["application"])
    with Github(
        auth=Auth.Token("ghs_example"),
        base_url=fake_github.url,
        retry=None,
        per_page=2,
        seconds_between_requests=0,
        seconds_between_writes=0,
    ) as client:
        yield client.get_repo("project/partners").get_issue(7)


def test_what_was_posted_is_there_to_be_read(fake_github: FakeGitHub, issue: Issue) -> None:
    issue.create_comment("one")
    issue.create_comment("two").edit("zwei")
    issue.create_comment("three")
    comments = list(issue.get_comments())
    assert [one.body for one in comments] == ["one", "zwei", "three"]
    assert {(one.user.login, one.user.type) for one in comments} == {("github-actions[bot]", "Bot")}
    assert fake_github.requests[-1].query == {"per_page": "2", "page": "2"}


def test_labels(issue: Issue) -> None:
    issue.set_labels("application", "eligible")
    issue.add_to_labels("Eligible", "thanks")
    issue.remove_from_labels("application")
    assert [label.name for label in issue.get_labels()] == ["eligible", "thanks"]
    names = [label.name for label in issue.repository.get_labels()]
    assert names == ["application", "eligible", "thanks"]
    with pytest.raises(GithubException, match="already_exists"):
        issue.repository.create_label("THANKS", "ff0000")


def test_pulls(fake_github: FakeGitHub, issue: Issue) -> None:
    """One open one for two branches; `head` finds it only with its owner."""
    repository = issue.repository
    for name in ("one", "two", "three"):
        repository.create_pull("main", name, title=name, body=name)
    with pytest.raises(GithubException, match="A pull request already exists for project:two"):
        repository.create_pull("main", "two", title="again")
    two = next(iter(repository.get_pulls(head="project:two", base="main")))
    assert (two.title, two.head.ref, two.base.ref, two.user.type) == ("two", "two", "main", "Bot")
    two.edit(title="zwei", state="closed")
    assert [one.title for one in repository.get_pulls(head="two")] == ["three", "one"]
    assert [one.title for one in repository.get_pulls("all")] == ["three", "zwei", "one"]
    assert repository.create_pull("main", "two", title="again").number > two.number
    fake_github.rest.repository("project/partners").bots_may_open_pulls = False
    with pytest.raises(GithubException, match="not permitted to create or approve"):
        repository.create_pull("main", "four", title="four")


@pytest.mark.parametrize("body", ["", "x" * 65_537], ids=["blank", "too long"])
def test_a_comment_that_github_refuses(issue: Issue, body: str) -> None:
    with pytest.raises(GithubException, match="422"):
        issue.create_comment(body)


def test_reactions_are_one_of_a_kind_from_each_account(
    fake_github: FakeGitHub, issue: Issue
) -> None:
    comment = issue.create_comment("/recheck")
    first = comment.create_reaction("+1")
    assert comment.create_reaction("+1").id == first.id
    assert comment.create_reaction("eyes").id != first.id
    given = fake_github.rest.repository("project/partners").reactions[comment.id]
    assert [(one["user"]["login"], one["content"]) for one in given] == [
        ("github-actions[bot]", "+1"),
        ("github-actions[bot]", "eyes"),
    ]
    with pytest.raises(GithubException, match="422"):
        comment.create_reaction("thumbs")


@pytest.mark.parametrize(
    ("role", "permission"),
    [("admin", "admin"), ("maintain", "write"), ("triage", "read"), (None, "read")],
)
def test_a_permission_has_four_words_and_a_role_more(
    fake_github: FakeGitHub, issue: Issue, role: str | None, permission: str
) -> None:
    """As documented: who maintains has the permission to write, who triages that to read."""
    if role:
        fake_github.rest.repository("project/partners").roles["example-lead"] = role
    repository = issue.repository
    assert repository.get_collaborator_permission("Example-Lead") == permission
    assert repository.get_collaborator_role_name("Example-Lead") == (role or "read")


def test_stored_and_denied(fake_github: FakeGitHub, issue: Issue) -> None:
    fake_github.fail(done_but(status(502)), on="POST /repos/project/partners/issues/7/comments")
    with pytest.raises(GithubException):
        issue.create_comment("once")
    assert [one.body for one in issue.get_comments()] == ["once"]


@pytest.mark.parametrize(("token", "code"), [("example-token", 200), ("ghs_example", 403)])
def test_a_workflow_has_no_user(fake_github: FakeGitHub, token: str, code: int) -> None:
    with Github(auth=Auth.Token(token), base_url=fake_github.url, retry=None) as client:
        got, _, _ = client.requester.requestJson("GET", "/user")
    assert got == code
