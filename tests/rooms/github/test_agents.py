"""Pull requests of coding agents: whom GitHub names as the person who asked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from builders import month
from community_partners.github import work as github
from community_partners.model.contribution import Contribution, MonthOfWork
from community_partners.model.evidence import Answer
from community_partners.model.program import Agents, GitHubScope
from fakes.github import FakeGitHub, connect
from fakes.github_agents import COPILOT, said
from fakes.server import partial, rate_limited

OCTOBER = month("2026-10")
SCOPE = GitHubScope(organizations=("project",))
AT = "2026-10-05T12:00:00Z"
ADA, BEN, EVE = "example-ada", "example-ben", "example-eve"


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def answered(fake: FakeGitHub, agents: Agents = Agents.REQUESTER) -> Answer[MonthOfWork]:
    fake.places("project")
    return github.sweep(connect(fake), SCOPE, [OCTOBER], clock, agents=agents)[OCTOBER]


def swept(fake: FakeGitHub, agents: Agents = Agents.REQUESTER) -> Sequence[Contribution]:
    found = answered(fake, agents)
    assert found.value is not None, found.failure
    return found.value.contributions


def opened(fake: FakeGitHub, by: str = COPILOT, **fields: Any) -> None:
    """A pull request of an agent; `fields`: what GitHub says of it, by logins."""
    who = {name: fields.pop(name) for name in list(fields) if name in SAID}
    people: dict[str, Any] = {
        name: [fake.actor(one) for one in value] if isinstance(value, list) else fake.actor(value)
        for name, value in who.items()
    }
    agent = fake.actor(by)
    assert agent
    fake.pull_request(AT, by, **{**said(agent, **people), **fields})


SAID = ("assigned", "co_authors", "assigned_by", "written_by")
BOTH: dict[str, Any] = {"assigned": [ADA], "co_authors": [ADA]}
TABLE: dict[str, tuple[dict[str, Any], list[str], bool]] = {
    "one who is assigned and a co-author": (BOTH, [ADA], True),
    "the agent is assigned, too": ({**BOTH, "assigned": [COPILOT, ADA]}, [ADA], True),
    "another person is a co-author": ({**BOTH, "co_authors": [ADA, EVE]}, [ADA], True),
    "the agent assigned another person": ({**BOTH, "assigned": [ADA, BEN]}, [ADA], True),
    "one who is only assigned": ({"assigned": [ADA]}, [ADA], False),
    "one who is only a co-author": ({"co_authors": [ADA]}, [ADA], False),
    "one who assigned herself": ({**BOTH, "assigned_by": ADA}, [ADA], False),
    "one whom a maintainer assigned": ({**BOTH, "assigned_by": BEN}, [ADA], False),
    "one whom another bot assigned": ({**BOTH, "assigned_by": "helper[bot]"}, [ADA], False),
    "a co-author of a person's commit": ({**BOTH, "written_by": EVE}, [ADA], False),
    "a co-author of another bot's commit": ({**BOTH, "written_by": "helper[bot]"}, [ADA], False),
    "one assigned, another a co-author": (
        {"assigned": [ADA], "co_authors": [BEN]},
        [ADA, BEN],
        False,
    ),
    "two of both": ({"assigned": [BEN, ADA], "co_authors": [ADA, BEN]}, [ADA, BEN], False),
    "nobody": ({}, ["copilot-swe-agent"], False),
    "an assigned account that is gone": ({"assigned": [None], "co_authors": [ADA]}, [ADA], False),
}


@pytest.mark.parametrize(("fields", "people", "sure"), TABLE.values(), ids=TABLE)
def test_who_asked_by_what_github_says(
    fake_github: FakeGitHub, fields: dict[str, Any], people: list[str], sure: bool
) -> None:
    opened(fake_github, **fields)
    found = swept(fake_github)
    assert [one.by.login for one in found] == people
    for one in found:
        assert one.accepted is not None
        assert one.accepted.agent is not None
        assert one.accepted.agent.login == "copilot-swe-agent"
        assert one.accepted.asked is sure
        assert one.made_by == one.accepted.agent


@pytest.mark.parametrize(
    "by", ["dependabot[bot]", "example-agent[bot]", "copilot-swe-agent", ADA], ids=str
)
def test_others_are_no_agents(fake_github: FakeGitHub, by: str) -> None:
    """Whatever stands there: another bot, a person with an agent's login, a person it helped."""
    opened(fake_github, by, **BOTH)
    [found] = swept(fake_github)
    assert found.by.login == by.removesuffix("[bot]")
    assert found.accepted is not None
    assert found.accepted.agent is None
    assert len(fake_github.requests) == 1, "nobody is asked who asked"


