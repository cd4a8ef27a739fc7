"""A partner's standing, month by month. Decides who is judged, and moves one step at most.

Down goes a partner after as many missed months in a row as the policy says; one month that meets
all criteria brings it back to active. A month in which anything could not be checked moves nobody
down, and neither do an announced absence and the months before the first full one.
"""

from collections.abc import Iterable
from datetime import date

from ..model.month import Month
from ..model.partner import Partner
from ..model.program import StandingPolicy
from ..model.ranking import MonthFinding, Move, PartnerMonth, Ranking
from ..model.standing import Judged, PartnerStanding, Standing
from ..model.verdict import Outcome

_DOWN = {
    Standing.ACTIVE: Standing.AT_RISK,
    Standing.AT_RISK: Standing.SUSPENDED,
    Standing.SUSPENDED: Standing.LAPSED,
}


def judge(partner: Partner, month: Month, findings: Iterable[MonthFinding]) -> Judged:
    """What the month means for this partner."""
    if partner.accepted > month.first_day:
        return Judged.NEWCOMER
    pause = partner.pause
    if pause and pause.since <= month.last_day and pause.until >= month.first_day:
        return Judged.PAUSED
    outcomes = {finding.outcome for finding in findings}
    if Outcome.UNKNOWN in outcomes:
        return Judged.UNKNOWN
    return Judged.MISSED if Outcome.NOT_MET in outcomes else Judged.MET


def step(
    before: PartnerStanding | None, judged: Judged, month: Month, policy: StandingPolicy
) -> PartnerStanding:
    """The standing after `month`. `before`: that after the month before; None for a new partner."""
    standing = before.standing if before else Standing.ACTIVE
    since = before.since if before else month
    missed = before.missed if before else 0
    if judged is Judged.MET:
        since = since if standing is Standing.ACTIVE else month
        return PartnerStanding(standing=Standing.ACTIVE, since=since, missed=0, judged=judged)
    if judged is Judged.MISSED:
        missed += 1
        allowed = months_until_step(standing, policy)
        if allowed is not None and missed >= allowed:
            return PartnerStanding(standing=_DOWN[standing], since=month, missed=0, judged=judged)
    return PartnerStanding(standing=standing, since=since, missed=missed, judged=judged)


def standing_before(accepted: date, row: PartnerMonth | None) -> PartnerStanding | None:
    """The standing of the month before, if it is this partner's own; None for a new partner.

    Who was accepted since is new, whatever became of it before. `row`: its line of that month.
    """
    return row.standing if row and accepted <= row.accepted else None


def next_step(
    now: PartnerStanding, month: Month, policy: StandingPolicy
) -> tuple[Standing, date] | None:
    """Where more missed months lead, and the first day on which that could be; None at the end."""
    allowed = months_until_step(now.standing, policy)
    if allowed is None:
        return None
    more = max(1, allowed - now.missed)  # fewer may be allowed by now than were missed already
    return _DOWN[now.standing], (month + more + 1).first_day


def months_until_step(standing: Standing, policy: StandingPolicy) -> int | None:
    """How many missed months in a row move a partner down from here; None from the last one."""
    return {
        Standing.ACTIVE: policy.at_risk_after,
        Standing.AT_RISK: policy.suspended_after,
        Standing.SUSPENDED: policy.lapsed_after,
    }.get(standing)


def moves(before: Ranking | None, now: Ranking) -> tuple[Move, ...]:
    """Whose standing is another than the month before, by name; new partners were active."""
    then = {row.slug: row for row in before.partners} if before else {}
    found = (Move(partner=row, before=_was(row, then.get(row.slug))) for row in now.partners)
    moved = (one for one in found if one.before is not one.partner.standing.standing)
    return tuple(sorted(moved, key=lambda one: one.partner.name.casefold()))


def _was(row: PartnerMonth, then: PartnerMonth | None) -> Standing:
    before = standing_before(row.accepted, then)
    return before.standing if before else Standing.ACTIVE
