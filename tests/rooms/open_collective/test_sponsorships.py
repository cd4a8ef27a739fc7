"""Open Collective as a source: what its ledger shows, over real HTTP, on the fake."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from builders import money, statuses
from community_partners.model.program import OpenCollective
from community_partners.model.sponsorship import (
    Method,
    OrderStatus,
    Payment,
    Rhythm,
    Settlement,
    Sponsorship,
)
from community_partners.open_collective import ledger as open_collective_ledger
from community_partners.open_collective import sponsorships as open_collective
from community_partners.wire.graphql import GraphQL
from fakes import server
from fakes.open_collective import FakeOpenCollective, connect

SINCE = date(2026, 8, 1)
REAL = Path(__file__).parent / "answers"


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ask(fake: FakeOpenCollective, account: str = "acme", **fields: Any) -> Any:
    return ask_with(connect(fake), account, **fields)


def ask_with(graphql: GraphQL, account: str = "acme", **fields: Any) -> Any:
    settings = OpenCollective(**{"collective": "project", **fields})
    return open_collective.sponsorships(graphql, settings, [account], SINCE, clock)[account]


def found(fake: FakeOpenCollective, account: str = "acme", **fields: Any) -> Sponsorship:
    answer = ask(fake, account, **fields)
    assert answer.failure is None
    assert isinstance(answer.value, Sponsorship)
    return answer.value


def only(fake: FakeOpenCollective, **fields: Any) -> Payment:
    [payment] = found(fake, **fields).payments or ()
    return payment


def _payment_with(**fields: Any) -> server.Failure:
    """The honest answer, but for its first payment."""

    def change(body: Any) -> None:
        body["data"]["account"]["transactions"]["nodes"][0].update(fields)

    return server.changed(change)


@pytest.fixture
def acme(fake_open_collective: FakeOpenCollective) -> FakeOpenCollective:
    fake_open_collective.account("acme")
    return fake_open_collective


def test_a_faithful_payer(acme: FakeOpenCollective) -> None:
    acme.faithful("acme", "2026-09-01", "2026-10-01", githubHandle="acme/site")
    seen = found(acme)
    assert statuses(seen) == (OrderStatus.ACTIVE,)
    assert [(str(one.day), str(one.amount), one.rhythm) for one in seen.payments or ()] == [
        ("2026-09-01", "USD 100", Rhythm.MONTHLY),
        ("2026-10-01", "USD 100", Rhythm.MONTHLY),
    ]
    assert seen.payer is not None
    assert (seen.payer.account, seen.payer.organization) == ("acme", True)
    assert (seen.payer.websites, seen.payer.github) == (("https://acme.example",), ("acme",))
    assert seen.public
    assert len(acme.requests) == 1


@pytest.mark.parametrize(
    ("fields", "settlement", "note"),
    [
        ({}, Settlement.SETTLED, None),
        ({"isRefunded": True}, Settlement.VOID, "refunded"),
        ({"isRefund": True}, Settlement.VOID, "refunded"),
        ({"isOrderRejected": True}, Settlement.VOID, "rejected"),
        ({"isDisputed": True}, Settlement.VOID, "disputed"),
        ({"isInReview": True}, Settlement.PENDING, "in review"),
    ],
)
def test_what_a_payment_is_worth(
    acme: FakeOpenCollective, fields: dict[str, Any], settlement: Settlement, note: str | None
) -> None:
    acme.payment("acme", "2026-10-01", **fields)
    payment = only(acme)
    assert (payment.settlement, payment.note) == (settlement, note)


@pytest.mark.parametrize(
    ("status", "frequency", "expected"),
    [
        ("ACTIVE", "MONTHLY", (OrderStatus.ACTIVE,)),
        ("PROCESSING", "YEARLY", (OrderStatus.ACTIVE,)),
        ("ERROR", "MONTHLY", (OrderStatus.FAILING,)),
        ("PAUSED", "MONTHLY", (OrderStatus.PAUSED,)),
        ("CANCELLED", "MONTHLY", (OrderStatus.ENDED,)),
        ("NEW", "MONTHLY", ()),
        ("PENDING", "MONTHLY", ()),
        ("PAID", "ONETIME", ()),
    ],
)
def test_orders(
    acme: FakeOpenCollective, status: str, frequency: str, expected: tuple[OrderStatus, ...]
) -> None:
    acme.order("acme", "2026-08-01", status=status, frequency=frequency)
    assert statuses(found(acme)) == expected


def test_the_day_is_when_the_money_moved(acme: FakeOpenCollective) -> None:
    acme.payment(
        "acme",
        "2026-10-01",
        kind="ADDED_FUNDS",
        createdAt="2026-10-07T10:00:00.000Z",
        clearedAt="2026-09-28T00:00:00.000Z",
    )
    assert str(only(acme).day) == "2026-09-28"
    acme.ledger[0]["clearedAt"] = None
    assert str(only(acme).day) == "2026-10-07"


def test_a_yearly_payment_of_last_year_is_still_seen(acme: FakeOpenCollective) -> None:
    order = acme.order("acme", "2025-09-10", frequency="YEARLY")
    acme.payment("acme", "2025-09-10", 120000, order)
    payment = only(acme)
    assert (payment.rhythm, str(payment.began)) == (Rhythm.YEARLY, "2025-09-10")


def test_a_bank_transfer_without_an_order(acme: FakeOpenCollective) -> None:
    acme.payment("acme", "2026-10-01", kind="ADDED_FUNDS")
    assert only(acme).rhythm is Rhythm.ONE_TIME


def test_the_host_gives_the_amount_in_its_currency(acme: FakeOpenCollective) -> None:
    acme.payment("acme", "2026-10-01", amount={"valueInCents": 9000.0, "currency": "EUR"})
    payment = only(acme)
    assert (payment.amount, payment.in_host_currency) == (money("EUR 90"), money("USD 100"))


@pytest.mark.parametrize(
    ("profile", "websites", "github"),
    [
        ({"website": None}, (), ()),
        ({"githubHandle": "Acme"}, ("https://acme.example",), ("acme",)),
        ({"githubHandle": "acme/site"}, ("https://acme.example",), ("acme",)),
        ({"githubHandle": "@acme"}, ("https://acme.example",), ("acme",)),
        ({"githubHandle": " "}, ("https://acme.example",), ()),
        (
            {
                "website": None,
                "socialLinks": [
                    {"type": "WEBSITE", "url": "https://acme.example/en"},
                    {"type": "GITHUB", "url": "https://github.com/acme/"},
                    {"type": "GITHUB", "url": "http://www.github.com/Acme-Labs/site?tab=readme"},
                    {"type": "GITHUB", "url": "https://other.example/acme"},
                    {"type": "MASTODON", "url": "https://social.example/@acme"},
                ],
            },
            ("https://acme.example/en",),
            ("acme", "acme-labs"),
        ),
        (
            {
                "githubHandle": "acme",
                "socialLinks": [
                    {"type": "WEBSITE", "url": "https://acme.example"},
                    {"type": "GITHUB", "url": "https://github.com/acme"},
                ],
            },
            ("https://acme.example",),
            ("acme",),
        ),
    ],
    ids=["nothing", "handle", "repository", "at sign", "blank", "links only", "said twice"],
)
def test_what_an_account_says_of_itself(
    acme: FakeOpenCollective,
    profile: dict[str, Any],
    websites: tuple[str, ...],
    github: tuple[str, ...],
) -> None:
    acme.account("acme", **profile)
    payer = found(acme).payer
    assert payer is not None
    assert (payer.websites, payer.github) == (websites, github)


@pytest.mark.parametrize(
    ("cents", "currency", "amount"),
    [(10000.0, "USD", "USD 100"), (1050.4, "EUR", "EUR 10.50"), (50000.0, "JPY", "JPY 500")],
)
def test_amounts_are_whole_cents_whatever_the_currency(
    acme: FakeOpenCollective, cents: float, currency: str, amount: str
) -> None:
    acme.payment("acme", "2026-10-01", amount={"valueInCents": cents, "currency": currency})
    assert str(only(acme).amount) == amount


def test_the_day_is_that_of_utc(acme: FakeOpenCollective) -> None:
    acme.payment("acme", "2026-10-01", clearedAt="2026-10-01T01:30:00.000+02:00")
    assert str(only(acme).day) == "2026-09-30"


def test_projects_count_as_the_program_says(acme: FakeOpenCollective) -> None:
    project = acme.account("a-project", type="COLLECTIVE")
    acme.payment("acme", "2026-10-01", toAccount=project)
    assert str(only(acme, include_projects=True).day) == "2026-10-01"
    assert found(acme, include_projects=False).payments == ()


def test_gift_cards_count_for_who_paid_them(acme: FakeOpenCollective) -> None:
    spender = acme.account("spender")
    acme.payment("spender", "2026-10-01", giftCardEmitterAccount=acme.accounts["acme"])
    assert only(acme).settlement is Settlement.SETTLED
    spent = found(acme, spender["slug"]).payments or ()
    assert [one.note for one in spent] == ["a gift card of acme"]
    assert spent[0].settlement is Settlement.VOID


def test_money_passed_on_by_github_sponsors_is_nobodys(acme: FakeOpenCollective) -> None:
    acme.account("github-sponsors")
    acme.payment("github-sponsors", "2026-10-01")
    [payment] = found(acme, "github-sponsors").payments or ()
    assert payment.settlement is Settlement.VOID


@pytest.mark.parametrize("fields", [{"isFrozen": True}, {"isArchived": True}, {"isActive": False}])
def test_a_paused_collective_is_told(acme: FakeOpenCollective, fields: dict[str, Any]) -> None:
    acme.collective.update(fields)
    assert found(acme).receiver_paused


def test_an_incognito_payer_is_hidden(acme: FakeOpenCollective) -> None:
    acme.account("incognito-1", type="INDIVIDUAL", isIncognito=True, website=None)
    payer = found(acme, "incognito-1").payer
    assert payer is not None
    assert (payer.hidden, payer.organization, payer.websites) == (True, False, ())


def test_every_page_is_read_once(acme: FakeOpenCollective) -> None:
    for _ in range(1001):
        acme.payment("acme", "2026-10-01")
    assert len(found(acme).payments or ()) == 1001
    assert [one.variables["offset"] for one in acme.requests] == [0, 1000]


def _lose_a_payment(body: Any) -> None:
    del body["data"]["account"]["transactions"]["nodes"][0]


def test_a_list_that_is_shorter_than_it_says_is_no_answer(acme: FakeOpenCollective) -> None:
    acme.faithful("acme", "2026-09-01", "2026-10-01")
    acme.fail(server.changed(_lose_a_payment))
    assert ask(acme).failure == "Open Collective gave 1 of 2 results."


def test_a_later_page_that_fails_spoils_all(acme: FakeOpenCollective) -> None:
    for _ in range(1001):
        acme.payment("acme", "2026-10-01")
    acme.fail(server.status(502), after=1, times=9)
    answer = ask(acme)
    assert answer.value is None
    assert answer.failure is not None


def test_an_unknown_payer_is_a_fact(acme: FakeOpenCollective) -> None:
    assert found(acme, "nobody").payer is None


def test_an_unknown_collective_is_our_own_mistake(acme: FakeOpenCollective) -> None:
    answer = ask(acme, collective="nothing")
    assert answer.failure == (
        "Open Collective has no collective 'nothing': the program's own settings are at fault."
    )


def test_a_private_payer_is_unknown(acme: FakeOpenCollective) -> None:
    acme.account("shy", isPrivate=True)
    failure = ask(acme, "shy").failure
    assert failure == (
        "Open Collective does not let us see these payments: the account is private, "
        "or OPENCOLLECTIVE_TOKEN has not the scope 'transactions'."
    )


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (server.status(500), "Open Collective refused the question (HTTP 500, no data)."),
        (server.status(502), "Open Collective refused the question (HTTP 502, no data)."),
        (server.status(403), "Open Collective refused the question (HTTP 403, no data)."),
        (
            server.rate_limited(),
            "Open Collective's rate limit is reached until 2100-01-01 00:00 UTC.",
        ),
        (
            server.status(429, Retry_After="0.2"),
            "Open Collective's rate limit is reached until 2026-11-24 12:01 UTC.",
        ),
        (server.garbage(), "Open Collective sent something unexpected (HTTP 200)."),
        (server.garbage(b"[]"), "Open Collective sent something unexpected (HTTP 200)."),
        (
            server.refused({"message": "no", "extensions": {"code": "Internal"}}),
            "Open Collective refused the question (HTTP 200, Internal).",
        ),
        (
            server.partial("account", "transactions", "nodes", extensions={"code": "Oops"}),
            "Open Collective answered only in part (Oops).",
        ),
        (
            server.changed(lambda body: body["data"]["account"].pop("transactions")),
            "Open Collective sent something unexpected (KeyError).",
        ),
        (_payment_with(amount=None), "Open Collective sent something unexpected (TypeError)."),
        (
            _payment_with(amount={"valueInCents": None, "currency": "USD"}),
            "Open Collective sent something unexpected (TypeError).",
        ),
        (
            _payment_with(amount={"valueInCents": 10000, "currency": None}),
            "Open Collective sent something unexpected (TypeError).",
        ),
        (
            _payment_with(amount={"valueInCents": float("nan"), "currency": "USD"}),
            "Open Collective sent something unexpected (HTTP 200).",
        ),
        (
            _payment_with(createdAt=None, clearedAt=None),
            "Open Collective sent something unexpected (TypeError).",
        ),
        (
            _payment_with(clearedAt="2026-10-01T06:00:00"),
            "Open Collective sent something unexpected (ValueError).",
        ),
        (
            server.changed(lambda body: body["data"]["account"]["transactions"].update(nodes=None)),
            "Open Collective sent something unexpected (TypeError).",
        ),
        (
            server.changed(lambda body: body["data"].update(payer=None)),
            "Open Collective answered only in part (no payer).",
        ),
    ],
)
def test_a_failure_is_never_an_empty_list(
    acme: FakeOpenCollective, failure: server.Failure, sentence: str
) -> None:
    acme.faithful("acme", "2026-10-01")
    acme.fail(failure, times=9)
    answer = ask(acme)
    assert (answer.value, answer.failure) == (None, sentence)


def test_silence_is_a_failure(acme: FakeOpenCollective) -> None:
    acme.fail(server.silence, times=9)
    answer = ask_with(connect(acme, timeout=0.1))
    assert answer.failure is not None
    assert answer.failure.startswith("Open Collective did not answer (")


def test_a_stumble_is_tried_again(acme: FakeOpenCollective) -> None:
    acme.fail(server.status(502), times=2)
    assert found(acme).payer is not None
    assert len(acme.requests) == 3


TOKEN = "a-secret-token"


@pytest.mark.parametrize(
    "failure",
    [
        None,
        server.status(500, f"Invalid Personal Token (Api Key): {TOKEN}"),
        server.refused({"message": TOKEN, "extensions": {"code": TOKEN}}),
        server.partial("account", "orders", message=TOKEN, extensions={"code": TOKEN}),
        server.partial("account", TOKEN, message=TOKEN),
        server.status(401, TOKEN, WWW_Authenticate=TOKEN),
        server.garbage(TOKEN.encode()),
    ],
)
def test_a_token_that_is_echoed_is_not_repeated(
    acme: FakeOpenCollective, failure: server.Failure | None
) -> None:
    if failure:
        acme.tokens.add(TOKEN)
        acme.fail(failure, times=9)
    answer = ask_with(connect(acme, token=TOKEN))
    assert answer.failure is not None
    assert TOKEN not in repr(answer)
    assert TOKEN not in str(acme.requests[0]), "neither in the address nor in the question"
    assert acme.requests[0].headers["personal-token"] == TOKEN


def test_a_token_that_is_refused_is_told(acme: FakeOpenCollective) -> None:
    graphql = connect(acme, token=TOKEN)
    answer = ask_with(graphql)
    assert answer.failure == "Open Collective does not accept the token that the program uses."


def test_a_token_follows_no_redirect(acme: FakeOpenCollective) -> None:
    acme.tokens.add(TOKEN)
    with FakeOpenCollective() as elsewhere:
        acme.fail(server.status(307, Location=f"{elsewhere.url}/"), times=9)
        graphql = connect(acme, token=TOKEN)
        answer = ask_with(graphql)
        assert not elsewhere.requests
    assert answer.failure == "Open Collective refused the question (HTTP 307, no data)."


def _real(name: str) -> Any:
    return json.loads((REAL / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "paid"),
    [
        ("acme", ["11-01 USD 100", "10-01 USD 100", "09-01 USD 100", "08-01 USD 100"]),
        ("late-start", ["11-01 USD 100", "10-01 USD 100", "09-01 USD 100", "07-20 USD 100"]),
        ("euro-gmbh", ["11-01 USD 113", "10-01 USD 112", "09-01 USD 111", "08-01 USD 110"]),
        ("refunded-inc", ["11-01 refunded", "10-01 USD 100", "09-01 USD 100", "08-01 USD 100"]),
        ("yearly-corp", []),
    ],
)
def test_answers_of_the_real_server(name: str, paid: list[str]) -> None:
    data = _real(f"A-{name}")["body"]["data"]
    for node in data["account"]["transactions"]["nodes"]:
        node["order"]["createdAt"] = None  # which that query did not ask for
        node["taxAmount"] = {"valueInCents": None, "currency": node["amount"]["currency"]}
    data["account"]["currency"] = "USD"
    data["recurring"] = {"orders": data["account"].pop("orders")}  # now in a part of their own
    seen = open_collective_ledger.decode(data, OpenCollective(collective="mautic"))
    assert [
        f"{one.day:%m-%d} {one.note or one.in_host_currency}" for one in seen.payments or ()
    ] == paid
    assert statuses(seen) == (OrderStatus.ACTIVE,)
    assert not seen.receiver_paused
    assert seen.payer is not None
    assert (seen.payer.account, seen.payer.organization) == (name, True)
    assert (seen.payer.websites, seen.payer.github) == ((f"https://{name}.example",), (name,))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("A-no-such-org", None),
        ("err-bad-token", "Open Collective does not accept the token that the program uses."),
        (
            "err-rate-limit",
            "Open Collective's rate limit is reached until 2026-11-24 12:01 UTC.",
        ),
        (
            "err-unknown-field",
            "Open Collective refused the question (HTTP 400, GRAPHQL_VALIDATION_FAILED).",
        ),
    ],
)
def test_refusals_of_the_real_server(
    acme: FakeOpenCollective, name: str, sentence: str | None
) -> None:
    real = _real(name)
    told = server.Response(status=real["http_status"], body=real["body"], headers=real["headers"])
    acme.fail(lambda _: told, times=9)
    answer = ask(acme)
    assert answer.failure == sentence
    assert sentence or answer.value.payer is None


@pytest.mark.parametrize(
    ("fields", "method"),
    [
        ({"paymentMethod": {"service": "STRIPE", "type": "CREDITCARD"}}, Method.CARD),
        ({"paymentMethod": {"service": "PAYPAL", "type": "PAYMENT"}}, Method.CARD),
        (
            {"paymentMethod": {"service": "PAYPAL", "type": "SUBSCRIPTION"}},
            Method.PAYPAL_SUBSCRIPTION,
        ),
        (
            {"paymentMethod": {"service": "OPENCOLLECTIVE", "type": "MANUAL"}},
            Method.BANK_TRANSFER,
        ),
        ({"paymentMethod": {"service": "STRIPE", "type": "BANK_TRANSFER"}}, Method.BANK_TRANSFER),
        ({"paymentMethod": {"service": None, "type": None}}, Method.CARD),
        ({"paymentMethod": None}, Method.BANK_TRANSFER),
        ({"paymentMethod": None, "kind": "ADDED_FUNDS"}, Method.CARD),
    ],
)
def test_how_a_payment_was_made(
    acme: FakeOpenCollective, fields: dict[str, Any], method: Method
) -> None:
    acme.payment("acme", "2026-10-01", **fields)
    assert only(acme).method is method


@pytest.mark.parametrize(
    ("paid", "tax", "counts"),
    [
        (12100, -2100.0, "EUR 100"),
        (12100, None, "EUR 121"),
        (12100, 0.0, "EUR 121"),
        (11900, -1900.0, "EUR 100"),
    ],
)
def test_tax_is_no_support(
    acme: FakeOpenCollective, paid: int, tax: float | None, counts: str
) -> None:
    """In the host's currency, the same part of the payment is tax."""
    euro = {"valueInCents": float(paid), "currency": "EUR"}
    dollars = {"valueInCents": paid * 1.13, "currency": "USD"}
    told = {"valueInCents": tax, "currency": "EUR"}
    acme.payment("acme", "2026-10-01", amount=euro, amountInHostCurrency=dollars, taxAmount=told)
    payment = only(acme)
    assert str(payment.amount) == counts
    assert payment.in_host_currency is not None
    assert payment.in_host_currency.amount == round(payment.amount.amount * Decimal("1.13"), 2)


def test_only_a_refund_has_a_tax_above_0(acme: FakeOpenCollective) -> None:
    told = {"valueInCents": 2100.0, "currency": "USD"}
    acme.payment("acme", "2026-10-01", taxAmount=told, isRefund=True)
    assert only(acme).settlement is Settlement.VOID


@pytest.mark.parametrize(
    "tax",
    [
        {"valueInCents": -10001.0, "currency": "USD"},
        {"valueInCents": -100.0, "currency": "EUR"},
        {"valueInCents": 100.0, "currency": "USD"},
        {"valueInCents": True, "currency": "USD"},
    ],
)
def test_a_tax_that_cannot_be_is_no_answer(acme: FakeOpenCollective, tax: dict[str, Any]) -> None:
    acme.faithful("acme", "2026-10-01")
    acme.fail(_payment_with(taxAmount=tax))
    answer = ask(acme)
    assert answer.value is None
    assert answer.failure.startswith("Open Collective sent something unexpected")
