"""People whom a maintainer should look at: named by two partners, renamed, gone.

Decides who is reported; what their work counts for is decided in attribution.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from ..model.evidence import AccountCheck, AccountKind, MonthEvidence
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.ranking import Concern, Person
from .attribution import Roster, Seat
from .month_case import missing_logins, window, with_partner


def people(
    partners: Iterable[Partner], roster: Roster, evidence: MonthEvidence, program: Program
) -> tuple[Person, ...]:
    """Those of the months that are added up, by login, each concern once."""
    months = window(evidence.month, program)
    first, last = months[0].first_day, months[-1].last_day
    found = {
        *_claimed_twice(roster, first, last),
        *_renamed_or_deleted(roster, evidence, first, last),
        *_missing(partners, evidence, first, last),
    }
    return tuple(sorted(found, key=lambda one: (one.github.casefold(), one.concern, one.partners)))


def members_in(partners: Iterable[Partner], months: Sequence[Month]) -> list[str]:
    """The logins of those who were with a partner in any of these months, in order."""
    first, last = months[0].first_day, months[-1].last_day
    return [
        member.github
        for partner in partners
        for member in partner.organization.team
        if with_partner(member, first, last)
    ]


def to_identify(partners: Iterable[Partner], accounts: Iterable[AccountCheck]) -> tuple[int, ...]:
    """The recorded ids whose logins are no longer theirs: whoever gathers asks who has them now."""
    ids = {check.login.casefold(): check.id for check in accounts}
    return tuple(
        sorted(
            {
                member.id
                for partner in partners
                for member in partner.organization.team
                if member.id is not None
                and member.github.casefold() in ids
                and ids[member.github.casefold()] != member.id
            }
        )
    )


def _claimed_twice(roster: Roster, first: date, last: date) -> Iterator[Person]:
    for seats in (*roster.by_id.values(), *roster.nameless.values()):
        claimed = {
            seat.organization
            for one, other in combinations(seats, 2)
            if one.organization != other.organization and _overlap(one, other, first, last)
            for seat in (one, other)
        }
        if claimed:
            yield Person(
                concern=Concern.CLAIMED_TWICE,
                github=min(seat.member.github for seat in seats),
                partners=tuple(sorted(claimed)),
            )


def _overlap(one: Seat, other: Seat, first: date, last: date) -> bool:
    since = max(one.member.since, other.member.since, first)
    until = min(one.member.until or last, other.member.until or last, last)
    return since <= until


def _renamed_or_deleted(
    roster: Roster, evidence: MonthEvidence, first: date, last: date
) -> Iterator[Person]:
    """A record that has the present login already is in order, though another one is not."""
    for answer in evidence.identities:
        now = answer.value
        if now is None or now.id is None:
            continue
        gone = now.kind is AccountKind.MISSING
        for seat in roster.by_id.get(now.id, ()):
            member = seat.member
            known = not gone and member.github.casefold() == now.login.casefold()
            if not known and with_partner(member, first, last):
                yield Person(
                    concern=Concern.DELETED if gone else Concern.RENAMED,
                    github=member.github,
                    partners=(seat.organization,),
                    now=None if gone else now.login,
                )


def _missing(
    partners: Iterable[Partner], evidence: MonthEvidence, first: date, last: date
) -> Iterator[Person]:
    missing = missing_logins(evidence)
    for partner in partners:
        for member in partner.organization.team:
            here = with_partner(member, first, last)
            if here and member.id is None and member.github.casefold() in missing:
                yield Person(
                    concern=Concern.MISSING, github=member.github, partners=(partner.slug,)
                )
