"""Makes the plan of an application that is not eligible yet, and proves its date.

A date is today or the first day of a month. For each date, the earliest first, a plan is proposed:
the payments and points that are missing on that day. Then the criteria decide the case with the
plan done. The first date on which no criterion is short is the date of the verdict. What is unknown
is taken to be met. A detail that the applicant corrects, such as a login, is taken to be corrected,
and whoever is in the team to have confirmed it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from ..model.month import Month
from ..model.plan import Plan, PlannedPayment, PlannedPoints
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, Finding, Outcome
from .applicant import Applicant, contribution_months, sponsorship_months
from .calendar import Calendar, with_order
from .confirmed_team import unconfirmed
from .criteria import AMOUNT, MEANINGFUL, PLANNED, REGULAR, SPONSORSHIP
from .late_charges import may_come_late
from .payable import amount_in, pays_in
from .plan_payments import needed, new_order
from .plan_points import can_be_asked, most_in_a_month, spread
from .required_amount import NoAmount

Judge = Callable[[Applicant], Sequence[Finding]]
"""Returns the findings on a case, without waivers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Planner:
    """Holds what all dates of a case share. `waived`: ids of the criteria with a waiver."""

    case: Applicant
    judge: Judge
    waived: Collection[str]

    def plan(self) -> Plan | None:
        """Return the plan with the earliest date; None if none is found."""
        return next((plan for day in self._days() if (plan := self._plan_for(day))), None)

    def _days(self) -> Iterator[date]:
        """Yield today, then the first days of as many months as any plan can need."""
        program, now = self.case.program, Month.of(self.case.today)
        yield self.case.today
        most = max(program.sponsorship.months, program.contribution.months)
        yield from ((now + later).first_day for later in range(1, most + 4))

    def _plan_for(self, day: date) -> Plan | None:
        payments = self._payments(day)
        if payments is None:
            return None
        on_day = self.case.on(day)
        points = self._points(on_day)
        if points is None:
            return None
        paid = self.case.sponsorship.value
        if paid is not None and payments:
            paid = self._calendar(paid).paid({one.month: one.amount for one in payments})
        planned = {one.month: one.points for one in points}
        done = on_day.with_plan(paid, planned)
        short, findings = self._decide(done)
        start = SPONSORSHIP.id in short and self._can_start()
        if start and paid is not None:
            paid = with_order(paid, self.case.today)
            done = on_day.with_plan(paid, planned)
            short, findings = self._decide(done)
        if short & PLANNED:
            return None
        plan = self._found(day, payments, points, done, findings, start=start)
        owner = self.case.voice.owner
        return replace(
            plan,
            confirm=self._to_confirm(done, paid, planned),
            organization=owner.login if owner and owner.members is not None else None,
        )

    def _to_confirm(
        self, done: Applicant, paid: Sponsorship | None, planned: Mapping[Month, int]
    ) -> tuple[str, ...]:
        """Return who must confirm to be in the team, since the plan needs their work."""
        waiting = unconfirmed(self.case.organization.team)
        if not waiting:
            return ()
        without = self.case.on(done.today, confirmed=False).with_plan(paid, planned)
        if not self._decide(without)[0] & PLANNED:
            return ()
        workers = {one.github for month in done.work for one in month.counted}
        return tuple(login for login in waiting if login in workers)

    def _decide(self, done: Applicant) -> tuple[set[str], Sequence[Finding]]:
        """Return the ids of the criteria that are not met, and the findings without waived ones."""
        findings = [one for one in self.judge(done) if one.criterion not in self.waived]
        return {one.criterion for one in findings if one.outcome is Outcome.NOT_MET}, findings

    def _can_start(self) -> bool:
        """Tell whether a sponsorship can begin from the account and on the platform named."""
        paid = self.case.sponsorship.value
        if paid is None or paid.payer is None:
            return False
        return paid.platform in self.case.program.sponsorship.receivers

    def _found(
        self,
        day: date,
        payments: Sequence[PlannedPayment],
        points: Sequence[PlannedPoints],
        done: Applicant,
        findings: Sequence[Finding],
        *,
        start: bool,
    ) -> Plan:
        paid, known = self.case.sponsorship.value, {one.month for one in points}
        order = None
        if paid is not None:
            order = new_order(self._calendar(paid), payments, day, self._covered(day))
        return Plan(
            day=day,
            platform=self.case.organization.platform,
            payments=tuple(payments),
            points=tuple(points),
            has=tuple((one.month, one.points) for one in done.work if one.month not in known),
            start=start,
            order=order,
            assumed=tuple(one.title for one in findings if one.outcome is Outcome.UNKNOWN),
        )

    def _payments(self, day: date) -> Sequence[PlannedPayment] | None:
        """Return the payments that `day` needs; None if no payment is enough."""
        case, paid = self.case, self.case.sponsorship.value
        if AMOUNT.id in self.waived or paid is None or isinstance(case.required, NoAmount):
            return ()
        now = Month.of(case.today)
        months = [one for one in sponsorship_months(case.program, day) if one >= now]
        full = amount_in(case.required, pays_in(paid))
        return needed(self._calendar(paid), months, full, self._covered(day))

    def _covered(self, day: date) -> Callable[[Sponsorship], Sequence[Coverage]]:
        return lambda paid: self.case.paid_on(day, paid)

    def _calendar(self, paid: Sponsorship) -> Calendar:
        single = self.case.program.sponsorship.one_time_payments
        return Calendar(sponsorship=paid, today=self.case.today, single=single)

    def _points(self, on_day: Applicant) -> Sequence[PlannedPoints] | None:
        """Return the points that the day of a case needs; None if its months cannot bring them."""
        case, policy = self.case, self.case.program.contribution
        work = {one.month: one for one in on_day.work}
        asked = [
            one
            for one in contribution_months(case.program, on_day.today)
            if can_be_asked(one, case.today)
        ]
        fixed = [one for month, one in work.items() if month not in asked]
        each = 0 if REGULAR.id in self.waived else policy.points_each_month
        best = max(one.points for one in (*case.work, *work.values()))
        total = ceil(policy.points_in_all - sum(one.points for one in fixed))
        if MEANINGFUL.id in self.waived or on_day.gaps:
            total = 0
        floor = {month: max(int(work[month].points), each) for month in asked}
        points = spread(asked, floor, total, most_in_a_month(policy, best))
        if points is None:
            return None
        return tuple(
            PlannedPoints(month=month, points=points[month], so_far=work[month].points)
            for month in asked
            if points[month] > work[month].points
        )


def plan_of(case: Applicant, judge: Judge, waived: Collection[str]) -> Plan | None:
    """Return the plan with the earliest date, and what a late charge would change.

    `judge`: all criteria that are decided again. `waived`: ids of the criteria with a waiver.
    """
    plan = _Planner(case=case, judge=judge, waived=waived).plan()
    return plan and _with_late(plan, case, judge, waived)


def _with_late(plan: Plan, case: Applicant, judge: Judge, waived: Collection[str]) -> Plan:
    """Add the plan that holds if the missing charge of the last closed month still comes."""
    paid, required = case.sponsorship.value, case.required
    if paid is None or isinstance(required, NoAmount) or AMOUNT.id in waived or not case.paid:
        return plan
    last = case.paid[-1]
    if not may_come_late(last, case.today):
        return plan
    filled = Calendar(sponsorship=paid, today=last.month.first_day, single=True)
    came = case.on(case.today).with_plan(filled.paid({last.month: required.amount}), {})
    better = _Planner(case=came, judge=judge, waived=waived).plan()
    if better is None or better.day >= plan.day:
        return plan
    return replace(plan, late_month=last.month, late_until=last.late_until, if_late=better)
