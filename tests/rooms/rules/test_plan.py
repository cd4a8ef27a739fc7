"""Laws of the plan: done exactly, its date comes true; with anything less, it does not.

`TIMES=100 pytest` tries each law with 100,000 cases.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import pytest

from builders import payment, program, sponsorship_policy
from community_partners.model.month import Month
from community_partners.model.plan import Plan
from community_partners.model.sponsorship import Method, OrderStatus, Payment
from community_partners.model.verdict import Decision
from community_partners.rules.plan_points import points_of_a_partner
from many_cases import PARTS, TIMES, chances
from random_applicants import NOW, Applicant, Points, mine

CASES = 1_000


@cache
def case(number: int) -> tuple[Applicant, Plan | None]:
    """The world of this number, and its plan."""
    world = Applicant(Random(number))  # noqa: S311  no secret
    return world, planned(world)


def cases(part: int) -> Iterator[tuple[int, Applicant, Plan]]:
    """Each case of a part that has a plan."""
    for number, _ in chances(CASES, part):
        world, plan = case(number) if TIMES <= 1 else case.__wrapped__(number)
        if plan:
            yield number, world, plan


def planned(world: Applicant) -> Plan | None:
    found = world.verdict()
    if found.decision is not Decision.NOT_YET:
        return None
    assert found.plan, "every application can get there"
    assert found.earliest == found.plan.day
    return found.plan


def done(world: Applicant, plan: Plan, payments: Iterable[Payment], points: Points) -> Decision:
    return world.verdict(plan.day, payments, points, start=plan.start).decision


def promised(plan: Plan) -> Decision:
    """What is assumed stays unknown: a maintainer decides it."""
    return Decision.NEEDS_REVIEW if plan.assumed else Decision.ELIGIBLE


def targets(plan: Plan) -> dict[Month, int]:
    return {one.month: one.points for one in plan.points}


@pytest.mark.parametrize("part", PARTS)
def test_done_exactly_the_date_comes_true(part: int) -> None:
    for number, world, plan in cases(part):
        payments = [world.paid(one) for one in plan.payments]
        assert done(world, plan, payments, targets(plan)) is promised(plan), number


@pytest.mark.parametrize("part", PARTS)
def test_one_point_or_one_unit_of_money_less_and_it_does_not(part: int) -> None:
    for number, world, plan in cases(part):
        payments, points = [world.paid(one) for one in plan.payments], targets(plan)
        for at, one in enumerate(plan.payments):
            less = [*payments[:at], world.paid(one, less=1), *payments[at + 1 :]]
            assert done(world, plan, less, points) is Decision.NOT_YET, (number, one)
        for month, asked in points.items():
            fewer = {**points, month: asked - 1}
            assert done(world, plan, payments, fewer) is Decision.NOT_YET, (number, month)


@pytest.mark.parametrize("part", PARTS)
def test_a_monthly_order_that_begins_today_does_it_as_the_plan_says(part: int) -> None:
    for number, world, plan in cases(part):
        if plan.order is None:
            continue
        amount = max(one.amount.amount for one in plan.payments)
        by_hand = [one for one in plan.payments if one.month == plan.order.skipped]
        payments = [
            payment(str(on), f"USD {amount}", order="new", began=world.today, method=Method.CARD)
            for on in plan.order.charges
        ]
        payments += [world.paid(one) for one in plan.payments if one.charge]
        if not plan.order.covered:
            payments += [world.paid(one) for one in by_hand]
        points = targets(plan)
        found = world.verdict(plan.day, payments, points, start=True)
        assert found.decision in (Decision.ELIGIBLE, promised(plan)), number


@pytest.mark.parametrize("part", PARTS)
def test_a_plan_names_the_day_on_which_the_platform_charges(part: int) -> None:
    """A card, a subscription of PayPal's on its own day, or nobody."""
    for number, world, plan in cases(part):
        for one in plan.payments:
            assert one.charge == world.charged_on(one.month), (number, one)


