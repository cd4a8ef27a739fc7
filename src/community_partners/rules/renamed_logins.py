"""Decides which members' accounts were renamed or deleted, by the account ids in the records."""

from collections.abc import Iterable, Iterator
from datetime import date

from ..model.evidence import AccountCheck, AccountKind, MonthEvidence
from ..model.partner import Partner
from ..model.ranking import Concern, Person
from .month_case import missing_logins, with_partner
from .roster import Roster


def to_identify(partners: Iterable[Partner], accounts: Iterable[AccountCheck]) -> tuple[int, ...]:
    """Return the recorded account ids whose recorded login now has another id or none, sorted.

    Gathering asks GitHub for the present login of each.
    """
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


def renamed_or_deleted(
    roster: Roster, evidence: MonthEvidence, first: date, last: date
) -> Iterator[Person]:
    """Yield members whose account was renamed or deleted.

    A record that already has the present login is in order, even if another partner's record still
    has the old login.
    """
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


def missing_members(
    partners: Iterable[Partner], evidence: MonthEvidence, first: date, last: date
) -> Iterator[Person]:
    """Yield members whose login does not exist and whose record has no account id."""
    missing = missing_logins(evidence)
    for partner in partners:
        for member in partner.organization.team:
            here = with_partner(member, first, last)
            if here and member.id is None and member.github.casefold() in missing:
                yield Person(
                    concern=Concern.MISSING, github=member.github, partners=(partner.slug,)
                )
