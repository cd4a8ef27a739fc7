"""Payments to months: each platform's habits, one row each."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    TODAY,
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
from community_partners.model.sponsorship import (
    OrderStatus,
    Payment,
    Reached,
    Rhythm,
    Settlement,
    Sponsorship,
)
from community_partners.model.verdict import Outcome, Required
from community_partners.rules.coverage import coverage, needed_rates, rates_by_day, withhold

WINDOW = (month("2026-08"), month("2026-09"), month("2026-10"))
MET, SHORT, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN


def outcomes(
    paid: Sponsorship, asked: Required | None = None, *rates: str, one_time: bool = True
) -> list[Outcome]:
    table = rates_by_day(rate(*one.split()) for one in rates)
    policy = sponsorship_policy(one_time_payments=one_time)
    found = coverage(paid, asked or required(), WINDOW, table, policy, TODAY)
    return [entry.outcome for entry in found]


def monthly(*days: str, amount: str = "USD 100", began: str | None = None) -> list[Payment]:
    start = day(began or min(days))
    return [payment(one, amount, began=start) for one in days]


def again(*days: str, amount: str = "USD 100") -> list[Payment]:
    """Another monthly order of the same payer, begun with its first payment."""
    return [payment(one, amount, order="order-2", began=day(min(days))) for one in days]


def one_time(*days: str, amount: str = "USD 100") -> list[Payment]:
    """Each an order of its own; `2026-07-31:1` is of USD 1."""
    return [
        payment(
            one.split(":")[0],
            f"USD {one.split(':')[1]}" if ":" in one else amount,
            rhythm=Rhythm.ONE_TIME,
            order=f"single-{number}",
        )
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
            "begun on 20 July and not charged again in time: it covers no second month",
            monthly("2026-07-20"),
            [SHORT, SHORT, SHORT],
        ),
        (
            "begun on 20 August: the charge of October may still be tried again",
            monthly("2026-08-20"),
            [MET, OPEN, SHORT],
        ),
        (
            "begun on 20 September: the charge of November is not here yet",
            monthly("2026-09-20"),
            [SHORT, MET, OPEN],
        ),
        (
            "begun on 20 July, the first charge of September failed and came late",
            monthly("2026-07-20", "2026-09-20", "2026-10-01"),
            [MET, MET, MET],
        ),
        (
            "begun on 20 July, September was never paid, and the order went on",
            monthly("2026-07-20", "2026-10-01"),
            [MET, SHORT, MET],
        ),
        (
            "each order may start late",
            [*monthly("2026-06-20", "2026-08-01"), *again("2026-08-16", "2026-10-01")],
            [MET, MET, MET],
        ),
        (
            "an earlier order that was never charged again takes nothing from a later one",
            [*monthly("2026-06-20"), *again("2026-08-16", "2026-10-01")],
            [MET, MET, MET],
        ),
        (
            "an old order was replaced on 20 August: the new one is not charged in September",
            [
                *monthly("2026-06-01", "2026-07-01", "2026-08-01"),
                *again("2026-08-20", "2026-10-01"),
            ],
            [MET, MET, MET],
        ),
        (
            "replaced in the month in which it began, after the 15th both times",
            [*monthly("2026-08-20"), *again("2026-08-25", "2026-10-01")],
            [MET, MET, MET],
        ),
        (
            "an order of October beside one whose charge of October is late",
            [*monthly("2026-08-20"), *again("2026-10-16")],
            [MET, OPEN, MET],
        ),
        (
            "two orders begun in one month start late together",
            [
                *monthly("2026-07-20", "2026-09-01", "2026-10-01", amount="USD 60"),
                *again("2026-07-21", "2026-09-01", "2026-10-01", amount="USD 40"),
            ],
            [MET, MET, MET],
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
            monthly("2026-08-01", "2026-10-26", "2026-10-27"),
            [MET, SHORT, MET],
        ),
        (
            "a small payment long ago earns no month by paying twice",
            one_time("2026-07-31:1", "2026-09-24", "2026-09-25", "2026-10-01"),
            [SHORT, MET, MET],
        ),
        (
            "a monthly order that was charged as often as it was due, though too little at first",
            [
                *monthly("2026-07-01", amount="USD 1"),
                *monthly("2026-09-03", "2026-09-04", "2026-10-01", began="2026-07-01"),
            ],
            [MET, MET, MET],
        ),
        (
            "single payments are never late: each is of its own month",
            one_time("2026-08-01", "2026-10-04", "2026-10-20"),
            [MET, SHORT, MET],
        ),
        (
            "an order begun since is not last month's, late",
            [*monthly("2026-08-01"), *again("2026-10-04", "2026-10-20")],
            [MET, SHORT, MET],
        ),
        (
            "a late charge after the amount was raised",
            [
                *monthly("2026-07-01", amount="USD 50"),
                *monthly("2026-08-01", "2026-10-04", "2026-10-20", began="2026-07-01"),
            ],
            [MET, MET, MET],
        ),
        (
            "one of two orders was charged late",
            [
                *monthly("2026-08-01", "2026-09-01", "2026-10-01", amount="USD 60"),
                *again("2026-08-01", "2026-10-02", "2026-10-20", amount="USD 40"),
            ],
            [MET, MET, MET],
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


def month_by_month(*payments: Payment, orders: tuple[OrderStatus, ...] | None) -> str:
    """2026 as each month is judged, alone, on the 2nd of the next: `+` is met, `-` is short."""
    told = {MET: "+", SHORT: "-", OPEN: "?"}
    found = ""
    for judged in (Month(2026, number) for number in range(1, 13)):
        on = (judged + 1).first_day.replace(day=2)
        seen = sponsorship(*(one for one in payments if one.day <= on), orders=orders)
        [entry] = coverage(seen, required(), (judged,), {}, sponsorship_policy(), on)
        found += told[entry.outcome]
    return found


def each_an_order(*days: str) -> list[Payment]:
    return [payment(one, order=f"order of {one}", began=day(one)) for one in days]


FROM_APRIL = [f"2026-{number:02}-01" for number in range(4, 13)]
RUNNING, GONE, UNTOLD = (OrderStatus.ACTIVE,), (OrderStatus.ENDED,), None


@pytest.mark.parametrize(
    ("why", "payments", "orders", "expected"),
    [
        (
            "a new order every second month, each ended",
            each_an_order(*(f"2026-{number:02}-16" for number in (1, 3, 5, 7, 9, 11))),
            GONE,
            "+-+-+-+-+-+-",
        ),
        (
            "the same where nothing is told of orders: in doubt once, when March is two days old",
            each_an_order(*(f"2026-{number:02}-16" for number in (1, 3, 5, 7, 9, 11))),
            UNTOLD,
            "+?+?+?+?+?+?",
        ),
        (
            "begun on 20 February, charged on 1 April and on",
            monthly("2026-02-20", *FROM_APRIL),
            UNTOLD,
            "-+++++++++++",
        ),
        (
            "the first charge failed on 1 April and came on the 4th: not held against March",
            monthly("2026-02-20", "2026-04-04", *FROM_APRIL[1:]),
            UNTOLD,
            "-+?+++++++++",
        ),
        ("left after one payment, as its orders say", monthly("2026-02-20"), GONE, "-+----------"),
        (
            "an order of January was replaced on 20 February",
            [
                *monthly("2026-01-01", "2026-02-01"),
                *again("2026-02-20", *FROM_APRIL),
            ],
            UNTOLD,
            "++++++++++++",
        ),
        (
            "an order that had begun late itself was replaced on 20 August",
            [
                *monthly("2026-02-20", *FROM_APRIL[:5]),
                *again("2026-08-20", *FROM_APRIL[6:]),
            ],
            UNTOLD,
            "-+++++++++++",
        ),
        (
            "two orders begun on 20 February, and one of them was charged on 1 April",
            [
                *monthly("2026-02-20", amount="USD 50"),
                *again("2026-02-20", *FROM_APRIL, amount="USD 50"),
            ],
            RUNNING,
            "-+?---------",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_each_month_alone(
    why: str, payments: list[Payment], orders: tuple[OrderStatus, ...] | None, expected: str
) -> None:
    assert month_by_month(*payments, orders=orders) == expected, why


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


@pytest.mark.parametrize(
    ("own", "foreign", "expected"),
    [
        ("USD 96.99", "EUR 0.01", SHORT),
        ("USD 100", "EUR 0.01", MET),
        ("USD 50", "EUR 48.50", MET),
        ("USD 50", "EUR 48.49", SHORT),
        ("USD 0.01", "EUR 97", MET),
    ],
)
def test_tolerance_is_for_the_converted_part_only(
    own: str, foreign: str, expected: Outcome
) -> None:
    paid = [
        one
        for number in ("08", "09", "10")
        for one in (
            *one_time(f"2026-{number}-02", amount=own),
            *one_time(f"2026-{number}-03", amount=foreign),
        )
    ]
    rates = [f"2026-{number}-03 EUR USD 1" for number in ("08", "09", "10")]
    assert outcomes(sponsorship(*paid), required(), *rates) == [expected] * 3


def test_without_a_rate_a_month_is_unknown_and_the_rate_is_asked_for() -> None:
    paid = sponsorship(*monthly("2026-08-01", "2026-09-01", "2026-10-01"))
    assert outcomes(paid, required("EUR 99"), "2026-08-01 USD EUR 1") == [MET, OPEN, OPEN]
    asked = needed_rates(paid, required("EUR 99"), WINDOW, sponsorship_policy(), TODAY)
    assert asked == {(day(f"2026-{n}-01"), "USD", "EUR") for n in ("08", "09", "10")}


def test_no_rate_is_needed_where_the_platform_gives_the_amount() -> None:
    paid = sponsorship(payment("2026-08-01", "EUR 90", in_host_currency=Money(Decimal(101), "USD")))
    assert needed_rates(paid, required(), WINDOW, sponsorship_policy(), TODAY) == set()


def test_a_late_payment_in_another_currency_is_never_short_for_want_of_a_rate() -> None:
    """The rates of the months beside are asked for; what lacks one is in doubt, not short."""
    paid = sponsorship(*monthly("2026-07-01", "2026-09-04", "2026-09-20", "2026-10-01"))
    asked = needed_rates(paid, required("EUR 99"), WINDOW[:1], sponsorship_policy(), TODAY)
    assert asked == {(day(f"2026-{n}"), "USD", "EUR") for n in ("07-01", "09-04", "09-20", "10-01")}
    rates = [f"{one} USD EUR 1" for one in ("2026-07-01", "2026-09-04", "2026-09-20", "2026-10-01")]
    assert outcomes(paid, required("EUR 99"), *rates) == [MET, MET, MET]
    assert outcomes(paid, required("EUR 99"), *rates[1:]) == [MET, MET, MET]
    assert outcomes(paid, required("EUR 99"), rates[1], rates[3]) == [OPEN, MET, MET]
    assert outcomes(paid, required("EUR 99")) == [OPEN, OPEN, OPEN]


@pytest.mark.parametrize(
    ("why", "payments", "fields", "late"),
    [
        ("faithful until then", monthly("2026-08-01", "2026-09-01"), {}, "2026-11-25"),
        ("paid before", monthly("2026-05-01"), {}, "2026-11-25"),
        ("never enough", monthly("2026-08-01", "2026-09-01", amount="USD 9"), {}, None),
        ("new", [], {}, None),
        ("ended", monthly("2026-09-01"), {"orders": (OrderStatus.ENDED,)}, None),
        ("no order", one_time("2026-08-01", "2026-09-01"), {"orders": ()}, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_until_when_a_late_charge_can_fill_a_short_month(
    why: str, payments: list[Payment], fields: dict[str, Any], late: str | None
) -> None:
    policy = sponsorship_policy()
    paid = sponsorship(*payments, **fields)
    october = coverage(paid, required(), WINDOW, {}, policy, TODAY)[-1]
    assert october.outcome is SHORT
    assert (str(october.late_until) if october.late_until else None) == late, why


def test_a_paused_collective_never_makes_a_month_short() -> None:
    paid = sponsorship(*monthly("2026-08-01"), receiver_paused=True)
    assert outcomes(paid) == [MET, OPEN, OPEN]


def test_a_contradiction_leaves_every_month_to_a_person() -> None:
    paid = sponsorship(*monthly("2026-08-01", "2026-09-01"), conflict="It does not add up.")
    assert outcomes(paid) == [OPEN, OPEN, OPEN]


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        (monthly("2026-08-01", "2026-09-01", "2026-10-01"), [MET, MET, MET]),
        (monthly("2026-08-01", "2026-10-01"), [MET, OPEN, MET]),
        ([], [OPEN, OPEN, OPEN]),
    ],
    ids=["all reached", "one short", "nothing"],
)
@pytest.mark.parametrize("public", [True, False])
def test_what_was_paid_beyond_the_payments_shown_may_have_filled_a_short_month(
    payments: list[Payment], expected: list[Outcome], public: bool
) -> None:
    paid = sponsorship(*payments, public=public, unexplained="More was paid.")
    kept = withhold(paid, required(), WINDOW, {}, sponsorship_policy(), TODAY)
    assert outcomes(kept) == expected


def test_amounts_that_are_not_shown_are_unknown() -> None:
    assert outcomes(sponsorship(payments=None)) == [OPEN, OPEN, OPEN]


def test_withheld_figures_give_the_same_outcomes_and_no_figure() -> None:
    paid = sponsorship(
        *monthly("2026-08-01", "2026-10-01"), platform=Platform.GITHUB_SPONSORS, public=False
    )
    kept = withhold(paid, required(), WINDOW, {}, sponsorship_policy(), TODAY)
    assert kept.payments is None
    assert kept.withheld is not None
    assert list(kept.withheld.months.values()) == [Reached.YES, Reached.NO, Reached.YES]
    assert outcomes(kept) == outcomes(paid) == [MET, SHORT, MET]
    assert outcomes(kept, required("USD 90")) == [OPEN, OPEN, OPEN], "held against another amount"


def test_public_figures_are_not_withheld() -> None:
    paid = sponsorship(*monthly("2026-08-01"))
    assert withhold(paid, required(), WINDOW, {}, sponsorship_policy(), TODAY) is paid


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
