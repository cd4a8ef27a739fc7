"""Exchange rates as a source: whose rate is taken, and what is missing where nobody has one.

Days of 2021 are in the table that ships with the library; days of 2031 are newer than it, whichever
version is installed.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import day
from community_partners.model.sponsorship import RateKey
from community_partners.rates import exchange_rates
from community_partners.rates.bank_table import Bank, file_name, shipped
from community_partners.rates.exchange_rates import FILE
from community_partners.rates.open_collective_rates import OpenCollectiveRates
from fakes import bank, open_collective, server
from fakes.bank import FakeBank, history, zipped
from fakes.open_collective import FakeOpenCollective

MONDAY = "2031-03-03"
DIRHAM = (day("2021-01-04"), "AED", "USD")
FAR = (day(MONDAY), "USD", "EUR")


TODAY = "2031-03-31"


@pytest.fixture
def fake_bank() -> Iterator[FakeBank]:
    with FakeBank() as fake:
        fake.rates = {
            "2031-02-28": ("1.25", "0.80", "160"),
            MONDAY: ("1.60", "0.80", "N/A"),
        }
        yield fake


class Desk:
    """Asks for rates as cli does, with the bank and Open Collective on loopback."""

    def __init__(self, fake_bank: FakeBank, ledger: FakeOpenCollective, cache: Path) -> None:
        self.bank = fake_bank
        self.ledger = ledger
        self.cache: Path | None = cache
        self.today = TODAY
        self.desks: dict[float, OpenCollectiveRates] = {}

    def answer(self, *needed: RateKey, timeout: float = 10.0) -> Any:
        asked = Bank(
            session=bank.connect(self.bank, timeout), url=f"{self.bank.url}/", cache=self.cache
        )
        if timeout not in self.desks:
            graphql = open_collective.connect(self.ledger, timeout=timeout)
            self.desks[timeout] = OpenCollectiveRates(graphql)
        moment = datetime.fromisoformat(f"{self.today}T09:00:00").replace(tzinfo=UTC)
        return exchange_rates.rates(needed, asked, self.desks[timeout], lambda: moment)

    def found(self, *needed: RateKey) -> dict[str, str]:
        answer = self.answer(*needed)
        assert answer.failure is None
        return _by_day(answer.value)


def _by_day(rates: Collection[Any]) -> dict[str, str]:
    return {f"{one.day} {one.currency} {one.target}": str(one.factor) for one in rates}


@pytest.fixture
def desk(fake_bank: FakeBank, fake_open_collective: FakeOpenCollective, tmp_path: Path) -> Desk:
    return Desk(fake_bank, fake_open_collective, tmp_path / "cache")


def test_nothing_needed_asks_nobody(desk: Desk) -> None:
    answer = desk.answer()
    assert (answer.value, answer.failure) == ((), None)
    assert not desk.bank.requests + desk.ledger.requests


@pytest.mark.parametrize(
    ("on", "currency", "target", "factor"),
    [
        ("2021-01-04", "EUR", "USD", "1.22960000"),
        ("2021-01-04", "USD", "EUR", "0.81327261"),
        ("2021-01-04", "USD", "INR", "73.02293429"),
        ("2021-01-03", "EUR", "USD", "1.22710000"),
        ("2021-04-05", "EUR", "USD", "1.17460000"),
    ],
    ids=["from euro", "to euro", "across the euro", "a Sunday", "Easter Monday"],
)
def test_the_banks_rate_of_the_day_or_the_last_before(
    desk: Desk, on: str, currency: str, target: str, factor: str
) -> None:
    answer = desk.answer((day(on), currency, target))
    [rate] = answer.value
    assert (rate.factor, rate.source) == (Decimal(factor), "European Central Bank")
    assert rate.day == day(on), "the day that was asked for, or nobody finds it again"
    assert not desk.bank.requests + desk.ledger.requests


def test_a_newer_table_is_fetched_once_and_kept(desk: Desk) -> None:
    for _ in range(2):
        assert desk.found(FAR) == {f"{MONDAY} USD EUR": "0.62500000"}
    assert len(desk.bank.requests) == 1
    assert desk.cache is not None
    assert [one.name for one in desk.cache.iterdir()] == [file_name(TODAY)]


def test_a_day_without_a_rate_yet_is_asked_for_once_a_day(desk: Desk) -> None:
    """Today's rate comes in the afternoon; until then it is that of the day before."""
    today = (day("2031-03-04"), "USD", "EUR")
    for on, asked in (("2031-03-04", 1), ("2031-03-04", 1), ("2031-03-05", 2), ("2031-03-05", 2)):
        desk.today = on
        assert desk.found(today) == {"2031-03-04 USD EUR": "0.62500000"}
        assert len(desk.bank.requests) == asked
    assert desk.cache is not None
    assert [one.name for one in desk.cache.iterdir()] == [file_name("2031-03-05")]


