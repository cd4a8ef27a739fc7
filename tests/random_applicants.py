"""Random applicants: what each paid, what its team did, and what the program asks."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from random import Random

from builders import (
    answered,
    application,
    claimed,
    contribution_policy,
    evidence,
    month_of_work,
    payment,
    program,
    required,
    sponsorship,
    sponsorship_policy,
)
from community_partners.model.contribution import Contribution
from community_partners.model.evidence import Evidence
from community_partners.model.month import Month, last_closed
from community_partners.model.plan import PlannedPayment
from community_partners.model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Payment,
    Rhythm,
    Settlement,
)
from community_partners.model.verdict import Verdict
from community_partners.rules.decision import decide

NOW = Month.parse("2026-11")

Points = Mapping[Month, int]


def mine(status: OrderStatus, method: Method = Method.CARD) -> Order:
    """The order that is charged every month."""
    return Order(id="order-1", status=status, method=method)


class Applicant:
    """One application: what it paid, what its team did, what the program asks."""

    def __init__(self, chance: Random) -> None:
        self.today = NOW.first_day.replace(day=chance.randint(1, 30))
        months = chance.choice([1, 2, 3, 3, 3, 4])
        each = chance.choice([0, 5, 10])
        self.program = program(
            sponsorship=sponsorship_policy(
                months=chance.choice([1, 2, 3, 3, 4]), one_time_payments=chance.random() < 0.8
            ),
            contribution=contribution_policy(
                months=months, points_each_month=each, points_in_all=each * months + 10
            ),
        )
        self.status = chance.choice([OrderStatus.ACTIVE, *OrderStatus])
        self.method = chance.choice([*[Method.CARD] * 4, *Method])
        self.orders = (mine(self.status, self.method),) if chance.random() < 0.9 else ()
        self.payments = tuple(self._payments(chance))
        usual = chance.choice([0, each, each + 5])
        self.points = {
            NOW - back: max(0, chance.choice([usual, each, chance.randint(0, 25)]))
            for back in range(7)
        }
        self.points[NOW] = chance.choice([0, 4, self.points[NOW]])

    def _payments(self, chance: Random) -> Iterable[Payment]:
        begins = NOW - chance.randint(0, 6)
        began = begins.first_day.replace(day=chance.randint(1, 28))
        usual = chance.choice(["USD 100", "USD 100", "USD 100", "USD 60", "USD 120"])
        month = begins
        while month <= NOW:
            late = 1 if chance.random() < 0.9 else chance.randint(2, 20)
            on = began if month == begins else month.first_day.replace(day=late)
            if self.method is not Method.CARD:
                on = month.first_day.replace(day=began.day)
            if on <= self.today and chance.random() < 0.85:
                yield payment(str(on), usual, began=began, method=self.method)
            month += 1
        for number in range(chance.choice([0, 0, 0, 1, 2])):
            on = (NOW - chance.randint(0, 4)).first_day.replace(day=chance.randint(1, 28))
            rhythm = chance.choice([Rhythm.ONE_TIME, Rhythm.ONE_TIME, Rhythm.YEARLY])
            amount = "USD 1200" if rhythm is Rhythm.YEARLY else chance.choice(["USD 40", "USD 100"])
            if on <= self.today:
                yield payment(str(on), amount, rhythm=rhythm, order=f"more-{number}", began=on)

    def verdict(
        self,
        day: date | None = None,
        payments: Iterable[Payment] = (),
        points: Points | None = None,
        *,
        start: bool = False,
    ) -> Verdict:
        """On a day, with these payments made beside those of today, and these points reached."""
        at, made = day or self.today, (*self.payments, *payments)
        begun = Order(id="new", status=OrderStatus.ACTIVE, began=self.today, method=Method.CARD)
        orders = (*self.orders, begun) if start else self.orders
        worked = {**self.points, **(points or {})}
        months = (*last_closed(at, self.program.contribution.months), Month.of(at))
        seen: Evidence = evidence(
            today=at,
            sponsorship=answered(sponsorship(*made, orders=orders)),
            work={month: answered(month_of_work(month)) for month in months},
            claims=answered(
                tuple(
                    month_of_work(month, *_claims(month, worked.get(month, 0))) for month in months
                )
            ),
        )
        return decide(application(), seen, self.program, required(), "")

    def charged_on(self, month: Month) -> date | None:
        """The day ahead on which the running order is charged in the month."""
        charges = [paid for paid in self.payments if paid.order == "order-1"]
        if not charges or not self.orders or self.status is not OrderStatus.ACTIVE:
            return None
        began, last = charges[0].began, max(paid.day for paid in charges)
        assert began
        if self.method is Method.BANK_TRANSFER or month <= Month.of(last):
            return None
        if self.method is Method.CARD and began.day > 15 and month == Month.of(began) + 1:
            return None
        on = month.first_day.replace(day=1 if self.method is Method.CARD else began.day)
        return on if on > self.today else None

    def paid(self, one: PlannedPayment, less: int = 0) -> Payment:
        amount = str(replace(one.amount, amount=one.amount.amount - less))
        running = [
            paid
            for paid in self.payments
            if paid.rhythm is Rhythm.MONTHLY and paid.settlement is Settlement.SETTLED
        ]
        if one.charge:
            last = max(running, key=lambda paid: paid.day)
            own = {"order": last.order, "began": last.began, "method": last.method}
            return payment(str(one.charge), amount, **own)
        on = max(self.today, one.month.first_day)
        if self.program.sponsorship.one_time_payments:
            return payment(str(on), amount, rhythm=Rhythm.ONE_TIME, order=f"by-hand-{one.month}")
        return payment(str(on), amount, order="new", began=self.today, method=Method.CARD)


def _claims(month: Month, points: int) -> Iterable[Contribution]:
    tens, ones = divmod(points, 10)
    for kind, number in (("event", tens), ("issue", ones)):
        for at in range(number):
            yield claimed(
                str(month.first_day), kind=kind, url=f"https://a.example/{month}/{kind}/{at}"
            )
