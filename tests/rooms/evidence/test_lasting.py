"""Which failures would be the same if we asked again: a missing right or setting, nothing else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from community_partners.github import sponsors as github_sponsors
from community_partners.github.accounts import accounts_by_login
from community_partners.model.evidence import Answer
from community_partners.model.program import GitHubSponsors, OpenCollective
from community_partners.open_collective import sponsorships as open_collective
from community_partners.rates import exchange_rates
from community_partners.rates.bank_table import Bank
from community_partners.rates.open_collective_rates import OpenCollectiveRates
from community_partners.wire.graphql import GraphQL
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter
from fakes import bank as fake_bank_module
from fakes import github as fake_github_module
from fakes import open_collective as fake_open_collective_module
from fakes import server
from fakes.bank import FakeBank
from fakes.github import FakeGitHub
from fakes.open_collective import FakeOpenCollective
from fakes.sponsors import Sponsors

TODAY = date(2026, 11, 24)


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def accounts(graphql: GraphQL) -> Answer[Any]:
    return accounts_by_login(graphql, ["example-user-1"], clock)


def sponsors(graphql: GraphQL, login: str = "project") -> Answer[Any]:
    settings = GitHubSponsors(login=login)
    told = github_sponsors.sponsorships(graphql, settings, ["acme"], TODAY, clock)
    return told["acme"]


def payments(graphql: GraphQL, collective: str = "project") -> Answer[Any]:
    settings = OpenCollective(collective=collective)
    told = open_collective.sponsorships(graphql, settings, ["acme"], TODAY, clock)
    return told["acme"]


OF_GITHUB: dict[str, tuple[server.Failure, bool]] = {
    "token not accepted": (server.status(401), True),
    "scope missing": (server.refused({"type": "INSUFFICIENT_SCOPES"}), True),
    "forbidden in part": (server.partial("rateLimit", type="FORBIDDEN"), True),
    "forbidden and out of order": (
        lambda _: server.Response(status=502, body={"errors": [{"type": "FORBIDDEN"}]}),
        False,
    ),
    "an hour's requests": (server.rate_limited(), False),
    "points": (server.refused({"type": "RATE_LIMITED"}), False),
    "points, and a scope": (
        server.refused({"type": "RATE_LIMITED"}, {"type": "FORBIDDEN"}),
        False,
    ),
    "in part": (server.partial("rateLimit", type="SERVICE_UNAVAILABLE"), False),
    "no data": (server.garbage(b"{}"), False),
    "no answer": (server.garbage(), False),
    "another shape": (server.changed(lambda body: body.update(data={"maintainer": 1})), False),
}


@pytest.mark.parametrize(("failure", "lasting"), OF_GITHUB.values(), ids=OF_GITHUB)
@pytest.mark.parametrize("question", [accounts, sponsors])
def test_of_github(
    fake_github: FakeGitHub,
    question: Callable[[GraphQL], Answer[Any]],
    failure: server.Failure,
    lasting: bool,
) -> None:
    Sponsors(fake_github).faithful("acme", "2026-08-15", months=4)
    fake_github.fail(failure, times=9)
    answer = question(fake_github_module.connect(fake_github))
    assert answer.failure is not None
    assert answer.lasting is lasting


OF_OPEN_COLLECTIVE = {
    "token not accepted": (server.status(401), True),
    "scope missing": (
        server.partial("account", "transactions", extensions={"code": "Forbidden"}),
        True,
    ),
    "refused": (server.refused({"extensions": {"code": "Unauthorized"}}), True),
    "limit": (server.status(429), False),
    "in part": (server.partial("account", "orders", extensions={"code": "Oops"}), False),
    "another shape": (server.changed(lambda body: body["data"].pop("account")), False),
}


@pytest.mark.parametrize(
    ("failure", "lasting"), OF_OPEN_COLLECTIVE.values(), ids=OF_OPEN_COLLECTIVE
)
def test_of_open_collective(
    fake_open_collective: FakeOpenCollective, failure: server.Failure, lasting: bool
) -> None:
    fake_open_collective.faithful("acme", "2026-10-01")
    fake_open_collective.fail(failure, times=9)
    answer = payments(fake_open_collective_module.connect(fake_open_collective))
    assert answer.failure is not None
    assert answer.lasting is lasting


def test_the_programs_own_settings(
    fake_github: FakeGitHub, fake_open_collective: FakeOpenCollective
) -> None:
    fake_open_collective.account("acme")
    graphql = fake_open_collective_module.connect(fake_open_collective)
    assert payments(graphql, "nothing").lasting
    assert sponsors(fake_github_module.connect(fake_github), "nothing").lasting


def test_a_session_without_its_token(fake_github: FakeGitHub) -> None:
    session = Session("GitHub", {}, Meter(), closed="GitHub was not asked: no token is set.")
    assert accounts(GraphQL(session, fake_github.url)).lasting


@pytest.mark.parametrize(
    ("day", "currency", "bank", "collective", "lasting"),
    [
        (date(2020, 1, 6), "VND", None, server.status(401), True),
        (date(2020, 1, 6), "VND", None, server.status(502), False),
        (date(2126, 1, 7), "GBP", server.status(502), server.status(401), False),
    ],
    ids=["a right", "a bad moment", "one of each"],
)
def test_of_exchange_rates(
    fake_open_collective: FakeOpenCollective,
    day: date,
    currency: str,
    bank: server.Failure | None,
    collective: server.Failure,
    lasting: bool,
) -> None:
    """There are two who may have a rate: it lasts only where neither could help."""
    fake_open_collective.fail(collective, times=9)
    with FakeBank() as fake_bank:
        if bank:
            fake_bank.fail(bank, times=9)
        answer = exchange_rates.rates(
            [(day, currency, "USD")],
            Bank(session=fake_bank_module.connect(fake_bank), url=fake_bank.url, cache=None),
            OpenCollectiveRates(fake_open_collective_module.connect(fake_open_collective)),
            clock,
        )
    assert answer.failure is not None
    assert answer.lasting is lasting
