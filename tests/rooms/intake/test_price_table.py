"""The shipped prices, and which rows of the publisher's file can be right."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from community_partners.errors import InvalidInputError
from community_partners.intake.price_table import (
    load_prices,
    read_publisher_csv,
    shipped_table,
    write_prices,
)
from community_partners.model.money import Money
from community_partners.model.prices import Edition, Price

HEADER = "date,iso_a3,currency_code,name,local_price,dollar_ex,dollar_price,USD,EUR,GBP,JPY,CNY"
NEWEST = date(2026, 1, 1)
CORRECT_IT = "Correct the row, or ask the publisher of the file."
THE_FILE = "Take output-data/big-mac-raw-index.csv of TheEconomist/big-mac-data."


def row(
    country: str = "IND",
    currency: str = "INR",
    price: str = "230",
    rate: str = "90.1",
    day: str = "2026-07-01",
) -> str:
    return f"{day},{country},{currency},Somewhere,{price},{rate},2.5,0.1,0.1,0.1,0.1,0.1"


WHOLE = (row("USA", "USD", "6.2", "1"), row("EUZ", "EUR", "6.1", "0.86"))


def publisher(*rows: str) -> str:
    """The publisher's file: an edition with all that it must have, and these rows from line 4."""
    return "\n".join((HEADER, *WHOLE, *rows)) + "\n"


def read(text: str) -> tuple[Edition, ...]:
    return read_publisher_csv(text, "prices.csv", NEWEST)


def refusal(text: str) -> Sequence[str]:
    with pytest.raises(InvalidInputError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def shown(editions: Sequence[Edition]) -> dict[str, dict[str, tuple[str, str]]]:
    return {
        edition.name: {
            code: (str(price.price), str(price.per_dollar))
            for code, price in edition.prices.items()
        }
        for edition in editions
    }


# What is shipped


def test_the_shipped_editions_have_names_and_days() -> None:
    editions = load_prices().editions
    assert {name: str(edition.day) for name, edition in editions.items()} == {
        name: f"{name}-01"
        for name in (
            *("2021-01", "2021-07", "2022-01", "2022-07", "2023-01", "2023-07"),
            *("2024-01", "2024-07", "2025-01", "2026-01"),
        )
    }


@pytest.mark.parametrize(
    ("edition", "country", "price", "per_dollar"),
    [
        ("2021-01", "IND", "INR 190", "73.39"),
        ("2021-01", "EUZ", "EUR 4.25", "0.82"),
        ("2026-01", "USA", "USD 6.12", "1"),
        # As first published; the publisher's later files say 4.89, 4.93 and 5.04.
        ("2021-01", "USA", "USD 5.66", "1"),
        ("2021-07", "USA", "USD 5.65", "1"),
        ("2022-01", "USA", "USD 5.81", "1"),
    ],
)
def test_shipped_prices(edition: str, country: str, price: str, per_dollar: str) -> None:
    found = load_prices().editions[edition].prices[country]
    assert (str(found.price), f"{found.per_dollar:.2f}".rstrip("0").rstrip(".")) == (
        price,
        per_dollar,
    )


def test_members_of_the_euro_area_have_no_price_of_their_own() -> None:
    table = load_prices()
    for edition in table.editions.values():
        assert not edition.prices.keys() & table.euro_since.keys()
        assert {"EUZ", "USA"} <= edition.prices.keys()


def test_who_uses_the_euro_since_when() -> None:
    since = load_prices().euro_since
    assert len(since) == 21
    assert since["DEU"] == date(1999, 1, 1)
    assert since["HRV"] == date(2023, 1, 1)
    assert since["BGR"] == date(2026, 1, 1)


def test_writing_what_was_read_gives_the_same_bytes() -> None:
    text = write_prices(load_prices().editions.values())
    assert text.encode() == shipped_table().read_bytes()


def test_the_order_of_rows_does_not_change_the_bytes() -> None:
    upside_down = [
        Edition(name=one.name, day=one.day, prices=dict(sorted(one.prices.items(), reverse=True)))
        for one in reversed(list(load_prices().editions.values()))
    ]
    assert write_prices(upside_down).encode() == shipped_table().read_bytes()


# What the publisher's file may hold


def test_newer_editions_are_read_the_earliest_first() -> None:
    later = [
        row(*one, day="2027-01-05")
        for one in (("EUZ", "EUR", "6.3", "0.9"), ("USA", "USD", "6.4", "1"))
    ]
    text = "\n".join((HEADER, *later, *WHOLE, row()))
    assert shown(read(text)) == {
        "2026-07": {
            "USA": ("USD 6.20", "1"),
            "EUZ": ("EUR 6.10", "0.86"),
            "IND": ("INR 230", "90.1"),
        },
        "2027-01": {"EUZ": ("EUR 6.30", "0.9"), "USA": ("USD 6.40", "1")},
    }
    assert [edition.day for edition in read(text)] == [date(2026, 7, 1), date(2027, 1, 5)]


@pytest.mark.parametrize(
    "old",
    [
        pytest.param(row("USA", "USD", "4.89", "1", day="2021-01-01"), id="restated"),
        pytest.param(row("USA", "USD", "9", "1", day="2026-01-01"), id="the newest at hand"),
        pytest.param(row("USA", "USD", "9", "1", day="2026-01-15"), id="the same month"),
        pytest.param(row("VEN", "VEF", "0", "0", day="2018-01-01"), id="a zero of old"),
        pytest.param(row("XXX", "XXX", "-1", "", day="2011-07-01"), id="nonsense of old"),
    ],
)
def test_editions_at_hand_are_not_looked_at(old: str) -> None:
    assert [edition.name for edition in read(publisher(old))] == ["2026-07"]
    assert read(f"{HEADER}\n{old}\n") == ()


def test_large_numbers_are_understood_as_r_writes_them() -> None:
    # The publisher's own file has 4e+06 for Turkey in 2002.
    [edition] = read(publisher(row("IDN", "IDR", "4e+04", "1.65e+04")))
    assert edition.prices["IDN"].price.amount == Decimal(40000)
    assert "2026-07-01,IDN,IDR,40000,16500\n" in write_prices([edition])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + publisher(row()), id="byte order mark"),
        pytest.param(publisher(row()).replace("\n", "\r\n"), id="windows"),
        pytest.param(publisher(row()).replace("\n", "\r"), id="old mac"),
        pytest.param(publisher(row()) + "\n\n", id="empty lines"),
        pytest.param(publisher(row().replace("Somewhere", '"Some, where"')), id="quoted"),
    ],
)
def test_the_file_as_spreadsheets_save_it(text: str) -> None:
    assert shown(read(text)) == shown(read(publisher(row())))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(price="0"), "The price 0 can't be right: it must be above zero."),
        (row(price="-190"), "The price -190 can't be right: it must be above zero."),
        (row(price="NaN"), "The price 'NaN' is not a number."),
        (row(price="sNaN"), "The price 'sNaN' is not a number."),
        (row(price="Infinity"), "The price 'Infinity' is not a number."),
        (
            row(price="1e999999"),
            "The price 1e999999 can't be right: it is far too large or too small.",
        ),
        (row(price="1e-99"), "The price 1e-99 can't be right: it is far too large or too small."),
        (row(price="cheap"), "The price 'cheap' is not a number."),
        (row(price="1.234.567"), "The price '1.234.567' is not a number."),
        (row(price=""), "The price '' is not a number."),
        (row(rate="0"), "The exchange rate 0 can't be right: it must be above zero."),
        (row(rate="-1"), "The exchange rate -1 can't be right: it must be above zero."),
        (row(rate="NaN"), "The exchange rate 'NaN' is not a number."),
        (row(rate=""), "The exchange rate '' is not a number."),
        (row(country="XXX"), "'XXX' is not the code of a country."),
        (row(country="ind"), "'ind' is not the code of a country."),
        (row(country=""), "'' is not the code of a country."),
        (row(currency="RUP"), "'RUP' is not the code of a currency."),
        (row(currency=""), "'' is not the code of a currency."),
        (row("USA", "USD"), "USA stands twice in the edition of 2026-07-01."),
        (row(day="July 2026"), "'July 2026' is not a day: write it as 2026-11-24."),
        (row(day="2026-13-01"), "'2026-13-01' is not a day: write it as 2026-11-24."),
        (row(day=""), "'' is not a day: write it as 2026-11-24."),
        ("2026-07-01", "'' is not the code of a country."),
        ("\x00", "'\\x00' is not a day: write it as 2026-11-24."),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(wrong: str, message: str) -> None:
    assert refusal(publisher(wrong)) == [f"prices.csv, line 4: {message} {CORRECT_IT}"]


