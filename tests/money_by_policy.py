"""A second reading of the money rules: docs/policy.md, "Months and payments", sentence by sentence.

Slow, short, and written without a look at `rules/`. Run the file to compare both on random
histories: `PYTHONPATH=src:tests python tests/money_by_policy.py [histories] [seed] [shown]`.

Where the policy leaves two readings, this is the one of `rules/`: an order whose first day is not
told is due in no month; after a late start, the later month is one after the skipped month, and the
charges of the skipped month are taken together. Each way in which the doubts may turn out is tried,
however many there are.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from builders import money, payment, rate, required, sponsorship, sponsorship_policy
from community_partners.model.application import Platform
from community_partners.model.money import Money
from community_partners.model.month import Month, ending
from community_partners.model.program import SponsorshipPolicy
from community_partners.model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Payment,
    Rate,
    Rhythm,
    Settlement,
    Sponsorship,
)
from community_partners.model.verdict import Outcome, Required

POLICY = sponsorship_policy()
ANY_AMOUNT = Fraction(10**12)
MONTHLY, YEARLY = {Rhythm.MONTHLY}, {Rhythm.YEARLY}
EITHER = MONTHLY | YEARLY


@dataclass(frozen=True)
class History:
    """What is told of a payer on the day `today`."""

    seen: Sponsorship
    asked: Required
    rates: tuple[Rate, ...]
    today: date
    policy: SponsorshipPolicy = POLICY


@dataclass(frozen=True)
class _Way:
    """One way in which the doubts may turn out: the payments that come, and what each one was."""

    payments: list[Payment]
    rhythm: dict[int, Rhythm]
    skips: dict[str, bool]


def outcome(told: History, month: Month) -> Outcome:
    """The outcome of one closed month."""
    seen = told.seen
    if seen.payments is None or (seen.conflict and not _first_alone_in_doubt(seen)):
        return Outcome.UNKNOWN
    if all(any(one.is_met(month) for one in _read(told, way, best=False)) for way in _ways(seen)):
        return Outcome.MET
    possible = any(one.is_met(month) for way in _ways(seen) for one in _read(told, way, best=True))
    if possible or seen.unexplained or seen.receiver_paused:
        return Outcome.UNKNOWN
    return Outcome.NOT_MET


def late_until(told: History, month: Month) -> date | None:
    """The last day of a charge that may still come and would fill a short month; else None."""
    last = (month + 1).first_day.replace(day=25)
    if told.today > last or outcome(told, month) is not Outcome.NOT_MET:
        return None
    ways = [one for way in _ways(told.seen) for one in _read(told, way, best=True)]
    return last if any(one.may_be_filled(month) for one in ways) else None


def _read(told: History, way: _Way, *, best: bool) -> "list[_Reading]":
    """The way in each currency, each for itself."""
    return [_Reading(told, way, best, in_base) for in_base in (False, True)]


def _first_alone_in_doubt(seen: Sponsorship) -> bool:
    first = _first_settled(seen)
    over = seen.overstated
    return bool(
        first
        and over
        and over.currency == first.amount.currency
        and over.amount < first.amount.amount
    )


def _first_settled(seen: Sponsorship) -> Payment | None:
    settled = [one for one in seen.payments or () if one.settlement is Settlement.SETTLED]
    return min(settled, key=lambda one: (one.day, -one.amount.amount), default=None)


def _alike(one: Money, other: Money) -> bool:
    small, large = sorted((one.amount, other.amount))
    return one.currency == other.currency and large < 2 * small


def _near(one: Payment, other: Payment) -> bool:
    return abs((one.day - other.day).days) <= 47


def _rhythms(charges: Sequence[Payment]) -> Iterator[tuple[Rhythm, ...]]:
    """What the charges of one recurring order were, the earliest first, in each way."""
    may_be, like = (
        [_rhythm(one, charges) for one in charges],
        [_before(one, charges) for one in charges],
    )
    for way in product(*may_be):
        known = {id(one): rhythm for one, rhythm in zip(charges, way, strict=True)}
        if all(
            not models or rhythm in {known[id(one)] for one in models}
            for rhythm, models in zip(way, like, strict=True)
        ):
            yield way


def _rhythm(one: Payment, charges: Sequence[Payment]) -> set[Rhythm]:
    others = [other for other in charges if other is not one]
    later = [other for other in others if other.day > one.day]
    until = [other for other in others if other.day <= one.day]
    if one.began is None or one.rhythm is Rhythm.ONE_TIME:
        return {one.rhythm}
    if any(_near(one, other) for other in later):
        return MONTHLY
    if any(_near(one, other) and _alike(one.amount, other.amount) for other in until):
        return MONTHLY
    if later:
        return _with_next(one, [other for other in later if other.day == later[0].day])
    return EITHER if _before(one, charges) else {one.rhythm}


def _before(one: Payment, charges: Sequence[Payment]) -> list[Payment]:
    """The payments with which one of the last day goes."""
    days = sorted({other.day for other in charges})
    alike = [other for other in charges if other is not one and _alike(one.amount, other.amount)]
    if one.began is None or one.rhythm is Rhythm.ONE_TIME or days[-1] != one.day or len(days) == 1:
        return []
    if any(_near(one, other) for other in alike):
        return []
    return [other for other in alike if other.day == days[-2]]


def _with_next(one: Payment, after: Sequence[Payment]) -> set[Rhythm]:
    days = (after[0].day - one.day).days
    comparable = [other for other in after if one.amount.currency == other.amount.currency]
    if comparable and all(one.amount.amount >= 6 * other.amount.amount for other in comparable):
        return YEARLY
    fits = YEARLY if days >= 335 else MONTHLY
    return fits if one.rhythm in fits else EITHER


def _ways(seen: Sponsorship) -> Iterator[_Way]:
    listed = sorted(seen.payments or (), key=lambda one: one.day)
    whole = [one for one in listed if one.settlement is not Settlement.VOID]
    in_review = [one for one in whole if one.settlement is Settlement.PENDING]
    untold = [name for name, some in _by_order(whole).items() if _method(seen, some[0]) is None]
    for number in range(2 ** len(in_review)):
        away = {id(one) for at, one in enumerate(in_review) if number >> at & 1}
        there = [one for one in whole if id(one) not in away]
        orders = list(_by_order(there).values())
        for rhythms in product(*map(_rhythms, orders)):
            was = {
                id(one): rhythm
                for charges, way in zip(orders, rhythms, strict=True)
                for one, rhythm in zip(charges, way, strict=True)
            }
            for skips in product((False, True), repeat=len(untold)):
                yield _Way(
                    there,
                    was,
                    dict(zip(untold, skips, strict=True)),
                )


def _method(seen: Sponsorship, one: Payment) -> Method | None:
    told = (order.method for order in seen.orders or () if order.id == one.order)
    return one.method or next(told, None)


@dataclass(frozen=True)
class _Part:
    """What one payment, or a twelfth of it, brings to a month, as far as it counts."""

    payment: Payment
    size: Fraction


@dataclass
class _Order:
    id: str
    ended: bool
    began: date | None
    first: Month
    skipped: Month | None
    charges: list[Payment]


class _Reading:
    """One way of all that is in doubt, in one currency, with the rest at its worst or best."""

    def __init__(self, told: History, way: _Way, best: bool, in_base: bool) -> None:
        self.seen, self.asked, self.policy = told.seen, told.asked, told.policy
        self.today, self.way, self.best, self.in_base = told.today, way, best, in_base
        self.rates = {(one.day, one.currency, one.target): one for one in told.rates}
        self.missing_from = _first_settled(told.seen) if told.seen.overstated and not best else None
        self.payments, self.rhythm = way.payments, way.rhythm
        self.orders = {name: self._order(name, some) for name, some in self._recurring().items()}

    def _recurring(self) -> dict[str, list[Payment]]:
        return {
            name: charges
            for name, charges in _by_order(self.payments).items()
            if charges[0].rhythm is not Rhythm.ONE_TIME
        }

    def _order(self, name: str, charges: list[Payment]) -> _Order:
        told = self._told(name)
        began = (told and told.began) or charges[0].began
        first = Month.of(began or charges[0].day)
        late = began is not None and began.day > 15 and self._skips(name, charges)
        return _Order(
            id=name,
            ended=told.status is OrderStatus.ENDED if told else not self.best,
            began=began,
            first=first,
            skipped=first + 1 if late else None,
            charges=[one for one in charges if self._is_monthly(one)],
        )

    def _is_monthly(self, one: Payment) -> bool:
        return self.rhythm[id(one)] is Rhythm.MONTHLY

    def _told(self, name: str) -> Order | None:
        return next((one for one in self.seen.orders or () if one.id == name), None)

    def _skips(self, name: str, charges: Sequence[Payment]) -> bool:
        if self.seen.platform is not Platform.OPEN_COLLECTIVE:
            return False
        told = _method(self.seen, charges[0])
        return self.way.skips.get(name, told is Method.CARD)

    # --- what a payment is worth

    def _part(self, one: Payment, parts: int = 1) -> _Part:
        paid = Fraction(one.amount.amount)
        if one is self.missing_from and self.seen.overstated:
            paid -= Fraction(self.seen.overstated.amount)
        left = paid / Fraction(one.amount.amount) / parts
        if self.in_base:
            return _Part(one, self._in_base(one) * left)
        exact = one.amount.currency == self.asked.amount.currency
        tolerance = Fraction(self.policy.tolerance_percent) / 100
        worth = self._in_country(one) * left
        return _Part(one, worth if exact else worth / (1 - tolerance))

    def _in_base(self, one: Payment) -> Fraction:
        base, host = self.policy.base.currency, one.in_host_currency
        if one.amount.currency == base:
            return Fraction(one.amount.amount)
        if host and host.currency == base:
            return Fraction(host.amount)
        per_base = self._edition(one.amount.currency)
        return Fraction(one.amount.amount) / per_base if per_base else Fraction(0)

    def _in_country(self, one: Payment) -> Fraction:
        target, host = self.asked.amount.currency, one.in_host_currency
        if one.amount.currency == target:
            return Fraction(one.amount.amount)
        if host and host.currency == target:
            return Fraction(host.amount)
        quoted = self.rates.get((one.day, one.amount.currency, target))
        if quoted and quoted.factor is not None:
            return Fraction(one.amount.amount) * Fraction(quoted.factor)
        if quoted:
            source, into = self._edition(one.amount.currency), self._edition(target)
            if source and into:
                return Fraction(one.amount.amount) / source * into
        return ANY_AMOUNT if self.best else Fraction(0)

    def _edition(self, currency: str) -> Fraction | None:
        if currency == self.policy.base.currency:
            return Fraction(1)
        found = self.asked.rates.get(currency)
        return Fraction(found) if found else None

    def _reached(self, parts: Sequence[_Part]) -> bool:
        needed = self.asked.base if self.in_base else self.asked.amount
        return bool(needed and sum(part.size for part in parts) >= Fraction(needed.amount))

    # --- what a month holds

    def _covers_from(self, one: Payment) -> Month:
        method = _method(self.seen, one)
        first = min(other.day for other in self.payments if other.order == one.order)
        if method is Method.BANK_TRANSFER and one.began and one.day == first:
            made = Month.of(one.began)
            if one.day <= (made + 1).first_day.replace(day=25):
                return made
        return Month.of(one.day)

    def _of_payment(self, one: Payment, month: Month) -> _Part | None:
        start = self._covers_from(one)
        if one.rhythm is Rhythm.ONE_TIME:
            return self._part(one) if start == month and self.policy.one_time_payments else None
        if self.rhythm[id(one)] is Rhythm.MONTHLY:
            return self._part(one) if start == month else None
        return self._part(one, 12) if start <= month < start + 12 else None

    def _own(self, month: Month) -> list[_Part]:
        """All that counts for the month without late charges."""
        parts = [part for one in self.payments if (part := self._of_payment(one, month))]
        for order in self.orders.values():
            if order.skipped == month:
                parts = self._with_late_start(order, parts)
        return parts

    def _with_late_start(self, order: _Order, parts: list[_Part]) -> list[_Part]:
        first = [self._part(one) for one in order.charges if Month.of(one.day) == order.first]
        month = order.first + 1
        if not first:
            return parts
        if not any(Month.of(one.day) > month for one in order.charges):
            next_charge = month + 1
            covered = not order.ended and (
                self.today <= next_charge.first_day
                or (self.best and self.today <= (next_charge + 1).first_day.replace(day=25))
            )
            if not covered:
                return parts
        larger = max(first, key=lambda part: part.size)
        ids = {id(one) for one in order.charges}
        there = [part for part in parts if id(part.payment) in ids]
        if larger.size <= sum(part.size for part in there):
            return parts
        return [larger, *(part for part in parts if id(part.payment) not in ids)]

    def _late(self, month: Month) -> list[_Part]:
        """The late charges in `month` that may count for the month before, the largest first."""
        found = []
        for order in self.orders.values():
            if (
                order.began is None
                or order.first > month - 1
                or order.skipped in (month - 1, month)
            ):
                continue
            charged = [
                self._part(one)
                for one in order.charges
                if self._covers_from(one) == Month.of(one.day) == month and one.day.day <= 25
            ]
            if len(charged) > 1:
                found.append(sorted(charged, key=lambda part: part.size)[-2])
        return sorted(found, key=lambda part: part.size, reverse=True)

    def is_met(self, month: Month) -> bool:
        own = self._own(month)
        if self._reached(own):
            return True
        after, taken = self._own(month + 1), set[int]()
        for late in self._late(month + 1):
            own.append(late)
            taken.add(id(late.payment))
            if self._reached(own):
                return self._reached([part for part in after if id(part.payment) not in taken])
        return False

    def may_be_filled(self, month: Month) -> bool:
        """Whether one more charge of each order, like its last one, would fill the month."""
        may_come = [order for order in self.orders.values() if self._may_come(order, month)]
        last = [self._part(order.charges[-1]) for order in may_come]
        return bool(last) and self._reached([*self._own(month), *last])

    def _may_come(self, order: _Order, month: Month) -> bool:
        told = self._told(order.id)
        not_due = order.began is None or order.first > month or order.skipped == month
        if not_due or order.ended or not order.charges:
            return False
        charged = [Month.of(one.day) for one in order.charges]
        until = [one for one in order.charges if one.day.day <= 25]
        after = [one for one in until if Month.of(one.day) == month + 1]
        missed = month not in charged and len(after) < 2
        return missed and not (told and told.rhythm is not Rhythm.MONTHLY)


def _by_order(payments: Sequence[Payment]) -> dict[str, list[Payment]]:
    found: dict[str, list[Payment]] = defaultdict(list)
    for one in payments:
        found[one.order].append(one)
    return found


# --- random histories

LAST = Month(2026, 10)
JUDGED = ending(LAST, 3)
EDITION = {"USD": "1", "EUR": "0.84", "INR": "90"}
REQUIRED = (("USD 100", "USD 100"), ("INR 3709", "USD 41"), ("EUR 99", "USD 118"))
PER_DOLLAR = {**EDITION, "GBP": "0.75"}
BEGINNING = date(2025, 7, 1)


class _Maker:
    """One random history."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (nothing secret)

    def make(self) -> History:
        chance = self.chance
        today = (LAST + 1).first_day.replace(day=chance.choice((1, 1, *range(2, 29))))
        amount, base = chance.choice(REQUIRED)
        asked = replace(
            required(amount, base),
            rates={name: money(f"X{name[:2]} {value}").amount for name, value in EDITION.items()},
        )
        self.platform = chance.choice((*[Platform.OPEN_COLLECTIVE] * 9, Platform.GITHUB_SPONSORS))
        self.on_github = self.platform is Platform.GITHUB_SPONSORS
        self.host = chance.choice((None, None, "USD", "EUR"))
        self.need, self.today = asked, today
        self.currencies = chance.sample(sorted(PER_DOLLAR), chance.choice((1, 1, 2)))
        if self.on_github:
            self.currencies, self.host = ["USD"], None
        elif chance.random() < 0.4:
            self.currencies = [asked.amount.currency]
        payments: list[Payment] = []
        orders: list[Order] = []
        for number in range(1, chance.choice((1, 1, 2, 2, 3)) + 1):
            kind = chance.choice((self._monthly, self._monthly, self._yearly, self._single))
            made, order = kind(f"order-{number}")
            payments += made
            orders += [order] if order else []
        payments = sorted((one for one in payments if one.day <= today), key=lambda one: one.day)
        orders = [one for one in orders if one.began is None or one.began <= today]
        seen = sponsorship(
            *payments,
            platform=self.platform,
            orders=None if chance.random() < 0.2 else tuple(orders),
            receiver_paused=chance.random() < 0.05,
            unexplained="More was paid." if chance.random() < 0.05 else None,
        )
        if payments and self.on_github and chance.random() < 0.3:
            first = payments[0].amount
            part = chance.choice(("0.1", "0.5", "0.9", "1", "1.5"))
            over = Money(first.amount * money(f"USD {part}").amount, first.currency)
            seen = replace(seen, conflict="The total is smaller.", overstated=over)
        return History(seen, asked, tuple(self._rates(payments)), today)

    def _amount(self, times: int = 1) -> Money:
        chance, currency = self.chance, self.chance.choice(self.currencies)
        part = chance.choice((1, 1, 1, 1.02, 0.98, 0.96, 0.5, 0.5, 1 / 3, 2, 0.04, 6, 12, 1.5))
        need = self.need.amount
        if currency == need.currency:
            worth = float(need.amount)
        else:
            assert self.need.base
            worth = float(self.need.base.amount) * float(PER_DOLLAR[currency])
        return money(f"{currency} {max(1, round(worth * part * times))}")

    def _payment(self, on: date, amount: Money, **fields: Any) -> Payment:
        settlement = self.chance.choices(tuple(Settlement), (85, 8, 7))[0]
        return payment(
            on.isoformat(),
            str(amount),
            settlement=settlement,
            in_host_currency=self._at_host(amount),
            **fields,
        )

    def _at_host(self, amount: Money) -> Money | None:
        if self.host is None:
            return None
        per = float(PER_DOLLAR[self.host]) / float(PER_DOLLAR[amount.currency])
        return money(f"{self.host} {float(amount.amount) * per:.2f}")

    def _method(self) -> Method | None:
        if self.platform is Platform.GITHUB_SPONSORS:
            return None
        known: tuple[Method | None, ...] = (Method.CARD, Method.CARD, *Method, None)
        return self.chance.choice(known)

    def _order(self, name: str, rhythm: Rhythm, began: date | None, method: Any) -> Order:
        weights = (60, 12, 8, 20)
        status = self.chance.choices(tuple(OrderStatus), weights)[0]
        return Order(id=name, status=status, rhythm=rhythm, began=began, method=method)

    def _began(self, months: int) -> date:
        return (LAST - self.chance.randrange(-1, months)).first_day + timedelta(
            days=self.chance.randrange(28)
        )

    def _monthly(self, name: str) -> tuple[list[Payment], Order]:
        chance, began, method = self.chance, self._began(7), self._method()
        told = began if chance.random() < 0.93 and not self.on_github else None
        paid_by = chance.choice((method, method, method, None, self._method()))
        now = Rhythm.MONTHLY if chance.random() < 0.93 else Rhythm.YEARLY
        amount, faults = self._amount(), chance.choice((0, 0.15, 0.35))
        changes = chance.choice((0, 0.05, 0.4))
        made = []
        for on in self._days(began, method):
            if chance.random() < changes:
                amount = self._amount()
            days = [on]
            if chance.random() < faults:
                late = Month.of(on) + 1
                day = late.first_day + timedelta(days=chance.choice((0, 4, 20, 24, 25, 26)))
                days = chance.choice(([], [day], [on, on + timedelta(days=3)], [on, on]))
            for one in days:
                paid = amount if chance.random() < 0.8 else self._amount()
                made.append(
                    self._payment(one, paid, rhythm=now, order=name, began=told, method=paid_by)
                )
        return made, self._order(name, now, told, method)

    def _days(self, began: date, method: Method | None) -> Iterator[date]:
        chance, month = self.chance, Month.of(began)
        lag = timedelta(days=chance.choice((0, 2, 5))) if method is Method.BANK_TRANSFER else None
        skips = began.day > 15 and method in (Method.CARD, None) and chance.random() < 0.7
        yield began + (lag or timedelta())
        for number in range(1, 12):
            if number == 1 and skips:
                continue
            own = (month + number).first_day
            yield own if method is Method.CARD else own + timedelta(days=began.day - 1)

    def _yearly(self, name: str) -> tuple[list[Payment], Order]:
        chance, method = self.chance, self._method()
        began = BEGINNING + timedelta(days=chance.randrange(480))
        now = Rhythm.YEARLY if chance.random() < 0.85 else Rhythm.MONTHLY
        days = [began]
        if chance.random() < 0.5:
            days.append(began + timedelta(days=chance.choice((20, 40, 60, 200, 340, 365))))
        while chance.random() < 0.4:
            days.append(days[-1] + timedelta(days=chance.choice((0, 20, 31, 60, 365))))
        told = began if chance.random() < 0.9 and not self.on_github else None
        made = [
            self._payment(
                on,
                self._amount(chance.choice((12, 12, 12, 1))),
                rhythm=now,
                order=name,
                began=told,
                method=method,
            )
            for on in days
        ]
        return made, self._order(name, now, told, method)

    def _single(self, name: str) -> tuple[list[Payment], None]:
        chance, made = self.chance, []
        for number in range(chance.choice((1, 2, 3))):
            began, method = self._began(4), self._method()
            lag = chance.choice((0, 0, 4, 20, 40)) if method is Method.BANK_TRANSFER else 0
            made.append(
                self._payment(
                    began + timedelta(days=lag),
                    self._amount(),
                    rhythm=Rhythm.ONE_TIME,
                    order=f"{name}-{number}",
                    began=began if chance.random() < 0.9 else None,
                    method=method,
                )
            )
        return made, None

    def _rates(self, payments: Sequence[Payment]) -> Iterator[Rate]:
        target, chance = self.need.amount.currency, self.chance
        answers = chance.choice((1, 1, 0.6))
        for on, currency in sorted({(one.day, one.amount.currency) for one in payments}):
            if currency == target or chance.random() > answers:
                continue
            factor = float(PER_DOLLAR[target]) / float(PER_DOLLAR[currency])
            found = rate(on.isoformat(), currency, target, f"{factor:.4f}")
            yield replace(found, factor=None) if chance.random() < 0.1 else found


