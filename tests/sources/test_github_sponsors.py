"""GitHub Sponsors as a source: months put together from events, and what a token may not see."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from community_partners.model.program import GitHubSponsors
from community_partners.model.sponsorship import OrderStatus, Sponsorship
from community_partners.sources import github_sponsors
from fakes import server
from fakes.github import FakeGitHub, connect
from fakes.sponsors import Sponsors

TODAY = date(2026, 11, 24)
BLIND = github_sponsors.BLIND


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(fake: FakeGitHub, account: str = "Acme", login: str = "project") -> Any:
    settings = GitHubSponsors(login=login)
    return github_sponsors.sponsorship(connect(fake), settings, account, TODAY, clock)


def found(fake: FakeGitHub, account: str = "Acme") -> Sponsorship:
    answer = ask(fake, account)
    assert answer.failure is None
    assert isinstance(answer.value, Sponsorship)
    return answer.value


def paid(fake: FakeGitHub) -> list[str]:
    return [f"{one.day} {one.amount}" for one in found(fake).payments or ()]


@pytest.fixture
def sponsors(fake_github: FakeGitHub) -> Sponsors:
    fake_github.organization("acme", websiteUrl="https://acme.example", name="Acme")
    return Sponsors(fake_github)


def test_a_faithful_sponsor(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.faithful("acme", "2026-08-15", months=4)
    seen = found(fake_github)
    assert seen.orders == (OrderStatus.ACTIVE,)
    assert paid(fake_github) == [f"2026-{month}-15 USD 100" for month in ("08", "09", "10", "11")]
    assert not seen.public
    assert seen.conflict is None
    assert seen.payer is not None
    assert (seen.payer.websites, seen.payer.organization) == (("https://acme.example",), True)
    assert len(fake_github.requests) == 2, "one for each question"


def test_a_billing_day_that_a_month_lacks(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.faithful("acme", "2026-08-31", months=3)
    assert [one.split()[0] for one in paid(fake_github)] == [
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
    ]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            [
                ("NEW_SPONSORSHIP", "2026-08-10", 10000),
                ("CANCELLED_SPONSORSHIP", "2026-10-10", None),
            ],
            ["2026-08-10 USD 100", "2026-09-10 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 5000), ("TIER_CHANGE", "2026-10-10", 20000)],
            ["2026-09-10 USD 50", "2026-10-10 USD 200", "2026-11-10 USD 200"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-10-10", 10000), ("PENDING_CHANGE", "2026-10-20", 5000)],
            ["2026-10-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 10000), ("REFUND", "2026-10-12", 10000)],
            ["2026-09-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [
                ("NEW_SPONSORSHIP", "2026-07-10", 10000),
                ("CANCELLED_SPONSORSHIP", "2026-08-10", None),
                ("NEW_SPONSORSHIP", "2026-10-20", 10000),
            ],
            ["2026-07-10 USD 100", "2026-10-20 USD 100", "2026-11-20 USD 100"],
        ),
    ],
    ids=["cancelled", "another tier", "announced only", "refunded", "came back"],
)
def test_months_from_events(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    events: list[tuple[str, str, int | None]],
    expected: list[str],
) -> None:
    sponsors.sponsorship("acme", events[0][1])
    sponsors.paid_in_all("acme", 1_000_000)
    for action, day, cents in events:
        sponsors.event("acme", action, day, cents)
    assert paid(fake_github) == expected


def test_a_single_payment_is_one_payment(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-09-10", isOneTimePayment=True)
    sponsors.event("acme", "NEW_SPONSORSHIP", "2026-09-10", 50000, once=True)
    sponsors.paid_in_all("acme", 50000)
    assert paid(fake_github) == ["2026-09-10 USD 500"]
    assert found(fake_github).orders == ()


def test_older_than_the_history(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-09-10")
    sponsors.paid_in_all("acme", 1_000_000)
    assert [one.split()[0] for one in paid(fake_github)] == [
        "2026-09-10",
        "2026-10-10",
        "2026-11-10",
    ]


def test_a_sum_that_does_not_agree(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.faithful("acme", "2026-08-15", months=2)
    conflict = found(fake_github).conflict
    assert conflict == "GitHub's list of events and its lifetime total do not agree."


def test_patreon_is_somewhere_else(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-08-15", paymentSource="PATREON")
    conflict = found(fake_github).conflict
    assert conflict == "Part of this sponsorship is paid through Patreon, which we cannot see."


def test_an_administrator_sees_that_somebody_does_not_sponsor(
    fake_github: FakeGitHub, sponsors: Sponsors
) -> None:
    sponsors.faithful("somebody-else", "2026-08-15", months=4)
    seen = found(fake_github)
    assert (seen.orders, seen.payments) == ((), ())


def test_an_account_that_does_not_exist(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    assert found(fake_github, "nobody").payer is None


def test_an_outsider_sees_who_but_not_how_much(fake_github: FakeGitHub) -> None:
    fake_github.organization("acme")
    Sponsors(fake_github, outsider=True).faithful("acme", "2026-08-15", months=4)
    seen = found(fake_github)
    assert (seen.orders, seen.payments) == ((OrderStatus.ACTIVE,), None)


@pytest.mark.parametrize("private", [True, None])
def test_what_an_outsider_cannot_see_is_unknown(
    fake_github: FakeGitHub, private: bool | None
) -> None:
    fake_github.organization("acme")
    sponsors = Sponsors(fake_github, outsider=True)
    if private:
        sponsors.sponsorship("acme", "2026-08-15", private=True)
    assert ask(fake_github).failure == BLIND


def test_every_page(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    for number in range(120):
        sponsors.sponsorship(f"sponsor-{number}", "2026-01-01")
    sponsors.faithful("acme", "2026-10-15", months=2)
    assert paid(fake_github) == ["2026-10-15 USD 100", "2026-11-15 USD 100"]


def test_a_wrong_setting_is_ours(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    assert ask(fake_github, login="nothing").failure == (
        "GitHub has no account 'nothing': the program's own settings are at fault."
    )


@pytest.mark.parametrize(
    "failure",
    [
        server.status(500),
        server.status(502),
        server.rate_limited(),
        server.garbage(),
        server.refused({"type": "INSUFFICIENT_SCOPES", "message": "Your token: secret"}),
        server.partial("maintainer", "sponsorships", "nodes", 0, type="FORBIDDEN"),
        server.partial("maintainer", type="SAML_FAILURE"),
    ],
)
def test_a_failure_is_unknown_and_repeats_nobodys_words(
    fake_github: FakeGitHub, sponsors: Sponsors, failure: server.Failure
) -> None:
    sponsors.faithful("acme", "2026-08-15", months=4)
    fake_github.fail(failure, times=9)
    answer = ask(fake_github)
    assert answer.value is None
    assert answer.failure.startswith("GitHub ")
    assert "secret" not in answer.failure