def test_a_currency_that_the_bank_does_not_quote_is_not_asked_of_it(desk: Desk) -> None:
    desk.ledger.rates = {("USD", "VND", MONDAY): 26000.0}
    assert desk.found((day(MONDAY), "USD", "VND")) == {f"{MONDAY} USD VND": "26000.00000000"}
    assert desk.bank.requests == []


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        ("2031-03-04", "2031-03-04", 1),
        ("2031-03-04", "2031-12-24", 1),
        (MONDAY, MONDAY, 1),
        (MONDAY, "2031-03-04", 2),
    ],
    ids=["the same day", "months later", "of today, today", "of a day that was not over"],
)
def test_rates_of_open_collective_are_kept(desk: Desk, first: str, then: str, asked: int) -> None:
    desk.ledger.rates = {("USD", "VND", MONDAY): 26000.0}
    dong = (day(MONDAY), "USD", "VND")
    desk.today = first
    before = desk.answer(dong)
    desk.today = then
    assert desk.answer(dong).value == before.value
    assert len(desk.ledger.requests) == asked


def test_kept_rates_stand_beside_each_other(desk: Desk) -> None:
    desk.ledger.rates = {("USD", "VND", MONDAY): 26000.0, ("AED", "USD", "2021-01-04"): 0.27}
    both = (day(MONDAY), "USD", "VND"), DIRHAM
    for needed in ((both[0],), (both[1],), both):
        assert len(desk.answer(*needed).value) == len(needed)
    assert len(desk.ledger.requests) == 2


@pytest.mark.parametrize(
    "damage", ["", "[]", "{", "[" * 100_000, '[{"asked": 3}]', "0", "-1", "NaN", "Infinity"]
)
def test_a_damaged_file_of_rates_is_asked_for_again(desk: Desk, damage: str) -> None:
    desk.ledger.rates = {("USD", "VND", MONDAY): 26000.0}
    dong = (day(MONDAY), "USD", "VND")
    whole = desk.answer(dong).value
    assert desk.cache is not None
    file = desk.cache / FILE
    text = file.read_text("utf-8")
    number = damage.lstrip("-").isalnum()
    file.write_text(text.replace("26000.00000000", damage) if number else damage)
    assert desk.answer(dong).value == whole
    assert file.read_text("utf-8") == text


def test_a_weekend_needs_no_newer_table(desk: Desk) -> None:
    del desk.bank.rates[MONDAY]
    friday, sunday = ((day(on), "EUR", "USD") for on in ("2031-02-28", "2031-03-02"))
    desk.found(friday)
    assert desk.found(sunday) == {"2031-03-02 EUR USD": "1.25000000"}
    assert len(desk.bank.requests) == 1


def test_without_a_folder_nothing_is_kept(desk: Desk) -> None:
    desk.cache = None
    assert desk.found(FAR)
    assert desk.found(FAR)
    assert len(desk.bank.requests) == 2


def test_a_hole_in_the_table_is_the_day_before(desk: Desk) -> None:
    assert desk.found((day(MONDAY), "EUR", "JPY")) == {f"{MONDAY} EUR JPY": "160.00000000"}


@pytest.mark.parametrize(("on", "known"), [("2031-03-10", True), ("2031-03-11", False)])
def test_a_rate_is_at_most_a_week_old(desk: Desk, on: str, known: bool) -> None:
    assert bool(_by_day(desk.answer((day(on), "EUR", "USD")).value)) is known