def random_history(seed: int) -> History:
    return _Maker(seed).make()


# --- the comparison


def by_policy(told: History) -> tuple[str, ...]:
    return tuple(_said(outcome(told, one), late_until(told, one)) for one in JUDGED)


def by_rules(told: History) -> tuple[str, ...]:
    from community_partners.rules.coverage import coverage, rates_by_day  # noqa: PLC0415

    rates = rates_by_day(told.rates)
    found = coverage(told.seen, told.asked, JUDGED, rates, told.policy, told.today)
    late = [
        one.late_until if (one.late_until or told.today) >= told.today else None for one in found
    ]
    return tuple(_said(one.outcome, until) for one, until in zip(found, late, strict=True))


def _said(found: Outcome, late: date | None) -> str:
    return f"{found}, a charge may come by {late}" if late else str(found)


def _smaller(told: History) -> Iterator[History]:
    seen = told.seen
    payments, orders = seen.payments or (), seen.orders
    for at in range(len(payments)):
        yield replace(told, seen=replace(seen, payments=(*payments[:at], *payments[at + 1 :])))
    for at in range(len(orders or ())):
        assert orders
        yield replace(told, seen=replace(seen, orders=(*orders[:at], *orders[at + 1 :])))
    simple: dict[str, Any] = {"conflict": None, "overstated": None}
    for fields in (simple, {"unexplained": None}, {"receiver_paused": False}):
        yield replace(told, seen=replace(seen, **fields))
    for at, one in enumerate(payments):
        plain: tuple[dict[str, Any], ...] = (
            {"settlement": Settlement.SETTLED},
            {"in_host_currency": None},
            {"amount": told.asked.amount},
            {"method": None},
        )
        for fields in plain:
            changed = replace(one, **fields)
            yield replace(
                told, seen=replace(seen, payments=(*payments[:at], changed, *payments[at + 1 :]))
            )


