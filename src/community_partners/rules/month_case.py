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
from ..model.verdict import Counted, Coverage, Required, Uncounted
from .acceptance import Project, chosen_by_who_asked
from .attribution import attribute, decide, projects
from .caps import Claim, capped_by_organization, claim_of
from .coverage import Rates, coverage, rates_by_day
from .repeats import address, change_of, without_repeats
from .roster import Roster, account_key, roster_of


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


Points = Counter[tuple[str, Claim]]
"""Points by slug and by what the limits of the month look at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One month's contributions from one source, attributed. They are not in memory as values.

    `addresses`: the hash of each one's address. `changes`: which of them are pull requests, and the
    hash of each one's change. `branches`: the hash of the branch of each of these. `reverted`: the
    hashes of changes that somebody reverted. `entries`: by slug, which of them are the work of that
    partner's team, whether or not they count. `repeats`: the same, of those that repeat another
    one; they are not among the entries. `points`, `contested`: the points that count, and those
    that another partner claims too, without the limits of the month. `rests_on`: the earlier months
    in which was looked for the work of whoever chose an answer; None if nobody had to be looked
    for.
    """

    work: MonthOfWork
    addresses: Sequence[int]
    changes: tuple[Sequence[int], Sequence[int]]
    branches: Sequence[int]
    reverted: frozenset[int]
    entries: Mapping[str, Sequence[int]]
    repeats: Mapping[str, Sequence[int]]
    points: Points
    contested: Points
    rests_on: Project | None


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
    known = projects({month: evidence.work[month].value for month in months}, policy)
    done = earlier.sources if earlier and earlier.roster == roster else ()
    attributed = {id(one.work): one for one in done}  # each work is kept, so no other has its id
    sources = tuple(
        _known(attributed.get(id(work)), known[month]) or _source(roster, work, known[month])
        for month in months
        for work in _work(evidence, month)
    )
    once = _once(sources, roster, known)
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


def _known(source: Source | None, project: Project) -> Source | None:
    """Return what was attributed for another month, unless it rests on other months of work."""
    if source and source.rests_on and source.rests_on.contributors != project.contributors:
        return None
    return source


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


def _source(
    roster: Roster, work: MonthOfWork, project: Project, left_out: Collection[int] = ()
) -> Source:
    """Attribute each contribution of a month from one source; those `left_out` are repeats."""
    addresses, pulls, changes, branches = array("q"), array("I"), array("q"), array("q")
    reverted: set[int] = set()
    entries: dict[str, MutableSequence[int]] = defaultdict(lambda: array("I"))
    repeats: dict[str, MutableSequence[int]] = defaultdict(lambda: array("I"))
    points: Points = Counter()
    contested: Points = Counter()
    worth = project.policy.points
    searched = False
    for at, entry in enumerate(work.packed.rows()):
        addresses.append(hash(address(entry)))
        if change := change_of(entry):
            pulls.append(at)
            changes.append(hash(change))
            branches.append(hash(entry.accepted.branch if entry.accepted else None))
            if (change[0], change[2]) in project.reverts:
                reverted.add(hash(change))
        for one in decide(roster, entry, project):
            slug, again = one.seat.organization, at in left_out
            (repeats if again else entries)[slug].append(at)
            searched = searched or chosen_by_who_asked(entry)
            if one.reason is None and not again:
                claim = claim_of(entry.kind, one.limit, account_key(entry.by))
                (contested if one.contested else points)[slug, claim] += worth[entry.kind].points
    return Source(
        work=work,
        addresses=addresses,
        changes=(pulls, changes),
        branches=branches,
        reverted=frozenset(reverted),
        entries=entries,
        repeats=repeats,
        points=points,
        contested=contested,
        rests_on=project if searched else None,
    )


def _once(
    sources: tuple[Source, ...], roster: Roster, known: Mapping[Month, Project]
) -> tuple[Source, ...]:
    """Return the sources without the contributions that repeat another one."""
    acts = _seen_again(one.addresses for one in sources)
    changes = _brought_again(sources, _seen_again(one.changes[1] for one in sources))
    if not acts and not changes:
        return sources
    suspects = [
        (source, at, entry)
        for source in sources
        for at in _places(source, acts, changes)
        for entry in (source.work.contributions[at],)
        if any(one.reason is None for one in decide(roster, entry, known[source.work.month]))
    ]
    _, repeated = without_repeats((entry for *_, entry in suspects), known)
    gone = set(map(id, repeated))
    places = {
        id(source): {at for here, at, one in suspects if here is source and id(one) in gone}
        for source in sources
    }
    return tuple(
        _source(roster, one.work, known[one.work.month], places[id(one)])
        if places[id(one)]
        else one
        for one in sources
    )


def _places(source: Source, acts: Collection[int], changes: Collection[int]) -> list[int]:
    """Return which contributions of the source have one of these addresses, or of these changes."""
    return sorted(
        {
            *(at for at, address in enumerate(source.addresses) if address in acts),
            *(at for at, change in zip(*source.changes, strict=True) if change in changes),
        }
    )


def _brought_again(sources: Iterable[Source], changes: set[int]) -> set[int]:
    """Return which of these changes came to several branches, or were reverted.

    All others are kept, and comparing equal titles would take most of the time of a month.
    """
    found: set[int] = set()
    branch: dict[int, int] = {}
    for source in sources if changes else ():
        found |= changes & source.reverted
        for change, where in zip(source.changes[1], source.branches, strict=True):
            if change in changes and branch.setdefault(change, where) != where:
                found.add(change)
    return found


_PARTS = 64


def _seen_again(sources: Iterable[Iterable[int]]) -> set[int]:
    """Return the hashes of addresses that more than one contribution has.

    Two addresses with one hash are among them, and do no harm. They are looked for in one part of
    the hashes after the other: a set of a million has 100 MB.
    """
    parts = [array("q") for _ in range(_PARTS)]
    for source in sources:
        for place in source:
            parts[place % _PARTS].append(place)
    again: set[int] = set()
    for part in parts:
        seen: set[int] = set()
        for place in part:
            (again if place in seen else seen).add(place)
    return again


def month_case(partner: Partner, required: Required, common: Shared) -> MonthCase:
    """Return the part of the evidence that concerns one partner."""
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
        points=tuple(common.points[month][slug] for month in months),
        contested=tuple(common.contested[month][slug] for month in months),
        unseen=tuple(_unseen(partner, month, common.missing) for month in months),
    )


def _counted(slug: str, common: Shared) -> tuple[Sequence[Counted], Sequence[Uncounted]]:
    """Return the partner's contributions of the month itself: those that count, and the others."""
    sources = [one for one in common.once if one.work.month == common.evidence.month]
    entries = (one.work.contributions[at] for one in sources for at in one.entries.get(slug, ()))
    again = (one.work.contributions[at] for one in sources for at in one.repeats.get(slug, ()))
    policy = common.program.contribution
    found = attribute(common.roster, entries, common.known, policy, again)
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
