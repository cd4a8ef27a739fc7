"""Decides which points a plan asks for in each month. `plan.py` proves an applicant's date."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

from ..model.month import Month, ending
from ..model.plan import PlannedPoints
from ..model.points import Points
from ..model.program import ContributionPolicy

FEWEST_DAYS = 7
"""The days, today included, below which a plan asks for no more work in the current month."""


def can_be_asked(month: Month, today: date) -> bool:
    """Tell whether a plan can ask for work in the month."""
    left = month.last_day.day - today.day + 1
    return month > Month.of(today) or (month == Month.of(today) and left >= FEWEST_DAYS)


def most_in_a_month(policy: ContributionPolicy, best: Points) -> int:
    """Return the most points that a plan asks of one month. `best`: the team's best month.

    A plan asks at most half of the points of all months, or as much as the team's best month had.
    It asks more only if the policy itself does.
    """
    all_, months = policy.points_in_all, policy.months
    return max(ceil(all_ / 2), ceil(all_ / months), policy.points_each_month, ceil(best))


def spread(
    open_months: Sequence[Month], floor: Mapping[Month, int], total: int, most: int
) -> dict[Month, int] | None:
    """Return the points to reach in each of the months; None if the months cannot bring them.

    `floor`: the points that a month must have, or has already. `total`: the points to reach in all
    of these months together. `most`: of one month. The months are made as even as possible.
    """
    points = {month: floor[month] for month in open_months}
    missing = total - sum(points.values())
    while missing > 0:
        lowest = min(points, key=lambda month: (points[month], month), default=None)
        if lowest is None or points[lowest] >= most:
            return None
        # Raises the lowest months together, as far as the next higher one.
        level = points[lowest]
        low = [month for month in open_months if points[month] == level]
        higher = min((one for one in points.values() if one > level), default=most)
        step = min(higher, most) - level
        if step * len(low) <= missing:
            points.update(dict.fromkeys(low, level + step))
            missing -= step * len(low)
            continue
        each, rest = divmod(missing, len(low))
        for at, month in enumerate(low):
            points[month] += each + (at >= len(low) - rest)
        missing = 0
    return points


def points_of_a_partner(
    committed: Mapping[Month, Points], today: date, policy: ContributionPolicy
) -> tuple[PlannedPoints, ...]:
    """Return the points that make a partner's next month meet the two criteria on contributions.

    `committed`: the points of the closed months that were judged, the last of them at least. The
    last month returned is the one that meets both. Only its own points must reach those asked in a
    month.
    """
    most = most_in_a_month(policy, max(committed.values()))
    month = max(committed)
    while True:
        month += 1
        window = ending(month, policy.months)
        asked = [one for one in window if can_be_asked(one, today)]
        floor = {one: policy.points_each_month if one == month else 0 for one in asked}
        total = ceil(policy.points_in_all - sum(committed.get(one, 0) for one in window))
        points = spread(asked, floor, total, most) if month in asked else None
        if points is not None:
            return tuple(PlannedPoints(month=one, points=points[one]) for one in asked)
