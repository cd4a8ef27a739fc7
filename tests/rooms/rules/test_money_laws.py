"""Laws of the rules on payments, over random histories.

Several orders, monthly and yearly, that began on any day, failed, came late, were changed or ended;
single payments, bank transfers, payments in review, foreign currencies, rates that are missing.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import money, payment, sponsorship, sponsorship_policy
from community_partners.model.money import Money
from community_partners.model.month import Month, ending
from community_partners.model.program import SponsorshipPolicy
from community_partners.model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Payment,
    Rhythm,
    Settlement,
    Sponsorship,
)
from community_partners.model.verdict import Outcome, Required
from community_partners.rules.coverage import coverage, needed_rates
from community_partners.rules.enough import Rates
from community_partners.rules.pays_now import pays_now
from community_partners.rules.readings import are_alike, readings
from many_cases import many

MANY = settings(max_examples=many(1000), deadline=None)
MET, SHORT, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
POLICY = sponsorship_policy()
PER_DOLLAR = {"USD": Decimal(1), "EUR": Decimal("0.86"), "INR": Decimal(90), "KRW": Decimal(1473)}
ASKED = [
    Required(amount=money(amount), base=money(base), edition="2026-01", basis="", rates=PER_DOLLAR)
    for amount, base in (("USD 100", "USD 100"), ("INR 3709", "USD 41"), ("KRW 89869", "USD 61"))
]
RANK = {SHORT: 0, OPEN: 1, MET: 2}
FIRST = date(2025, 9, 1)


@dataclass(frozen=True)
class History:
    """A payer's sponsorship as it is told on the day `today`, and the amount asked."""

    seen: Sponsorship
    asked: Required
    today: date
    rates: Rates
    policy: SponsorshipPolicy = POLICY

    @property
    def months(self) -> tuple[Month, ...]:
        return ending(Month.of(self.today) - 1, 6)

    def outcomes(self, **changed: Any) -> list[Outcome]:
        made = replace(self, **changed)
        found = coverage(made.seen, made.asked, made.months, made.rates, made.policy, made.today)
        return [one.outcome for one in found]

    def with_payments(self, *payments: Payment) -> Sponsorship:
        return replace(self.seen, payments=payments)

    @property
    def payments(self) -> tuple[Payment, ...]:
        return self.seen.payments or ()


def amount_of(chance: random.Random, asked: Required, times: int = 1) -> str:
    """A part of the amount asked, or all of it, in any currency."""
    currency = chance.choice(("USD", "USD", asked.amount.currency, "EUR"))
    base = asked.base or asked.amount
    part = chance.choice(("0.2", "0.5", "0.5", "0.8", "1", "1", "1.2"))
    worth = base.amount * PER_DOLLAR[currency] * Decimal(part) * times
    return f"{currency} {worth.quantize(Decimal('0.01'))}"


def an_order(chance: random.Random, asked: Required, today: date, number: int) -> list[Payment]:
    """The charges of an order: on their day, never, or late; some in review, void or too large."""
    began = FIRST + timedelta(days=chance.randrange((today - FIRST).days + 1))
    yearly, changed = chance.random() < 0.2, chance.random() < 0.15
    fields: dict[str, Any] = {
        "order": f"order-{number}",
        "began": began,
        "method": chance.choice((*[Method.CARD] * 3, Method.PAYPAL_SUBSCRIPTION, None)),
        "rhythm": Rhythm.YEARLY if yearly is not changed else Rhythm.MONTHLY,
    }
    amount, large = amount_of(chance, asked), amount_of(chance, asked, 12)
    days = [began]
    due = Month.of(began) + (2 if began.day > 15 else 1)
    while due.first_day <= today:
        late = chance.choice((0, 0, 0, 0, 3, 19, 35, 50, None))
        if late is not None and not yearly:
            days.append(due.first_day + timedelta(days=late))
        due += 1
    stop = chance.randrange(len(days)) if chance.random() < 0.3 else len(days)
    days = [one for one in days[: stop + 1] for _ in range(2 if chance.random() < 0.05 else 1)]
    return [
        payment(
            str(day),
            amount_of(chance, asked) if chance.random() < 0.1 else large if yearly else amount,
            settlement=chance.choice(
                (*[Settlement.SETTLED] * 12, *[Settlement.PENDING] * 2, Settlement.VOID)
            ),
            **fields,
        )
        for day in days
        if day <= today
    ]


