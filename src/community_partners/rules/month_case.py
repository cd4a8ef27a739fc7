"""Prepares one partner's month for the criteria. Decides only which evidence to use."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableSequence, Sequence
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
class Source:
    """Contributions from one source, which are never all in memory as values.

    `of`: by slug, which of them are by a person of that partner, without repeated ones.
    """

    contributions: Sequence[Contribution]
    of: Mapping[str, Sequence[int]]


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
    sources = [one for month in months for one in _work(evidence, month)]
    again = _addresses_seen_again(sources)
    found: list[dict[str, MutableSequence[int]]] = []
    doubtful: list[tuple[int, int, Contribution]] = []
    for number, source in enumerate(sources):
        mine: dict[str, MutableSequence[int]] = defaultdict(lambda: array("I"))
        found.append(mine)
        for at, entry in enumerate(source):
            if hash(entry.url) in again:
                doubtful.append((number, at, entry))
            else:
                for seat in roster.seats(entry.by):
                    _add(mine[seat.organization], at)
    kept, _ = without_repeats((entry for *_, entry in doubtful), program.contribution.points)
    once = set(map(id, kept))
    for number, at, entry in doubtful:
        if id(entry) in once:
            for seat in roster.seats(entry.by):
                _add(found[number][seat.organization], at)
    return tuple(
        Source(contributions=source, of=mine) for source, mine in zip(sources, found, strict=True)
    )


_PARTS = 64


def _addresses_seen_again(sources: Iterable[Iterable[Contribution]]) -> set[int]:
    """Return the hashes of the addresses that stand in more than one contribution.

    Two addresses with one hash are among them, and do no harm. They are looked for in one part of
    the hashes after the other: a set of a million has 100 MB.
    """
    parts = [array("q") for _ in range(_PARTS)]
    for source in sources:
        for entry in source:
            key = hash(entry.url)
            parts[key % _PARTS].append(key)
    again: set[int] = set()
    for part in parts:
        seen: set[int] = set()
        for key in part:
            (again if key in seen else seen).add(key)
    return again


def _add(places: MutableSequence[int], at: int) -> None:
    """Add a place, unless it is the last one already: a person can have two seats in a team."""
    if not places or places[-1] != at:
        places.append(at)


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
            entries[Month.of(entry.day)].append(entry)
    for month in window(common.evidence.month, common.program):
        yield attribute(common.roster, entries[month], common.program.contribution)


def _work(evidence: MonthEvidence, month: Month) -> Iterator[Sequence[Contribution]]:
    """Yield the contributions of `month`: those found on GitHub, then the approved claims."""
    swept = evidence.work[month].value
    if swept:
        yield swept.contributions
    claims = evidence.claims.value or ()
    yield from (one.contributions for one in claims if one.month == month)


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
