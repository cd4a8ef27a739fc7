"""Whose price a territory takes: each row of the shipped table, and everybody who is not in it.

The table is compared with CLDR's list of which country used which currency when (by Babel), so a
currency that changes is seen with the next Babel or the next edition.
"""

import csv
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pycountry
import pytest
from babel.numbers import get_territory_currencies

from builders import application, day, evidence, money, month, program, sponsorship_policy
from community_partners.intake.countries import by_code, find
from community_partners.intake.price_table import load_prices, shipped_table
from community_partners.model.application import BigMac
from community_partners.model.money import Money
from community_partners.model.partner import Terms
from community_partners.model.prices import Edition, Price, PriceTable, Territory
from community_partners.model.program import Comparable, PartnerEdition
from community_partners.model.verdict import Required
from community_partners.rules.decision import decide
from community_partners.rules.price_edition import asked_of
from community_partners.rules.required_amount import NoAmount, amount_asked, required_amount
from month_builders import partner

TABLE = load_prices()
LATEST = TABLE.editions[max(TABLE.editions)]
ROWS = list(
    csv.DictReader((shipped_table().parent / "territories.csv").read_text("utf-8").splitlines())
)
# They share a currency with a state of the index, and follow nobody. The reason stands with each.
LEFT_OUT = {
    "GGY": "notes of its own",
    "IMN": "notes of its own",
    "JEY": "notes of its own",
    "BES": "the currency of another state",
    "IOT": "the currency of another state",
    "PCN": "the currency of another state",
    "TCA": "the currency of another state",
    "VGB": "the currency of another state",
    "BVT": "nobody lives there",
    "HMD": "nobody lives there",
    "SGS": "nobody lives there",
    "UMI": "nobody lives there",
    "AND": "a state",
    "MCO": "a state",
    "MNE": "a state",
    "SMR": "a state",
    "VAT": "a state",
    "ECU": "a state",
    "FSM": "a state",
    "HTI": "a state",
    "MHL": "a state",
    "PAN": "a state",
    "PLW": "a state",
    "SLV": "a state",
    "TLS": "a state",
    "ZWE": "a state",
    "LIE": "a state",
    "KIR": "a state",
    "NRU": "a state",
    "TUV": "a state",
    "PSE": "a state",
    "BTN": "a state",
    "LSO": "a state",
    "NAM": "a state",
}


def used(code: str, edition: Edition) -> list[str]:
    """The currencies that CLDR says are legal tender in a country on the edition's day."""
    [alpha_2] = [one.alpha_2 for one in pycountry.countries if one.alpha_3 == code]
    found = get_territory_currencies(alpha_2, edition.day, edition.day, tender=True)
    return [str(one) for one in found]


def asked(code: str, table: PriceTable = TABLE, **policy: object) -> Required | NoAmount:
    return required_amount(by_code(code), program(**policy), table)


@pytest.mark.parametrize("row", ROWS, ids=[row["territory"] for row in ROWS])
@pytest.mark.parametrize("edition", [LATEST, TABLE.editions["2021-01"]], ids=lambda one: one.name)
def test_each_row_follows_a_state_that_is_priced_in_its_currency(
    row: Mapping[str, str], edition: Edition
) -> None:
    territory, state = by_code(row["territory"]), by_code(row["state"])
    found = required_amount(territory, program(), TABLE, edition.name)
    same = required_amount(state, program(), TABLE, edition.name)
    assert isinstance(found, Required)
    assert isinstance(same, Required)
    assert used(territory.code, edition) == [row["currency"]] == used(state.code, edition)[:1]
    assert found == replace(same, basis=found.basis)
    assert found.amount.currency == row["currency"]
    assert found.basis == f"{territory.name} follows {same.basis}".replace(
        "follows United States", "follows the United States"
    )
    assert row["source"].startswith("https://")
    assert territory.code not in TABLE.euro_since


def test_the_table_is_sorted_and_names_each_territory_once() -> None:
    codes = [row["territory"] for row in ROWS]
    assert codes == sorted(set(codes))
    assert not {row["state"] for row in ROWS} & set(codes)


@pytest.mark.parametrize(
    "code", sorted({one.alpha_3 for one in pycountry.countries} - TABLE.territories.keys())
)
def test_everybody_else_is_asked_what_was_asked_before(code: str) -> None:
    found = asked(code)
    assert found == asked(code, replace(TABLE, territories={}))
    priced = code in LATEST.prices or code in TABLE.euro_since
    assert isinstance(found, Required) is priced


def test_nobody_is_left_out_without_a_reason() -> None:
    priced = LATEST.prices.keys() | TABLE.euro_since.keys() | TABLE.territories.keys()
    shared = {one.price.currency for one in LATEST.prices.values()}
    others = {one.alpha_3 for one in pycountry.countries} - priced
    assert {code for code in others if shared.intersection(used(code, LATEST))} == LEFT_OUT.keys()


# With invented tables


def invented(territory: Territory, **prices: str) -> PriceTable:
    """One edition; each dollar is two of any other currency."""
    found = {
        code: Price(price=money(text), per_dollar=Decimal(1 if code == "USA" else 2))
        for code, text in {"USA": "USD 5", **prices}.items()
    }
    edition = Edition(name="2026-01", day=day("2026-01-01"), prices=found)
    return PriceTable(editions={"2026-01": edition}, euro_since={}, territories={"GRL": territory})


