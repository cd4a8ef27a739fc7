"""Payments that were once decided wrongly: each with what is right, as far as the rules decide."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from builders import day, money, payment, program, sponsorship, sponsorship_policy
from community_partners.intake.price_table import load_prices
from community_partners.model.country import Country
from community_partners.model.day import last_working_day
from community_partners.model.money import Money
from community_partners.model.month import Month, ending
from community_partners.model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Payment,
    Rhythm,
    Settlement,
)
from community_partners.model.verdict import Coverage, Outcome, Required
from community_partners.rules.coverage import coverage, needed_rates
from community_partners.rules.payable import amount_in
from community_partners.rules.pays_now import pays_now
from community_partners.rules.required_amount import required_amount

MET, SHORT, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
ACTIVE, FAILING, ENDED = OrderStatus.ACTIVE, OrderStatus.FAILING, OrderStatus.ENDED
POLICY = sponsorship_policy()
DOLLARS = Required(amount=money("USD 100"), base=money("USD 100"), edition="2026-01", basis="")
IN_REVIEW = {"settlement": Settlement.PENDING}


def charges(
    *days: str,
    amount: str = "USD 100",
    began: str = "2026-01-01",
    order: str = "order-1",
    **more: Any,
) -> list[Payment]:
    """Charges of one monthly order; `began`: the day on which the order was created."""
    return [payment(one, amount, began=day(began), order=order, **more) for one in days]


def single(on: str, amount: str = "USD 100", **more: Any) -> Payment:
    return payment(on, amount, rhythm=Rhythm.ONE_TIME, order=f"single-{on}", **more)


def told(status: OrderStatus, order: str = "order-1") -> Order:
    return Order(id=order, status=status)


def judged(payments: list[Payment], today: str, **fields: Any) -> dict[str, Coverage]:
    """The three closed months before `today`, by name."""
    asked, rates = fields.pop("asked", DOLLARS), fields.pop("rates", {})
    seen = sponsorship(*payments, **{"orders": (told(ACTIVE),), **fields})
    months = ending(Month.of(day(today)) - 1, 3)
    found = coverage(seen, asked, months, rates, POLICY, day(today))
    return {str(one.month): one for one in found}


def outcomes(payments: list[Payment], today: str, **fields: Any) -> list[Outcome]:
    return [one.outcome for one in judged(payments, today, **fields).values()]


BEFORE = charges("2026-09-01", "2026-10-01")
DECEMBER = charges("2026-12-01")
SMALL = charges("2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01", amount="USD 20")
LARGE = charges("2026-09-01", "2026-10-01", "2026-12-01", "2026-12-05", order="order-2")
EUROS = Required(
    amount=money("EUR 99"),
    base=money("USD 115"),
    edition="2026-01",
    basis="",
    rates={"USD": Decimal(1), "EUR": Decimal("0.86")},
)

CASES: list[tuple[str, list[Payment], str, dict[str, Any], list[Outcome]]] = [
    ("1: the larger of two orders is late", [*SMALL, *LARGE], "2026-12-10", {}, [MET] * 3),
    ("1: in the other order", [*LARGE, *SMALL], "2026-12-10", {}, [MET] * 3),
    (
        "2: the late charge is one that fills the month",
        [*BEFORE, *charges("2026-12-01", amount="USD 10"), *charges("2026-12-02", "2026-12-05")],
        "2026-12-20",
        {},
        [MET] * 3,
    ),
    (
        "3: December's charge is December's",
        [*BEFORE, *DECEMBER],
        "2026-12-27",
        {},
        [MET, MET, SHORT],
    ),
    (
        "4: a single payment fills no earlier month",
        [*BEFORE, *DECEMBER, single("2026-12-27")],
        "2026-12-27",
        {},
        [MET, MET, SHORT],
    ),
    (
        "5: nor one after a small charge",
        [*BEFORE, *charges("2026-11-01", amount="USD 1"), *DECEMBER, single("2026-12-31")],
        "2026-12-31",
        {},
        [MET, MET, SHORT],
    ),
    (
        "6: nor an order begun since",
        [*BEFORE, *DECEMBER, *charges("2026-12-16", began="2026-12-16", order="order-2")],
        "2026-12-20",
        {},
        [MET, MET, SHORT],
    ),
    (
        "8: both charges come on one day: the late start is known to go on",
        charges("2026-07-26", "2026-10-05", "2026-10-05", began="2026-07-26"),
        "2026-10-05",
        {},
        [MET, MET, MET],
    ),
    (
        "9: before the charge comes, October is in doubt",
        charges("2026-08-01", "2026-09-24", began="2026-09-24"),
        "2026-11-13",
        {"orders": (told(FAILING),)},
        [MET, MET, OPEN],
    ),
    (
        "9: and paying more does not harm",
        [*charges("2026-08-01", "2026-09-24", began="2026-09-24"), single("2026-11-13")],
        "2026-11-13",
        {"orders": (told(FAILING),)},
        [MET, MET, OPEN],
    ),
    (
        "10: a second order may start late as well",
        [
            *charges("2026-03-20", "2026-05-01", "2026-06-01", began="2026-03-20"),
            *charges(
                *("2026-11-24", "2027-01-01", "2027-02-01"), began="2026-11-24", order="order-2"
            ),
        ],
        "2027-02-01",
        {},
        [MET, MET, MET],
    ),
    (
        "12: begun late, one payment, ended",
        charges("2026-08-20", began="2026-08-20"),
        "2026-10-03",
        {"orders": (told(ENDED),)},
        [SHORT, MET, SHORT],
    ),
    (
        "12: the same where orders were not told",
        charges("2026-08-20", began="2026-08-20"),
        "2026-10-03",
        {"orders": None},
        [SHORT, MET, OPEN],
    ),
    (
        "13: monthly, then switched to yearly",
        charges("2026-08-01", "2026-09-01", "2026-10-01", rhythm=Rhythm.YEARLY),
        "2026-11-22",
        {},
        [MET, MET, MET],
    ),
    (
        "14: yearly, then switched to monthly",
        [
            *charges("2026-02-01", amount="USD 1200"),
            *charges("2026-09-01", "2026-10-01", "2026-11-01"),
        ],
        "2026-11-22",
        {},
        [MET, MET, MET],
    ),
    (
        "15: a single payment without a rate fills no earlier month",
        [
            *charges("2026-09-01", "2026-10-01", "2026-12-01", amount="EUR 99"),
            single("2026-12-15", "USD 50"),
        ],
        "2026-12-20",
        {"asked": EUROS},
        [MET, MET, SHORT],
    ),
    (
        "15: a second charge without a rate may",
        [
            *charges("2026-09-01", "2026-10-01", "2026-12-01", amount="EUR 99"),
            *charges("2026-12-15", amount="USD 50"),
        ],
        "2026-12-20",
        {"asked": EUROS},
        [MET, MET, OPEN],
    ),
    (
        "16: the second charge is in review",
        [*BEFORE, *DECEMBER, *charges("2026-12-10", **IN_REVIEW)],
        "2026-12-20",
        {},
        [MET, MET, OPEN],
    ),
    (
        "17: the next charge after a late start is in review",
        [
            single("2026-09-05"),
            *charges("2026-10-20", began="2026-10-20"),
            *charges("2026-12-01", began="2026-10-20", **IN_REVIEW),
        ],
        "2026-12-02",
        {},
        [MET, MET, OPEN],
    ),
    (
        "19: a payment in review of an older late start takes nothing away",
        [
            *charges("2026-03-20", began="2026-03-20", order="order-2", **IN_REVIEW),
            *charges("2026-07-20", "2026-09-01", "2026-10-01", began="2026-07-20"),
        ],
        "2026-11-22",
        {},
        [MET, MET, MET],
    ),
    (
        "20: the first payment was smaller than the list says",
        charges("2025-10-10", "2026-08-10", "2026-09-10", "2026-10-10"),
        "2026-11-22",
        {"conflict": "The total is too small.", "overstated": money("USD 60")},
        [MET, MET, MET],
    ),
    (
        "20: the month of the first payment itself",
        charges("2026-08-10", "2026-09-10", "2026-10-10"),
        "2026-11-22",
        {"conflict": "The total is too small.", "overstated": money("USD 60")},
        [OPEN, MET, MET],
    ),
    (
        "20: smaller by a whole charge",
        charges("2026-08-10", "2026-09-10", "2026-10-10"),
        "2026-11-22",
        {"conflict": "The total is too small.", "overstated": money("USD 100")},
        [OPEN, OPEN, OPEN],
    ),
    ("24: paid nothing", [], "2026-11-22", {"orders": ()}, [SHORT, SHORT, SHORT]),
    (
        "a bank transfer covers the month of its order",
        [
            single(on, began=day(began), method=Method.BANK_TRANSFER)
            for on, began in (
                ("2026-09-03", "2026-08-30"),
                ("2026-09-28", "2026-09-25"),
                ("2026-11-25", "2026-10-31"),
            )
        ],
        "2026-11-26",
        {},
        [MET, MET, MET],
    ),
    (
        "the first one of a monthly order, and no later one",
        charges(
            *("2026-08-02", "2026-09-02", "2026-10-02"),
            began="2026-08-02",
            method=Method.BANK_TRANSFER,
        ),
        "2026-11-02",
        {},
        [MET, MET, MET],
    ),
    (
        "but not if the money comes after the 25th",
        [single("2026-11-26", began=day("2026-10-31"), method=Method.BANK_TRANSFER)],
        "2026-11-26",
        {},
        [SHORT, SHORT, SHORT],
    ),
    (
        "PayPal skips no month",
        charges(
            *("2026-08-20", "2026-10-20"), began="2026-08-20", method=Method.PAYPAL_SUBSCRIPTION
        ),
        "2026-11-22",
        {},
        [MET, SHORT, MET],
    ),
    (
        "a like amount up to 47 days before, with another charge between",
        [
            *charges("2026-09-01", "2026-10-10", rhythm=Rhythm.YEARLY),
            *charges("2026-09-10", amount="USD 10", rhythm=Rhythm.YEARLY),
        ],
        "2026-11-22",
        {},
        [SHORT, MET, MET],
    ),
    (
        "but not a like amount that is 48 days older",
        [
            *charges("2026-08-23", "2026-10-10", rhythm=Rhythm.YEARLY),
            *charges("2026-09-02", amount="USD 10", rhythm=Rhythm.YEARLY),
        ],
        "2026-11-22",
        {},
        [MET, SHORT, SHORT],
    ),
    (
        "a payment is no late start and a twelfth at once, and the newest goes with the one before",
        charges(
            *("2026-08-20", "2026-10-10"),
            amount="USD 95",
            began="2026-08-20",
            rhythm=Rhythm.YEARLY,
        ),
        "2026-11-22",
        {},
        [SHORT, SHORT, SHORT],
    ),
    (
        "it is one of both",
        charges("2026-08-20", "2026-10-10", began="2026-08-20", rhythm=Rhythm.YEARLY),
        "2026-11-22",
        {},
        [OPEN, OPEN, OPEN],
    ),
    (
        "a payment in review does not count beside the rhythm that it takes away",
        [
            *charges("2026-08-30", amount="USD 1140", rhythm=Rhythm.YEARLY),
            *charges("2026-09-05", amount="USD 60", rhythm=Rhythm.YEARLY, **IN_REVIEW),
        ],
        "2026-11-22",
        {},
        [OPEN, SHORT, SHORT],
    ),
    (
        "nor one that changes what another one in review was",
        [
            *charges("2026-08-07", amount="USD 1140", rhythm=Rhythm.YEARLY, **IN_REVIEW),
            *charges("2026-08-27", amount="USD 99", rhythm=Rhythm.YEARLY, **IN_REVIEW),
            single("2026-09-27", "USD 5"),
        ],
        "2026-11-22",
        {},
        [OPEN, OPEN, SHORT],
    ),
    (
        "an order skips a month, or a charge is late in it",
        [
            *charges("2026-08-20", amount="USD 10", began="2026-08-20", method=None),
            *charges("2026-10-05", "2026-10-06", began="2026-08-20", method=None),
        ],
        "2026-11-22",
        {},
        [SHORT, OPEN, MET],
    ),
    (
        "a payment in review may be the first of its order, or the next one is",
        [
            *charges("2026-08-03", amount="USD 96", began="2026-08-01", **IN_REVIEW),
            *charges("2026-09-01", began="2026-08-01", method=Method.BANK_TRANSFER),
        ],
        "2026-11-22",
        {},
        [OPEN, OPEN, SHORT],
    ),
    (
        "more doubts than can be looked at",
        [
            one
            for number in range(9)
            for one in charges(
                *("2026-07-01", "2026-09-10"), rhythm=Rhythm.YEARLY, order=f"order-{number}"
            )
        ],
        "2026-11-22",
        {},
        [OPEN, OPEN, OPEN],
    ),
    (
        "where the way of paying is not told, the month is in doubt",
        charges("2026-08-20", "2026-10-01", began="2026-08-20", method=None),
        "2026-11-22",
        {},
        [MET, OPEN, MET],
    ),
]


@pytest.mark.parametrize(("why", "payments", "today", "fields", "expected"), CASES, ids=str)
def test_a_case(
    why: str, payments: list[Payment], today: str, fields: dict[str, Any], expected: list[Outcome]
) -> None:
    assert outcomes(payments, today, **fields) == expected, why
    assert outcomes(payments[::-1], today, **fields) == expected, why


@pytest.mark.parametrize(("small", "large"), [("EUR", "USD"), ("USD", "EUR")])
def test_charges_of_one_day_in_two_currencies_have_one_rhythm(small: str, large: str) -> None:
    """Whichever currency is first by its name: both are yearly, and a month needs both."""
    fields = {"rhythm": Rhythm.YEARLY, "order": "order-1", "began": day("2026-01-01")}
    paid = [
        payment("2026-08-01", f"{small} 500", in_host_currency=money("USD 500"), **fields),
        payment("2026-08-01", f"{large} 700", in_host_currency=money("USD 700"), **fields),
    ]
    orders = (replace(told(ACTIVE), rhythm=Rhythm.YEARLY),)
    assert outcomes(paid, "2026-11-22", orders=orders) == [MET, MET, MET]


def test_an_order_is_not_late_for_a_month_before_one_that_it_skips() -> None:
    """Begun on 20 October, it is charged in December next: both of November are of November."""
    payments = charges("2026-11-03", "2026-11-10", began="2026-10-20")
    assert outcomes(payments, "2026-12-20") == [SHORT, SHORT, MET]
    payments = charges("2026-11-03", "2026-11-10", began="2026-10-15")
    assert outcomes(payments, "2026-12-20") == [SHORT, MET, MET]


def test_single_payments_are_never_late_even_of_one_order() -> None:
    """Two in November, which a monthly order would have paid for October as well."""
    days = ("2026-11-02", "2026-11-05")
    for rhythm, october in ((Rhythm.ONE_TIME, SHORT), (Rhythm.MONTHLY, MET)):
        payments = charges(*days, rhythm=rhythm)
        assert outcomes(payments, "2026-12-20") == [SHORT, october, MET]


def test_what_came_in_the_skipped_month_is_not_added_to_the_first_payment() -> None:
    """The first payment covers November, of which less was charged all the same."""
    late = "2026-10-20"
    payments = [
        *charges(late, "2026-12-01", began=late),
        *charges("2026-11-05", amount="USD 10", began=late),
    ]
    found = judged(payments, "2026-12-20")
    assert {name: str(one.paid) for name, one in found.items()} == {
        "2026-09": "USD 0",
        "2026-10": "USD 100",
        "2026-11": "USD 100",
    }


def test_no_more_late_charges_are_moved_than_fill_the_month() -> None:
    """Two orders were charged twice in December; one late charge is enough for November."""
    days = ("2026-09-01", "2026-10-01", "2026-12-01", "2026-12-05")
    payments = [*charges(*days), *charges(*days, order="order-2")]
    found = judged(payments, "2027-01-10", orders=(told(ACTIVE), told(ACTIVE, "order-2")))
    assert {name: str(one.paid) for name, one in found.items()} == {
        "2026-10": "USD 200",
        "2026-11": "USD 100",
        "2026-12": "USD 300",
    }


@pytest.mark.parametrize(
    ("why", "payments", "orders", "today", "late"),
    [
        (
            "7: an order that has ended, and one begun since",
            [*charges("2026-07-01"), *charges("2026-11-02", began="2026-11-02", order="order-2")],
            (told(ENDED), told(ACTIVE, "order-2")),
            "2026-11-24",
            None,
        ),
        (
            "8: before the charges come, they still may",
            charges("2026-07-26", began="2026-07-26"),
            (told(FAILING),),
            "2026-10-05",
            "2026-10-25",
        ),
        (
            "11: October's charge failed",
            charges("2026-08-01", "2026-09-01"),
            (told(FAILING),),
            "2026-11-03",
            "2026-11-25",
        ),
        ("the orders were not told", charges("2026-09-01"), None, "2026-11-03", "2026-11-25"),
        ("the order has ended", charges("2026-09-01"), (told(ENDED),), "2026-11-03", None),
        (
            "the last charge is too small, and in review",
            [
                *charges("2026-08-01", "2026-09-01"),
                *charges("2026-11-01", amount="USD 50", **IN_REVIEW),
            ],
            (told(FAILING),),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "two orders fill the month together",
            [
                *charges("2026-09-01", amount="USD 50"),
                *charges("2026-09-01", amount="USD 50", order="order-2"),
            ],
            (told(FAILING), told(FAILING, "order-2")),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "the order is yearly now",
            charges("2026-08-01", "2026-09-01"),
            (replace(told(ACTIVE), rhythm=Rhythm.YEARLY),),
            "2026-11-03",
            None,
        ),
        (
            "too little to fill the month",
            charges("2026-09-01", amount="USD 9"),
            (told(ACTIVE),),
            "2026-11-03",
            None,
        ),
        (
            "too little alone, and enough beside what was paid",
            [*charges("2026-09-01", amount="USD 60"), single("2026-10-10", "USD 40")],
            (told(ACTIVE),),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "too little, even beside what was paid",
            [*charges("2026-09-01", amount="USD 60"), single("2026-10-10", "USD 39")],
            (told(ACTIVE),),
            "2026-11-03",
            None,
        ),
        (
            "the amount of the last charge is expected: now more",
            [*charges("2026-08-01", amount="USD 9"), *charges("2026-09-01")],
            (told(ACTIVE),),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "the amount of the last charge is expected: now less",
            [*charges("2026-08-01"), *charges("2026-09-01", amount="USD 9")],
            (told(ACTIVE),),
            "2026-11-03",
            None,
        ),
        (
            "two orders together",
            [
                *charges("2026-09-01", amount="USD 60"),
                *charges("2026-09-01", amount="USD 40", order="order-2"),
            ],
            (told(ACTIVE), told(ACTIVE, "order-2")),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "two orders, of which one was charged",
            [
                *charges("2026-09-01", amount="USD 60"),
                *charges("2026-09-01", "2026-10-01", amount="USD 40", order="order-2"),
            ],
            (told(ACTIVE), told(ACTIVE, "order-2")),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "one charge came in the next month, and one more may",
            charges("2026-09-01", "2026-11-01"),
            (told(ACTIVE),),
            "2026-11-03",
            "2026-11-25",
        ),
        (
            "the month had its charge",
            charges("2026-09-01", "2026-10-01", amount="USD 60"),
            (told(ACTIVE),),
            "2026-11-03",
            None,
        ),
        (
            "the order began after the month",
            charges("2026-11-01", began="2026-11-01"),
            (told(ACTIVE),),
            "2026-11-03",
            None,
        ),
    ],
    ids=str,
)
def test_until_when_a_late_charge_may_come(
    why: str, payments: list[Payment], orders: Any, today: str, late: str | None
) -> None:
    *_, last = judged(payments, today, orders=orders).values()
    assert last.outcome is SHORT
    assert last.late_until == (day(late) if late else None), why


@pytest.mark.parametrize(
    ("why", "payments", "orders", "expected"),
    [
        (
            "18: only a payment in review",
            [single("2026-12-05", "USD 5", **IN_REVIEW)],
            (told(ENDED),),
            OPEN,
        ),
        ("a settled one", [single("2026-12-05", "USD 5")], (told(ENDED),), MET),
        ("the order ended after November", charges("2026-11-01"), (told(ENDED),), SHORT),
        ("orders were not told", charges("2026-11-01"), None, OPEN),
        ("nothing, and no order", [], (), SHORT),
    ],
    ids=str,
)
def test_who_pays_now(why: str, payments: list[Payment], orders: Any, expected: Outcome) -> None:
    seen = sponsorship(*payments, orders=orders)
    assert pays_now(seen, POLICY, day("2026-12-20")) is expected, why


EDITION = load_prices().editions["2026-01"]


def test_the_edition_has_54_countries() -> None:
    """Those that the next test decides, the euro area among them as one."""
    assert len(EDITION.prices) == 54


@pytest.mark.parametrize("currency", ["USD", "EUR"])
@pytest.mark.parametrize("code", sorted(EDITION.prices))
def test_who_pays_what_we_name_is_met_without_any_rate(code: str, currency: str) -> None:
    """21, 22: a payer in dollars, and one in euros whose host keeps its books in dollars."""
    country = Country(code, code) if code != "EUZ" else Country("DEU", "Germany")
    asked = required_amount(country, program(), load_prices())
    assert isinstance(asked, Required)
    assert asked.base is not None
    today, named = "2026-11-22", amount_in(asked, currency)

    def paid(amount: Money, at_host: Money) -> list[Payment]:
        days = ("2026-08-01", "2026-09-01", "2026-10-01")
        return charges(*days, amount=str(amount), in_host_currency=at_host)

    payments = paid(named, asked.base)
    assert outcomes(payments, today, asked=asked) == [MET] * 3
    seen, months = sponsorship(*payments), ending(Month.of(day(today)) - 1, 3)
    assert needed_rates(seen, asked, months, POLICY, day(today)) == set()
    assert outcomes([], today, asked=asked) == [SHORT] * 3
    assert needed_rates(sponsorship(), asked, months, POLICY, day(today)) == set()
    cent = replace(asked.base, amount=asked.base.amount - Decimal("0.01"))
    assert currency == "EUR" or MET not in outcomes(paid(cent, cent), today, asked=asked)
    half = paid(*(replace(one, amount=one.amount / 2) for one in (named, asked.base)))
    assert MET not in outcomes(half, today, asked=asked)


@pytest.mark.parametrize(
    ("factor", "expected"), [(Decimal("0.376"), SHORT), (None, SHORT), ("absent", OPEN)]
)
def test_22_a_currency_that_nobody_quotes_takes_the_rate_of_the_edition(
    factor: Any, expected: Outcome
) -> None:
    asked = required_amount(Country("BHR", "Bahrain"), program(), load_prices())
    assert isinstance(asked, Required)
    assert asked.base is not None
    payments = charges("2026-08-01", "2026-09-01", "2026-10-01", amount="USD 50")
    rates = {(one.day, "USD", "BHD"): factor for one in payments if factor != "absent"}
    assert outcomes(payments, "2026-11-22", asked=asked, rates=rates) == [expected] * 3


@pytest.mark.parametrize(
    ("factor", "expected"),
    [(Decimal("0.00025"), MET), (Decimal("0.0002"), SHORT), (None, OPEN), ("absent", OPEN)],
)
def test_a_currency_that_neither_a_bank_nor_the_edition_has(factor: Any, expected: Outcome) -> None:
    payments = charges("2026-08-01", "2026-09-01", "2026-10-01", amount="KHR 400000")
    rates = {(one.day, "KHR", "EUR"): factor for one in payments if factor != "absent"}
    assert outcomes(payments, "2026-11-22", asked=EUROS, rates=rates) == [expected] * 3


def test_no_rate_is_asked_for_of_a_payment_that_is_too_far_away() -> None:
    """A charge counts at most in the month before, and that one frees a charge of its own."""
    days = [f"2026-{number:02}-01" for number in range(1, 13)]
    seen = sponsorship(*charges(*days, amount="KHR 400000"), orders=(told(ACTIVE),))
    found = needed_rates(seen, EUROS, [Month.parse("2026-07")], POLICY, day("2026-12-20"))
    assert {str(on)[:7] for on, _, _ in found} == {f"2026-{number:02}" for number in range(5, 10)}
    assert {(currency, target) for _, currency, target in found} == {("KHR", "EUR")}


@pytest.mark.parametrize(
    ("paid_on", "expected"),
    [("2026-10-30", "2026-10-30"), ("2026-11-01", "2026-10-30"), ("2026-11-04", "2026-11-04")],
)
def test_23_the_last_working_day(paid_on: str, expected: str) -> None:
    assert last_working_day(day(paid_on)) == day(expected)
