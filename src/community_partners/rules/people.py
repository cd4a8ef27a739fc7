"""Decides which team members a maintainer should look at: named twice, renamed, deleted, missing.

`attribution.py` decides for whom their contributions count.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..model.evidence import MonthEvidence
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.ranking import Concern, Person
from .month_case import window, with_partner
from .renamed_logins import missing_members, renamed_or_deleted
from .roster import Roster, fit_together, one_each


def people(
    partners: Iterable[Partner], roster: Roster, evidence: MonthEvidence, program: Program
) -> tuple[Person, ...]:
    """Return the team members to look at in the months that are added up, sorted by login."""
    months = window(evidence.month, program)
    first, last = months[0].first_day, months[-1].last_day
    found = {
        *_claimed_twice(roster, first, last),
        *renamed_or_deleted(roster, evidence, first, last),
        *missing_members(partners, evidence, first, last),
    }
    return tuple(sorted(found, key=lambda one: (one.github.casefold(), one.concern, one.partners)))


def members_in(partners: Iterable[Partner], months: Sequence[Month]) -> list[str]:
    """Return the logins of members who were in a partner's team in any of these months."""
    first, last = months[0].first_day, months[-1].last_day
    return [
        member.github
        for partner in partners
        for member in partner.organization.team
        if with_partner(member, first, last)
    ]


def _claimed_twice(roster: Roster, first: date, last: date) -> Iterator[Person]:
    """Yield each person whom partners name for more than all of a day from `first` to `last`."""
    for seats in (*roster.by_id.values(), *roster.nameless.values()):
        claimed = {
            seat.organization
            for day in {max(seat.member.since, first) for seat in seats}
            if day <= last and not fit_together(held := one_each(seats, day))
            for seat in held
        }
        if claimed:
            yield Person(
                concern=Concern.CLAIMED_TWICE,
                github=min(seat.member.github for seat in seats),
                partners=tuple(sorted(claimed)),
            )