def test_reviews_and_issues_are_of_the_work_of_who_asked(fake_github: FakeGitHub) -> None:
    """The review of who asked is one of the own work, and no approval by another person."""
    reviews = [fake_github.review(one) for one in (ADA, BEN, COPILOT)]
    opened(fake_github, **BOTH, reviews=reviews)
    closer = {"__typename": "PullRequest", "url": fake_github.nodes[-1]["url"]}
    fake_github.closed_issue(AT, EVE, closer=closer)
    found = swept(fake_github)
    assert {one.of.login for one in found if one.kind == "review" and one.of} == {ADA}
    [pull] = [one for one in found if one.kind == "pull request"]
    [issue] = [one for one in found if one.kind == "issue"]
    assert pull.accepted is not None
    assert issue.accepted is not None
    approved = [one.login for one in pull.accepted.approved_by]
    assert approved == ["copilot-swe-agent", BEN]
    assert issue.accepted.author == pull.by
    assert [one.kind for one in found if one.made_by] == ["pull request"]


def test_what_github_does_not_say_closes_an_issue_as_a_bot_does(fake_github: FakeGitHub) -> None:
    opened(fake_github, assigned=[ADA, BEN], reviews=[fake_github.review(EVE)])
    closer = {"__typename": "PullRequest", "url": fake_github.nodes[-1]["url"]}
    fake_github.closed_issue(AT, EVE, closer=closer)
    found = swept(fake_github)
    assert [one.kind for one in found] == ["issue", "pull request", "pull request", "review"]
    issue, *_, review = found
    assert issue.accepted is not None
    assert issue.accepted.author is None
    assert review.of is not None
    assert review.of.bot


def test_nobody_costs_what_it_cost_and_shows_the_bot(fake_github: FakeGitHub) -> None:
    """The other policy changes only what agents opened, and reviews of it."""
    opened(fake_github, **BOTH, reviews=[fake_github.review(BEN)])
    fake_github.pull_request(AT, EVE, reviews=[fake_github.review(ADA)])
    fake_github.pull_request(AT, "dependabot[bot]", reviews=[fake_github.review(ADA)])
    nobody, asked = swept(fake_github, Agents.NOBODY), len(fake_github.requests)
    requester = swept(fake_github)
    assert asked == 1
    assert len(fake_github.requests) == asked + 2
    bots = [one for one in nobody if "copilot-swe-agent" in (one.by.login, one.of and one.of.login)]
    assert len(bots) == 2
    assert all(one.accepted and one.accepted.agent is None for one in bots)
    agents = [one for one in requester if one.accepted and one.accepted.agent]
    assert {one.url for one in agents} == {one.url for one in bots}
    rest = [one for one in requester if one not in agents]
    assert rest == [one for one in nobody if one not in bots]


@pytest.mark.parametrize(("count", "requests"), [(1, 2), (25, 2), (26, 3), (50, 3)])
def test_one_request_for_25(fake_github: FakeGitHub, count: int, requests: int) -> None:
    for _ in range(count):
        opened(fake_github, **BOTH)
    assert [one.by.login for one in swept(fake_github)] == [ADA] * count
    assert len(fake_github.requests) == requests


def test_a_question_that_is_too_much_is_asked_in_parts(fake_github: FakeGitHub) -> None:
    for _ in range(20):
        opened(fake_github, **BOTH)
    fake_github.fail(fake_github.too_large, on="ASSIGNED_EVENT")
    assert [one.by.login for one in swept(fake_github)] == [ADA] * 20


def test_what_is_not_told_is_no_answer(fake_github: FakeGitHub) -> None:
    opened(fake_github, **BOTH)
    for failure in (rate_limited(), partial("nodes", 0), partial("nodes", 0, "assigned")):
        fake_github.fail(failure, on="ASSIGNED_EVENT", times=9)
        assert answered(fake_github).failure, failure
        fake_github.recover()
    assert answered(fake_github).value