def test_what_the_bank_lacks_open_collective_is_asked_at_once(desk: Desk) -> None:
    desk.ledger.rates = {
        ("AED", "USD", "2021-01-04"): 0.272294,
        ("KHR", "USD", "2021-01-05"): 0.000247,
    }
    riel, euro = (day("2021-01-05"), "KHR", "USD"), (day("2021-01-04"), "EUR", "USD")
    assert desk.found(DIRHAM, riel, euro) == {
        "2021-01-04 AED USD": "0.27229400",
        "2021-01-04 EUR USD": "1.22960000",
        "2021-01-05 KHR USD": "0.00024700",
    }
    [asked] = desk.ledger.requests
    assert [one["fromCurrency"] for one in asked.variables["asked"]] == ["AED", "KHR"]


def test_the_order_of_asking_changes_nothing(desk: Desk) -> None:
    needed = [(day(on), "EUR", to) for on in ("2021-01-05", "2021-01-04") for to in ("USD", "INR")]
    assert desk.answer(*needed).value == desk.answer(*reversed(needed)).value


def test_one_failure_leaves_the_rest(desk: Desk) -> None:
    desk.ledger.fail(server.status(502), times=9)
    answer = desk.answer(DIRHAM, (day("2021-01-04"), "EUR", "USD"))
    assert _by_day(answer.value) == {"2021-01-04 EUR USD": "1.22960000"}
    assert answer.failure == "Open Collective refused the question (HTTP 502, no data)."


def test_a_silent_bank_is_no_failure_where_open_collective_knows(desk: Desk) -> None:
    desk.bank.fail(server.status(503), times=9)
    desk.ledger.rates = {("USD", "EUR", MONDAY): 0.63}
    answer = desk.answer(FAR)
    [rate] = answer.value
    assert (str(rate.factor), rate.source) == ("0.63000000", "Open Collective")
    assert answer.failure is None


@pytest.mark.parametrize(
    ("asked", "on", "known"),
    [
        ("2031-03-31", "2031-03-04", True),
        ("2031-03-04", "2031-03-04", False),
        ("2031-03-03", "2031-03-04", False),
        ("2031-03-03", "2031-03-03", True),
        ("2031-03-03", "2031-03-02", True),
    ],
    ids=["asked later", "asked on its day", "asked before", "in the table", "a Sunday"],
)
def test_with_a_silent_bank_the_kept_rate_of_an_earlier_day(
    desk: Desk, asked: str, on: str, known: bool
) -> None:
    """It is taken where the bank has no newer one: it was asked later, or no working day passed."""
    desk.today = asked
    desk.found(FAR)
    desk.today = "2031-04-01"
    desk.bank.fail(server.status(503), times=9)
    answer = desk.answer((day(on), "USD", "EUR"))
    assert bool(answer.value) is known
    assert (answer.failure is None) is known


def test_with_a_silent_bank_the_librarys_last_rate_is_not_one_of_later_days(desk: Desk) -> None:
    table = shipped()
    last = table.rates.bounds["USD"].last_date
    ahead = {(last + timedelta(days=days)).weekday(): days for days in range(1, 8)}
    desk.bank.fail(server.status(503), times=99)
    for weekday, days in ahead.items():
        on = last + timedelta(days=days)
        passed = any((last + timedelta(days=one)).weekday() < 5 for one in range(1, days + 1))
        assert bool(desk.answer((on, "EUR", "USD")).value) is not passed, weekday


