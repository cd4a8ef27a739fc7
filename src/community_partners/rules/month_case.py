"""Prepares one partner's month for the criteria. Decides only which evidence to use."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from datetime import date

from ..model.application import Member
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountKind, Answer, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.program import ContributionPolicy, Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Counted, Coverage, Required
from .attribution import Roster, attribute, decide, roster_of, without_repeats
from .coverage import Rates, coverage, rates_by_day


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCase:
    """One partner's month, prepared for the criteria.

    `rates_failure`: why exchange rates are missing. `paid` None: the platform did not answer, or
    shows no such account. `counted`: the contributions of this month that count. `points`,
    `contested` and `unseen` have one entry for each month that is added up, the latest month last.
    `contested`: the points that another partner claims too. `unseen`: members' logins that no
    longer exist and have no recorded account id, so that their contributions cannot be found.
    """

    partner: Partner
    program: Program
    month: Month
    required: Required
    sponsorship: Answer[Sponsorship]
    rates_failure: str | None
    paid: Coverage | None
    counted: Sequence[Counted]
    points: tuple[int, ...]
    contested: tuple[int, ...]
    today: date
    unseen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One month's contributions from one source, attributed. They are not in memory as values.

    `addresses`: the hash of each one's address. `counted`: by slug, which of them count for that
    partner. `points`, `contested`: by slug, the points that count, and those that another partner
    claims too.
    """

    work: MonthOfWork
    addresses: Sequence[int]
    counted: Mapping[str, Sequence[int]]
    points: Mapping[str, int]
    contested: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """The evidence that all partners' cases share, prepared once.

    `sources`: all contributions of the window. `once`: the same, each contribution once within all
    of its months. `missing`: logins that GitHub does not know, case-folded.
    """

    program: Program
    evidence: MonthEvidence
    roster: Roster
    sources: tuple[Source, ...]
    once: tuple[Source, ...]
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
    roster = partners_roster(partners, evidence)
    policy = program.contribution
    known = earlier.sources if earlier and earlier.roster == roster else ()
    attributed = {id(one.work): one for one in known}  # each work is kept, so no other has its id
    sources = tuple(
        attributed.get(id(work)) or _source(roster, work, policy)
        for month in window(evidence.month, program)
        for work in _work(evidence, month)
    )
    return Shared(
        program=program,
        evidence=evidence,
        roster=roster,
        sources=sources,
        once=_once(sources, roster, policy),
        rates=rates_by_day(evidence.rates.value or ()),
        missing=missing_logins(evidence),
    )


def _source(
    roster: Roster,
    work: MonthOfWork,
    policy: ContributionPolicy,
    left_out: Collection[int] = (),
) -> Source:
    """Attribute each contribution of a month from one source, except those `left_out`."""
    addresses = array("q")
    counted: dict[str, MutableSequence[int]] = defaultdict(lambda: array("I"))
    points: Counter[str] = Counter()
    contested: Counter[str] = Counter()
    for at, entry in enumerate(work.packed.rows()):
        addresses.append(hash(entry.url))
        for one in decide(roster, entry, policy) if at not in left_out else ():
            slug = one.seat.organization
            if one.reason is not None:
                continue
            if one.contested:
                contested[slug] += policy.points[entry.kind]
            else:
                points[slug] += policy.points[entry.kind]
                counted[slug].append(at)
    return Source(
        work=work, addresses=addresses, counted=counted, points=points, contested=contested
    )


def _once(
    sources: tuple[Source, ...], roster: Roster, policy: ContributionPolicy
) -> tuple[Source, ...]:
    """Return the sources without the contributions that repeat another one."""
    again = _seen_again(one.addresses for one in sources)
    if not again:
        return sources
    entries = [
        (source, at, source.work.contributions[at])
        for source in sources
        for at, address in enumerate(source.addresses)
        if address in again
    ]
    _, repeated = without_repeats((one for *_, one in entries), policy.points)
    gone = set(map(id, repeated))
    places = {
        id(source): {at for here, at, one in entries if here is source and id(one) in gone}
        for source in sources
    }
    return tuple(
        _source(roster, one.work, policy, places[id(one)]) if places[id(one)] else one
        for one in sources
    )


_PARTS = 64


def _seen_again(sources: Iterable[Iterable[int]]) -> set[int]:
    """Return the hashes of addresses that more than one contribution has.

    Two addresses with one hash are among them, and do no harm. They are looked for in one part of
    the hashes after the other: a set of a million has 100 MB.
    """
    parts = [array("q") for _ in range(_PARTS)]
    for source in sources:
        for address in source:
            parts[address % _PARTS].append(address)
    again: set[int] = set()
    for part in parts:
        seen: set[int] = set()
        for address in part:
            (again if address in seen else seen).add(address)
    return again


def month_case(partner: Partner, required: Required, common: Shared) -> MonthCase:
    """Return the part of the evidence that concerns one partner."""
    program, evidence, slug = common.program, common.evidence, partner.slug
    answer, months = evidence.sponsorships[slug], window(evidence.month, program)
    return MonthCase(
        partner=partner,
        program=program,
        month=evidence.month,
        today=evidence.today,
        required=required,
        sponsorship=answer,
        rates_failure=evidence.rates.failure,
        paid=_paid(answer.value, required, common),
        counted=_counted(slug, common),
        points=tuple(
            sum(one.points.get(slug, 0) for one in common.once if one.work.month == month)
            for month in months
        ),
        contested=tuple(
            sum(one.contested.get(slug, 0) for one in common.once if one.work.month == month)
            for month in months
        ),
        unseen=tuple(_unseen(partner, month, common.missing) for month in months),
    )


def _counted(slug: str, common: Shared) -> Sequence[Counted]:
    """Return the partner's contributions of the month itself that count, sorted."""
    entries = (
        one.work.contributions[at]
        for one in common.once
        if one.work.month == common.evidence.month
        for at in one.counted.get(slug, ())
    )
    found = attribute(common.roster, entries, common.program.contribution)
    return found.counted.get(slug, ())


def _work(evidence: MonthEvidence, month: Month) -> Iterator[MonthOfWork]:
    """Yield the contributions of `month`: those found on GitHub, then the approved claims."""
    swept = evidence.work[month].value
    if swept:
        yield swept
    yield from (one for one in evidence.claims.value or () if one.month == month)


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
