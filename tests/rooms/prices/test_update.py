"""The journeys of `partners required` and `partners prices update`, on the shipped table."""

import json
from pathlib import Path

import pytest

from builders import day, money, program, sponsorship_policy
from community_partners.errors import InvalidInputError, UserError
from community_partners.intake.countries import by_code
from community_partners.intake.price_table import load_prices, shipped_table
from community_partners.model.country import Country
from community_partners.model.program import Comparable, Program
from community_partners.prices import required
from community_partners.prices import update as prices
from community_partners.prices.update import PriceUpdate, apply_update, describe_update, plan_update
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace
from fakes import server

HEADER = "date,iso_a3,currency_code,name,local_price,dollar_ex,dollar_price,USD,EUR,GBP,JPY,CNY\n"
# What the January 2026 edition has for these, and an edition after it.
JULY = (
    ("USA", "USD", "6.12", "1"),
    ("EUZ", "EUR", "6.20", "0.86"),  # was 6.08
    ("IND", "INR", "250", "90.3"),  # was 227
    ("CHE", "CHF", "7.30", "0.80"),  # as it was
    ("ALB", "ALL", "600", "82"),  # never had one
)
RESTATED = ("USA", "USD", "4.89", "1")


def publisher(*rows: tuple[str, ...], on: str = "2026-07-01") -> str:
    lines = [
        f"{on},{code},{currency},Somewhere,{price},{rate},1,0,0,0,0,0\n"
        for code, currency, price, rate in rows
    ]
    return HEADER + "".join(lines)


def plan(tmp_path: Path, *rows: tuple[str, ...], policy: Program | None = None) -> PriceUpdate:
    return plan_update(publisher(*rows), "prices.csv", policy or program(), tmp_path)


def changed(update: PriceUpdate) -> dict[str, str]:
    """Each country's line, by its code; members of the euro area as one."""
    lines = describe_update(update).splitlines()[1:]
    euro = load_prices().euro_since
    return {
        "the euro area" if change.country.code in euro else change.country.code: line.strip()
        for change, line in zip(update.changes, lines, strict=True)
        if change.country.code == "DEU" or change.country.code not in euro
    }


# partners required


@pytest.mark.parametrize(
    ("text", "edition", "said"),
    [
        (
            "INDIA",
            "2021-01",
            "India: INR 3357 a month (Big Mac index, edition 2021-01: India, about USD 46)",
        ),
        (
            "DE",
            "2021-01",
            (
                "Germany: EUR 75 a month (Big Mac index, edition 2021-01: "
                "Germany, as part of the euro area, about USD 91)"
            ),
        ),
        (
            "usa",
            None,
            "United States: USD 100 a month (Big Mac index, edition 2026-01: United States)",
        ),
        (
            "la réunion",
            None,
            (
                "Réunion: EUR 99 a month (Big Mac index, edition 2026-01: "
                "Réunion follows France, as part of the euro area, about USD 115)"
            ),
        ),
        (
            "Guam",
            None,
            (
                "Guam: USD 100 a month (Big Mac index, edition 2026-01: "
                "Guam follows the United States)"
            ),
        ),
    ],
)
def test_what_a_country_pays(text: str, edition: str | None, said: str) -> None:
    country = required.find_country(text)
    found = required.required_of(country, program(), edition)
    assert required.describe_required(country, found) == said