NO_RATES = "European Central Bank did not give its rates."
NOT_RATES = "European Central Bank sent something that is not its rates."
UNKNOWN = "Open Collective refused the question (HTTP 200, INTERNAL_SERVER_ERROR)."
HUGE = history({MONDAY: ("1.6", "1", "1")}).strip() + "N/A," * 3_000_000


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (server.status(500), "European Central Bank refused the question (HTTP 500, no data)."),
        (server.status(404), NO_RATES),
        (
            server.status(429, Retry_After="0.2"),
            "European Central Bank's rate limit is reached until 2026-11-24 12:01 UTC.",
        ),
        (server.garbage(), NOT_RATES),
        (server.garbage(b""), NOT_RATES),
        (server.garbage(zipped("")), NOT_RATES),
        (server.garbage(zipped("<html>Unicorn!</html>")), NOT_RATES),
        (server.garbage(zipped(history({"a Monday": ("1", "1", "1")}))), NOT_RATES),
        (server.garbage(zipped(history({MONDAY: ("0", "1", "1")}))), NOT_RATES),
        (server.garbage(zipped(history({MONDAY: ("-1.6", "1", "1")}))), NOT_RATES),
        (server.garbage(zipped(history({MONDAY: ("NaN", "1", "1")}))), NOT_RATES),
        (server.garbage(zipped(history({MONDAY: ("Infinity", "1", "1")}))), NOT_RATES),
        (server.garbage(zipped(HUGE)), NOT_RATES),
        (server.garbage(b"\0" * 10_000_001), NO_RATES),
    ],
)
def test_a_bank_that_fails_is_told(desk: Desk, failure: server.Failure, sentence: str) -> None:
    desk.bank.fail(failure, times=9)
    answer = desk.answer(FAR)
    assert answer.value == ()
    assert answer.failure == f"{sentence} {UNKNOWN}"
    assert desk.cache is not None
    assert not desk.cache.exists(), "what is not its rates is not kept"


def test_a_bank_that_keeps_silent_is_told(desk: Desk) -> None:
    desk.bank.fail(server.silence, times=9)
    failure = desk.answer(FAR, timeout=0.2).failure
    assert failure is not None
    assert failure.startswith("European Central Bank did not answer (")


def test_an_open_collective_that_keeps_silent_is_told(desk: Desk) -> None:
    desk.ledger.fail(server.silence, times=9)
    failure = desk.answer(DIRHAM, timeout=0.2).failure
    assert failure is not None
    assert failure.startswith("Open Collective did not answer (")


@pytest.mark.parametrize(
    "content",
    [b"", b"half a zip", zipped(history({MONDAY: ("0.8",)}, ("GBP",)))],
    ids=["empty", "cut off", "of other currencies"],
)
def test_a_kept_table_that_is_damaged_is_fetched_anew(desk: Desk, content: bytes) -> None:
    assert desk.cache is not None
    desk.cache.mkdir()
    (desk.cache / file_name(TODAY)).write_bytes(content)
    assert desk.found(FAR) == {f"{MONDAY} USD EUR": "0.62500000"}


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(desk: Desk) -> None:
    assert desk.cache is not None
    desk.cache.write_text("a file where a folder should be")
    assert desk.found(FAR) == {f"{MONDAY} USD EUR": "0.62500000"}


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (server.garbage(), "Open Collective sent something unexpected (HTTP 200)."),
        (
            server.partial("currencyExchangeRate", extensions={"code": "Oops"}),
            "Open Collective has no exchange rates for these payments.",
        ),
        (server.changed(lambda body: body["data"].clear()), "(KeyError)."),
        (server.changed(lambda body: _first(body).update(value=None)), "(TypeError)."),
        (server.changed(lambda body: _first(body).update(value=[1])), "(TypeError)."),
        (server.changed(lambda body: _first(body).update(date="soon")), "(ValueError)."),
        (server.changed(lambda body: _first(body).update(value=0)), "(ValueError)."),
        (server.changed(lambda body: _first(body).update(value=-1)), "(ValueError)."),
        (server.changed(lambda body: _first(body).update(value=float("nan"))), "(HTTP 200)."),
        (server.changed(lambda body: _first(body).update(value=float("inf"))), "(HTTP 200)."),
    ],
)
def test_an_odd_answer_of_open_collective_is_told(
    desk: Desk, failure: server.Failure, sentence: str
) -> None:
    desk.ledger.rates = {("AED", "USD", "2021-01-04"): 0.272294}
    desk.ledger.fail(failure, times=9)
    answer = desk.answer(DIRHAM)
    assert answer.value == ()
    assert answer.failure is not None
    assert answer.failure.endswith(sentence)


def _first(body: Any) -> Any:
    return body["data"]["currencyExchangeRate"][0]


def test_rates_that_nobody_asked_for_are_left_out(desk: Desk) -> None:
    desk.ledger.rates = {("AED", "USD", "2021-01-04"): 0.272294}
    desk.ledger.fail(server.changed(lambda body: _first(body).update(toCurrency="GBP")))
    assert desk.found(DIRHAM) == {}