def shrink(told: History, at: int) -> History:
    """The smallest history on which both still say the same two different things."""
    kept = by_policy(told)[at], by_rules(told)[at]
    while True:
        for other in _smaller(told):
            if other != told and (by_policy(other)[at], by_rules(other)[at]) == kept:
                told = other
                break
        else:
            return told


def show(told: History, at: int) -> str:
    seen = told.seen
    lines = [
        (
            f"{JUDGED[at]}: policy {by_policy(told)[at]}, rules {by_rules(told)[at]};"
            f" {told.asked.amount} or {told.asked.base}, today {told.today}, {seen.platform}"
        )
    ]
    for name in ("conflict", "overstated", "unexplained", "receiver_paused"):
        if value := getattr(seen, name):
            lines.append(f"  {name} {value}")
    for order in seen.orders if seen.orders is not None else ["orders not told"]:
        lines.append(
            f"  {order.id} {order.status} {order.rhythm} began {order.began} {order.method}"
            if isinstance(order, Order)
            else f"  {order}"
        )
    for one in seen.payments or ():
        rates = [
            str(r.factor)
            for r in told.rates
            if (r.day, r.currency) == (one.day, one.amount.currency)
        ]
        lines.append(
            f"  {one.day} {one.amount} {one.rhythm} {one.order} {one.settlement} began {one.began}"
            f" {one.method} host {one.in_host_currency} rate {rates}"
        )
    return "\n".join(lines)


def main(histories: int = 20_000, seed: int = 1, shown: int = 40) -> None:
    same, counts = 0, defaultdict[str, int](int)
    differ: list[tuple[History, int]] = []
    for number in range(histories):
        told = random_history(seed * 10**6 + number)
        for at, (ours, theirs) in enumerate(zip(by_policy(told), by_rules(told), strict=True)):
            counts[f"both {ours}" if ours == theirs else f"policy {ours}, rules {theirs}"] += 1
            same += ours == theirs
            if ours != theirs:
                differ.append((told, at))
    print(f"{same} of {histories * len(JUDGED)} months agree")
    for kind, count in sorted(counts.items()):
        print(f"  {kind}: {count}")
    for told, at in differ[:shown]:
        print(show(shrink(told, at), at))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
