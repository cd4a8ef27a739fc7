"""On which days a platform charges the payer again."""

from dataclasses import replace
from typing import Any

import pytest

from builders import day, month, payment, sponsorship
from community_partners.model.application import Platform
from community_partners.model.sponsorship import Order, OrderStatus, Payment, Rhythm, Settlement
from community_partners.rules.calendar import Calendar

HERE, GITHUB = Platform.OPEN_COLLECTIVE, Platform.GITHUB_SPONSORS
TODAY = day("2026-11-24")


def calendar(*payments: Payment, single: bool = False, **fields: Any) -> Calendar:
    return Calendar(sponsorship=sponsorship(*payments, **fields), today=TODAY, single=single)


def charged(on: str, began: str = "2026-01-01", **fields: Any) -> Payment:
    return payment(on, began=day(began), **fields)


@pytest.mark.parametrize(
    ("platform", "last", "asked", "expected"),
    [
        (HERE, charged("2026-11-20"), "2026-12", "2026-12-01"),
        (HERE, charged("2026-11-20"), "2026-11", None),
        (HERE, charged("2026-11-20"), "2026-10", None),
        (HERE, charged("2026-11-20", "2026-11-20"), "2026-12", None),
        (HERE, charged("2026-11-20", "2026-11-20"), "2027-01", "2027-01-01"),
        (HERE, charged("2026-11-15", "2026-11-15"), "2026-12", "2026-12-01"),
        (GITHUB, charged("2026-11-20", "2026-11-20"), "2026-12", "2026-12-20"),
        (GITHUB, charged("2026-10-31"), "2026-12", "2026-12-31"),
        (GITHUB, charged("2026-10-31"), "2027-02", "2027-02-28"),
        (GITHUB, charged("2026-10-31"), "2026-11", "2026-11-30"),
    ],
)
def test_when_the_running_order_is_charged(
    platform: Platform, last: Payment, asked: str, expected: str | None
) -> None:
    found = calendar(last, platform=platform).charge(month(asked))
    assert found == (day(expected) if expected else None)


LAST = charged("2026-11-01")


@pytest.mark.parametrize(
    ("why", "seen", "running"),
    [
        ("active", calendar(LAST), True),
        ("failing", calendar(LAST, orders=(OrderStatus.FAILING,)), False),
        ("paused", calendar(LAST, orders=(OrderStatus.PAUSED,)), False),
        ("ended", calendar(LAST, orders=(OrderStatus.ENDED,)), False),
        ("not told", calendar(LAST, orders=None), False),
        ("never charged", calendar(), False),
        ("taken back", calendar(replace(LAST, settlement=Settlement.VOID)), False),
        ("another order", calendar(replace(LAST, order="order-2")), False),
        (
            "yearly now",
            calendar(
                LAST,
                orders=(Order(id="order-1", status=OrderStatus.ACTIVE, rhythm=Rhythm.YEARLY),),
            ),
            False,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_which_order_runs(why: str, seen: Calendar, running: bool) -> None:
    assert seen.running == (LAST if running else None), why


def test_the_newest_payment_is_the_running_one() -> None:
    assert calendar(charged("2026-10-01"), LAST, charged("2026-09-01")).running == LAST


@pytest.mark.parametrize(
    ("platform", "single", "today", "can"),
    [
        (HERE, False, "2026-11-15", True),
        (HERE, False, "2026-11-16", False),
        (HERE, True, "2026-11-16", True),
        (GITHUB, False, "2026-11-16", True),
    ],
)
def test_whether_december_can_be_paid_without_an_order(
    platform: Platform, single: bool, today: str, can: bool
) -> None:
    """Open Collective charges an order that begins after the 15th in the month after next."""
    seen = replace(calendar(platform=platform, orders=(), single=single), today=day(today))
    assert seen.can_pay(month("2026-12")) is can
    assert seen.can_pay(month("2026-11"))
    assert seen.can_pay(month("2027-01"))
