"""Puts a plan into words: what to pay, what to do, in which months. Decides words only."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from ..model.month import in_words, listed
from ..model.plan import NewOrder, Plan, PlannedPayment, PlannedPoints
from ..model.verdict import Outcome, Required, Verdict


def plan_title(verdict: Verdict) -> str | None:
    """Return the heading of the plan, as plain text; None if no date is planned for."""
    if verdict.plan is None or verdict.earliest is None or verdict.earliest <= verdict.today:
        return None
    return f"Your plan for {in_words(verdict.plan.day)}"


def plan_steps(verdict: Verdict) -> Iterator[str]:
    """Yield what to do until the plan's day, as plain text: payments, work, what may change it."""
    plan = verdict.plan
    if plan is None:
        return
    paid = " ".join(_payments(plan, verdict))
    if paid:
        yield paid
    if plan.points:
        yield f"Reach {points_in_words(plan.points)}{_has(plan)}."
    if plan.confirm:
        account = "accounts" if len(plan.confirm) > 1 else "account"
        or_public = f", or to make their membership of {plan.organization} public"
        yield (
            f"Ask {listed(plan.confirm)} to comment /confirm here, from their own {account}"
            f"{or_public if plan.organization else ''}."
        )
    if plan.if_late and plan.late_month and plan.late_until:
        yield (
            f"The charge for {plan.late_month.name} still counts if it comes by "
            f"{in_words(plan.late_until)}, beside the next month's. Then you could be eligible "
            f"{_sooner(plan.if_late, verdict.today)}."
        )
    if plan.assumed:
        yield f"The date holds if a maintainer confirms what we cannot check: {_assumed(plan)}."


def points_in_words(points: Sequence[PlannedPoints]) -> str:
    """Return the points of each month, such as `15 points in each of May 2026 and June 2026`."""
    parts = []
    for number, alike in groupby(points, key=lambda one: one.points):
        months = [
            one.month.name + (f" ({one.so_far} so far)" if one.so_far else "") for one in alike
        ]
        each = "each of " if len(months) > 1 else ""
        parts.append(f"{number} points in {each}{listed(months)}")
    return listed(parts)


def _assumed(plan: Plan) -> str:
    return "; ".join(plan.assumed)


def _has(plan: Plan) -> str:
    """Return the points of the months that are over and count for the same date."""
    if not plan.has:
        return ""
    return f" ({listed([f'{month.name} has {points}' for month, points in plan.has])})"


def _payments(plan: Plan, verdict: Verdict) -> Iterator[str]:
    required = verdict.required
    told = any(
        one.criterion == "sponsorship" and one.outcome is Outcome.NOT_MET
        for one in verdict.findings
    )
    if plan.payments:
        yield f"Pay {_amounts(plan.payments, required)}."
    elif plan.start and not told:
        yield "Begin a monthly sponsorship."
    days = [in_words(one.charge) for one in plan.payments if one.charge]
    if days:
        yield f"{plan.platform.label} charges your order on {listed(days)}."
    order = plan.order
    if order and order.skipped and order.skipped.first_day < plan.day:
        yield _new_order(order, plan)


def _amounts(payments: Sequence[PlannedPayment], required: Required | None) -> str:
    parts = []
    for amount, alike in groupby(payments, key=lambda one: one.amount):
        other = required.other if required and amount == required.amount else None
        about = f" (or {other})" if other else ""
        parts.append(f"{amount}{about} {listed([f'in {one.month.name}' for one in alike])}")
    return "; ".join(parts)


def _new_order(order: NewOrder, plan: Plan) -> str:
    """Return when a monthly order that begins today is charged, if a month is left out."""
    month = order.skipped.name if order.skipped else ""
    first = f"{plan.platform.label} does not charge a monthly order that begins today in {month}"
    if order.covered:
        return f"{first}; its first charge covers {month}, too."
    return f"{first}, so pay for {month} singly."


def _sooner(plan: Plan, today: date) -> str:
    """Return the day that a late charge makes possible, with what else that day needs."""
    todo = [points_in_words(plan.points)] if plan.points else []
    if plan.payments:
        todo.append(f"{_amounts(plan.payments, None)} paid")
    when = "at once" if plan.day <= today else f"from {in_words(plan.day)}"
    return f"{when} with {'; '.join(todo)}" if todo else when
