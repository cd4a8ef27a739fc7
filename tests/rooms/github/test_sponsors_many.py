"""GitHub Sponsors asked about many accounts at once: read once, and each gets its own."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_partners.github import sponsors as github_sponsors
from community_partners.model.evidence import Answer
from community_partners.model.program import GitHubSponsors
from community_partners.model.sponsorship import Sponsorship
from fakes import server
from fakes.github import FakeGitHub, connect
from fakes.sponsors import Sponsors
from many_cases import many

TODAY = date(2026, 11, 24)
ACCOUNTS = ("acme", "Brook", "cedar")
BLIND = github_sponsors.BLIND
PROGRAM = GitHubSponsors(login="project")


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(fake: FakeGitHub, accounts: Sequence[str] = ACCOUNTS) -> dict[str, Answer[Sponsorship]]:
    return github_sponsors.sponsorships(connect(fake), PROGRAM, accounts, TODAY, clock)


def alone(fake: FakeGitHub, account: str) -> Answer[Sponsorship]:
    return github_sponsors.sponsorships(connect(fake), PROGRAM, [account], TODAY, clock)[account]


def world(fake: FakeGitHub, *, outsider: bool = False) -> Sponsors:
    """An organization, a person, and one that sponsors nobody."""
    fake.organization("acme", websiteUrl="https://acme.example", name="Acme")
    fake.person("brook", name=None, websiteUrl=None)
    fake.organization("cedar")
    return Sponsors(fake, outsider=outsider)


@pytest.fixture
def sponsors(fake_github: FakeGitHub) -> Sponsors:
    return world(fake_github)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["acme", "brook", "stranger"]),
        st.sampled_from(
            ["NEW_SPONSORSHIP", "TIER_CHANGE", "CANCELLED_SPONSORSHIP", "PENDING_CHANGE", "REFUND"]
        ),
        st.none() | st.dates(date(2026, 6, 1), TODAY),
        st.sampled_from([5000, 10000]),
        st.booleans(),
    ),
    max_size=12,
)
RUNNING = st.lists(
    st.tuples(
        st.sampled_from(["acme", "brook", "stranger"]),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["GITHUB", "GITHUB", "PATREON"]),
    ),
    max_size=5,
)


@given(events=EVENTS, running=RUNNING, outsider=st.booleans())
@settings(max_examples=many(60))
def test_each_account_gets_what_its_own_question_gives(
    events: list[tuple[str, str, date | None, int, bool]],
    running: list[tuple[str, bool, bool, str]],
    outsider: bool,
) -> None:
    """Payments, their order, doubts, the payer; and what a token cannot see stays unknown."""
    with FakeGitHub() as fake:
        sponsors = world(fake, outsider=outsider)
        for login, active, private, source in running:
            one = sponsors.sponsorship(login, "2026-06-10")
            one.update(isActive=active, private=private, paymentSource=source)
        for login, action, day, cents, once in sorted(events, key=lambda event: event[2] or TODAY):
            sponsors.event(login, action, str(day) if day else None, cents, once=once)
        for login in {login for login, *_ in events}:
            sponsors.paid_in_all(login, 30000)
        if not outsider and not any(login == "brook" for login, *_ in (*events, *running)):
            fake.delete("brook")
        for account, told in ask(fake).items():
            assert told == alone(fake, account)


def test_two_of_many_sponsor(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    sponsors.faithful("acme", "2026-10-15", months=2)
    sponsors.faithful("brook", "2026-11-10", months=1, cents=5000)
    told = {account: answer.value for account, answer in ask(fake_github).items()}
    paid = {
        account: [f"{one.day} {one.amount}" for one in (seen and seen.payments) or ()]
        for account, seen in told.items()
    }
    assert paid == {
        "acme": ["2026-10-15 USD 100", "2026-11-15 USD 100"],
        "Brook": ["2026-11-10 USD 50"],
        "cedar": [],
    }
    payers = [seen and seen.payer for seen in told.values()]
    assert [payer and (payer.account, payer.organization) for payer in payers] == [
        ("acme", True),
        ("brook", False),
        ("cedar", True),
    ]
    assert not any(seen is None or seen.public for seen in told.values())


def test_requests_go_with_pages_not_with_accounts(
    fake_github: FakeGitHub, sponsors: Sponsors
) -> None:
    for number in range(220):
        sponsors.faithful(f"sponsor-{number}", "2026-11-01", months=1)
    names = [f"Sponsor-{number}" for number in range(100)]
    told = ask(fake_github, names)
    assert all(answer.value and answer.value.payments for answer in told.values())
    assert len(fake_github.requests) == 3


@pytest.mark.parametrize(("others", "requests"), [(0, 1), (1, 2), (100, 2), (201, 4)])
def test_one_more_request_for_a_hundred_accounts_that_are_not_among_them(
    fake_github: FakeGitHub, sponsors: Sponsors, others: int, requests: int
) -> None:
    sponsors.faithful("acme", "2026-11-01", months=1)
    names = [f"nobody-{number}" for number in range(others)]
    told = ask(fake_github, ["acme", *names])
    assert [one.value and one.value.payer for one in told.values()][1:] == [None] * others
    assert len(fake_github.requests) == requests


@pytest.mark.parametrize(
    "failure",
    [
        server.status(503),
        server.partial("a0"),
        server.changed(lambda body: body["data"].pop("a0")),
        server.changed(lambda body: body["data"].update(a0={})),
        server.changed(lambda body: body["data"].update(a0=0)),
    ],
)
def test_a_look_up_that_fails_concerns_its_accounts_alone(
    fake_github: FakeGitHub, sponsors: Sponsors, failure: server.Failure
) -> None:
    sponsors.faithful("acme", "2026-11-01", months=1)
    fake_github.intercept = lambda one: failure if "login0" in one.variables else None
    told = ask(fake_github, ["acme", "cedar"])
    assert told["acme"].failure is None
    assert (told["cedar"].value, told["cedar"].lasting) == (None, False)


def test_nobody_to_ask_about_asks_nobody(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    assert ask(fake_github, []) == {}
    assert not fake_github.requests


def test_an_outsider_is_blind_to_each_that_it_does_not_see(fake_github: FakeGitHub) -> None:
    world(fake_github, outsider=True).faithful("acme", "2026-10-15", months=2)
    told = ask(fake_github, ["acme", "cedar", "nobody"])
    assert [(one.failure, one.lasting) for one in told.values()] == [
        (None, False),
        (BLIND, True),
        (BLIND, True),
    ]
    assert told["acme"].value is not None
    assert told["acme"].value.payments is None


def _first(body: Any, name: str) -> Any:
    return body["data"]["maintainer"][name]["nodes"][0]


SECRET = 4711


@pytest.mark.parametrize(
    ("failure", "sentence", "lasting"),
    [
        (server.status(502), "GitHub refused the question (HTTP 502, no data).", False),
        (
            server.rate_limited(),
            "GitHub's rate limit is reached until 2100-01-01 00:00 UTC.",
            False,
        ),
        (
            server.status(429, Retry_After="0"),
            "GitHub's rate limit is reached until 2026-11-24 12:00 UTC.",
            False,
        ),
        (
            server.status(401, "secret"),
            "GitHub does not accept the token that the program uses.",
            True,
        ),
        (server.garbage(), "GitHub sent something unexpected (HTTP 200).", False),
        (
            server.refused({"type": "RATE_LIMITED", "message": f"{SECRET}"}),
            "GitHub's rate limit is reached until 2026-11-24 12:01 UTC.",
            False,
        ),
        (server.refused({"type": "INSUFFICIENT_SCOPES", "message": f"{SECRET}"}), BLIND, True),
        (server.partial("maintainer", "sponsorships", "nodes", 0, type="FORBIDDEN"), BLIND, True),
        (
            server.partial("maintainer", "lifetime", message=f"{SECRET}", type="SOMETHING"),
            "GitHub answered only in part (SOMETHING).",
            False,
        ),
        (
            server.changed(lambda body: body["data"].update(maintainer=None)),
            "GitHub has no account 'project': the program's own settings are at fault.",
            True,
        ),
        (
            server.changed(lambda body: body["data"]["maintainer"]["lifetime"]["nodes"].pop()),
            "GitHub gave 0 of 1 results.",
            False,
        ),
        (
            server.changed(lambda body: _first(body, "activities").update(sponsor=SECRET)),
            "GitHub sent something unexpected (TypeError).",
            False,
        ),
    ],
)
def test_a_failure_is_everybodys_and_holds_no_figure(
    fake_github: FakeGitHub,
    sponsors: Sponsors,
    failure: server.Failure,
    sentence: str,
    lasting: bool,
) -> None:
    sponsors.faithful("acme", "2026-10-15", months=2, cents=SECRET)
    fake_github.fail(failure, times=9)
    for answer in ask(fake_github).values():
        assert (answer.value, answer.failure, answer.lasting) == (None, sentence, lasting)
        assert str(SECRET) not in repr(answer)


@pytest.mark.parametrize("junk", [None, "4711.5", [SECRET], {"cents": SECRET}], ids=str)
@pytest.mark.parametrize(
    ("name", "field"),
    [("lifetime", "amountInCents"), ("activities", "timestamp"), ("sponsorships", "isActive")],
)
def test_an_odd_entry_is_the_failure_of_its_sponsor_alone(
    fake_github: FakeGitHub, sponsors: Sponsors, name: str, field: str, junk: Any
) -> None:
    if junk is None and field != "amountInCents":
        pytest.skip("nothing said is nothing said")
    sponsors.faithful("acme", "2026-10-15", months=2)
    sponsors.faithful("brook", "2026-10-15", months=2)
    fake_github.fail(server.changed(lambda body: _first(body, name).update({field: junk})))
    told = ask(fake_github)
    assert told["acme"].failure is not None
    assert told["acme"].failure.startswith("GitHub sent something unexpected (")
    assert str(SECRET) not in told["acme"].failure
    assert told["Brook"].value is not None


def test_silence_is_a_failure_that_may_pass(fake_github: FakeGitHub, sponsors: Sponsors) -> None:
    fake_github.fail(server.silence, times=9)
    graphql = connect(fake_github, timeout=0.1)
    told = github_sponsors.sponsorships(graphql, PROGRAM, ACCOUNTS, TODAY, clock)
    for one in told.values():
        assert (one.value, one.lasting) == (None, False)
        assert one.failure is not None
        assert one.failure.startswith("GitHub did not answer (")
