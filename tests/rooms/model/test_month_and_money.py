"""Months and money: the laws that everything else rests on."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import money
from community_partners.model.money import Money
from community_partners.model.month import Month, in_words, last_closed, listed
from community_partners.model.website import website_host

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@given(MONTHS, st.integers(-600, 600))
def test_adding_and_taking_away_are_each_others_undoing(month: Month, count: int) -> None:
    assert (month + count) - count == month
    assert (month + count > month) == (count > 0)


@given(MONTHS)
def test_a_month_ends_where_the_next_begins(month: Month) -> None:
    assert month.last_day + timedelta(days=1) == (month + 1).first_day
    assert Month.of(month.first_day) == Month.of(month.last_day) == month
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-1", "26-10", "October", "", "0000-01", "２０２６-10"]
)
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month: write it as 2026-10"):
        Month.parse(text)


def test_a_month_is_utcs() -> None:
    east = timezone(timedelta(hours=9))
    assert str(Month.of(datetime(2026, 11, 1, 8, 59, tzinfo=east))) == "2026-10"
    assert str(Month.of(datetime(2026, 11, 1, 0, 0, tzinfo=UTC))) == "2026-11"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 1), ["2026-08", "2026-09", "2026-10"]),
        (date(2026, 10, 31), ["2026-07", "2026-08", "2026-09"]),
        (date(2027, 1, 15), ["2026-10", "2026-11", "2026-12"]),
    ],
)
def test_the_last_closed_months(today: date, expected: list[str]) -> None:
    assert [str(month) for month in last_closed(today, 3)] == expected


@pytest.mark.parametrize("text", ["EUR 75", "EUR 75.50", "JPY 7843", "USD 0", "KHR 19000"])
def test_money_is_written_as_it_is_read(text: str) -> None:
    assert str(money(text)) == text


@given(st.integers(-(10**12), 10**12))
def test_cents_are_exact(cents: int) -> None:
    amount = Money.of_cents(cents, "USD")
    assert amount.amount * 100 == cents
    assert Money.parse(str(amount)) == amount


def test_two_currencies_never_compare() -> None:
    with pytest.raises(ValueError, match="are of two currencies: convert one first"):
        _ = money("EUR 1") >= money("USD 1")
    with pytest.raises(ValueError, match="are of two currencies"):
        _ = money("EUR 1") + money("USD 1")


def test_a_twelfth_is_not_rounded() -> None:
    assert (money("USD 100") / 12).amount * 12 == pytest.approx(Decimal(100))


def test_words() -> None:
    assert in_words(date(2027, 1, 1)) == "1 January 2027"
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.acme.example/en", "acme.example"),
        ("https://ACME.example:8443", "acme.example"),
        ("acme.example", "acme.example"),
        ("", ""),
    ],
)
def test_websites_compare_by_host(url: str, host: str) -> None:
    assert website_host(url) == host