def test_the_same_as_json() -> None:
    country = Country("DEU", "Germany")
    found = required.required_of(country, program(), "2026-01")
    assert json.loads(required.required_json(country, found)) == {
        "country": "DEU",
        "currency": "EUR",
        "amount": "99",
        "edition": "2026-01",
        "basis": "Germany, as part of the euro area",
        "about": "USD 115",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Germny", "'Germny' is not a country known to us. Did you mean Germany or Guernsey?"),
        ("Congo", "Did you mean Congo - Kinshasa or Congo - Brazzaville?"),
        (
            "\x1b[31m日本",
            "'\\x1b[31m日本' is not a country known to us. Write its name or its ISO code.",
        ),
    ],
)
def test_an_unknown_country_is_told_with_what_it_may_be(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        required.find_country(text)
    assert said in str(caught.value)


def test_a_country_without_a_price_says_what_to_do() -> None:
    with pytest.raises(UserError, match=r"no price for Cambodia.*what a Big Mac costs there"):
        required.required_of(Country("KHM", "Cambodia"), program(), None)


# Where the publisher's file comes from


class Publisher(server.FakeServer):
    """Serves one file."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body

    def answer(self, request: server.Request) -> server.Response:
        return server.Response(body=self.body)


def session(timeout: float = 10.0) -> Session:
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    return Session("The Big Mac index", {}, Meter(), pace)


def test_the_file_is_fetched() -> None:
    with Publisher(publisher(*JULY).encode()) as fake:
        url = f"{fake.url}/index.csv"
        assert prices.publisher_csv(None, session(), url) == (publisher(*JULY), url)


def test_bytes_that_are_not_utf_8_reach_the_parser() -> None:
    with Publisher(b"\xff\xfe") as fake:
        assert prices.publisher_csv(None, session(), fake.url)[0] == "\ufffd\ufffd"


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (server.status(404), "did not give the prices (HTTP 404)"),
        (server.status(500), "refused the question (HTTP 500, no data)"),
        (server.garbage(b"x" * 5_000_001), "is larger than any list of prices"),
    ],
)
def test_a_publisher_that_fails_is_a_sentence(failure: server.Failure, said: str) -> None:
    with Publisher(b"") as fake:
        fake.fail(failure, times=3)
        with pytest.raises(UserError) as caught:
            prices.publisher_csv(None, session(), fake.url)
    assert said in str(caught.value)
    assert "--from" in str(caught.value)


def test_a_publisher_that_is_silent_is_a_sentence() -> None:
    with Publisher(b"") as fake:
        fake.fail(server.silence, times=3)
        with pytest.raises(UserError, match=r"did not answer \(.*, 3 tries\).*--from"):
            prices.publisher_csv(None, session(timeout=0.1), fake.url)


def test_a_file_at_hand_is_read_and_nobody_asked(tmp_path: Path) -> None:
    path = tmp_path / "index.csv"
    path.write_text(publisher(*JULY), encoding="utf-8")
    closed = Session("Nobody", {}, Meter(), closed="Nobody may be asked.")
    assert prices.publisher_csv(path, closed) == (publisher(*JULY), str(path))


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        prices.publisher_csv(tmp_path / "index.csv", session())


# What an update would change


def test_whose_amount_would_change_by_how_much(tmp_path: Path) -> None:
    lines = {
        "ALB": "Albania: no price now, ALL 9804 then",
        "ARE": "United Arab Emirates: AED 310 now, no price then",
        "the euro area": "Germany: EUR 99 now, EUR 101 then (+2.0 %)",
        "IND": "India: INR 3709 now, INR 4085 then (+10.1 %)",
    }
    assert lines.items() <= changed(plan(tmp_path, *JULY)).items()


def test_every_member_of_the_euro_area_has_its_line(tmp_path: Path) -> None:
    codes = {change.country.code for change in plan(tmp_path, *JULY).changes}
    assert load_prices().euro_since.keys() <= codes


def test_what_does_not_change_has_no_line(tmp_path: Path) -> None:
    codes = {change.country.code for change in plan(tmp_path, *JULY).changes}
    assert not codes & {"CHE", "USA", "KHM", "EUZ"}


def test_the_amounts_of_now_are_those_of_the_program_s_edition(tmp_path: Path) -> None:
    policy = program(sponsorship=sponsorship_policy(edition="2021-01"))
    assert changed(plan(tmp_path, *JULY, policy=policy))["IND"] == (
        "India: INR 3357 now, INR 4085 then (+21.7 %)"
    )


def test_a_country_with_a_decision_changes_with_the_one_it_compares_with(tmp_path: Path) -> None:
    like_india = Comparable(
        country=by_code("KHM"),
        like=by_code("IND"),
        reason="For the test.",
        date=day("2026-11-02"),
        decided_by="example-maintainer",
    )
    policy = program(comparable_countries=(like_india,))
    assert changed(plan(tmp_path, *JULY, policy=policy))["KHM"] == (
        "Cambodia: INR 3709 now, INR 4085 then (+10.1 %)"
    )


def test_a_new_currency_has_no_percentage(tmp_path: Path) -> None:
    rows = (*JULY[:2], ("CZE", "EUR", "5", "0.86"))
    assert changed(plan(tmp_path, *rows))["CZE"] == "Czechia: CZK 1879 now, EUR 82 then"


def test_an_amount_of_nothing_has_no_percentage(tmp_path: Path) -> None:
    policy = program(sponsorship=sponsorship_policy(base=money("USD 2")))
    rows = (*JULY[:2], ("KWT", "KWD", "9", "0.3"))
    assert changed(plan(tmp_path, *rows, policy=policy))["KWT"] == "Kuwait: KWD 0 now, KWD 3 then"


@pytest.mark.parametrize("room", ["applications", "partners"])
def test_the_organizations_concerned_are_named(tmp_path: Path, room: str) -> None:
    (tmp_path / room).mkdir()
    for slug, name in (("acme", "Acme"), ("beta", "Beta \\u001b[31m Ltd"), ("gamma", "Acme")):
        text = f'name: "{name}"\ncountry: India\n'
        (tmp_path / room / f"{slug}.yml").write_text(text, encoding="utf-8")
    assert changed(plan(tmp_path, *JULY))["IND"] == (
        "India: INR 3709 now, INR 4085 then (+10.1 %): Acme, Beta [31m Ltd"
    )


def test_a_territory_has_a_line_if_an_organization_is_there(tmp_path: Path) -> None:
    (tmp_path / "partners").mkdir()
    for slug, country in (("acme", "Réunion"), ("beta", "Guam"), ("gamma", "Jersey")):
        text = f"name: {slug}\ncountry: {country}\n"
        (tmp_path / "partners" / f"{slug}.yml").write_text(text, encoding="utf-8")
    lines = changed(plan(tmp_path, *JULY))
    assert lines["REU"] == "Réunion: EUR 99 now, EUR 101 then (+2.0 %): acme"
    assert not lines.keys() & {"GUM", "JEY", "MTQ"}


@pytest.mark.parametrize(
    "record",
    [
        "name: 42\ncountry: India\n",
        "name: [a, b]\ncountry: India\n",
        "name: Acme\ncountry: 7\n",
        "name: Acme\n",
        "- a list\n",
        "a: b: c",
        "",
    ],
)
def test_a_record_that_is_wrong_does_not_stop_the_update(tmp_path: Path, record: str) -> None:
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / "wrong.yml").write_text(record, encoding="utf-8")
    assert changed(plan(tmp_path, *JULY))["IND"].startswith("India: INR 3709 now, INR 4085 then")


def test_nothing_new_is_nothing_to_do(tmp_path: Path) -> None:
    update = plan_update(publisher(RESTATED, on="2021-01-01"), "prices.csv", program(), tmp_path)
    assert (update.editions, update.changes) == ((), ())
    assert update.table == load_prices()
    assert describe_update(update) == (
        "No edition after 2026-01: nothing to do. Editions at hand stay as they were first "
        "published, even where the publisher has restated them."
    )


def test_a_new_edition_that_changes_nothing_says_so(tmp_path: Path) -> None:
    same = [
        (code, one.price.currency, str(one.price.amount), str(one.per_dollar))
        for code, one in load_prices().editions["2026-01"].prices.items()
    ]
    assert describe_update(plan(tmp_path, *same)) == (
        "New: 2026-07. If program.yml names 2026-07, no required amount changes."
    )


def test_a_wrong_row_stops_the_update(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"prices\.csv, line 7: The price 0 can't be right"):
        plan(tmp_path, *JULY, ("VEN", "VES", "0", "0"))


def test_a_page_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="It has no column"):
        plan_update("<html>\n", "prices.csv", program(), tmp_path)


# Writing it


def test_the_new_edition_is_added_and_not_a_byte_of_the_old_ones_changes(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    restated = publisher(RESTATED, on="2021-01-01") + publisher(*JULY).removeprefix(HEADER)
    apply_update(plan_update(restated, "prices.csv", program(), tmp_path), path)
    old, new = shipped_table().read_text(encoding="utf-8"), path.read_text(encoding="utf-8")
    assert new == old + (
        "2026-07-01,ALB,ALL,600,82\n"
        "2026-07-01,CHE,CHF,7.30,0.80\n"
        "2026-07-01,EUZ,EUR,6.20,0.86\n"
        "2026-07-01,IND,INR,250,90.3\n"
        "2026-07-01,USA,USD,6.12,1\n"
    )


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    apply_update(plan_update(HEADER, "prices.csv", program(), tmp_path), path)
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        apply_update(plan(tmp_path, *JULY), tmp_path)
