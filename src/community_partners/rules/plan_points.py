"""Decides which points a plan asks for in each month. `plan.py` proves the date."""

from collections.abc import Mapping, Sequence
from math import ceil

from ..model.month import Month
from ..model.program import ContributionPolicy


def most_in_a_month(policy: ContributionPolicy, best: int) -> int:
    """Return the most points that a plan asks of one month. `best`: the team's best month.

    A plan asks at most half of the points of all months, or as much as the team's best month had.
    It asks more only if the policy itself does.
    """
    all_, months = policy.points_in_all, policy.months
    return max(ceil(all_ / 2), ceil(all_ / months), policy.points_each_month, best)


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
