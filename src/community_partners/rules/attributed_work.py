"""Attributes the work of whole months to all teams at once: to one applicant's, or all partners'.

`month_sources.py` decides each contribution once, and `attribution.py` says by which rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model.contribution import MonthOfWork
from ..model.month import Month
from ..model.points import Points, exact
from ..model.program import ContributionPolicy
from .attribution import Attribution, within_limits
from .caps import capped_by_organization
from .month_sources import Source, attributed, each_once
from .project import Project, projects
from .roster import Roster


@dataclass(frozen=True, kw_only=True, slots=True)
class AttributedWork:
    """The contributions of several months, attributed to the teams of a roster.

    `sources`: all contributions. `once`: the same, each contribution once within all months.
    `known`: what acceptance rests on in each month. `points`, `contested`: by month and slug, the
    points that count, and how many more might, of people whom two organizations name.
    """

    policy: ContributionPolicy
    roster: Roster
    sources: tuple[Source, ...]
    once: tuple[Source, ...]
    known: Mapping[Month, Project]
    points: Mapping[Month, Mapping[str, Points]]
    contested: Mapping[Month, Mapping[str, Points]]

    def of(self, slug: str, month: Month) -> Attribution:
        """Return one organization's contributions of one month."""
        return within_limits(
            (
                (source.work.contributions[at], source.decisions[number])
                for source in self.once
                if source.work.month == month
                for at, number in zip(*source.decided.get(slug, ((), ())), strict=True)
            ),
            self.policy,
        )


def attribute(
    roster: Roster,
    work: Mapping[Month, MonthOfWork | None],
    claims: Iterable[MonthOfWork],
    policy: ContributionPolicy,
    earlier: AttributedWork | None = None,
) -> AttributedWork:
    """Return the work of all months, attributed as `attribution.decide` decides, each act once.

    `work`: what was found on GitHub in whole months; None if it is not known. `claims`: approved
    ones, also of other months. `earlier`: what was returned for other months of this program.
    Months of work that both rest on are not attributed again if the teams are the same.
    """
    months, claimed = sorted(work), tuple(claims)
    known = projects(work, policy, earlier.known if earlier else None)
    works = [
        one
        for month in months
        for one in (work[month], *(claim for claim in claimed if claim.month == month))
        if one
    ]
    done = earlier.sources if earlier and earlier.roster == roster else ()
    sources = attributed(works, roster, known, done)
    once = each_once(sources, roster, known)
    points, contested = _points(once, months, policy)
    return AttributedWork(
        policy=policy,
        roster=roster,
        sources=sources,
        once=once,
        known=known,
        points=points,
        contested=contested,
    )


def _points(
    sources: Iterable[Source], months: Iterable[Month], policy: ContributionPolicy
) -> tuple[dict[Month, dict[str, Points]], dict[Month, dict[str, Points]]]:
    """Return the points by month and slug, within the limits, and those that are contested."""
    points, contested = {}, {}
    for month in months:
        of = [one for one in sources if one.work.month == month]
        sure = [pair for one in of for pair in one.points.items()]
        more = [pair for one in of for pair in one.contested.items()]
        points[month] = capped_by_organization(sure, policy)
        contested[month] = beyond(capped_by_organization([*sure, *more], policy), points[month])
    return points, contested


def beyond(most: Mapping[str, Points], points: Mapping[str, Points]) -> dict[str, Points]:
    """Return by slug how many more there are than `points`, without those that have no more."""
    more = {slug: exact(many - points.get(slug, 0)) for slug, many in most.items()}
    return {slug: many for slug, many in more.items() if many > 0}
