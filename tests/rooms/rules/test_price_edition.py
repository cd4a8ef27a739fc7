"""What a partner is asked: its own terms, until the program says that a later edition applies."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import day, money, month, program, sponsorship_policy
from community_partners.errors import UserError
from community_partners.model.country import Country
from community_partners.model.partner import Partner, Terms
from community_partners.model.prices import Edition, Price, PriceTable
from community_partners.model.program import PartnerEdition
from community_partners.model.verdict import Required
from community_partners.rules.price_edition import asked_of
from month_builders import partner

INDIA = Country("IND", "India")
AGREED = "as agreed at acceptance"


def edition(name: str, **prices: str) -> Edition:
    """Prices by alpha-3 code; the rate to the dollar is of no matter here."""
    found = {
        code: Price(price=money(price), per_dollar=Decimal(0)) for code, price in prices.items()
    }
    return Edition(name=name, day=day(f"{name}-01"), prices=found)


TABLE = PriceTable(
    editions={
        one.name: one
        for one in (
            edition("2025-01", USA="USD 5", IND="INR 150"),
            edition("2025-07", USA="USD 5", IND="INR 200"),
            edition("2026-01", USA="USD 5", IND="INR 250"),
            edition("2026-07", USA="USD 5"),
            edition("2027-01", USA="USD 5", IND="INR 300"),
        )
    },
    euro_since={},
    territories={},
)


def accepted_on(name: str, amount: str = "INR 3100") -> Partner:
    """A partner in India, whose terms are no edition's amount: so it shows which of them holds."""
    terms = Terms(edition=name, amount=money(amount))
    here = replace(partner().organization, country=INDIA)
    return replace(partner(terms=terms), organization=here)


def asked(who: Partner, on: str, *editions: str) -> Required:
    """`editions`: as `2026-01 since 2026-09`."""
    named = (one.split(" since ") for one in editions)
    policy = sponsorship_policy(
        partner_editions=tuple(
            PartnerEdition(edition=name, since=month(since)) for name, since in named
        )
    )
    return asked_of(who, month(on), program(sponsorship=policy), TABLE)


@pytest.mark.parametrize(
    ("why", "editions", "on", "edition", "amount"),
    [
        ("nothing later was announced", [], "2030-01", "2025-01", "INR 3100"),
        ("not yet", ["2026-01 since 2026-09"], "2026-08", "2025-01", "INR 3100"),
        ("from its month on", ["2026-01 since 2026-09"], "2026-09", "2026-01", "INR 5000"),
        ("and after", ["2026-01 since 2026-09"], "2027-03", "2026-01", "INR 5000"),
        (
            "several: the one of that time",
            ["2025-07 since 2025-10", "2026-01 since 2026-09"],
            "2026-08",
            "2025-07",
            "INR 4000",
        ),
        (
            "several: the latest",
            ["2025-07 since 2025-10", "2026-01 since 2026-09"],
            "2026-09",
            "2026-01",
            "INR 5000",
        ),
        (
            "in whatever order they are written",
            ["2026-01 since 2026-09", "2025-07 since 2025-10"],
            "2026-09",
            "2026-01",
            "INR 5000",
        ),
        (
            "two from the same month: the later edition",
            ["2025-07 since 2026-09", "2026-01 since 2026-09"],
            "2026-09",
            "2026-01",
            "INR 5000",
        ),
        (
            "its own edition is no later one",
            ["2025-01 since 2026-01"],
            "2026-09",
            "2025-01",
            AGREED,
        ),
        (
            "a later edition without a price for the country keeps the terms",
            ["2026-07 since 2026-09"],
            "2026-09",
            "2025-01",
            "INR 3100",
        ),
        (
            "or what had replaced them by then",
            ["2026-01 since 2026-03", "2026-07 since 2026-09"],
            "2026-09",
            "2026-01",
            "INR 5000",
        ),
    ],
)
def test_which_edition_holds(
    why: str, editions: list[str], on: str, edition: str, amount: str
) -> None:
    found = asked(accepted_on("2025-01"), on, *editions)
    expected = "INR 3100" if amount == AGREED else amount
    assert (found.edition, str(found.amount)) == (edition, expected), why
    assert (found.basis == AGREED) is (found.edition == "2025-01")


@pytest.mark.parametrize("on", ["2026-08", "2026-09", "2027-01"])
def test_a_newcomer_on_a_newer_edition_does_not_go_back(on: str) -> None:
    found = asked(accepted_on("2026-01", "INR 5000"), on, "2025-07 since 2026-09")
    assert (found.amount, found.edition, found.basis) == (money("INR 5000"), "2026-01", AGREED)


def test_but_it_goes_on_with_all_others() -> None:
    found = asked(accepted_on("2026-01", "INR 5000"), "2027-02", "2027-01 since 2027-02")
    assert (found.edition, str(found.amount), found.basis) == ("2027-01", "INR 6000", "India")


def test_an_edition_that_nobody_has_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserError, match="has no edition '2031-01' here"):
        asked(accepted_on("2025-01"), "2031-02", "2031-01 since 2031-02")


def test_and_not_asked_for_before_it_applies() -> None:
    found = asked(accepted_on("2025-01"), "2031-01", "2031-01 since 2031-02")
    assert found.edition == "2025-01"
