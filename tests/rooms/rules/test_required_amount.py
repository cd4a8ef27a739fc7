"""What a country's index asks a month, by the shipped prices and by invented ones."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import application, day, money, program, sponsorship_policy
from community_partners.errors import UserError
from community_partners.intake.countries import by_code
from community_partners.intake.price_table import load_prices
from community_partners.model.application import BigMac
from community_partners.model.country import Country
from community_partners.model.prices import Edition, Price, PriceTable
from community_partners.model.program import Comparable, Program
from community_partners.model.verdict import Required
from community_partners.rules.required_amount import NoAmount, amount_asked, required_amount

CAMBODIA = Country("KHM", "Cambodia")
INDIA = Country("IND", "India")
CODES = sorted({code for edition in load_prices().editions.values() for code in edition.prices})
DECIDED = "as decided on 2 November 2026 by example-maintainer"


def country(code: str, name: str = "Somewhere") -> Country:
    return Country(code, name)


def asks(base: str = "USD 100", *decided: Comparable) -> Program:
    return program(
        sponsorship=sponsorship_policy(base=money(base)), comparable_countries=tuple(decided)
    )


def decided(**fields: Any) -> Comparable:
    defaults: dict[str, Any] = {
        "country": by_code("KHM"),
        "reason": "A neighbor with a comparable price level.",
        "date": day("2026-11-02"),
        "decided_by": "example-maintainer",
    }
    return Comparable(**{**defaults, **fields})


def amount(
    of: Country, policy: Program | None = None, edition: str | None = None
) -> Required | NoAmount:
    return required_amount(of, policy or asks(), load_prices(), edition)


def required(of: Country, policy: Program | None = None, edition: str | None = None) -> Required:
    found = amount(of, policy, edition)
    assert isinstance(found, Required)
    return found


# By the shipped prices


@pytest.mark.parametrize(
    ("edition", "code", "expected", "about"),
    [
        ("2021-01", "IND", "INR 3357", "USD 46"),
        ("2021-01", "DEU", "EUR 75", "USD 91"),
        ("2021-01", "USA", "USD 100", "USD 100"),
        ("2026-01", "IND", "INR 3709", "USD 41"),
        ("2026-01", "DEU", "EUR 99", "USD 115"),
        ("2026-01", "GBR", "GBP 86", "USD 115"),
        ("2026-01", "CHE", "CHF 119", "USD 148"),
        ("2026-01", "JPN", "JPY 7843", "USD 49"),
        ("2026-01", "CZE", "CZK 1879", "USD 90"),
        ("2026-01", "USA", "USD 100", "USD 100"),
    ],
)
def test_published_amounts(edition: str, code: str, expected: str, about: str) -> None:
    found = required(country(code), edition=edition)
    assert (str(found.amount), found.edition, str(found.base)) == (expected, edition, about)


def test_the_program_names_the_edition_unless_another_is_asked_for() -> None:
    policy = program(sponsorship=sponsorship_policy(edition="2021-01"))
    assert str(required(country("IND"), policy).amount) == "INR 3357"
    assert str(required(country("IND"), policy, "2026-01").amount) == "INR 3709"


@pytest.mark.parametrize(
    ("code", "edition", "member"),
    [
        ("DEU", "2021-01", True),
        ("HRV", "2022-07", False),
        ("HRV", "2023-01", True),  # joined on the edition's very day
        ("BGR", "2025-01", False),
        ("BGR", "2026-01", True),
        ("XKX", "2026-01", False),  # uses the euro without being a member
    ],
)
def test_members_of_the_euro_area_take_its_price_from_the_day_they_joined(
    code: str, edition: str, member: bool
) -> None:
    found = amount(country(code), edition=edition)
    assert isinstance(found, Required) is member
    if isinstance(found, Required):
        assert found.amount == required(country("FRA"), edition=edition).amount
        assert found.basis == "Somewhere, as part of the euro area"


def test_a_country_of_its_own_price_is_its_own_basis() -> None:
    assert required(country("IND", "India")).basis == "India"


def test_an_unknown_edition_names_those_at_hand() -> None:
    with pytest.raises(UserError) as caught:
        amount(country("IND"), edition="2020-07")
    assert "'2020-07'" in str(caught.value)
    assert "2021-01, 2021-07, 2022-01" in str(caught.value)
    assert "partners prices update" in str(caught.value)


# Countries without a price


def test_a_country_without_a_price_has_no_amount_but_a_way_on() -> None:
    found = amount(CAMBODIA)
    assert isinstance(found, NoAmount)
    assert found.reason == (
        "The Big Mac index, edition 2026-01, has no price for Cambodia, "
        "so a maintainer decides the required amount."
    )
    assert found.remedy
    for way in ("what a Big Mac costs", "which country compares", "comparable_countries"):
        assert way in found.remedy


@pytest.mark.parametrize(
    ("entry", "expected", "about", "basis"),
    [
        (
            decided(like=by_code("VNM")),
            "VND 1241830",
            "USD 47",
            f"Cambodia, compared with Vietnam {DECIDED}",
        ),
        (
            decided(like=by_code("DEU")),
            "EUR 99",
            "USD 115",
            f"Cambodia, compared with Germany {DECIDED}",
        ),
        (
            decided(price=money("EUR 3.06")),
            "EUR 50",
            "USD 58",
            f"Cambodia, at EUR 3.06 for a Big Mac {DECIDED}",
        ),
        (
            decided(price=money("USD 3.06")),
            "USD 50",
            "USD 50",
            f"Cambodia, at USD 3.06 for a Big Mac {DECIDED}",
        ),
        (
            decided(price=money("KHR 19000"), per_dollar=Decimal(4010)),
            "KHR 310458",
            "USD 77",
            f"Cambodia, at KHR 19000 for a Big Mac {DECIDED}",
        ),
        (
            decided(price=money("KHR 19000")),
            "KHR 310458",
            "None",
            f"Cambodia, at KHR 19000 for a Big Mac {DECIDED}",
        ),
    ],
)
def test_what_a_maintainer_decided(
    entry: Comparable, expected: str, about: str, basis: str
) -> None:
    found = required(CAMBODIA, asks("USD 100", entry))
    assert (str(found.amount), str(found.base), found.basis) == (expected, about, basis)
    assert (found.amount.currency in found.rates) is (found.base is not None)


def test_a_decision_is_for_its_country_only() -> None:
    policy = asks("USD 100", decided(country=by_code("LAO"), like=by_code("VNM")))
    assert isinstance(amount(CAMBODIA, policy), NoAmount)


def test_a_price_in_the_index_comes_before_a_decision() -> None:
    policy = asks("USD 100", decided(country=by_code("IND"), like=by_code("CHE")))
    assert str(required(country("IND"), policy).amount) == "INR 3709"


def test_a_decision_for_a_country_that_has_no_price_either_helps_nobody() -> None:
    assert isinstance(amount(CAMBODIA, asks("USD 100", decided(like=by_code("LAO")))), NoAmount)


# The arithmetic


def invented(local: str, home: str = "4") -> PriceTable:
    prices = {
        "USA": Price(price=money(f"USD {home}"), per_dollar=Decimal(1)),
        "ARE": Price(price=money(f"AED {local}"), per_dollar=Decimal("3.67")),
    }
    edition = Edition(name="2026-01", day=day("2026-01-01"), prices=prices)
    euro_since = {"DEU": day("1999-01-01")}
    return PriceTable(editions={"2026-01": edition}, euro_since=euro_since, territories={})


@pytest.mark.parametrize(
    ("local", "base", "expected"),
    [
        ("4", "USD 100", "AED 100"),
        ("4.02", "USD 100", "AED 101"),  # 100.5: a half goes up
        ("4.06", "USD 100", "AED 102"),  # 101.5: and again, not to the even neighbor
        ("4.0199", "USD 100", "AED 100"),
        ("4.0200000001", "USD 100", "AED 101"),
        ("4", "USD 99.50", "AED 100"),
    ],
)
def test_rounded_to_the_whole_unit_half_up(local: str, base: str, expected: str) -> None:
    found = required_amount(country("ARE"), asks(base), invented(local))
    assert isinstance(found, Required)
    assert str(found.amount) == expected


def test_an_edition_without_the_euro_area_has_no_amount_for_its_members() -> None:
    assert isinstance(required_amount(country("DEU"), asks(), invented("4")), NoAmount)


def test_a_base_in_another_currency_is_a_mistake_in_the_policy() -> None:
    with pytest.raises(UserError, match=r"EUR 100.*program\.yml.*USD"):
        amount(country("USA"), asks("EUR 100"))


bases = st.decimals(min_value="0.01", max_value="999999999", places=2).map(
    lambda base: f"USD {base}"
)
codes = st.sampled_from([code for code in CODES if code != "EUZ"])
editions = st.sampled_from(sorted(load_prices().editions))


def units(code: str, base: str, edition: str) -> Decimal | None:
    found = amount(country(code), asks(base), edition)
    return found.amount.amount if isinstance(found, Required) else None


@given(codes, bases, editions)
def test_an_amount_is_a_whole_number_and_never_negative(code: str, base: str, edition: str) -> None:
    found = units(code, base, edition)
    if found is not None:
        assert found >= 0
        assert found == found.to_integral_value()


@given(codes, bases, editions, st.integers(min_value=2, max_value=50))
def test_an_amount_scales_with_the_base(code: str, base: str, edition: str, factor: int) -> None:
    once = units(code, base, edition)
    many = units(code, f"USD {money(base).amount * factor}", edition)
    if once is not None:
        assert many is not None
        # Either is off by half a unit at most, the first `factor` times.
        assert abs(many - once * factor) <= (Decimal(factor) + 1) / 2


@given(bases, editions)
def test_the_united_states_pay_the_base(base: str, edition: str) -> None:
    found = units("USA", base, edition)
    assert found is not None
    assert abs(found - money(base).amount) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            BigMac(comparable=by_code("VNM")),
            "The application compares with Vietnam: VND 1241830 a month.",
        ),
        (
            BigMac(price=money("KHR 19000"), date=day("2026-10-01"), picture="https://a.example/p"),
            "The application shows KHR 19000 for a Big Mac on 1 October 2026: KHR 310458 a month.",
        ),
        (BigMac(comparable=by_code("LAO")), "It has none for Laos either."),
    ],
)
def test_a_proposal_is_shown_and_never_decides(shown: BigMac, words: str) -> None:
    who = application(country=CAMBODIA, big_mac=shown)
    found = amount_asked(who, program(), load_prices())
    assert isinstance(found, NoAmount)
    assert found.reason.endswith(words)


def test_a_proposal_changes_nothing_where_there_is_a_price() -> None:
    who = application(country=INDIA, big_mac=BigMac(comparable=by_code("CHE")))
    assert amount_asked(who, program(), load_prices()) == required_amount(
        INDIA, program(), load_prices()
    )