def test_all_wrong_rows_are_told_together_with_their_lines() -> None:
    text = publisher(row(price="0"), row("CHE", "CHF"), row("JPN", "YEN"), "", row("XXX"))
    assert [problem.split(":")[0] for problem in refusal(text)] == [
        "prices.csv, line 4",
        "prices.csv, line 6",
        "prices.csv, line 8",
    ]


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        (
            f"{HEADER}\n{WHOLE[1]}\n",
            "prices.csv",
            "The edition of 2026-07-01 has no price for USA.",
            CORRECT_IT,
        ),
        (
            f"{HEADER}\n{WHOLE[0]}\n",
            "prices.csv",
            "The edition of 2026-07-01 has no price for EUZ.",
            CORRECT_IT,
        ),
        (
            publisher(*(one.replace("07-01", "07-15") for one in WHOLE)),
            "prices.csv",
            "July 2026 has two editions, of 2026-07-01 and 2026-07-15.",
            CORRECT_IT,
        ),
        (
            publisher(row(price="9" * 200_000)),
            "prices.csv, line 4",
            "This is not a line of CSV.",
            THE_FILE,
        ),
        (
            "",
            "prices.csv, line 1",
            "It has no column currency_code, date, dollar_ex, dollar_price, iso_a3, local_price.",
            THE_FILE,
        ),
        (
            "<!DOCTYPE html>\n<title>Not found</title>\n",
            "prices.csv, line 1",
            "It has no column currency_code, date, dollar_ex, dollar_price, iso_a3, local_price.",
            THE_FILE,
        ),
        # The publisher's source, which has rows for members of the euro area.
        (
            "name,iso_a3,currency_code,local_price,dollar_ex,GDP_dollar,GDP_local,date\n",
            "prices.csv, line 1",
            "It has no column dollar_price.",
            THE_FILE,
        ),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(
    text: str, place: str, message: str, remedy: str
) -> None:
    assert refusal(text) == [f"{place}: {message} {remedy}"]


def test_the_price_of_the_united_states_is_in_dollars() -> None:
    text = "\n".join((HEADER, row("USA", "EUR"), WHOLE[1]))
    assert "prices.csv, line 2: The price of USA is in EUR, not in USD." in refusal(text)[0]


def test_what_is_written_is_read_again_as_it_was() -> None:
    editions = read(publisher(row(), row("CHE", "CHF", "7.20", "0.8")))
    written = list(csv.DictReader(write_prices(editions).splitlines()))
    again = {
        one["country"]: Price(
            price=Money(Decimal(one["price"]), one["currency"]),
            per_dollar=Decimal(one["per_dollar"]),
        )
        for one in written
    }
    assert again == editions[0].prices
