"""In which currency an amount is named to whoever has to pay it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from builders import payment, required, sponsorship
from community_partners.model.application import Platform
from community_partners.model.sponsorship import Settlement, Sponsorship
from community_partners.model.verdict import Required
from community_partners.rules.payable import amount_in, amount_to_pay, both_amounts, pays_in

RATES = {"USD": Decimal(1), "INR": Decimal("90.5"), "EUR": Decimal("0.9"), "JPY": Decimal(150)}


def asked(**fields: Any) -> Required:
    return replace(required("INR 3709", "USD 41"), rates=RATES, **fields)


@pytest.mark.parametrize(
    ("currency", "amount"),
    [
        ("INR", "INR 3709"),
        ("USD", "USD 41"),
        ("EUR", "EUR 37"),  # 36.90, rounded up
        ("JPY", "JPY 6150"),
        ("CHF", "INR 3709"),
        (None, "INR 3709"),
    ],
)
def test_the_amount_in_a_currency(currency: str | None, amount: str) -> None:
    assert str(amount_in(asked(), currency)) == amount


@pytest.mark.parametrize("currency", ["USD", "EUR", None])
def test_without_a_base_there_is_one_amount(currency: str | None) -> None:
    assert str(amount_in(asked(base=None), currency)) == "INR 3709"


GITHUB = Platform.GITHUB_SPONSORS


@pytest.mark.parametrize(
    ("why", "seen", "currency"),
    [
        ("nothing is known", None, None),
        ("nothing was paid", sponsorship(), None),
        ("nothing was paid on GitHub", sponsorship(platform=GITHUB), "USD"),
        ("the receiving account's", sponsorship(currency="EUR"), "EUR"),
        ("payments that are not shown", sponsorship(payments=None, currency="EUR"), "EUR"),
        (
            "the last payment's",
            sponsorship(
                payment("2026-10-01", "CHF 90"), payment("2026-09-01", "GBP 80"), currency="EUR"
            ),
            "CHF",
        ),
        (
            "the last one that was not taken back",
            sponsorship(
                payment("2026-10-01", "CHF 90", settlement=Settlement.VOID),
                payment("2026-09-01", "GBP 80"),
            ),
            "GBP",
        ),
        (
            "one in review",
            sponsorship(payment("2026-10-01", "CHF 90", settlement=Settlement.PENDING)),
            "CHF",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_in_which_currency_a_payer_pays(
    why: str, seen: Sponsorship | None, currency: str | None
) -> None:
    assert pays_in(seen) == currency, why


def test_both_are_named_if_the_payer_s_is_not_known() -> None:
    assert amount_to_pay(asked(), None) == both_amounts(asked()) == "INR 3709 (USD 41)"
    assert amount_to_pay(asked(), sponsorship(currency="USD")) == "USD 41"
    assert both_amounts(asked(base=None)) == "INR 3709"