DANISH = Territory(by_code("DNK"), "DKK")


def decided(price: str | None = None, like: str | None = None) -> Comparable:
    return Comparable(
        country=by_code("GRL"),
        price=money(price) if price else None,
        per_dollar=Decimal(2) if price else None,
        like=by_code(like) if like else None,
        reason="A reason.",
        date=day("2026-11-02"),
        decided_by="example-maintainer",
    )


@pytest.mark.parametrize(
    ("why", "prices", "decision", "amount", "basis"),
    [
        ("its state's price", {"DNK": "DKK 45"}, None, "DKK 900", "Greenland follows Denmark"),
        (
            "a price of its own comes first",
            {"DNK": "DKK 45", "GRL": "DKK 50"},
            None,
            "DKK 1000",
            "Greenland",
        ),
        (
            "and before a decision",
            {"DNK": "DKK 45", "GRL": "DKK 50"},
            decided("DKK 40"),
            "DKK 1000",
            "Greenland",
        ),
        (
            "a decision comes before the state",
            {"DNK": "DKK 45"},
            decided("DKK 40"),
            "DKK 800",
            (
                "Greenland, at DKK 40 for a Big Mac as decided on 2 November 2026 by "
                "example-maintainer"
            ),
        ),
        ("a state without a price", {}, None, None, None),
        ("a state that has another currency now", {"DNK": "EUR 6"}, None, None, None),
    ],
)
def test_which_price_comes_first(
    why: str,
    prices: dict[str, str],
    decision: Comparable | None,
    amount: str | None,
    basis: str | None,
) -> None:
    decisions = (decision,) if decision else ()
    found = asked("GRL", invented(DANISH, **prices), comparable_countries=decisions)
    if amount is None:
        assert isinstance(found, NoAmount), why
        assert "no price for Greenland" in found.reason
    else:
        assert isinstance(found, Required), why
        assert (str(found.amount), found.basis) == (amount, basis), why


def test_a_maintainer_may_compare_with_a_territory() -> None:
    like = replace(decided(like="REU"), country=by_code("MUS"))
    found = asked("MUS", comparable_countries=(like,))
    assert isinstance(found, Required)
    assert (str(found.amount), found.basis) == (
        "EUR 99",
        "Mauritius, compared with Réunion as decided on 2 November 2026 by example-maintainer",
    )


def test_a_price_that_an_applicant_shows_changes_nothing() -> None:
    shown = BigMac(price=money("EUR 1"), date=day("2026-10-01"), picture="https://a.example/p")
    found = amount_asked(application(country=by_code("REU"), big_mac=shown), program(), TABLE)
    assert found == asked("REU")


def test_the_reply_names_whose_price_it_is() -> None:
    who = application(country=by_code("REU"))
    findings = decide(who, evidence(), program(), asked("REU"), "sha256:0").findings
    [found] = [one for one in findings if one.criterion == "required-amount"]
    assert found.reason == (
        "Headquarters: Réunion. At least EUR 99 (USD 115) a month (Big Mac index, edition "
        "2026-01: Réunion follows France, as part of the euro area)."
    )


# A partner's terms


@pytest.mark.parametrize(
    ("code", "terms", "editions", "edition", "amount", "base"),
    [
        ("REU", Terms(edition="2025-01", amount=money("EUR 90")), (), "2025-01", "EUR 90", None),
        (
            "REU",
            Terms(edition="2025-01", amount=money("EUR 90"), base=money("USD 94")),
            (),
            "2025-01",
            "EUR 90",
            "USD 94",
        ),
        (
            "REU",
            Terms(edition="2025-01", amount=money("EUR 90")),
            (PartnerEdition(edition="2026-01", since=month("2026-04")),),
            "2026-01",
            "EUR 99",
            "USD 115",
        ),
        (
            "GRL",
            Terms(edition="2025-01", amount=money("DKK 700")),
            (PartnerEdition(edition="2026-01", since=month("2026-04")),),
            "2026-01",
            "DKK 752",
            "USD 117",
        ),
    ],
)
def test_a_partner_s_terms_hold_until_a_later_edition(
    code: str,
    terms: Terms,
    editions: tuple[PartnerEdition, ...],
    edition: str,
    amount: str,
    base: str | None,
) -> None:
    here = replace(partner().organization, country=by_code(code))
    who = replace(partner(terms=terms), organization=here)
    policy = program(sponsorship=sponsorship_policy(partner_editions=editions))
    found = asked_of(who, month("2026-10"), policy, TABLE)
    rate = TABLE.editions["2025-01"].prices["EUZ"].per_dollar
    frozen = Money((terms.amount.amount / rate).quantize(Decimal(1)), "USD")
    assert (found.edition, str(found.amount)) == (edition, amount)
    assert str(found.base) == (base or str(frozen))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Åland", "ALA"),
        ("aland", "ALA"),
        ("La Réunion", "REU"),
        ("Reunion Island", "REU"),
        ("Guyane", "GUF"),
        ("Faroes", "FRO"),
        ("Svalbard", "SJM"),
        ("Jan Mayen", "SJM"),
        ("USVI", "VIR"),
        ("Puerto Rico", "PRI"),
        ("Saint-Barthélemy", "BLM"),
        ("Saint Pierre and Miquelon", "SPM"),
    ],
)
def test_people_may_write_a_territory_as_they_say_it(name: str, code: str) -> None:
    assert find(name) == by_code(code)