def test_a_currency_that_open_collective_does_not_know_spoils_no_other(desk: Desk) -> None:
    desk.ledger.rates = {("USD", "VND", MONDAY): 26000.0, ("KHR", "USD", MONDAY): 0.000247}
    dinar = [(day(f"2031-03-0{number}"), "BHD", "USD") for number in (3, 4, 5)]
    needed = [*dinar, (day(MONDAY), "USD", "VND"), (day(MONDAY), "KHR", "USD")]
    answer = desk.answer(*needed)
    known = _by_day(answer.value)
    assert known.pop(f"{MONDAY} KHR USD") == "0.00024700"
    assert known.pop(f"{MONDAY} USD VND") == "26000.00000000"
    assert known == dict.fromkeys((f"2031-03-0{day} BHD USD" for day in (3, 4, 5)), "None")
    assert answer.failure is None
    assert len(desk.ledger.requests) == 4, "all at once, then each pair"
    desk.cache = None
    again = desk.answer(*needed)
    assert (again.value, again.failure) == (answer.value, answer.failure)
    assert len(desk.ledger.requests) == 5, "what was refused is not asked for again"


def test_a_day_without_a_rate_spoils_no_other(desk: Desk) -> None:
    desk.ledger.rates = {("USD", "VND", MONDAY): 26000.0}
    answer = desk.answer((day(MONDAY), "USD", "VND"), (day("2031-03-04"), "USD", "VND"))
    assert _by_day(answer.value) == {f"{MONDAY} USD VND": "26000.00000000"}
    assert (answer.failure, answer.lasting) == (UNKNOWN, True)


@pytest.mark.parametrize("failure", [server.status(401), server.status(503), server.rate_limited()])
def test_after_a_refusal_of_us_or_silence_nothing_further_is_asked(
    desk: Desk, failure: server.Failure
) -> None:
    desk.ledger.fail(failure, times=99)
    answer = desk.answer(DIRHAM, (day("2021-01-05"), "KHR", "USD"))
    assert answer.value == ()
    assert answer.failure is not None
    asked = [len(one.variables["asked"]) for one in desk.ledger.requests]
    assert set(asked) == {2}


CURRENCIES = ("VND", "KHR", "AED", "BHD", "JOD")  # the last two are unknown to the contract
keys = st.tuples(
    st.sampled_from([day(f"2031-03-0{number}") for number in range(1, 5)]),
    st.sampled_from(CURRENCIES),
    st.just("USD"),
)


@settings(max_examples=150, deadline=None)
@given(
    needed=st.lists(keys, min_size=1, max_size=8, unique=True),
    later=st.lists(keys, max_size=8, unique=True),
    known=st.sets(keys),
)
def test_each_rate_depends_on_itself_alone(
    needed: list[RateKey], later: list[RateKey], known: set[RateKey]
) -> None:
    """Whatever is asked for beside it, in this question or in one before."""
    with FakeOpenCollective() as ledger, FakeBank() as silent:
        there = {key for key in known if key[1] not in ("BHD", "JOD")}
        ledger.rates = {(key[1], key[2], str(key[0])): 0.5 for key in there}
        rates = OpenCollectiveRates(open_collective.connect(ledger))
        given = Bank(session=bank.connect(silent), url=silent.url, cache=None)
        moment = datetime(2031, 3, 31, 9, tzinfo=UTC)
        for asked in (needed, later):
            answer = exchange_rates.rates(asked, given, rates, lambda: moment)
            found = {one.key: one.factor for one in answer.value or ()}
            nobodys = {key for key in asked if key[1] in ("BHD", "JOD")}
            assert {key for key, factor in found.items() if factor} == there & {*asked}
            assert {key for key, factor in found.items() if not factor} == nobodys
            assert (answer.failure is None) == (there | nobodys >= {*asked})
        pairs = {key[1] for key in (*needed, *later)}
        most = 2 + 2 * len(pairs) + 3 * len({*needed, *later} - there)
        assert len({str(one.variables) for one in ledger.requests}) <= most + len(needed)


def test_what_the_silent_bank_quotes_is_not_unknown_to_everybody(desk: Desk) -> None:
    desk.bank.fail(server.status(503), times=9)
    answer = desk.answer((day(MONDAY), "USD", "SEK"))
    assert answer.value == ()
    assert answer.failure is not None
    assert not answer.lasting
