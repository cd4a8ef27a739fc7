"""Open Collective asked about many accounts at once: each gets what a question of its own gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community_partners.model.evidence import Answer
from community_partners.model.program import OpenCollective
from community_partners.model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Rhythm,
    Settlement,
    Sponsorship,
)
from community_partners.open_collective import sponsorships as open_collective
from fakes import server
from fakes.open_collective import FakeOpenCollective, connect
from many_cases import many

SINCE = date(2026, 8, 1)
ACCOUNTS = ("acme", "Brook", "cedar")


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(
    fake: FakeOpenCollective, accounts: Sequence[str] = ACCOUNTS, **fields: Any
) -> dict[str, Answer[Sponsorship]]:
    program = OpenCollective(**{"collective": "project", **fields})
    return open_collective.sponsorships(connect(fake), program, accounts, SINCE, clock)


def found(fake: FakeOpenCollective, account: str = "acme", **fields: Any) -> Sponsorship:
    answer = ask(fake, [account, "brook"], **fields)[account]
    assert answer.failure is None
    assert answer.value is not None
    return answer.value


def alone(fake: FakeOpenCollective, account: str, program: OpenCollective) -> Answer[Sponsorship]:
    """What the question about this one account gives."""
    return open_collective.sponsorships(connect(fake), program, [account], SINCE, clock)[account]


@pytest.fixture
def world(fake_open_collective: FakeOpenCollective) -> FakeOpenCollective:
    """Three payers; the third issues gift cards and has a project that pays too."""
    fake = fake_open_collective
    fake.faithful("acme", "2026-09-01", "2026-10-01", githubHandle="acme")
    fake.faithful("brook", "2026-08-01", "2026-09-01", type="INDIVIDUAL")
    fake.faithful("cedar", "2026-10-01", website=None)
    fake.account("stranger")
    fake.project("a-project", "project")
    fake.project("cedar-event", "cedar")
    return fake


GIVERS = ["acme", "brook", "cedar", "cedar-event", "stranger", "github-sponsors", None]
FLAGS = ["isRefund", "isRefunded", "isOrderRejected", "isDisputed", "isInReview"]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "giver": st.sampled_from(GIVERS),
            "issuer": st.sampled_from([None, None, "acme", "brook", "cedar", "cedar-event"]),
            "to": st.sampled_from(["project", "project", "a-project"]),
            "flag": st.sampled_from([None, None, *FLAGS]),
            "kind": st.sampled_from(["CONTRIBUTION", "ADDED_FUNDS", "EXPENSE"]),
            "day": st.dates(date(2025, 6, 1), date(2026, 11, 24)),
        }
    ),
    max_size=30,
)


def _pay(fake: FakeOpenCollective, row: dict[str, Any]) -> None:
    fake.payment(
        row["giver"] or "",
        str(row["day"]),
        order=None,
        kind=row["kind"],
        toAccount=fake.accounts[row["to"]],
        giftCardEmitterAccount=fake.accounts.get(row["issuer"] or ""),
        **({row["flag"]: True} if row["flag"] else {}),
    )


ORDERS = st.lists(
    st.tuples(
        st.sampled_from([one for one in GIVERS if one]),
        st.sampled_from(["ACTIVE", "CANCELLED", "ERROR", "PAUSED", "PAID", "NEW"]),
        st.sampled_from(["MONTHLY", "YEARLY", "ONETIME"]),
        st.sampled_from(["project", "a-project"]),
    ),
    max_size=6,
)


@given(rows=ROWS, orders=ORDERS, projects=st.booleans(), there=st.sets(st.sampled_from(GIVERS[:3])))
@settings(max_examples=many(100))
def test_each_account_gets_what_its_own_question_gives(
    rows: list[dict[str, Any]],
    orders: list[tuple[str, str, str, str]],
    projects: bool,
    there: set[str],
) -> None:
    """Payments, what they are worth, orders, and the payer, whatever the ledger holds."""
    program = OpenCollective(collective="project", include_projects=projects)
    with FakeOpenCollective() as fake:
        for slug in (*there, "cedar", "stranger", "github-sponsors"):
            fake.account(slug)
        fake.account("shy", isPrivate=True)
        fake.project("a-project", "project")
        fake.project("cedar-event", "cedar")
        for row in rows:
            if row["giver"] in (*there, "cedar", "stranger", "github-sponsors", None):
                _pay(fake, row)
        for giver, status, rhythm, to in orders:
            if giver in fake.accounts:
                fake.order(giver, "2026-05-01", status=status, frequency=rhythm, to=to)
        many = ask(fake, [*ACCOUNTS, "github-sponsors", "shy"], include_projects=projects)
        for account, told in many.items():
            assert told == alone(fake, account, program)


@pytest.mark.parametrize(("others", "requests"), [(0, 1), (1, 2), (90, 2), (91, 3)])
def test_one_more_request_for_ninety_accounts_without_a_row(
    world: FakeOpenCollective, others: int, requests: int
) -> None:
    names = [*ACCOUNTS, *(f"partner-{number}" for number in range(others))]
    assert list(ask(world, names)) == names
    assert len(world.requests) == requests


def test_every_page_is_read_once(world: FakeOpenCollective) -> None:
    for number in range(2001):
        world.payment(("acme", "brook", "stranger")[number % 3], "2026-11-01")
    told = ask(world)
    counts = {
        account: len((one.value and one.value.payments) or ()) for account, one in told.items()
    }
    assert counts == {"acme": 2 + 667, "Brook": 2 + 667, "cedar": 1}
    assert sorted(one.variables["offset"] for one in world.requests) == [0, 1000, 2000]


def test_nobody_to_ask_about_asks_nobody(world: FakeOpenCollective) -> None:
    assert ask(world, []) == {}
    assert not world.requests


def test_a_row_on_two_pages_counts_once(world: FakeOpenCollective) -> None:
    """Offsets over a list that moves repeat a row."""
    for _ in range(1001):
        world.payment("acme", "2026-11-01")

    def repeat(body: Any) -> None:
        page = body["data"]["account"]["transactions"]
        page["nodes"].insert(0, {**page["nodes"][0], "id": "tx_1"})

    world.fail(server.changed(repeat), after=1)
    assert len(found(world).payments or ()) == 2 + 1001


def test_an_account_without_a_payment_exists_or_not_or_is_private(
    world: FakeOpenCollective,
) -> None:
    world.account("shy", isPrivate=True)
    world.payment("shy", "2026-10-01")
    told = ask(world, ["stranger", "nobody", "shy"])
    stranger, nobody = told["stranger"].value, told["nobody"].value
    assert stranger is not None
    assert stranger.payer is not None
    assert (stranger.payer.account, stranger.payments, stranger.orders) == ("stranger", (), ())
    assert nobody is not None
    assert nobody.payer is None
    assert (told["shy"].failure, told["shy"].lasting) == (FORBIDDEN, True)


@pytest.mark.parametrize(
    "failure",
    [
        server.status(502),
        server.partial("a0", extensions={"code": "INTERNAL_SERVER_ERROR"}),
        server.partial("a0", "website", extensions={"code": "Forbidden"}),
        server.changed(lambda body: body["data"].pop("a0")),
        server.changed(lambda body: body["data"].update(a0={})),
        server.changed(lambda body: body["data"].update(a0=0)),
    ],
)
def test_a_look_up_that_fails_concerns_its_accounts_alone(
    world: FakeOpenCollective, failure: server.Failure
) -> None:
    world.intercept = lambda one: failure if "slug0" in one.variables else None
    told = ask(world, ["acme", "stranger"])
    assert told["acme"].failure is None
    assert (told["stranger"].value, told["stranger"].lasting) == (None, False)


@pytest.mark.parametrize(
    "failure",
    [
        server.partial("recurring", extensions={"code": "Forbidden"}),
        server.partial("recurring", "orders", extensions={"code": "INTERNAL_SERVER_ERROR"}),
        server.changed(lambda body: body["data"].update(recurring=None)),
    ],
)
@pytest.mark.parametrize("after", [0, 1])
def test_orders_that_are_not_told_are_not_none(
    world: FakeOpenCollective, failure: server.Failure, after: int
) -> None:
    for _ in range(1001):
        world.payment("acme", "2026-11-01")
    whole = found(world)
    world.fail(failure, after=after, times=9)
    seen = found(world)
    assert seen.orders is None
    assert seen == replace(whole, orders=None)


def test_what_is_told_of_an_order(world: FakeOpenCollective) -> None:
    paypal = {"service": "PAYPAL", "type": "SUBSCRIPTION"}
    world.order("acme", "2026-09-20", paymentMethod=paypal, status="PAUSED", frequency="YEARLY")
    assert (found(world).orders or ())[1:] == (
        Order(
            id="or_4",
            status=OrderStatus.PAUSED,
            rhythm=Rhythm.YEARLY,
            began=date(2026, 9, 20),
            method=Method.PAYPAL_SUBSCRIPTION,
        ),
    )


def test_a_gift_card_is_its_issuers(world: FakeOpenCollective) -> None:
    world.payment("stranger", "2026-11-01", giftCardEmitterAccount=world.accounts["cedar"])
    told = ask(world, ["cedar", "stranger"])
    worth = {
        account: [(pay.settlement, pay.note) for pay in (one.value and one.value.payments) or ()]
        for account, one in told.items()
    }
    assert worth["cedar"] == [(Settlement.SETTLED, None)] * 2
    assert worth["stranger"] == [(Settlement.VOID, "a gift card of cedar")]


@pytest.mark.parametrize(("projects", "count"), [(True, 2), (False, 1)])
def test_a_payers_own_projects_count_as_the_program_says(
    world: FakeOpenCollective, projects: bool, count: int
) -> None:
    world.payment("cedar-event", "2026-11-01")
    seen = found(world, "cedar", include_projects=projects)
    assert len(seen.payments or ()) == count
    assert seen.payer is not None
    assert seen.payer.account == "cedar"


@pytest.mark.parametrize("fields", [{"isFrozen": True}, {"isArchived": True}, {"isActive": False}])
def test_a_paused_collective_is_told(world: FakeOpenCollective, fields: dict[str, Any]) -> None:
    world.collective.update(fields)
    assert all(one.value and one.value.receiver_paused for one in ask(world).values())


NODES = ("account", "transactions", "nodes")


def test_a_payer_that_is_hidden_from_us_spoils_nobodys_answer(world: FakeOpenCollective) -> None:
    world.fail(server.partial(*NODES, 0, "fromAccount", extensions={"code": "Forbidden"}))
    told = ask(world)
    assert [one.failure for one in told.values()] == [None] * 3


FORBIDDEN = (
    "Open Collective does not let us see these payments: the account is private, "
    "or OPENCOLLECTIVE_TOKEN has not the scope 'transactions'."
)


@pytest.mark.parametrize(
    ("failure", "sentence", "lasting"),
    [
        (server.status(502), "Open Collective refused the question (HTTP 502, no data).", False),
        (
            server.status(429, Retry_After="0.2"),
            "Open Collective's rate limit is reached until 2026-11-24 12:01 UTC.",
            False,
        ),
        (
            server.status(401, "secret"),
            "Open Collective does not accept the token that the program uses.",
            True,
        ),
        (
            server.garbage(),
            "Open Collective sent something unexpected (HTTP 200).",
            False,
        ),
        (
            server.partial(*NODES, 0, "fromAccount", extensions={"code": "Oops"}),
            "Open Collective answered only in part (Oops).",
            False,
        ),
        (
            server.partial(*NODES, 0, "fromAccount"),
            "Open Collective answered only in part (error).",
            False,
        ),
        (
            server.partial(*NODES, 0, "order", extensions={"code": "Oops"}),
            "Open Collective answered only in part (Oops).",
            False,
        ),
        (
            server.partial("account", "transactions", extensions={"code": "Forbidden"}),
            FORBIDDEN,
            True,
        ),
        (
            server.partial(*NODES, 0, "giftCardEmitterAccount", extensions={"code": "Forbidden"}),
            FORBIDDEN,
            True,
        ),
        (
            server.changed(lambda body: body["data"].update(account=None)),
            "Open Collective has no collective 'project': the program's own settings are at fault.",
            True,
        ),
        (
            server.changed(lambda body: body["data"]["account"]["transactions"]["nodes"].pop()),
            "Open Collective gave 4 of 5 results.",
            False,
        ),
        (
            server.changed(
                lambda body: body["data"]["account"]["transactions"]["nodes"][0].pop("amount")
            ),
            "Open Collective sent something unexpected (KeyError).",
            False,
        ),
        (
            server.changed(
                lambda body: body["data"]["account"]["transactions"]["nodes"][0].update(
                    fromAccount={"slug": 5}
                )
            ),
            "Open Collective sent something unexpected (TypeError).",
            False,
        ),
    ],
)
def test_a_failure_is_everybodys(
    world: FakeOpenCollective, failure: server.Failure, sentence: str, lasting: bool
) -> None:
    world.fail(failure, times=9)
    told = ask(world)
    assert list(told) == list(ACCOUNTS)
    for one in told.values():
        assert (one.value, one.failure, one.lasting) == (None, sentence, lasting)
        assert one == told["acme"]


def test_a_later_page_that_fails_spoils_all(world: FakeOpenCollective) -> None:
    for _ in range(1001):
        world.payment("stranger", "2026-10-01")
    world.fail(server.status(502), after=1, times=9)
    assert [one.value for one in ask(world).values()] == [None] * 3


def test_silence_is_a_failure_that_may_pass(world: FakeOpenCollective) -> None:
    world.fail(server.silence, times=9)
    program = OpenCollective(collective="project")
    graphql = connect(world, timeout=0.1)
    told = open_collective.sponsorships(graphql, program, ACCOUNTS, SINCE, clock)
    for one in told.values():
        assert one.failure is not None
        assert one.failure.startswith("Open Collective did not answer (")
        assert not one.lasting
