"""Decides for each contribution the organization, the team member and the points.

A contribution counts if the author was in the team on that day (`since` to `until`), and somebody
else accepted it (`acceptance.py`). Several organizations that name the person on that day get the
points by their shares of the person's time. If these are more than the whole, the contribution is
contested and counts for none of them until a maintainer decides. Each act counts once
(`repeats.py`), and no more points than the limits of the month allow (`caps.py`). Contributions
that do not count are reported with the reason.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ..model.application import WHOLE
from ..model.contribution import Contribution, Row
from ..model.points import Points, part
from ..model.program import ContributionPolicy
from ..model.verdict import Counted, Uncounted
from .acceptance import Limit, ruling
from .caps import Claim, MonthCaps, claim_of
from .project import Project
from .roster import Roster, Seat, account_key, fit_together, is_person, one_each


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """One organization's contributions of one month, sorted by day, then address.

    `counted`: contributions that count. `contested`: contributions that another organization claims
    too, without the limits of the month. `uncounted`: those that do not count.
    """

    counted: Sequence[Counted]
    contested: Sequence[Counted]
    uncounted: Sequence[Uncounted]

    @property
    def without_points(self) -> Sequence[Uncounted]:
        """All that brings no points: what does not count, and what is contested."""
        if not self.contested:
            return self.uncounted
        contested = (
            Uncounted(
                contribution=one.contribution,
                member=one.member,
                github=one.github,
                reason=CONTESTED,
            )
            for one in self.contested
        )
        return sorted([*self.uncounted, *contested], key=_day_and_address)


class Decision(NamedTuple):
    """The decision on one contribution for one organization that names its author.

    `reason`: why the contribution does not count; None if it counts or is contested. `claim`: what
    the limits of the month look at.
    """

    seat: Seat
    reason: str | None
    contested: bool
    claim: Claim

    def worth(self, policy: ContributionPolicy) -> Points:
        """Return the points that it brings the organization, without the limits of the month."""
        return _worth(self.claim.kind, self.seat, policy)


def decide(roster: Roster, entry: Contribution | Row, project: Project) -> list[Decision]:
    """Decide for each organization of the author: counted, contested or not. [] without a seat."""
    seats = roster.seats(entry.by)
    if not seats:
        return []
    held = one_each(seats, entry.day)
    sure = [seat for seat in held if seat.member.confirmed]
    contested = len(sure) > 1 and not fit_together(sure)
    firms = [seat.organization for seat in sure]
    found = []
    for seat in held or one_each(seats):
        reason, limit = _not_theirs(entry, seat, held, roster, project.month.policy), Limit.NONE
        if reason is None:
            own = [seat.organization] if contested else firms
            reason, limit = ruling(entry, own, roster, project)
        claim = claim_of(entry.kind, limit, account_key(entry.by))
        found.append(Decision(seat, reason, contested and seat in sure, claim))
    return found


AGAIN = "the same contribution again"
CONTESTED = "by somebody whom two partners name for that day"
UNCONFIRMED = "by somebody who has not confirmed to be in the team"
TAKEN = "by a login that is another account's by now, without the account's number"
TOO_SMALL = "the part of the points for this share of a person's time is less than half a point"


def within_limits(
    decided: Iterable[tuple[Contribution, Decision]], policy: ContributionPolicy
) -> Attribution:
    """Return one organization's contributions, with the points that the month's limits allow.

    `decided`: of one whole month, without repeats among those that count.
    """
    accepted: list[tuple[Claim, Counted]] = []
    contested: list[Counted] = []
    uncounted: list[Uncounted] = []
    for entry, one in decided:
        member = one.seat.member
        if one.reason is not None:
            uncounted.append(
                Uncounted(
                    contribution=entry, member=member.name, github=member.github, reason=one.reason
                )
            )
            continue
        worth = Counted(
            contribution=entry,
            member=member.name,
            github=member.github,
            points=one.worth(policy),
            self_merged=one.claim.limit is Limit.SELF_MERGED,
        )
        if one.contested:
            contested.append(worth)
        else:
            accepted.append((one.claim, worth))
    counted, too_many = _capped(accepted, policy)
    return Attribution(
        counted=sorted(counted, key=_day_and_address),
        contested=sorted(contested, key=_day_and_address),
        uncounted=sorted([*uncounted, *too_many], key=_day_and_address),
    )


def _capped(
    accepted: Iterable[tuple[Claim, Counted]], policy: ContributionPolicy
) -> tuple[list[Counted], list[Uncounted]]:
    """Return the contributions with the points that count, and those above a limit."""
    caps = MonthCaps(policy)
    counted, too_many = [], []
    for claim, one in sorted(
        accepted, key=lambda pair: (pair[0].limit, *_day_and_address(pair[1]))
    ):
        points, full = caps.count(claim, one.points)
        if points or full is None:
            counted.append(one if points == one.points else replace(one, points=points))
        else:
            too_many.append(
                Uncounted(
                    contribution=one.contribution,
                    member=one.member,
                    github=one.github,
                    reason=full,
                )
            )
    return counted, too_many


def _day_and_address(entry: Counted | Uncounted) -> tuple[date, str, str, str]:
    """Return the sort key. Login and kind tell apart two entries of one page on one day."""
    return entry.contribution.day, entry.contribution.url, entry.github, entry.contribution.kind


def _worth(kind: str, seat: Seat, policy: ContributionPolicy) -> Points:
    return part(policy.points[kind].points, seat.member.share)


def _not_theirs(
    entry: Contribution | Row,
    seat: Seat,
    held: Collection[Seat],
    roster: Roster,
    policy: ContributionPolicy,
) -> str | None:
    """Return why the contribution is no work of the seat's team at all; None if it is."""
    if not is_person(entry.by, policy):
        return "by an account that never counts"
    if not held:
        return "outside the member's time with the organization"
    if not seat.member.confirmed:
        return UNCONFIRMED
    if roster.is_taken(entry.by, seat.member):
        return TAKEN
    if entry.kind not in policy.points:
        return f"{entry.kind}: this kind gives no points in this program"
    small = seat.member.share < WHOLE and not _worth(entry.kind, seat, policy)
    return TOO_SMALL if small else None
