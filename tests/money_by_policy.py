"""A second reading of the money rules: docs/policy.md, "Months and payments", sentence by sentence.

Slow, short, and written without a look at `rules/`. Run the file to compare both on random
histories: `PYTHONPATH=src:tests python tests/money_by_policy.py [histories] [seed] [shown]`.

Where the policy leaves two readings, this is the one of `rules/`: an order whose first day is not
told is due in no month; after a late start, the later month is one after the skipped month, and the
charges of the skipped month are taken together; the first payment is the first settled one; a
payment that may be monthly can have a late start at best.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
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

ANY_AMOUNT = Fraction(10**12)
MONTHLY, YEARLY = {Rhythm.MONTHLY}, {Rhythm.YEARLY}
EITHER = MONTHLY | YEARLY


def outcome(
    seen: Sponsorship,
    asked: Required,
    month: Month,
    rates: Sequence[Rate],
    policy: SponsorshipPolicy,
    today: date,
) -> Outcome:
    """The outcome of one closed month."""
    if seen.payments is None or (seen.conflict and not _first_alone_in_doubt(seen)):
        return Outcome.UNKNOWN
    worst, best = (_Reading(seen, asked, rates, policy, today, best) for best in (False, True))
    if worst.is_met(month):
        return Outcome.MET
    if best.is_met(month) or seen.unexplained or seen.receiver_paused:
        return Outcome.UNKNOWN
    return Outcome.NOT_MET


def late_until(
    seen: Sponsorship,
    asked: Required,
    month: Month,
    rates: Sequence[Rate],
    policy: SponsorshipPolicy,
    today: date,
) -> date | None:
    """The last day, past or to come, of a charge that would fill a short month; else None."""
    if outcome(seen, asked, month, rates, policy, today) is not Outcome.NOT_MET:
        return None
    last = (month + 1).first_day.replace(day=25)
    best = _Reading(seen, asked, rates, policy, today, best=True)
    return last if best.may_be_filled(month) else None


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
    return min(settled, key=lambda one: one.day, default=None)


def _alike(one: Money, other: Money) -> bool:
    small, large = sorted((one.amount, other.amount))
    return one.currency == other.currency and large < 2 * small


def _rhythms(charges: Sequence[Payment]) -> list[set[Rhythm]]:
    """What each charge of one recurring order was or may have been, the earliest first."""
    found: list[set[Rhythm]] = []
    for at, one in enumerate(charges):
        before = charges[at - 1] if at else None
        if one.began is None:
            found.append({one.rhythm})
        elif at + 1 < len(charges):
            found.append(_with_next(one, charges[at + 1], charges[:at]))
        elif before and _alike(before.amount, one.amount):
            found.append(found[-1])
        else:
            found.append({one.rhythm})
    return found


def _with_next(one: Payment, after: Payment, before: Sequence[Payment]) -> set[Rhythm]:
    days = (after.day - one.day).days
    if days <= 47 or any(
        (one.day - other.day).days <= 47 and _alike(one.amount, other.amount) for other in before
    ):
        return MONTHLY
    same_currency = one.amount.currency == after.amount.currency
    if same_currency and one.amount.amount >= 6 * after.amount.amount:
        return YEARLY
    fits = YEARLY if days >= 335 else MONTHLY
    return fits if one.rhythm in fits else EITHER


@dataclass(frozen=True)
class _Part:
    """What one payment, or a twelfth of it, brings to a month."""

    payment: Payment
    country: Fraction
    base: Fraction

    @property
    def size(self) -> tuple[Fraction, Fraction]:
        return self.country, self.base


@dataclass
class _Order:
    id: str
    ended: bool
    began: date | None
    first: Month
    skipped: Month | None
    charges: list[Payment]


class _Reading:
    """One reading of all that is in doubt: the worst or the best."""

    def __init__(
        self,
        seen: Sponsorship,
        asked: Required,
        rates: Sequence[Rate],
        policy: SponsorshipPolicy,
        today: date,
        best: bool,
    ) -> None:
        self.seen, self.asked, self.policy = seen, asked, policy
        self.today, self.best = today, best
        self.rates = {(one.day, one.currency, one.target): one for one in rates}
        listed = sorted(seen.payments or (), key=lambda one: one.day)
        self.missing_from = _first_settled(seen) if seen.overstated and not best else None
        whole = [one for one in listed if one.settlement is not Settlement.VOID]
        settled = [one for one in whole if one.settlement is Settlement.SETTLED]
        self.payments = whole if best else settled
        # "A rhythm is in doubt, too, if it is another one with the payments in review than without"
        self.rhythm: dict[int, set[Rhythm]] = {}
        for some in (whole, settled):
            for charges in _by_order(some).values():
                for one, rhythms in zip(charges, _rhythms(charges), strict=True):
                    known = self.rhythm.setdefault(id(one), set())
                    self.rhythm[id(one)] = known | rhythms
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
        late = began is not None and began.day > 15 and self._may_skip(told, charges)
        return _Order(
            id=name,
            ended=told.status is OrderStatus.ENDED if told else not self.best,
            began=began,
            first=first,
            skipped=first + 1 if late else None,
            charges=[one for one in charges if self._is_monthly(one)],
        )

    def _is_monthly(self, one: Payment) -> bool:
        return self.rhythm[id(one)] == MONTHLY or (self.best and self.rhythm[id(one)] == EITHER)

    def _told(self, name: str) -> Order | None:
        return next((one for one in self.seen.orders or () if one.id == name), None)

    def _may_skip(self, told: Order | None, charges: Sequence[Payment]) -> bool:
        if self.seen.platform is not Platform.OPEN_COLLECTIVE:
            return False
        method = charges[0].method or (told.method if told else None)
        return self.best if method is None else method is Method.CARD

    # --- what a payment is worth

    def _part(self, one: Payment, parts: int = 1) -> _Part:
        paid = Fraction(one.amount.amount)
        if one is self.missing_from and self.seen.overstated:
            paid -= Fraction(self.seen.overstated.amount)
        left = paid / Fraction(one.amount.amount) / parts
        return _Part(one, self._in_country(one) * left, self._in_base(one) * left)

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
        base = self.asked.base
        if base and sum(part.base for part in parts) >= Fraction(base.amount):
            return True
        target = self.asked.amount.currency
        exact = [part.payment.amount.currency == target for part in parts]
        rest = Fraction(self.asked.amount.amount) - sum(
            part.country for part, is_exact in zip(parts, exact, strict=True) if is_exact
        )
        other = sum(
            part.country for part, is_exact in zip(parts, exact, strict=True) if not is_exact
        )
        return other >= rest * (1 - Fraction(self.policy.tolerance_percent) / 100)

    # --- what a month holds

    def _covers_from(self, one: Payment) -> Month:
        told = self._told(one.order)
        method = one.method or (told.method if told else None)
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
        rhythm = self.rhythm[id(one)]
        if rhythm == MONTHLY:
            return self._part(one) if start == month else None
        if rhythm == EITHER and start == month:
            return self._part(one, 1 if self.best else 12)
        if rhythm == EITHER and not self.best:
            return None
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
        if larger.size <= (sum(part.country for part in there), sum(part.base for part in there)):
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
        """Whether one more charge, like the last one of an order, would fill the month."""
        own = self._own(month)
        for order in self.orders.values():
            told = self._told(order.id)
            not_due = order.began is None or order.first > month or order.skipped == month
            if not_due or order.ended or not order.charges:
                continue
            if told and told.rhythm is not Rhythm.MONTHLY:
                continue
            charged = [Month.of(one.day) for one in order.charges]
            until = [one for one in order.charges if one.day.day <= 25]
            after = [one for one in until if Month.of(one.day) == month + 1]
            if month in charged or len(after) > 1:
                continue
            if self._reached([*own, self._part(order.charges[-1])]):
                return True
        return False


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


@dataclass(frozen=True)
class History:
    seen: Sponsorship
    asked: Required
    rates: tuple[Rate, ...]
    today: date


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
                days = chance.choice(([], [day], [on, on + timedelta(days=3)]))
            made += [
                self._payment(one, amount, rhythm=now, order=name, began=told, method=paid_by)
                for one in days
            ]
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
        if chance.random() < 0.3:
            days.append(days[-1] + timedelta(days=chance.choice((20, 31, 60, 365))))
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


# --- the comparison


def by_policy(told: History) -> tuple[Outcome, ...]:
    policy = sponsorship_policy()
    return tuple(
        outcome(told.seen, told.asked, one, told.rates, policy, told.today) for one in JUDGED
    )


def by_rules(told: History) -> tuple[Outcome, ...]:
    from community_partners.rules.coverage import coverage, rates_by_day  # noqa: PLC0415

    found = coverage(
        told.seen, told.asked, JUDGED, rates_by_day(told.rates), sponsorship_policy(), told.today
    )
    return tuple(one.outcome for one in found)


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
        told = _Maker(seed * 10**6 + number).make()
        for at, (ours, theirs) in enumerate(zip(by_policy(told), by_rules(told), strict=True)):
            counts[f"both {ours}" if ours is theirs else f"policy {ours}, rules {theirs}"] += 1
            same += ours is theirs
            if ours is not theirs:
                differ.append((told, at))
    print(f"{same} of {histories * len(JUDGED)} months agree")
    for kind, count in sorted(counts.items()):
        print(f"  {kind}: {count}")
    for told, at in differ[:shown]:
        print(show(shrink(told, at), at))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
