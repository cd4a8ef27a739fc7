"""Payments to months: each platform's habits, one row each."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    day,
    month,
    payment,
    rate,
    required,
    sponsorship,
    sponsorship_policy,
)
from community_partners.model.application import Platform
from community_partners.model.money import Money
from community_partners.model.month import Month
from community_partners.model.sponsorship import Payment, Reached, Rhythm, Settlement, Sponsorship
from community_partners.model.verdict import Outcome, Required
from community_partners.rules.coverage import coverage, needed_rates, rates_by_day, withhold

WINDOW = (month("2026-08"), month("2026-09"), month("2026-10"))
MET, SHORT, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


def outcomes(
    paid: Sponsorship, asked: Required | None = None, *rates: str, one_time: bool = True
) -> list[Outcome]:
    table = rates_by_day(rate(*one.split()) for one in rates)
    policy = sponsorship_policy(one_time_payments=one_time)
    found = coverage(paid, asked or required(), WINDOW, table, policy)
    return [entry.outcome for entry in found]


def monthly(*days: str, amount: str = "USD 100", began: str | None = None) -> list[Payment]:
    start = day(began or min(days))
    return [payment(one, amount, began=start) for one in days]


def one_time(*days: str, amount: str = "USD 100") -> list[Payment]:
    return [
        payment(one, amount, rhythm=Rhythm.ONE_TIME, order=f"order-{number}")
        for number, one in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("why", "payments", "expected"),
    [
        ("every month", monthly("2026-08-01", "2026-09-01", "2026-10-01"), [MET, MET, MET]),
        ("nothing at all", [], [SHORT, SHORT, SHORT]),
        ("a month missed", monthly("2026-08-01", "2026-10-01"), [MET, SHORT, MET]),
        (
            "begun on 20 July: not charged in August by design",
            monthly("2026-07-20", "2026-09-01", "2026-10-01"),
            [MET, MET, MET],
        ),
        (
            "begun on 15 July: charged in August, so a gap is a gap",
            monthly("2026-07-15", "2026-09-01", "2026-10-01"),
            [SHORT, MET, MET],
        ),
        (
            "a later payment on day 20 is no late start",
            monthly("2026-08-20", "2026-10-01", began="2026-05-03"),
            [MET, SHORT, MET],
        ),
        (
            "yearly: a twelfth in each of twelve months",
            [payment("2026-02-01", "USD 1200", rhythm=Rhythm.YEARLY)],
            [MET, MET, MET],
        ),
        (
            "yearly and too little a month",
            [payment("2026-02-01", "USD 600", rhythm=Rhythm.YEARLY)],
            [SHORT, SHORT, SHORT],
        ),
        (
            "yearly and over since September",
            [payment("2025-09-10", "USD 1200", rhythm=Rhythm.YEARLY)],
            [MET, SHORT, SHORT],
        ),
        (
            "bank transfers, each an order of its own",
            one_time("2026-08-03", "2026-09-14", "2026-10-30"),
            [MET, MET, MET],
        ),
        (
            "one large gift is one month",
            one_time("2026-08-03", amount="USD 5000"),
            [MET, SHORT, SHORT],
        ),
        (
            "a late charge fills the month before, if there was one before it",
            [*monthly("2026-08-01", "2026-10-04", "2026-10-20")],
            [MET, MET, MET],
        ),
        (
            "paying twice at the start earns no month",
            monthly("2026-09-01", "2026-09-20", "2026-10-01"),
            [SHORT, MET, MET],
        ),
        (
            "after day 25 it is no late charge",
            one_time("2026-08-01", "2026-10-26", "2026-10-27"),
            [MET, SHORT, MET],
        ),
        (
            "two small ones of a month are not torn apart",
            one_time("2026-08-01", "2026-10-02", "2026-10-20", amount="USD 60"),
            [SHORT, SHORT, MET],
        ),
        (
            "two orders add up",
            [
                *monthly("2026-08-01", "2026-09-01", "2026-10-01", amount="USD 60"),
                *one_time("2026-08-05", "2026-09-05", "2026-10-05", amount="USD 40"),
            ],
            [MET, MET, MET],
        ),
        (
            "a cent less is less",
            monthly("2026-08-01", "2026-09-01", "2026-10-01", amount="USD 99.99"),
            [SHORT, SHORT, SHORT],
        ),
        (
            "refunded is not paid",
            [
                *monthly("2026-08-01", "2026-10-01"),
                payment("2026-09-01", settlement=Settlement.VOID),
            ],
            [MET, SHORT, MET],
        ),
        (
            "in review is not known yet",
            [
                *monthly("2026-08-01", "2026-10-01"),
                payment("2026-09-01", settlement=Settlement.PENDING),
            ],
            [MET, OPEN, MET],
        ),
        (
            "in review, and too little anyway",
            [
                *monthly("2026-08-01", "2026-10-01"),
                payment("2026-09-01", "USD 20", settlement=Settlement.PENDING),
            ],
            [MET, SHORT, MET],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_months(why: str, payments: list[Payment], expected: list[Outcome]) -> None:
    assert outcomes(sponsorship(*payments)) == expected, why


def test_one_time_payments_count_only_where_the_program_says_so() -> None:
    paid = sponsorship(*one_time("2026-08-03", "2026-09-03", "2026-10-03"))
    assert outcomes(paid, one_time=False) == [SHORT, SHORT, SHORT]


def test_a_yearly_payment_in_the_required_currency_of_its_host() -> None:
    paid = payment(
        "2026-02-01",
        "EUR 1100",
        rhythm=Rhythm.YEARLY,
        in_host_currency=Money(Decimal(1200), "USD"),
    )
    assert outcomes(sponsorship(paid)) == [MET, MET, MET]


@pytest.mark.parametrize(
    ("factor", "expected"),
    [("0.99", MET), ("0.9604", MET), ("0.9603", MET), ("0.96", SHORT), ("0.90", SHORT)],
)
def test_tolerance_is_for_converted_amounts(factor: str, expected: Outcome) -> None:
    """USD 100 must give EUR 99 less 3 percent: EUR 96.03."""
    rates = [f"2026-{number}-01 USD EUR {factor}" for number in ("08", "09", "10")]
    paid = sponsorship(*monthly("2026-08-01", "2026-09-01", "2026-10-01"))
    assert outcomes(paid, required("EUR 99"), *rates) == [expected] * 3


def test_without_a_rate_a_month_is_unknown_and_the_rate_is_asked_for() -> None:
    paid = sponsorship(*monthly("2026-08-01", "2026-09-01", "2026-10-01"))
    assert outcomes(paid, required("EUR 99"), "2026-08-01 USD EUR 1") == [MET, OPEN, OPEN]
    asked = needed_rates(paid, required("EUR 99"), WINDOW, sponsorship_policy())
    assert asked == {(day(f"2026-{n}-01"), "USD", "EUR") for n in ("08", "09", "10")}


def test_no_rate_is_needed_where_the_platform_gives_the_amount() -> None:
    paid = sponsorship(payment("2026-08-01", "EUR 90", in_host_currency=Money(Decimal(101), "USD")))
    assert needed_rates(paid, required(), WINDOW, sponsorship_policy()) == set()


def test_a_paused_collective_never_makes_a_month_short() -> None:
    paid = sponsorship(*monthly("2026-08-01"), receiver_paused=True)
    assert outcomes(paid) == [MET, OPEN, OPEN]


def test_a_contradiction_leaves_every_month_to_a_person() -> None:
    paid = sponsorship(*monthly("2026-08-01", "2026-09-01"), conflict="It does not add up.")
    assert outcomes(paid) == [OPEN, OPEN, OPEN]


def test_amounts_that_are_not_shown_are_unknown() -> None:
    assert outcomes(sponsorship(payments=None)) == [OPEN, OPEN, OPEN]


def test_withheld_figures_give_the_same_outcomes_and_no_figure() -> None:
    paid = sponsorship(
        *monthly("2026-08-01", "2026-10-01"), platform=Platform.GITHUB_SPONSORS, public=False
    )
    kept = withhold(paid, required(), WINDOW, {}, sponsorship_policy())
    assert kept.payments is None
    assert kept.withheld is not None
    assert list(kept.withheld.months.values()) == [Reached.YES, Reached.NO, Reached.YES]
    assert outcomes(kept) == outcomes(paid) == [MET, SHORT, MET]
    assert outcomes(kept, required("USD 90")) == [OPEN, OPEN, OPEN], "held against another amount"


def test_public_figures_are_not_withheld() -> None:
    paid = sponsorship(*monthly("2026-08-01"))
    assert withhold(paid, required(), WINDOW, {}, sponsorship_policy()) is paid


DAYS = st.dates(min_value=day("2025-06-01"), max_value=day("2026-11-24"))


@given(st.lists(DAYS, max_size=12), DAYS)
def test_one_more_payment_never_takes_a_month_away(days: list[object], more: object) -> None:
    before = outcomes(sponsorship(*one_time(*map(str, days))))
    after = outcomes(sponsorship(*one_time(*map(str, [*days, more]))))
    assert all(now is MET for was, now in zip(before, after, strict=True) if was is MET)


@given(st.lists(DAYS, max_size=12), st.randoms())
def test_the_order_of_payments_does_not_matter(days: list[object], shuffle: object) -> None:
    payments = one_time(*map(str, days))
    mixed = list(payments)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert outcomes(sponsorship(*payments)) == outcomes(sponsorship(*mixed))


@given(st.integers(1, 12))
def test_months_follow_each_other(count: int) -> None:
    months = [Month(2025, 12) + later for later in range(count)]
    assert all(before.last_day < after.first_day for before, after in pairwise(months))
