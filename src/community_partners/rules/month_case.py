"""Prepares one partner's month for the criteria. Decides only which evidence to use."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..model.application import Member
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountKind, Answer, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.program import ContributionPolicy, Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Counted, Coverage, Required, Uncounted
from .attribution import within_limits
from .caps import capped_by_organization
from .coverage import coverage, rates_by_day
from .enough import Rates
from .month_sources import Source, attributed, each_once
from .project import Project, projects
from .roster import Roster, roster_of


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCase:
    """One partner's month, prepared for the criteria.

    `rates_failure`: why exchange rates are missing. `paid` None: the platform did not answer, or
    shows no such account. `counted`: the contributions of this month that count. `points`,
    `contested` and `unseen` have one entry for each month that is added up, the latest month last.
    `contested`: the points that another partner claims too. `unseen`: members' logins that no
    longer exist and have no recorded account id, so that their contributions cannot be found.
    `uncounted`: the contributions of this month that do not count.
    """

    partner: Partner
    program: Program
    month: Month
    required: Required
    sponsorship: Answer[Sponsorship]
    rates_failure: str | None
    paid: Coverage | None
    counted: Sequence[Counted]
    uncounted: Sequence[Uncounted]
    points: tuple[int, ...]
    contested: tuple[int, ...]
    today: date
    unseen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """The evidence that all partners' cases share, prepared once.

    `sources`: all contributions of the window. `once`: the same, each contribution once within all
    of its months. `known`: what acceptance rests on in each month. `points`, `contested`: by month
    and slug, the points that count, and how many more might, of people whom two partners name.
    `missing`: logins that GitHub does not know, case-folded.
    """

    program: Program
    evidence: MonthEvidence
    roster: Roster
    sources: tuple[Source, ...]
    once: tuple[Source, ...]
    known: Mapping[Month, Project]
    points: Mapping[Month, Counter[str]]
    contested: Mapping[Month, Counter[str]]
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
    roster, months = partners_roster(partners, evidence), window(evidence.month, program)
    policy = program.contribution
    work = {month: evidence.work[month].value for month in months}
    known = projects(work, policy, earlier.known if earlier else None)
    done = earlier.sources if earlier and earlier.roster == roster else ()
    works = (one for month in months for one in _work(evidence, month))
    sources = attributed(works, roster, known, done)
    once = each_once(sources, roster, known)
    points, contested = _points(once, months, policy)
    return Shared(
        program=program,
        evidence=evidence,
        roster=roster,
        sources=sources,
        once=once,
        known=known,
        points=points,
        contested=contested,
        rates=rates_by_day(evidence.rates.value or ()),
        missing=missing_logins(evidence),
    )


def _points(
    sources: Iterable[Source], months: Iterable[Month], policy: ContributionPolicy
) -> tuple[dict[Month, Counter[str]], dict[Month, Counter[str]]]:
    """Return the points by month and slug, within the limits, and those that are contested."""
    points, contested = {}, {}
    for month in months:
        of = [one for one in sources if one.work.month == month]
        sure = [pair for one in of for pair in one.points.items()]
        more = [pair for one in of for pair in one.contested.items()]
        points[month] = capped_by_organization(sure, policy)
        contested[month] = capped_by_organization([*sure, *more], policy) - points[month]
    return points, contested


def month_case(
    partner: Partner, required: Required, common: Shared, committed: Mapping[Month, int]
) -> MonthCase:
    """Return the part of the evidence that concerns one partner.

    `committed`: the partner's points in earlier months, as they were decided then. Closed months
    never change, so these points count, whatever the evidence says of such a month today.
    """
    program, evidence, slug = common.program, common.evidence, partner.slug
    answer, months = evidence.sponsorships[slug], window(evidence.month, program)
    counted, uncounted = _counted(slug, common)
    return MonthCase(
        partner=partner,
        program=program,
        month=evidence.month,
        today=evidence.today,
        required=required,
        sponsorship=answer,
        rates_failure=evidence.rates.failure,
        paid=_paid(answer.value, required, common),
        counted=counted,
        uncounted=uncounted,
        points=tuple(
            committed[month] if month in committed else common.points[month][slug]
            for month in months
        ),
        contested=tuple(
            0 if month in committed else common.contested[month][slug] for month in months
        ),
        unseen=tuple(
            () if month in committed else _unseen(partner, month, common.missing)
            for month in months
        ),
    )


def _counted(slug: str, common: Shared) -> tuple[Sequence[Counted], Sequence[Uncounted]]:
    """Return the partner's contributions of the month itself: those that count, and the others."""
    decided = (
        (source.work.contributions[at], source.decisions[number])
        for source in common.once
        if source.work.month == common.evidence.month
        for at, number in zip(*source.decided.get(slug, ((), ())), strict=True)
    )
    found = within_limits(decided, common.program.contribution)
    return found.counted.get(slug, ()), found.uncounted.get(slug, ())


def _work(evidence: MonthEvidence, month: Month) -> Iterator[MonthOfWork]:
    """Yield the contributions of `month`: those found on GitHub, then the approved claims."""
    swept = evidence.work[month].value
    if swept:
        yield swept
    yield from (one for one in evidence.claims.value or () if one.month == month)


def _paid(sponsorship: Sponsorship | None, required: Required, common: Shared) -> Coverage | None:
    if sponsorship is None or sponsorship.payer is None:
        return None
    evidence, policy = common.evidence, common.program.sponsorship
    months = (evidence.month,)
    [paid] = coverage(sponsorship, required, months, common.rates, policy, evidence.today)
    return paid


def _unseen(partner: Partner, month: Month, missing: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        member.github
        for member in partner.organization.team
        if member.id is None
        and member.github.casefold() in missing
        and with_partner(member, month.first_day, month.last_day)
    )
