"""Decides a partner's standing, month by month, with at most one step down per month.

A partner moves down after as many missed months in a row as the policy says. One month that meets
all criteria moves the partner back to active. A partner does not move down in a month with an
unknown finding, during an announced absence, or before its first full month.
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
    """Judge the month for this partner: met, missed, unknown, newcomer or paused."""
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
    """Return the standing after `month`.

    `before`: the standing after the month before; None for a new partner, who starts as active.
    """
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
    """Return the partner's standing after the month before; None for a new partner.

    `row`: the partner's row in the ranking of the month before. A partner that was accepted again
    since then is new, and keeps nothing of the earlier standing.
    """
    return row.standing if row and accepted <= row.accepted else None


def next_step(
    now: PartnerStanding, month: Month, policy: StandingPolicy
) -> tuple[Standing, date] | None:
    """Return the next lower standing and the first day on which missed months could lead there.

    Returns None for a lapsed partner.
    """
    allowed = months_until_step(now.standing, policy)
    if allowed is None:
        return None
    more = max(1, allowed - now.missed)  # a newer policy may allow fewer than were missed
    return _DOWN[now.standing], (month + more + 1).first_day


def months_until_step(standing: Standing, policy: StandingPolicy) -> int | None:
    """Return how many missed months in a row move a partner one step down; None for lapsed."""
    return {
        Standing.ACTIVE: policy.at_risk_after,
        Standing.AT_RISK: policy.suspended_after,
        Standing.SUSPENDED: policy.lapsed_after,
    }.get(standing)


def moves(before: Ranking | None, now: Ranking) -> tuple[Move, ...]:
    """Return the partners whose standing has changed since the month before, sorted by name.

    A new partner counts as active before.
    """
    then = {row.slug: row for row in before.partners} if before else {}
    found = (Move(partner=row, before=_was(row, then.get(row.slug))) for row in now.partners)
    moved = (one for one in found if one.before is not one.partner.standing.standing)
    return tuple(sorted(moved, key=lambda one: one.partner.name.casefold()))


def _was(row: PartnerMonth, then: PartnerMonth | None) -> Standing:
    before = standing_before(row.accepted, then)
    return before.standing if before else Standing.ACTIVE
