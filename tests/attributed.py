"""Work that is attributed, by organization: to look at all months of all teams at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from community_partners.model.contribution import MonthOfWork
from community_partners.model.month import Month
from community_partners.model.program import ContributionPolicy
from community_partners.model.verdict import Counted, Uncounted
from community_partners.rules.attributed_work import attribute
from community_partners.rules.roster import Roster


@dataclass
class ByOrganization:
    """By slug: what counts, what two claim, and what does not count. The oldest is first."""

    counted: dict[str, Sequence[Counted]] = field(default_factory=dict)
    contested: dict[str, Sequence[Counted]] = field(default_factory=dict)
    uncounted: dict[str, Sequence[Uncounted]] = field(default_factory=dict)


def by_organization(
    roster: Roster, work: Mapping[Month, MonthOfWork], policy: ContributionPolicy
) -> ByOrganization:
    """Everything that is attributed to somebody; who has nothing of a kind is left out."""
    found, told = attribute(roster, work, (), policy), ByOrganization()
    seats = [seat for seats in roster.by_login.values() for seat in seats]
    for slug in dict.fromkeys(seat.organization for seat in seats):
        months = [found.of(slug, month) for month in sorted(work)]
        for name in ("counted", "contested", "uncounted"):
            if entries := [one for month in months for one in getattr(month, name)]:
                getattr(told, name)[slug] = entries
        points = {month: found.points[month].get(slug, 0) for month in work}
        sums = {one: sum(each.points for each in found.of(slug, one).counted) for one in work}
        assert points == sums  # the sum of a month, and the points of what counts in it
    return told