@pytest.mark.parametrize("part", PARTS)
def test_a_plan_asks_no_month_for_more_than_half_or_the_best_month(part: int) -> None:
    for number, world, plan in cases(part):
        policy = world.program.contribution
        best = max(world.points[NOW - back] for back in range(7))
        least = max(-(-policy.points_in_all // min(2, policy.months)), policy.points_each_month)
        for one in plan.points:
            assert one.points <= max(least, best), number
            assert one.month > NOW or world.today <= date(2026, 11, 24), number


@pytest.mark.parametrize("part", PARTS)
def test_a_late_charge_that_comes_brings_the_earlier_date(part: int) -> None:
    for number, world, plan in cases(part):
        if plan.if_late is None:
            continue
        assert plan.late_month == NOW - 1, number
        assert plan.late_until, number
        assert world.today <= plan.late_until, number
        assert plan.if_late.day < plan.day, number


def worked(*points: int) -> dict[Month, int]:
    """The points of the months up to the current one, which is the last one."""
    return {NOW - back: one for back, one in zip(range(len(points))[::-1], points, strict=True)}


def fixed(points: Points, paid: Iterable[str], on: date = date(2026, 11, 24)) -> Applicant:
    world = Applicant(Random(0))  # noqa: S311  no secret
    world.today, world.program, world.points = on, program(), dict(points)
    world.payments = tuple(payment(one) for one in paid)
    world.orders = (mine(OrderStatus.ACTIVE),)
    return world


PAID = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")


def test_points_that_fall_out_of_the_window_are_in_the_plan() -> None:
    """30 / 10 / 10 are enough today, and no longer when the sponsorship has three months."""
    plan = planned(fixed(worked(30, 10, 10, 0), ["2026-11-01"]))
    assert plan
    assert plan.day == date(2027, 2, 1)
    assert targets(plan) == {NOW: 13, NOW + 1: 13, NOW + 2: 14}


def test_the_plan_is_for_one_date() -> None:
    plan = planned(fixed(worked(0, 17, 18, 0), PAID))
    assert plan
    assert (str(plan.day), targets(plan)) == ("2026-12-01", {NOW: 10})


def test_the_example_of_the_readme() -> None:
    plan = planned(fixed(worked(5, 10, 10, 0), ["2026-08-01", "2026-10-01", "2026-11-01"]))
    assert plan
    assert str(plan.day) == "2027-01-01"
    assert targets(plan) == {NOW: 15, NOW + 1: 15}
    assert plan.has == ((NOW - 1, 10),)


@pytest.mark.parametrize(("on", "day"), [(24, "2026-12-01"), (25, "2027-01-01")])
def test_with_fewer_than_seven_days_left_the_month_counts_as_it_stands(on: int, day: str) -> None:
    plan = planned(fixed(worked(8, 20, 20, 10), PAID, date(2026, 11, on)))
    assert plan
    assert str(plan.day) == "2026-12-01", "it is full already"
    plan = planned(fixed(worked(8, 20, 10, 9), PAID, date(2026, 11, on)))
    later = {"2026-12-01": "2026-12-01", "2027-01-01": "2027-03-01"}
    assert plan
    assert str(plan.day) == later[day]


@pytest.mark.parametrize(
    ("paid", "rest"),
    [
        ("USD 40.50", "60"),
        ("USD 40", "60"),
        ("USD 0.50", "100"),
        ("USD 98.50", "2"),
        ("USD 99", "1"),
        ("USD 99.99", "1"),
    ],
)
def test_an_amount_in_part_needs_the_rest(paid: str, rest: str) -> None:
    world = fixed(worked(20, 20, 20, 0), ["2026-08-01", "2026-09-01", "2026-10-01"])
    world.payments = (*world.payments[1:], payment("2026-11-01", paid, order="other"))
    plan = planned(world)
    assert plan
    assert [str(one.month) for one in plan.payments] == ["2026-11"]
    assert plan.payments[0].amount.amount == Decimal(rest)


@pytest.mark.parametrize(
    ("on", "skipped", "charges"),
    [
        (15, None, ("2026-11-15", "2026-12-01", "2027-01-01")),
        (16, "2026-12", ("2026-11-16", "2027-01-01")),
        (30, "2026-12", ("2026-11-30", "2027-01-01")),
    ],
)
def test_a_new_order_is_charged_on_the_days_of_the_platform(
    on: int, skipped: str | None, charges: tuple[str, ...]
) -> None:
    world = fixed(worked(20, 20, 20, 20), (), date(2026, 11, on))
    world.orders = ()
    plan = planned(world)
    assert plan
    assert plan.order
    assert str(plan.day) == "2027-02-01"
    assert plan.order.skipped == (Month.parse(skipped) if skipped else None)
    assert tuple(map(str, plan.order.charges)) == charges
    assert plan.order.covered


@pytest.mark.parametrize(
    ("before", "late"),
    [
        (("2026-08-01", "2026-09-01"), True),
        (("2026-08-01",), True),
        (("2026-08-01", "2026-10-01"), False),
        ((), False),
    ],
)
def test_only_the_last_closed_month_can_still_be_paid_late(
    before: tuple[str, ...], late: bool
) -> None:
    """October's charge may come until 25 November; an earlier month stays as it is."""
    world = fixed(worked(20, 20, 20, 0), before, date(2026, 11, 3))
    began = world.today.replace(month=1)
    world.payments = tuple(payment(one, began=began) for one in before)
    plan = planned(world)
    assert plan
    if late:
        assert (str(plan.late_month), str(plan.late_until)) == ("2026-10", "2026-11-25")
        assert plan.if_late
        assert plan.if_late.day < plan.day
    else:
        assert (plan.late_month, plan.late_until, plan.if_late) == (None, None, None)


@pytest.mark.parametrize(("august", "late"), [(0, False), (15, True)])
def test_a_late_charge_that_brings_no_earlier_day_is_not_named(august: int, late: bool) -> None:
    """October's payment is all that lacks, or points lack until December as well."""
    world = fixed(worked(august, 17, 18, 0), (), date(2026, 11, 3))
    world.program = program(sponsorship=sponsorship_policy(months=1))
    world.payments = (payment("2026-09-01", began=date(2026, 1, 1)),)
    plan = planned(world)
    assert plan
    assert str(plan.day) == "2026-12-01"
    assert (plan.if_late is not None) is late
    assert plan.if_late is None or plan.if_late.day == world.today


@pytest.mark.parametrize(
    ("committed", "today", "points"),
    [
        ({"2026-09": 10, "2026-10": 12}, "2026-11-03", {"2026-11": 18}),
        ({"2026-09": 10, "2026-10": 8}, "2026-11-03", {"2026-11": 16, "2026-12": 16}),
        ({"2026-09": 20, "2026-10": 15}, "2026-11-03", {"2026-11": 10}),
        ({"2026-09": 0, "2026-10": 0}, "2026-11-03", {"2026-11": 20, "2026-12": 20}),
        ({"2026-09": 0, "2026-10": 40}, "2026-11-26", {"2026-12": 10}),
    ],
)
def test_a_partner_is_told_the_points_of_its_next_full_month(
    committed: dict[str, int], today: str, points: dict[str, int]
) -> None:
    """The fewest that meet both criteria in the last of these months."""
    known = {Month.parse(one): worth for one, worth in committed.items()}
    policy = program().contribution
    found = points_of_a_partner(known, date.fromisoformat(today), policy)
    assert {str(one.month): one.points for one in found} == points
    last = found[-1]
    window = [last.month - back for back in range(policy.months)]
    worked = {**known, **{one.month: one.points for one in found}}
    total = sum(worked.get(month, 0) for month in window)
    assert total >= policy.points_in_all
    assert last.points == policy.points_each_month or total == policy.points_in_all
