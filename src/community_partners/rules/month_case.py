"""Prepares one partner's month for the criteria. Decides only which evidence to use."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..model.application import Member
from ..model.contribution import Contribution, Contributions, MonthOfWork
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
class Source:
    """Contributions from one source, which are never all in memory as values.

    `addresses`: the hash of each one's address. `of`: by slug, which of them are by a person of
    that partner, without repeated ones.
    """

    contributions: Contributions
    addresses: Sequence[int]
    of: dict[str, MutableSequence[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """The evidence that all partners' cases share, prepared once.

    `work`: all contributions of the window. `missing`: logins that GitHub does not know,
    case-folded.
    """

    program: Program
    evidence: MonthEvidence
    roster: Roster
    work: tuple[Source, ...]
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
    """Prepare the evidence for all partners at once. `roster`: the seats of all team members."""
    return Shared(
        program=program,
        evidence=evidence,
        roster=roster,
        work=_by_partner(roster, evidence, program),
        rates=rates_by_day(evidence.rates.value or ()),
        missing=missing_logins(evidence),
    )


def _by_partner(roster: Roster, evidence: MonthEvidence, program: Program) -> tuple[Source, ...]:
    """Return the sources of the window. A contribution counts once within all of its months."""
    months = window(evidence.month, program)
    sources = tuple(
        _source(roster, one.packed) for month in months for one in _work(evidence, month)
    )
    again = _seen_again(one.addresses for one in sources)
    if again:
        _drop_repeats(sources, again, program)
    return sources


def _source(roster: Roster, contributions: Contributions) -> Source:
    addresses = array("q")
    of: dict[str, MutableSequence[int]] = defaultdict(lambda: array("I"))
    known: dict[int, frozenset[str]] = {}  # by the id of the account, of which each is there once
    for at, (address, by) in enumerate(contributions.glances()):
        addresses.append(hash(address))
        slugs = known.get(id(by))
        if slugs is None:
            slugs = known[id(by)] = frozenset(seat.organization for seat in roster.seats(by))
        for slug in slugs:
            of[slug].append(at)
    return Source(contributions=contributions, addresses=addresses, of=of)


def _drop_repeats(sources: Iterable[Source], again: set[int], program: Program) -> None:
    """Remove the contributions that repeat another one; `again` has the addresses of both."""
    entries = [
        (source, at, source.contributions[at])
        for source in sources
        for at, address in enumerate(source.addresses)
        if address in again
    ]
    _, repeated = without_repeats((one for *_, one in entries), program.contribution.points)
    gone = set(map(id, repeated))
    for source in sources:
        places = {at for here, at, one in entries if here is source and id(one) in gone}
        if places:
            for slug, mine in source.of.items():
                source.of[slug] = [at for at in mine if at not in places]


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
    answer, work = evidence.sponsorships[slug], tuple(_attributed(slug, common))
    return MonthCase(
        partner=partner,
        program=program,
        month=evidence.month,
        today=evidence.today,
        required=required,
        sponsorship=answer,
        rates_failure=evidence.rates.failure,
        paid=_paid(answer.value, required, common),
        counted=tuple(month.counted.get(slug, ()) for month in work),
        contested=tuple(month.contested.get(slug, ()) for month in work),
        unseen=tuple(
            _unseen(partner, month, common.missing) for month in window(evidence.month, program)
        ),
    )


def _attributed(slug: str, common: Shared) -> Iterator[Attribution]:
    """Yield the attribution of the partner's contributions, month by month of the window."""
    entries: dict[Month, list[Contribution]] = defaultdict(list)
    for source in common.work:
        for at in source.of.get(slug, ()):
            entry = source.contributions[at]
            entries[_month_of(entry.day)].append(entry)
    for month in window(common.evidence.month, common.program):
        yield attribute(common.roster, entries[month], common.program.contribution)


_month_of = cache(Month.of)


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
