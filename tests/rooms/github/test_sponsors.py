"""GitHub Sponsors as a source: months put together from events, and what a token may not see."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from builders import statuses
from community_partners.github import sponsors as github_sponsors
from community_partners.github.sponsors_history import AT_ODDS, CUT_OFF, UNDATED
from community_partners.github.sponsors_lifetime import MORE, PATREON, TOO_LITTLE
from community_partners.model.program import GitHubSponsors
from community_partners.model.sponsorship import OrderStatus, Sponsorship
from fakes import server
from fakes.github import FakeGitHub, connect
from fakes.sponsors import Sponsors

TODAY = date(2026, 11, 24)
BLIND = github_sponsors.BLIND


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(fake: FakeGitHub, account: str = "Acme", login: str = "project") -> Any:
    settings = GitHubSponsors(login=login)
    return github_sponsors.sponsorships(connect(fake), settings, [account], TODAY, clock)[account]


def found(fake: FakeGitHub, account: str = "Acme") -> Sponsorship:
    answer = ask(fake, account)
    assert answer.failure is None
    assert isinstance(answer.value, Sponsorship)
    return answer.value


def paid(fake: FakeGitHub) -> list[str]:
    return [f"{one.day} {one.amount}" for one in found(fake).payments or ()]


def doubts(fake: FakeGitHub) -> tuple[str | None, str | None]:
    """What does not add up at all; and why more was paid than the events explain."""
    seen = found(fake)
    return seen.conflict, seen.unexplained


@pytest.fixture
def sponsors(fake_github: FakeGitHub) -> Sponsors:
    fake_github.organization("acme", websiteUrl="https://acme.example", name="Acme")
    return Sponsors(fake_github)


def test_a_faithful_sponsor(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.faithful("acme", "2026-08-15", months=4)
    seen = found(fake_github)
    assert statuses(seen) == (OrderStatus.ACTIVE,)
    assert paid(fake_github) == [f"2026-{month}-15 USD 100" for month in ("08", "09", "10", "11")]
    assert not seen.public
    assert (seen.conflict, seen.unexplained) == (None, None)
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
            [("NEW_SPONSORSHIP", "2026-08-10", 10000), ("CANCELLED_SPONSORSHIP", "2026-10-10", 0)],
            ["2026-08-10 USD 100", "2026-09-10 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-08-31", 10000), ("CANCELLED_SPONSORSHIP", "2026-09-30", 0)],
            ["2026-08-31 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 5000), ("TIER_CHANGE", "2026-10-10", 20000)],
            ["2026-09-10 USD 50", "2026-10-10 USD 200", "2026-11-10 USD 200"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 5000), ("TIER_CHANGE", "2026-10-20", 20000)],
            ["2026-09-10 USD 50", "2026-10-10 USD 50", "2026-11-10 USD 200"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 5000), ("TIER_CHANGE", "2026-10-05", 20000)],
            ["2026-09-10 USD 50", "2026-10-10 USD 200", "2026-11-10 USD 200"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-10-10", 5000), ("TIER_CHANGE", "2026-10-10", 20000)],
            ["2026-10-10 USD 200", "2026-11-10 USD 200"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-10-10", 10000), ("PENDING_CHANGE", "2026-10-20", 5000)],
            ["2026-10-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-10-10", 10000), ("SPONSOR_MATCH_DISABLED", "2026-10-20", 0)],
            ["2026-10-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 10000), ("REFUND", "2026-10-12", 10000)],
            ["2026-09-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [("NEW_SPONSORSHIP", "2026-09-10", 10000), ("REFUND", "2026-10-12", 0)],
            ["2026-09-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [("REFUND", "2026-08-12", 10000), ("NEW_SPONSORSHIP", "2026-10-10", 10000)],
            ["2026-10-10 USD 100", "2026-11-10 USD 100"],
        ),
        (
            [
                ("NEW_SPONSORSHIP", "2026-07-10", 10000),
                ("CANCELLED_SPONSORSHIP", "2026-08-10", 0),
                ("NEW_SPONSORSHIP", "2026-10-20", 10000),
            ],
            ["2026-07-10 USD 100", "2026-10-20 USD 100", "2026-11-20 USD 100"],
        ),
    ],
    ids=[
        "canceled",
        "canceled on the last of a short month",
        "another tier on the billing day",
        "another tier after it",
        "another tier before it",
        "another tier at once",
        "announced only",
        "of no concern",
        "refunded",
        "refunded without a tier",
        "refunded what we cannot see",
        "came back",
    ],
)
def test_months_from_events(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    events: list[tuple[str, str, int]],
    expected: list[str],
) -> None:
    goes_on = events[-1][0] != "CANCELLED_SPONSORSHIP"
    price = [cents for action, _, cents in events if action in ("NEW_SPONSORSHIP", "TIER_CHANGE")]
    sponsors.sponsorship("acme", events[0][1], price[-1], isActive=goes_on)
    sponsors.paid_in_all("acme", 100 * sum(int(one.split()[-1]) for one in expected))
    for action, day, cents in events:
        sponsors.event("acme", action, day, cents or None)
    assert paid(fake_github) == expected
    assert doubts(fake_github) == (None, None)
    assert statuses(found(fake_github)) == (OrderStatus.ACTIVE if goes_on else OrderStatus.ENDED,)


def test_from_monthly_to_a_single_payment(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-09-10", isOneTimePayment=True)
    sponsors.event("acme", "NEW_SPONSORSHIP", "2026-09-10", 10000)
    sponsors.event("acme", "TIER_CHANGE", "2026-10-05", 50000, once=True)
    sponsors.paid_in_all("acme", 60000)
    assert paid(fake_github) == ["2026-09-10 USD 100", "2026-10-05 USD 500"]
    assert doubts(fake_github) == (None, None)


@pytest.mark.parametrize(
    ("cents", "once", "left"),
    [
        (50000, True, ["2026-10-10 USD 100", "2026-11-10 USD 100"]),
        (10000, False, ["2026-10-10 USD 100", "2026-11-15 USD 500"]),
        (None, False, ["2026-10-10 USD 100", "2026-11-10 USD 100"]),
    ],
    ids=["the single one", "a monthly one", "not told which"],
)
def test_a_refund_takes_back_what_it_names(
    fake_github: FakeGitHub, sponsors: Sponsors, cents: int | None, once: bool, left: list[str]
) -> None:
    sponsors.faithful("acme", "2026-10-10", months=9)
    sponsors.event("acme", "NEW_SPONSORSHIP", "2026-11-15", 50000, once=True)
    sponsors.event("acme", "REFUND", "2026-11-20", cents, once=once)
    assert paid(fake_github) == left


@pytest.mark.parametrize(
    ("paid_in_all", "doubt"), [(10000, None), (20000, MORE)], ids=["taken off the total", "or not"]
)
def test_a_refund_may_be_in_the_lifetime_total(
    fake_github: FakeGitHub, sponsors: Sponsors, paid_in_all: int, doubt: str | None
) -> None:
    sponsors.faithful("acme", "2026-10-10", months=0)
    sponsors.event("acme", "REFUND", "2026-10-20", 10000)
    sponsors.paid_in_all("acme", paid_in_all)
    assert doubts(fake_github) == (None, doubt)


@pytest.mark.parametrize(
    ("paid_in_all", "fields", "missing"),
    [
        (4 * 10000, {}, None),
        (4 * 10000 - 1, {}, "USD 0.01"),
        (3 * 10000 + 5000, {}, "USD 50"),
        (2 * 10000, {}, "USD 200"),
        (5 * 10000, {}, None),
        (3 * 10000, {"paymentSource": "PATREON"}, None),
        (3 * 10000, {"tier": {"isOneTime": False, "monthlyPriceInCents": 5000}}, None),
    ],
    ids=["agrees", "a cent", "half a price", "two prices", "more", "Patreon", "other price now"],
)
def test_how_much_less_the_total_is(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    paid_in_all: int,
    fields: dict[str, Any],
    missing: str | None,
) -> None:
    """It is told only if it alone is in doubt."""
    sponsors.faithful("acme", "2026-08-15", months=0)
    sponsors.sponsorships[0].update(fields)
    sponsors.paid_in_all("acme", paid_in_all)
    seen = found(fake_github)
    assert (seen.overstated and str(seen.overstated)) == missing
    assert seen.conflict is not None or missing is None


def test_a_single_payment_is_one_payment(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-09-10", isOneTimePayment=True)
    sponsors.event("acme", "NEW_SPONSORSHIP", "2026-09-10", 50000, once=True)
    sponsors.paid_in_all("acme", 50000)
    assert paid(fake_github) == ["2026-09-10 USD 500"]
    assert statuses(found(fake_github)) == ()


def test_older_than_the_history(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-09-10")
    sponsors.paid_in_all("acme", 1_000_000)
    assert [one.split()[0] for one in paid(fake_github)] == [
        "2026-09-10",
        "2026-10-10",
        "2026-11-10",
    ]


@pytest.mark.parametrize(
    ("since", "paid_in_all", "expected"),
    [
        ("2026-08-15", 4 * 10000, (None, None)),
        ("2026-08-15", 2 * 10000, (TOO_LITTLE, None)),
        ("2026-08-15", 4 * 10000 - 1, (TOO_LITTLE, None)),
        ("2026-08-15", 4 * 10000 + 1, (None, MORE)),
        ("2026-08-15", 12 * 10000, (None, MORE)),
        ("2026-08-24", 3 * 10000, (None, None)),
        ("2026-08-24", 4 * 10000, (None, None)),
        ("2026-08-24", 4 * 10000 + 1, (None, MORE)),
    ],
    ids=[
        "agrees",
        "less",
        "a cent less",
        "a cent more",
        "a year at once",
        "due today and not charged yet",
        "due today and charged",
        "due today, charged, and more",
    ],
)
def test_the_lifetime_total_is_held_against_the_events(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    since: str,
    paid_in_all: int,
    expected: tuple[str | None, str | None],
) -> None:
    sponsors.faithful("acme", since, months=0)
    sponsors.paid_in_all("acme", paid_in_all)
    assert doubts(fake_github) == expected


@pytest.mark.parametrize(
    ("active", "events", "doubt"),
    [
        (True, [("NEW_SPONSORSHIP", "2026-08-10")], None),
        (False, [("NEW_SPONSORSHIP", "2026-08-10")], AT_ODDS),
        (
            True,
            [("NEW_SPONSORSHIP", "2026-08-10"), ("CANCELLED_SPONSORSHIP", "2026-09-10")],
            AT_ODDS,
        ),
        (True, [("TIER_CHANGE", "2026-08-10")], CUT_OFF),
        (False, [("CANCELLED_SPONSORSHIP", "2026-09-10")], CUT_OFF),
        (True, [], CUT_OFF),
        (False, [], CUT_OFF),
        (False, [("REFUND", "2026-09-10")], CUT_OFF),
        (True, [("NEW_SPONSORSHIP", "2026-08-10"), ("REFUND", None)], UNDATED),
        (True, [("NEW_SPONSORSHIP", "2026-08-10"), ("TIER_CHANGE", None)], UNDATED),
        (True, [("NEW_SPONSORSHIP", "2026-08-10"), ("NEW_SPONSORSHIP", None)], UNDATED),
        (True, [("NEW_SPONSORSHIP", "2026-08-10"), ("CANCELLED_SPONSORSHIP", None)], UNDATED),
        (True, [("NEW_SPONSORSHIP", "2026-08-10"), ("PENDING_CHANGE", None)], None),
        (True, [("NEW_SPONSORSHIP", "2026-08-10"), ("SPONSOR_MATCH_DISABLED", None)], None),
    ],
    ids=[
        "whole",
        "no end",
        "no return",
        "price only",
        "end only",
        "none",
        "none, and ended",
        "only a refund, and ended",
        "a refund of no day",
        "another tier of no day",
        "a start of no day",
        "an end of no day",
        "an announcement of no day",
        "of no concern and no day",
    ],
)
def test_what_the_events_do_not_explain_is_doubted(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    active: bool,
    events: list[tuple[str, str | None]],
    doubt: str | None,
) -> None:
    chosen = "2026-08-10T08:00:00Z"
    sponsors.sponsorship("acme", "2025-01-10", isActive=active, tierSelectedAt=chosen)
    sponsors.paid_in_all("acme", 1_000_000)
    for action, day in events:
        sponsors.event("acme", action, day, 10000)
    assert found(fake_github).conflict == doubt


@pytest.mark.parametrize(
    ("present", "events", "doubt"),
    [
        (20000, [500], AT_ODDS),
        (500, [20000], AT_ODDS),
        (500, [500, 20000], AT_ODDS),
        (20000, [500, 20000], None),
        (500, [20000, 500], None),
    ],
    ids=["raised", "lowered", "lowered again", "told to be raised", "told to be lowered"],
)
def test_the_present_price_is_that_of_the_last_event(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    present: int,
    events: list[int],
    doubt: str | None,
) -> None:
    """Whatever was paid in all: for years before, it tells nothing of the last months."""
    sponsors.sponsorship("acme", "2026-08-05", present)
    sponsors.paid_in_all("acme", 1_000_000)
    for month, cents in enumerate(events, start=8):
        action = "TIER_CHANGE" if month > 8 else "NEW_SPONSORSHIP"
        sponsors.event("acme", action, f"2026-{month:02}-05", cents)
    assert found(fake_github).conflict == doubt


def test_two_running_and_events_of_one(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.faithful("acme", "2026-08-15", months=4)
    sponsors.sponsorship("acme", "2026-08-15")
    assert found(fake_github).conflict == AT_ODDS


def once(sponsors: Sponsors, cents: int) -> None:
    tier = {"isOneTime": True, "monthlyPriceInCents": cents}
    sponsors.sponsorship("acme", "2026-10-05", isOneTimePayment=True, tier=tier)


def test_a_single_payment_without_events_is_doubted(
    fake_github: FakeGitHub, sponsors: Sponsors
) -> None:
    once(sponsors, 30000)
    sponsors.paid_in_all("acme", 30000)
    assert doubts(fake_github) == (CUT_OFF, MORE)


def test_a_single_payment_without_events_leaves_the_monthly_ones(
    fake_github: FakeGitHub, sponsors: Sponsors
) -> None:
    sponsors.faithful("acme", "2026-08-15", months=4)
    once(sponsors, 30000)
    sponsors.paid_in_all("acme", 30000)
    assert doubts(fake_github) == (None, MORE)
    assert len(paid(fake_github)) == 4


def test_patreon_is_somewhere_else(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.sponsorship("acme", "2026-08-15", paymentSource="PATREON")
    assert doubts(fake_github) == (PATREON, None)


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
    assert (statuses(seen), seen.payments) == ((OrderStatus.ACTIVE,), None)


def test_a_price_that_an_event_hides_hides_the_amounts(
    fake_github: FakeGitHub, sponsors: Sponsors
) -> None:
    sponsors.faithful("acme", "2026-08-15", months=4)
    sponsors.activities[0]["sponsorsTier"] = None
    seen = found(fake_github)
    assert (statuses(seen), seen.payments) == ((OrderStatus.ACTIVE,), None)


@pytest.mark.parametrize(("viewer", "sees"), [(True, True), (False, False)])
def test_a_person_sees_the_sponsors_of_their_own(
    fake_github: FakeGitHub, sponsors: Sponsors, viewer: bool, sees: bool
) -> None:
    fake_github.owners["project"].update(__typename="User", isViewer=viewer)
    sponsors.faithful("acme", "2026-08-15", months=4)
    assert (found(fake_github).payments is not None) is sees


@pytest.mark.parametrize("private", [True, None])
def test_what_an_outsider_cannot_see_is_unknown(
    fake_github: FakeGitHub, private: bool | None
) -> None:
    fake_github.organization("acme")
    sponsors = Sponsors(fake_github, outsider=True)
    if private:
        sponsors.sponsorship("acme", "2026-08-15", private=True)
    assert ask(fake_github).failure == BLIND


def test_a_private_sponsor_is_seen_by_an_administrator(
    fake_github: FakeGitHub, sponsors: Sponsors
) -> None:
    sponsors.faithful("acme", "2026-10-15", months=2)
    sponsors.sponsorships[0]["private"] = True
    assert paid(fake_github) == ["2026-10-15 USD 100", "2026-11-15 USD 100"]
    assert statuses(found(fake_github)) == (OrderStatus.ACTIVE,)


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
    ("failure", "sentence"),
    [
        (server.status(500), "GitHub refused the question (HTTP 500, no data)."),
        (server.status(502), "GitHub refused the question (HTTP 502, no data)."),
        (server.rate_limited(), "GitHub's rate limit is reached until 2100-01-01 00:00 UTC."),
        (
            server.status(429, Retry_After="0"),
            "GitHub's rate limit is reached until 2026-11-24 12:00 UTC.",
        ),
        (server.status(401, "secret"), "GitHub does not accept the token that the program uses."),
        (server.garbage(), "GitHub sent something unexpected (HTTP 200)."),
        (
            server.refused({"type": "RATE_LIMITED", "message": "secret"}),
            "GitHub's rate limit is reached until 2026-11-24 12:01 UTC.",
        ),
        (server.refused({"type": "INSUFFICIENT_SCOPES", "message": "Your token: secret"}), BLIND),
        (server.partial("maintainer", "sponsorships", "nodes", 0, type="FORBIDDEN"), BLIND),
        (
            server.partial("maintainer", type="FORBIDDEN", extensions={"saml_failure": True}),
            BLIND,
        ),
        (
            server.partial("maintainer", "lifetime", message="secret", type="SERVICE_UNAVAILABLE"),
            "GitHub answered only in part (SERVICE_UNAVAILABLE).",
        ),
        (
            server.changed(lambda body: body["data"]["maintainer"].pop("activities")),
            "GitHub sent something unexpected (KeyError).",
        ),
        (
            server.changed(lambda body: _first(body, "sponsorships").update(createdAt=None)),
            "GitHub sent something unexpected (TypeError).",
        ),
        (
            server.changed(lambda body: _first(body, "lifetime").update(amountInCents="secret")),
            "GitHub sent something unexpected (TypeError).",
        ),
        (
            server.changed(lambda body: _first(body, "activities").update(timestamp="secret")),
            "GitHub sent something unexpected (ValueError).",
        ),
    ],
)
def test_a_failure_is_unknown_and_repeats_nobodys_words(
    fake_github: FakeGitHub, sponsors: Sponsors, failure: server.Failure, sentence: str
) -> None:
    sponsors.sponsorship("acme", "2026-08-15", tierSelectedAt=None)
    sponsors.event("acme", "REFUND", "2026-08-16", 10000)
    sponsors.paid_in_all("acme", 40000)
    assert found(fake_github).payments
    fake_github.fail(failure, times=9)
    answer = ask(fake_github)
    assert (answer.value, answer.failure) == (None, sentence)


def _first(body: Any, name: str) -> Any:
    return body["data"]["maintainer"][name]["nodes"][0]


def test_silence_is_a_failure(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    fake_github.fail(server.silence, times=9)
    settings = GitHubSponsors(login="project")
    graphql = connect(fake_github, timeout=0.1)
    answer = github_sponsors.sponsorships(graphql, settings, ["acme"], TODAY, clock)["acme"]
    assert answer.failure is not None
    assert answer.failure.startswith("GitHub did not answer (")
