"""Counts the points that a team had in the months before its admission. The record keeps them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..model.application import Application
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountCheck, Answer
from ..model.month import Month
from ..model.program import ContributionPolicy
from .attribution import attribute
from .project import projects
from .roster import roster_of


def points_before(
    application: Application,
    accounts: Iterable[AccountCheck],
    work: Mapping[Month, Answer[MonthOfWork]],
    claims: Answer[tuple[MonthOfWork, ...]],
    policy: ContributionPolicy,
) -> dict[Month, int]:
    """Return the team's points in each month of `work`, the earliest first.

    They are those that the verdict on the application has. No answer is a failure. `claims`:
    approved claims of all months.
    """
    roster = roster_of({application.slug: application.team}, accounts)
    known = projects({month: told.value for month, told in work.items()}, policy)
    swept = (told.value for told in work.values() if told.value)
    claimed = (one for one in claims.value or () if one.month in work)
    seen = (entry for one in (*swept, *claimed) for entry in one.contributions)
    found = attribute(roster, seen, known, policy)
    points: Counter[Any] = Counter()
    for one in found.counted.get(application.slug, ()):
        points[Month.of(one.contribution.day)] += one.points
    return {month: points[month] for month in sorted(work)}
