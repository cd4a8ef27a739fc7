"""Decides how many points of an organization's accepted work count in one month.

Three limits: of a kind (`most_each_month`); of what a person merged alone (`self_merged`); and half
of the points asked in a month for all that needs no right: such work completes a team's month and
never makes one. What no limit of the last two concerns is counted first. So more work never brings
fewer points, and points do not depend on who of the team did the work.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model.points import Points, exact, total
from ..model.program import ContributionPolicy
from .acceptance import Limit
from .roster import AccountKey


class Claim(NamedTuple):
    """The facts that the limits look at. `person` None: no limit asks who did the work."""

    limit: Limit
    kind: str
    person: AccountKey | None


def claim_of(kind: str, limit: Limit, person: AccountKey) -> Claim:
    """Return the claim of one piece of work."""
    return Claim(limit, kind, person if limit is Limit.SELF_MERGED else None)


class MonthCaps:
    """Counts an organization's points in one month, and remembers how much each limit has left."""

    def __init__(self, policy: ContributionPolicy) -> None:
        self._policy = policy
        self._left: dict[object, Points] = {}

    def count(self, claim: Claim, points: Points) -> tuple[Points, str | None]:
        """Return how many of the points count, and why none of them does or None.

        Claims come in the order of their limits.
        """
        limits = [(key, most, why) for key, most, why in self._limits(claim) if most is not None]
        left = {key: self._left.setdefault(key, most) for key, most, _ in limits}
        counted = min(points, *left.values()) if left else points
        for key, most in left.items():
            self._left[key] = exact(most - counted)
        full = next((why for key, _, why in limits if not left[key]), None)
        return counted, full if points else None

    def _limits(self, claim: Claim) -> Iterable[tuple[object, int | None, str]]:
        most = self._policy.points[claim.kind].most_each_month
        yield ("kind", claim.kind), most, f"{claim.kind}: above {most} points in a month"
        if claim.limit is Limit.SELF_MERGED:
            most = self._policy.self_merged.most_each_month
            yield (
                ("alone", claim.person),
                most,
                f"merged by its author alone: above {most} points in a month",
            )
        if claim.limit is Limit.NO_RIGHT:
            most = self._policy.points_each_month // 2
            yield "no right", most, f"work that needs no right: above {most} points in a month"


def capped(claims: Mapping[Claim, Points], policy: ContributionPolicy) -> Points:
    """Return the points that count of one organization's month. `claims`: points by claim."""
    caps = MonthCaps(policy)
    return total(
        caps.count(claim, points)[0]
        for claim, points in sorted(claims.items(), key=lambda one: one[0].limit)
    )


def capped_by_organization(
    claims: Iterable[tuple[tuple[str, Claim], Points]], policy: ContributionPolicy
) -> dict[str, Points]:
    """Return the points that count in one month by slug. `claims`: points by slug and claim."""
    of: dict[str, dict[Claim, Points]] = defaultdict(lambda: defaultdict(int))
    for (slug, claim), points in claims:
        of[slug][claim] = exact(of[slug][claim] + points)
    return {slug: capped(each, policy) for slug, each in of.items()}
