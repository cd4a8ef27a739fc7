"""Answers of another shape than the schema promises are failures: nothing in them is guessed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from community_partners.github import sponsors as github_sponsors
from community_partners.model.program import GitHubSponsors, OpenCollective
from community_partners.open_collective import sponsorships as open_collective
from fakes import github as fake_github_module
from fakes import open_collective as fake_open_collective_module
from fakes import server
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fakes.sponsors import Sponsors

JUNK = [0, False, True, 1e308, {}, {"a": 1}, ["x"], []]


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def put(value: Any, *path: str | int) -> Callable[[Any], None]:
    """A change of an answer's body: another value at a path."""

    def change(body: Any) -> None:
        *way, last = path
        for step in way:
            body = body[step]
        body[last] = value

    return change


PAYMENT = ("account", "transactions", "nodes", 0)
PLACES = {
    "a payer's name": ("payer", "name"),
    "a payer's slug": ("payer", "slug"),
    "a website": ("payer", "website"),
    "a day": (*PAYMENT, "clearedAt"),
    "a currency": (*PAYMENT, "amount", "currency"),
    "an order's id": (*PAYMENT, "order", "id"),
}


@pytest.mark.parametrize(
    ("path", "junk"),
    [
        pytest.param(path, junk, id=f"{name} {junk}")
        for name, path in PLACES.items()
        for junk in JUNK
    ],
)
def test_open_collective(
    fake_open_collective: FakeOpenCollective, path: tuple[str | int, ...], junk: Any
) -> None:
    fake_open_collective.faithful("acme", "2026-10-01")
    fake_open_collective.fail(server.changed(put(junk, "data", *path)))
    graphql = fake_open_collective_module.connect(fake_open_collective)
    settings = OpenCollective(collective="project")
    told = open_collective.sponsorships(graphql, settings, ["acme"], date(2026, 8, 1), clock)
    found = told["acme"]
    assert found.failure is not None


@pytest.mark.parametrize(
    ("name", "junk"),
    [("isRefunded", "no"), ("isDisputed", 0), ("isInReview", []), ("isRefund", {})],
)
def test_a_truth_is_not_guessed(
    fake_open_collective: FakeOpenCollective, name: str, junk: Any
) -> None:
    fake_open_collective.faithful("acme", "2026-10-01")
    path = ("data", "account", "transactions", "nodes", 0, name)
    fake_open_collective.fail(server.changed(put(junk, *path)))
    graphql = fake_open_collective_module.connect(fake_open_collective)
    settings = OpenCollective(collective="project")
    told = open_collective.sponsorships(graphql, settings, ["acme"], date(2026, 8, 1), clock)
    found = told["acme"]
    assert found.failure == "Open Collective sent something unexpected (TypeError)."


def test_a_status_that_is_new_to_us_could_mean_anything(
    fake_open_collective: FakeOpenCollective,
) -> None:
    fake_open_collective.faithful("acme", "2026-10-01")
    path = ("data", "recurring", "orders", "nodes", 0, "status")
    fake_open_collective.fail(server.changed(put("RESTING", *path)))
    graphql = fake_open_collective_module.connect(fake_open_collective)
    settings = OpenCollective(collective="project")
    told = open_collective.sponsorships(graphql, settings, ["acme"], date(2026, 8, 1), clock)
    found = told["acme"]
    assert found.failure == "Open Collective sent something unexpected (ValueError)."


@pytest.mark.parametrize("junk", [1, 1e308, {"a": 1}, ["x"]], ids=str)
@pytest.mark.parametrize(
    "path",
    [
        ("payer", "name"),
        ("payer", "login"),
        ("payer", "websiteUrl"),
        ("maintainer", "sponsorships", "nodes", 0, "isActive"),
        ("maintainer", "sponsorships", "nodes", 0, "isOneTimePayment"),
    ],
    ids=lambda path: path[-1],
)
def test_sponsors(fake_github: FakeGitHub, path: tuple[str | int, ...], junk: Any) -> None:
    Sponsors(fake_github).faithful("acme", "2026-08-15", months=4)
    fake_github.fail(server.changed(put(junk, "data", *path)))
    graphql = fake_github_module.connect(fake_github)
    settings = GitHubSponsors(login="project")
    told = github_sponsors.sponsorships(graphql, settings, ["acme"], date(2026, 11, 24), clock)
    found = told["acme"]
    assert found.failure == "GitHub sent something unexpected (TypeError)."