def singles(chance: random.Random, asked: Required, today: date) -> list[Payment]:
    made = []
    for number in range(chance.choice((0, 0, 1, 2, 4))):
        day = FIRST + timedelta(days=chance.randrange((today - FIRST).days + 1))
        method = chance.choice((Method.CARD, Method.BANK_TRANSFER))
        lag = chance.randrange(40) if method is Method.BANK_TRANSFER else 0
        made.append(
            payment(
                str(day),
                amount_of(chance, asked),
                rhythm=Rhythm.ONE_TIME,
                order=f"single-{number}",
                method=method,
                began=day - timedelta(days=lag),
                settlement=chance.choice(
                    (Settlement.SETTLED, Settlement.SETTLED, Settlement.PENDING)
                ),
            )
        )
    return made


def history(seed: int) -> History:
    chance = random.Random(seed)  # noqa: S311  no secret
    asked = chance.choice(ASKED)
    today = date(2026, 9, 1) + timedelta(days=chance.randrange(120))
    payments = singles(chance, asked, today)
    orders = []
    for number in range(1, chance.choice((1, 1, 2, 3)) + 1):
        charges = an_order(chance, asked, today, number)
        payments += charges
        orders.append(
            Order(
                id=f"order-{number}",
                status=chance.choice(tuple(OrderStatus)),
                rhythm=charges[0].rhythm,
                began=charges[0].began,
            )
        )
    told = None if chance.random() < 0.2 else tuple(orders)
    seen = sponsorship(*payments, orders=told)
    rates: dict[tuple[date, str, str], Decimal | None] = {}
    for one in payments:
        target, own = asked.amount.currency, one.amount.currency
        drift = Decimal(chance.randrange(94, 106)) / 100
        factor = PER_DOLLAR[target] / PER_DOLLAR[own] * drift
        if chance.random() < 0.8:
            rates[one.day, own, target] = None if chance.random() < 0.1 else factor
    return History(seen=seen, asked=asked, today=today, rates=rates)


HISTORIES = st.integers(0, 2**32).map(history)


def settled(one: Payment, *, as_: Settlement = Settlement.SETTLED) -> Payment:
    return replace(one, settlement=as_) if one.settlement is Settlement.PENDING else one


def certain(told: History, as_: Settlement, chance: random.Random) -> History:
    """One way in which everything that is unknown may turn out."""
    rates = dict(told.rates)
    low = as_ is Settlement.VOID
    for one in told.payments:
        key = (one.day, one.amount.currency, told.asked.amount.currency)
        rates.setdefault(key, Decimal("0.000001") if low else Decimal(10**9))
    orders = told.seen.orders
    if orders is None:
        statuses = (OrderStatus.ENDED, OrderStatus.FAILING)
        names = sorted({one.order for one in told.payments})
        orders = tuple(Order(id=one, status=chance.choice(statuses)) for one in names)
    method = chance.choice((Method.CARD, Method.PAYPAL_SUBSCRIPTION))
    payments = tuple(
        replace(settled(one, as_=as_), method=one.method or method) for one in told.payments
    )
    return replace(told, seen=replace(told.seen, payments=payments, orders=orders), rates=rates)


@MANY
@given(HISTORIES, st.randoms(use_true_random=False))
def test_what_is_unknown_neither_admits_nor_refuses(told: History, chance: random.Random) -> None:
    """However the doubts turn out, a month that was met stays met, and a short one stays short."""
    before = told.outcomes()
    for as_ in (Settlement.SETTLED, Settlement.VOID):
        after = certain(told, as_, chance).outcomes()
        for was, now in zip(before, after, strict=True):
            assert was is not MET or now is MET
            assert was is not SHORT or now is not MET


@MANY
@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_same_holds_for_who_pays_now(told: History, chance: random.Random) -> None:
    was = pays_now(told.seen, POLICY, told.today)
    for as_ in (Settlement.SETTLED, Settlement.VOID):
        now = pays_now(certain(told, as_, chance).seen, POLICY, told.today)
        assert was is not MET or now is MET
        assert was is not SHORT or now is not MET


