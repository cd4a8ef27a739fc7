"""Attributes a team's work in whole months: for a verdict, and for the record at the admission."""

from collections.abc import Iterable, Mapping, Sequence

from ..model.application import Application
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountCheck, Answer
from ..model.month import Month
from ..model.program import ContributionPolicy
from ..model.verdict import Counted, Uncounted
from .attribution import attribute
from .project import projects
from .roster import roster_of


def team_months(
    application: Application,
    accounts: Iterable[AccountCheck],
    work: Mapping[Month, MonthOfWork | None],
    claims: Iterable[MonthOfWork],
    policy: ContributionPolicy,
) -> tuple[dict[Month, list[Counted]], Sequence[Uncounted]]:
    """Return the team's contributions that count, for each month of `work`, and the others.

    `work`: None for a month that is not known. `claims`: approved claims of all months.
    """
    roster = roster_of({application.slug: application.team}, accounts)
    shown = (*work.values(), *(one for one in claims if one.month in work))
    entries = (entry for one in shown if one for entry in one.contributions)
    found = attribute(roster, entries, projects(work, policy), policy)
    by_month: dict[Month, list[Counted]] = {month: [] for month in work}
    for one in found.counted.get(application.slug, ()):
        by_month[Month.of(one.contribution.day)].append(one)
    return by_month, found.uncounted.get(application.slug, ())


def points_before(
    application: Application,
    accounts: Iterable[AccountCheck],
    work: Mapping[Month, Answer[MonthOfWork]],
    claims: Answer[tuple[MonthOfWork, ...]],
    policy: ContributionPolicy,
) -> dict[Month, int]:
    """Return the team's points in each month of `work`, the earliest first, for its record.

    They are those that the verdict on the application has. No answer is a failure.
    """
    told = {month: work[month].value for month in sorted(work)}
    counted, _ = team_months(application, accounts, told, claims.value or (), policy)
    return {month: sum(one.points for one in entries) for month, entries in counted.items()}
