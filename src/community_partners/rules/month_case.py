"""Prepares one partner's month for the criteria. Decides only which evidence to use."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..model.application import Member
from ..model.contribution import Contribution
from ..model.evidence import AccountKind, Answer, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Counted, Coverage, Required
from .attribution import Attribution, Roster, attribute, roster_of, without_repeats
from .coverage import Rates, coverage, rates_by_day


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCase:
    """One partner's month, prepared for the criteria.

    `rates_failure`: why exchange rates are missing. `paid` None: the platform did not answer, or
    shows no such account. `counted`, `contested` and `unseen` have one entry for each month that is
    added up, the latest month last. `unseen`: members' logins that no longer exist and have no
    recorded account id, so that their contributions cannot be found.
    """

    partner: Partner
    program: Program
    month: Month
    required: Required
    sponsorship: Answer[Sponsorship]
    rates_failure: str | None
    paid: Coverage | None
    counted: tuple[Sequence[Counted], ...]
    contested: tuple[Sequence[Counted], ...]
    today: date
    unseen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """The evidence that all partners' cases share, prepared once.

    `work`: the attribution of each month of the window, the latest month last. `missing`: logins
    that GitHub does not know, case-folded.
    """

    program: Program
    evidence: MonthEvidence
    work: tuple[Attribution, ...]
    rates: Rates
    missing: frozenset[str]


def window(month: Month, program: Program) -> tuple[Month, ...]:
    """Return the months whose contributions are added up; `month` is the last one."""
    return ending(month, program.contribution.months)


def with_partner(member: Member, first: date, last: date) -> bool:
    """Tell whether the member was in the partner's team on any day from `first` to `last`."""
    return member.since <= last and (member.until is None or member.until >= first)


def missing_logins(evidence: MonthEvidence) -> frozenset[str]:
    """Return the logins that GitHub does not know, case-folded."""
    checks = evidence.accounts.value or ()
    return frozenset(one.login.casefold() for one in checks if one.kind is AccountKind.MISSING)


def partners_roster(partners: Iterable[Partner], evidence: MonthEvidence) -> Roster:
    """Return the seats of all partners' team members."""
    teams = {partner.slug: partner.organization.team for partner in partners}
    return roster_of(teams, evidence.accounts.value or ())


def shared(roster: Roster, evidence: MonthEvidence, program: Program) -> Shared:
    """Prepare the evidence for all partners at once. `roster`: the seats of all team members.

    A contribution counts once within all months of the window.
    """
    months, policy = window(evidence.month, program), program.contribution
    seen = (one for month in months for one in _work(evidence, month))
    acts, _ = without_repeats(seen, policy.points)
    by_day: dict[date, list[Contribution]] = defaultdict(list)
    for one in acts:
        by_day[one.day].append(one)
    by_month = {
        month: [one for day in by_day if Month.of(day) == month for one in by_day[day]]
        for month in months
    }
    return Shared(
        program=program,
        evidence=evidence,
        work=tuple(attribute(roster, by_month[month], policy) for month in months),
        rates=rates_by_day(evidence.rates.value or ()),
        missing=missing_logins(evidence),
    )


def month_case(partner: Partner, required: Required, common: Shared) -> MonthCase:
    """Return the part of the evidence that concerns one partner."""
    program, evidence, slug = common.program, common.evidence, partner.slug
    answer = evidence.sponsorships[slug]
    return MonthCase(
        partner=partner,
        program=program,
        month=evidence.month,
        today=evidence.today,
        required=required,
        sponsorship=answer,
        rates_failure=evidence.rates.failure,
        paid=_paid(answer.value, required, common),
        counted=tuple(month.counted.get(slug, ()) for month in common.work),
        contested=tuple(month.contested.get(slug, ()) for month in common.work),
        unseen=tuple(
            _unseen(partner, month, common.missing) for month in window(evidence.month, program)
        ),
    )


def _work(evidence: MonthEvidence, month: Month) -> tuple[Contribution, ...]:
    """Return the contributions of `month`: those found on GitHub, then the approved claims."""
    swept = evidence.work[month].value
    claims = evidence.claims.value or ()
    claimed = [one for entry in claims if entry.month == month for one in entry.contributions]
    return (*(swept.contributions if swept else ()), *claimed)


def _paid(sponsorship: Sponsorship | None, required: Required, common: Shared) -> Coverage | None:
    if sponsorship is None or sponsorship.payer is None:
        return None
    months, policy = (common.evidence.month,), common.program.sponsorship
    [paid] = coverage(sponsorship, required, months, common.rates, policy)
    return paid


def _unseen(partner: Partner, month: Month, missing: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        member.github
        for member in partner.organization.team
        if member.id is None
        and member.github.casefold() in missing
        and with_partner(member, month.first_day, month.last_day)
    )