@MANY
@given(HISTORIES)
def test_what_is_said_to_have_the_same_readings_has_them(told: History) -> None:
    """They are read once then."""
    sure = told.with_payments(*map(settled, told.payments))
    too_much = replace(told.payments[0].amount, amount=Decimal(1)) if told.payments else None
    for one in (told.seen, sure, replace(sure, overstated=too_much)):
        worst, best = (readings(one, POLICY, best=best) for best in (False, True))
        assert worst == best or not are_alike(one)


@MANY
@given(HISTORIES, st.randoms(use_true_random=False))
def test_more_payments_never_harm(told: History, chance: random.Random) -> None:
    """A single payment, or one more charge of an order, unless it says that an order was yearly.

    Nor if the payments could be read in too many ways before, and cannot now: nothing was known.
    """
    assume(all(readings(told.seen, POLICY, best=best) for best in (False, True)))
    day = FIRST + timedelta(days=chance.randrange((told.today - FIRST).days + 1))
    more = payment(str(day), amount_of(chance, told.asked), rhythm=Rhythm.ONE_TIME, order="more")
    monthly = [one for one in told.payments if one.rhythm is Rhythm.MONTHLY]
    if monthly and chance.random() < 0.7:
        model = chance.choice(monthly)
        more = replace(model, day=max(day, model.began or day), settlement=Settlement.SETTLED)
    grown = (*told.payments, more)
    kept, now_told = _rhythms(told.payments), _rhythms(grown)
    assume(now_told and all(now_told[name] == rhythm for name, rhythm in kept.items()))
    after = told.outcomes(seen=told.with_payments(*grown))
    assert all(RANK[now] >= RANK[was] for was, now in zip(told.outcomes(), after, strict=True))
    assert (
        RANK[pays_now(told.with_payments(*grown), POLICY, told.today)]
        >= RANK[pays_now(told.seen, POLICY, told.today)]
    )


def _rhythms(payments: Sequence[Payment]) -> dict[object, set[Rhythm]]:
    """What each payment may have been, in any reading; nothing if there are too many readings."""
    found = defaultdict(set)
    for best in (False, True):
        for reading in readings(sponsorship(*payments), POLICY, best=best):
            for one in reading:
                found[_name(one)].add(one.rhythm)
    return found


def _name(one: Payment) -> object:
    return one.day, one.order, one.amount, one.settlement


@MANY
@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(told: History, chance: random.Random) -> None:
    payments, orders = list(told.payments), list(told.seen.orders or ())
    chance.shuffle(payments)
    chance.shuffle(orders)
    mixed = replace(
        told.seen,
        payments=tuple(payments),
        orders=None if told.seen.orders is None else tuple(orders),
    )
    asked = (told.asked, told.months, told.rates, POLICY, told.today)
    assert coverage(mixed, *asked) == coverage(told.seen, *asked)


OTHER_NAMES = {"USD": "KRW", "EUR": "USD", "INR": "EUR", "KRW": "INR"}


def in_other_name(amount: Money) -> Money:
    return replace(amount, currency=OTHER_NAMES[amount.currency])


@MANY
@given(HISTORIES)
def test_names_of_orders_and_currencies_never_matter(told: History) -> None:
    """No charge of a day is before another one because of its name."""
    names = sorted({one.order for one in told.payments}, reverse=True)
    orders = {name: f"order {number}" for number, name in enumerate(names)}
    payments = [
        replace(one, amount=in_other_name(one.amount), order=orders[one.order])
        for one in told.payments
    ]
    told_orders = told.seen.orders and tuple(
        replace(one, id=orders.get(one.id, one.id)) for one in told.seen.orders
    )
    asked = replace(
        told.asked,
        amount=in_other_name(told.asked.amount),
        base=told.asked.base and in_other_name(told.asked.base),
        rates={OTHER_NAMES[name]: rate for name, rate in told.asked.rates.items()},
    )
    rates = {
        (day, OTHER_NAMES[own], OTHER_NAMES[target]): factor
        for (day, own, target), factor in told.rates.items()
    }
    seen = replace(told.seen, payments=tuple(payments), orders=told_orders)
    assert told.outcomes(seen=seen, asked=asked, rates=rates) == told.outcomes()


