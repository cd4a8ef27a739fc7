"""Computes one month's ranking from its evidence: findings, standing, points and ranks.

Calls `criteria`, `standing`, `rank` and `people`, which decide. The ranking of the month before is
the only state.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model.fair_play import Flag
from ..model.month import Month
from ..model.partner import Partner
from ..model.points import Points, exact, total
from ..model.ranking import (
    Basis,
    MemberMonth,
    MonthFinding,
    PartnerMonth,
    Ranking,
)
from ..model.standing import PartnerStanding
from ..model.verdict import Counted, Required, Uncounted
from .criteria import month_findings
from .fair_play import flags
from .month_case import Shared, month_case, people_with_a_seat, window
from .people import people
from .rank import Contender, Places, rank
from .standing import judge, standing_before, step

Keep = Callable[[str, Sequence[Counted], Sequence[Uncounted]], str | None]
"""Takes a partner's contributions, those that count and the others, and returns their digest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judged:
    """One partner's month. `points`: by login and kind. `names`: of the members, by login."""

    partner: Partner
    standing: PartnerStanding
    findings: tuple[MonthFinding, ...]
    points: Mapping[tuple[str, str], Points]
    names: Mapping[str, str]
    contributions: str | None
    uncounted: Counter[str]
    self_merged: int
    seats: int
    flags: tuple[Flag, ...]


def partners_in(month: Month, partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """Return the partners that were accepted by the last day of the month."""
    return tuple(one for one in partners if one.accepted <= month.last_day)


def month_result(
    partners: Sequence[Partner],
    common: Shared,
    required: Mapping[str, Required],
    committed: Mapping[Month, Ranking],
    basis: Basis,
    keep: Keep,
) -> Ranking:
    """Return the ranking of one month, which names no files of contributions yet.

    `common`: the evidence of the month, prepared for these partners. `required`: required amounts
    by slug. `committed`: the rankings of earlier months, for the standing and for the points that
    are added up; empty for the first month. `basis`: the inputs, to be written into the ranking.
    `keep` is called for one partner after another, sorted by slug, so that no more than one
    partner's contributions are in memory at once.
    """
    month = common.evidence.month
    rows_of = {
        one: {row.slug: row for row in ranking.partners}
        for one in {*window(month, common.program), month - 1} - {month}
        if (ranking := committed.get(one))
    }
    previous = rows_of.get(month - 1, {})
    in_order = sorted(partners, key=lambda one: one.slug)
    judged = tuple(_judge(one, common, required, rows_of, keep) for one in in_order)
    order = rank(map(_contender, judged), common.program.ranking.homepage_slots)
    rows = (_row(one, order, previous.get(one.partner.slug)) for one in judged)
    return Ranking(
        month=month,
        basis=basis,
        homepage=order.homepage,
        partners=tuple(sorted(rows, key=_place)),
        people=people(partners, common.work.roster, common.evidence, common.program),
        contributions=(),
    )


def _judge(
    partner: Partner,
    common: Shared,
    required: Mapping[str, Required],
    rows_of: Mapping[Month, Mapping[str, PartnerMonth]],
    keep: Keep,
) -> _Judged:
    month, policy, slug = common.evidence.month, common.program.standing, partner.slug
    judged = {one: rows[slug].points for one, rows in rows_of.items() if slug in rows}
    earlier = {one: points for one, points in partner.work.items() if one < month}
    case = month_case(partner, required[slug], common, {**earlier, **judged})
    findings = month_findings(case)
    before = standing_before(partner.accepted, rows_of.get(month - 1, {}).get(slug))
    points: defaultdict[tuple[str, str], Points] = defaultdict(int)
    for entry in case.counted:
        points[entry.github, entry.contribution.kind] += entry.points
    return _Judged(
        partner=partner,
        standing=step(before, judge(partner, month, findings), month, policy),
        findings=findings,
        points=points,
        names={entry.github: entry.member for entry in case.counted},
        contributions=keep(slug, case.counted, case.uncounted),
        uncounted=Counter(entry.reason for entry in case.uncounted),
        self_merged=sum(entry.self_merged for entry in case.counted),
        seats=people_with_a_seat(partner.organization.team, month),
        flags=flags(slug, case, common),
    )


def _contender(one: _Judged) -> Contender:
    worth = [key for key, points in one.points.items() if points]
    return Contender(
        slug=one.partner.slug,
        name=one.partner.name,
        accepted=one.partner.accepted,
        standing=one.standing.standing,
        hidden=one.partner.hidden,
        points=total(one.points.values()),
        contributors=len({github for github, _ in worth}),
        kinds=len({kind for _, kind in worth}),
    )


def _row(one: _Judged, order: Places, before: PartnerMonth | None) -> PartnerMonth:
    rank = order.ranks.get(one.partner.slug)
    was = before.rank if before else None
    by_kind: defaultdict[str, Points] = defaultdict(int)
    by_member: defaultdict[str, Points] = defaultdict(int)
    for (github, kind), points in one.points.items():
        by_kind[kind] = exact(by_kind[kind] + points)
        by_member[github] = exact(by_member[github] + points)
    return PartnerMonth(
        slug=one.partner.slug,
        name=one.partner.name,
        accepted=one.partner.accepted,
        hidden=one.partner.hidden,
        rank=rank,
        movement=was - rank if rank is not None and was is not None else None,
        points=total(by_kind.values()),
        by_kind=dict(sorted(by_kind.items())),
        members=tuple(
            MemberMonth(name=one.names[github], github=github, points=points)
            for github, points in sorted(by_member.items())
        ),
        standing=one.standing,
        findings=one.findings,
        contributions=one.contributions,
        uncounted=dict(sorted(one.uncounted.items())) or None,
        self_merged=one.self_merged,
        seats=one.seats,
        flags=one.flags,
    )


def _place(row: PartnerMonth) -> tuple[bool, int, str, str]:
    """Return the sort key of a row: rank, then name; partners without a rank come last."""
    return (row.rank is None, row.rank or 0, row.name.casefold(), row.slug)
