"""Computes one month's ranking from its evidence: findings, standing, points and ranks.

Calls `upkeep`, `standing`, `rank` and `people`, which decide. The ranking of the month before is
the only state.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.evidence import MonthEvidence
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.ranking import (
    Basis,
    MemberMonth,
    MonthFinding,
    PartnerMonth,
    Ranking,
)
from ..model.standing import PartnerStanding
from ..model.verdict import Counted, Required
from .month_case import Shared, month_case, partners_roster, shared
from .people import people
from .rank import Contender, Places, rank
from .standing import judge, standing_before, step
from .upkeep import CRITERIA


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judged:
    partner: Partner
    standing: PartnerStanding
    findings: tuple[MonthFinding, ...]
    counted: Sequence[Counted]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthResult:
    """One month's ranking, which names no files of contributions yet.

    `counted`: the contributions that make the points, by the partner's slug, sorted.
    """

    ranking: Ranking
    counted: Mapping[str, Sequence[Counted]]


def partners_in(month: Month, partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """Return the partners that were accepted by the last day of the month."""
    return tuple(one for one in partners if one.accepted <= month.last_day)


def month_result(
    partners: Sequence[Partner],
    evidence: MonthEvidence,
    program: Program,
    required: Mapping[str, Required],
    before: Ranking | None,
    basis: Basis,
) -> MonthResult:
    """Return the ranking of one month, and the contributions that it rests on.

    `required`: required amounts by slug. `before`: the ranking of the month before; None for the
    first month. `basis`: the inputs, to be written into the ranking.
    """
    roster = partners_roster(partners, evidence)
    previous = {row.slug: row for row in before.partners} if before else {}
    judged = tuple(_judge(partners, shared(roster, evidence, program), required, previous))
    order = rank(map(_contender, judged), program.ranking.homepage_slots)
    rows = (_row(one, order, previous.get(one.partner.slug)) for one in judged)
    ranking = Ranking(
        month=evidence.month,
        basis=basis,
        homepage=order.homepage,
        partners=tuple(sorted(rows, key=_place)),
        people=people(partners, roster, evidence, program),
        contributions=(),
    )
    counted = {one.partner.slug: one.counted for one in judged}
    return MonthResult(ranking=ranking, counted=counted)


def _judge(
    partners: Iterable[Partner],
    common: Shared,
    required: Mapping[str, Required],
    previous: Mapping[str, PartnerMonth],
) -> Iterator[_Judged]:
    month, policy = common.evidence.month, common.program.standing
    for partner in partners:
        slug = partner.slug
        case = month_case(partner, required[slug], common)
        findings = tuple(criterion(case) for criterion in CRITERIA)
        before = standing_before(partner.accepted, previous.get(slug))
        judged = judge(partner, month, findings)
        yield _Judged(
            partner=partner,
            standing=step(before, judged, month, policy),
            findings=findings,
            counted=case.counted[-1],
        )


def _contender(one: _Judged) -> Contender:
    return Contender(
        slug=one.partner.slug,
        name=one.partner.name,
        accepted=one.partner.accepted,
        standing=one.standing.standing,
        hidden=one.partner.hidden,
        points=sum(entry.points for entry in one.counted),
        contributors=len({entry.github for entry in one.counted}),
        kinds=len({entry.contribution.kind for entry in one.counted}),
    )


def _row(one: _Judged, order: Places, before: PartnerMonth | None) -> PartnerMonth:
    rank = order.ranks.get(one.partner.slug)
    was = before.rank if before else None
    by_kind: Counter[str] = Counter()
    for entry in one.counted:
        by_kind[entry.contribution.kind] += entry.points
    return PartnerMonth(
        slug=one.partner.slug,
        name=one.partner.name,
        accepted=one.partner.accepted,
        hidden=one.partner.hidden,
        rank=rank,
        movement=was - rank if rank is not None and was is not None else None,
        points=by_kind.total(),
        by_kind=dict(sorted(by_kind.items())),
        members=tuple(_members(one.counted)),
        standing=one.standing,
        findings=one.findings,
    )


def _members(counted: Iterable[Counted]) -> Iterator[MemberMonth]:
    points: Counter[tuple[str, str]] = Counter()
    for entry in counted:
        points[entry.github, entry.member] += entry.points
    for (github, name), sum_of_member in sorted(points.items()):
        yield MemberMonth(name=name, github=github, points=sum_of_member)


def _place(row: PartnerMonth) -> tuple[bool, int, str, str]:
    """Return the sort key of a row: rank, then name; partners without a rank come last."""
    return (row.rank is None, row.rank or 0, row.name.casefold(), row.slug)