@MANY
@given(HISTORIES, st.sampled_from(list(PER_DOLLAR)))
def test_equal_value_in_another_currency_is_never_worse(told: History, currency: str) -> None:
    """By the edition's rate, which is the rate of each day here.

    Each order is in one currency: amounts in several are not compared, so in one they may tell
    another rhythm.
    """
    target = told.asked.amount.currency

    def paid_in(one: Payment, currency: str) -> Payment:
        worth = one.amount.amount / PER_DOLLAR[one.amount.currency]
        return replace(one, amount=Money(worth * PER_DOLLAR[currency], currency))

    of_order = {one.order: one.amount.currency for one in told.payments}
    before = [paid_in(one, of_order[one.order]) for one in told.payments]
    told = replace(told, seen=told.with_payments(*before))
    rates: Rates = {(one.day, own, target): None for one in told.payments for own in PER_DOLLAR}
    roomy = replace(
        told.asked, base=told.asked.amount.times(Decimal("0.9999") / PER_DOLLAR[target], "USD")
    )
    exact = sponsorship_policy(tolerance_percent=Decimal(0))
    told = replace(told, rates=rates, asked=roomy, policy=exact)
    changed = told.with_payments(*(paid_in(one, currency) for one in told.payments))
    outcomes = zip(told.outcomes(), told.outcomes(seen=changed), strict=True)
    assert all(now is MET for was, now in outcomes if was is MET)


@MANY
@given(HISTORIES)
def test_who_pays_each_month_of_its_own_is_met(told: History) -> None:
    """Met before these rules: enough settled money of the month itself, in the local currency."""
    own = [
        one
        for one in told.payments
        if one.settlement is Settlement.SETTLED
        and one.rhythm is not Rhythm.YEARLY
        and one.amount.currency == told.asked.amount.currency
        and (
            one.method is not Method.BANK_TRANSFER
            or one.began is None
            or Month.of(one.began) == Month.of(one.day)
        )
    ]
    rhythms = _rhythms(told.payments)
    as_paid = [one for one in told.payments if rhythms.get(_name(one)) == {one.rhythm}]
    for month, outcome in zip(told.months, told.outcomes(), strict=True):
        total = sum(
            (one.amount.amount for one in own if Month.of(one.day) == month and one in as_paid),
            Decimal(0),
        )
        assert total < told.asked.amount.amount or outcome is MET


@MANY
@given(HISTORIES)
def test_a_payment_fills_no_two_months(told: History) -> None:
    """Without yearly payments and late starts, no more months are met than money was paid for."""
    whole = [one for one in told.payments if one.settlement is Settlement.SETTLED]
    paid = [
        replace(one, method=Method.PAYPAL_SUBSCRIPTION)
        for one in whole
        if one.rhythm is Rhythm.MONTHLY
    ]
    seen = replace(told.seen, payments=tuple(paid))
    assume(all(rhythm == {Rhythm.MONTHLY} for rhythm in _rhythms(paid).values()))
    base = told.asked.base or told.asked.amount
    rates: Rates = {
        (one.day, one.amount.currency, told.asked.amount.currency): None for one in paid
    }
    first = Month.of(FIRST)
    months = [first + later for later in range(18)]
    found = coverage(seen, told.asked, months, rates, POLICY, told.today)
    met = [one.month for one in found if one.outcome is MET]
    worth = sum((one.amount.amount / PER_DOLLAR[one.amount.currency] for one in paid), Decimal(0))
    assert len(met) * base.amount * Decimal("0.96") <= worth


@MANY
@given(HISTORIES)
def test_only_rates_that_can_change_an_outcome_are_asked_for(told: History) -> None:
    """The rates that nobody asked for would change nothing."""
    needed = needed_rates(told.seen, told.asked, told.months, POLICY, told.today)
    cheap = told.outcomes(rates={key: told.rates.get(key) for key in needed})
    every = {
        (one.day, one.amount.currency, told.asked.amount.currency): told.rates.get(
            (one.day, one.amount.currency, told.asked.amount.currency)
        )
        for one in told.payments
    }
    assert cheap == told.outcomes(rates=every)


@MANY
@given(HISTORIES)
def test_a_month_alone_is_judged_as_among_others(told: History) -> None:
    asked = (told.rates, POLICY, told.today)
    alone = [coverage(told.seen, told.asked, (one,), *asked)[0] for one in told.months]
    assert alone == list(coverage(told.seen, told.asked, told.months, *asked))
