"""On which days a platform charges an order, and which days a plan names."""

from datetime import date
from typing import Any

import pytest

from builders import day, payment, sponsorship
from community_partners.model.application import Platform
from community_partners.model.month import Month
from community_partners.model.sponsorship import Method, Order, OrderStatus, Settlement
from community_partners.rules.calendar import Calendar
from community_partners.rules.charge_days import charge_day, own_day, skipped_month

OC, GITHUB = Platform.OPEN_COLLECTIVE, Platform.GITHUB_SPONSORS
CARD, PAYPAL, BANK = Method.CARD, Method.PAYPAL_SUBSCRIPTION, Method.BANK_TRANSFER


@pytest.mark.parametrize(
    ("platform", "method", "began", "skipped"),
    [
        (OC, CARD, "2026-11-15", None),
        (OC, CARD, "2026-11-16", "2026-12"),
        (OC, CARD, None, None),
        (OC, PAYPAL, "2026-11-16", None),
        (OC, BANK, "2026-11-16", None),
        (OC, None, "2026-11-16", None),
        (GITHUB, CARD, "2026-11-16", None),
        (GITHUB, None, "2026-11-16", None),
    ],
)
def test_which_month_is_skipped(
    platform: Platform, method: Method | None, began: str | None, skipped: str | None
) -> None:
    found = skipped_month(platform, method, day(began) if began else None)
    assert found == (Month.parse(skipped) if skipped else None)


@pytest.mark.parametrize(
    ("platform", "method", "charged"),
    [
        (OC, CARD, None),
        (OC, PAYPAL, "2027-02-28"),
        (OC, BANK, None),
        (GITHUB, None, "2027-02-28"),
    ],
)
def test_on_which_day_an_order_of_the_31st_is_charged_next(
    platform: Platform, method: Method | None, charged: str | None
) -> None:
    found = charge_day(platform, method, date(2027, 1, 31), 31, Month(2027, 2))
    assert found == (day(charged) if charged else None)


@pytest.mark.parametrize(
    ("days", "own"),
    [
        (["2027-01-31", "2027-02-28"], 31),
        (["2027-01-15", "2027-02-28"], 28),
        (["2027-02-28", "2027-03-31"], 31),
        (["2027-01-31", "2027-03-10"], 10),
        (["2027-02-28"], 28),
    ],
)
def test_the_own_day_of_an_order_is_not_that_of_a_short_month(days: list[str], own: int) -> None:
    assert own_day([payment(one) for one in days]) == own
    assert own_day([payment(one) for one in days[::-1]]) == own


def charged(
    today: str, *days: str, platform: Platform = OC, began: str | None = None, **fields: Any
) -> list[str]:
    """The days on which the running order is charged in the month of `today` and the next two."""
    first = day(began or days[0])
    paid = [payment(one, began=first, **fields) for one in days]
    order = Order(id="order-1", status=OrderStatus.ACTIVE, began=first)
    seen = sponsorship(*paid, platform=platform, orders=(order,))
    calendar = Calendar(sponsorship=seen, today=day(today), single=True)
    months = [Month.of(day(today)) + later for later in range(3)]
    return [str(on) for month in months if (on := calendar.charge(month))]


@pytest.mark.parametrize(
    ("why", "fields", "expected"),
    [
        ("a card after the 15th", {"method": CARD}, ["2027-01-01"]),
        ("PayPal skips no month", {"method": PAYPAL}, ["2026-12-20", "2027-01-20"]),
        ("a bank transfer is sent by the payer", {"method": BANK}, []),
        (
            "GitHub charges on the billing day",
            {"platform": GITHUB, "method": None},
            ["2026-12-20", "2027-01-20"],
        ),
        ("the way is not told", {"method": None}, ["2027-01-01"]),
        (
            "the charge in review is one",
            {"method": PAYPAL, "settlement": Settlement.PENDING},
            ["2026-12-20", "2027-01-20"],
        ),
    ],
)
def test_the_next_charges_of_an_order_begun_on_20_november(
    why: str, fields: dict[str, Any], expected: list[str]
) -> None:
    assert charged("2026-11-24", "2026-11-20", **fields) == expected, why


@pytest.mark.parametrize("method", [PAYPAL, CARD])
def test_a_charge_that_still_comes_in_the_current_month(method: Method) -> None:
    """PayPal's comes on the 28th. That of a card was due on the 1st."""
    found = charged("2026-11-24", "2026-09-28", "2026-10-28", began="2026-09-01", method=method)
    own, first = ["2026-11-28", "2026-12-28", "2027-01-28"], ["2026-12-01", "2027-01-01"]
    assert found == (own if method is PAYPAL else first)
