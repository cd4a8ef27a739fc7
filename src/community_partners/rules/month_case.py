"""Prepares one partner's month for the criteria, from the evidence of all partners.

Decides which months count: the month itself, and those before it whose points are added up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..model.application import Member
from ..model.evidence import AccountKind, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.points import Points
from ..model.program import Program
from ..model.verdict import Counted, Required, Uncounted
from .attributed_work import AttributedWork, attribute
from .case import Case, paid_months, worked_months
from .coverage import rates_by_day
from .enough import Rates
from .roster import Roster, roster_of


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCase(Case):
    """One partner's month, prepared for the criteria.

    `counted`, `uncounted`: the contributions of this month that count, and those that do not.
    """

    month: Month
    counted: Sequence[Counted]
    uncounted: Sequence[Uncounted]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """The evidence that all partners' cases share, prepared once.

    `work`: of the months that are added up. `missing`: logins that GitHub does not know,
    case-folded.
    """

    program: Program
    evidence: MonthEvidence
    work: AttributedWork
    rates: Rates
    missing: frozenset[str]


def window(month: Month, program: Program) -> tuple[Month, ...]:
    """Return the months whose contributions are added up; `month` is the last one."""
    return ending(month, program.contribution.months)


def with_partner(member: Member, first: date, last: date) -> bool:
    """Tell whether the member was in the partner's team on any day from `first` to `last`."""
    return member.since <= last and (member.until is None or member.until >= first)


def people_with_a_seat(team: Iterable[Member], month: Month) -> int:
    """Return how many confirmed people were in the team on any day of the month."""
    return len(
        {
            member.github.casefold() if member.id is None else member.id
            for member in team
            if member.confirmed and with_partner(member, month.first_day, month.last_day)
        }
    )


def missing_logins(evidence: MonthEvidence) -> frozenset[str]:
    """Return the logins that GitHub does not know, case-folded."""
    checks = evidence.accounts.value or ()
    return frozenset(one.login.casefold() for one in checks if one.kind is AccountKind.MISSING)


def partners_roster(partners: Iterable[Partner], evidence: MonthEvidence) -> Roster:
    """Return the seats of all partners' team members."""
    teams = {partner.slug: partner.organization.team for partner in partners}
    return roster_of(teams, evidence.accounts.value or ())


def shared(
    partners: Iterable[Partner],
    evidence: MonthEvidence,
    program: Program,
    earlier: Shared | None = None,
) -> Shared:
    """Prepare the evidence for all partners at once.

    `earlier`: what was prepared for another month of this program. Months of work that both rest
    on are not attributed again if the teams are the same.
    """
    months = window(evidence.month, program)
    return Shared(
        program=program,
        evidence=evidence,
        work=attribute(
            partners_roster(partners, evidence),
            {month: evidence.work[month].value for month in months},
            evidence.claims.value or (),
            program.contribution,
            earlier.work if earlier else None,
        ),
        rates=rates_by_day(evidence.rates.value or ()),
        missing=missing_logins(evidence),
    )


def month_case(
    partner: Partner, required: Required, common: Shared, committed: Mapping[Month, Points]
) -> MonthCase:
    """Return the part of the evidence that concerns one partner.

    `committed`: the partner's points in earlier months, as they were decided then.
    """
    program, evidence, slug = common.program, common.evidence, partner.slug
    answer, months = evidence.sponsorships[slug], window(evidence.month, program)
    found = common.work.of(slug, evidence.month)
    return MonthCase(
        organization=partner.organization,
        program=program,
        today=evidence.today,
        required=required,
        sponsorship=answer,
        rates_failure=evidence.rates.failure,
        paid=paid_months(
            *(answer.value, required, (evidence.month,), common.rates, program, evidence.today)
        ),
        work=worked_months(
            slug,
            common.work,
            {month: _unseen(partner, month, common.missing) for month in months},
            {month: (evidence.work[month], evidence.claims, evidence.accounts) for month in months},
            committed,
        ),
        month=evidence.month,
        counted=found.counted,
        uncounted=found.without_points,
    )


def _unseen(partner: Partner, month: Month, missing: frozenset[str]) -> tuple[str, ...]:
    """Return logins that no longer exist and have no recorded account id: their work is lost."""
    return tuple(
        member.github
        for member in partner.organization.team
        if member.id is None
        and member.github.casefold() in missing
        and with_partner(member, month.first_day, month.last_day)
    )
