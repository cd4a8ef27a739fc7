"""Decides which of the people whom an application names have confirmed that they are in its team.

Whoever applies can name anybody. A seat counts once the person is shown to agree to it: by handing
the application in, by being a public member of the organization that speaks for the website, or by
a comment from the own account. Accounts are compared by number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ..model.application import Application, Confirmation, ConfirmedBy, ConfirmedSeat, Member
from ..model.evidence import AccountCheck, Evidence
from ..model.program import Asked, ContributionPolicy
from ..model.spokesperson import HandedIn, Profile, Seated
from .voice import Voice


def confirmed_team(
    application: Application, evidence: Evidence, heard: Voice, policy: ContributionPolicy
) -> tuple[Member, ...]:
    """Return the team as it counts: each member from the first possible day, if confirmed.

    Nobody has worked before the account's first day. For a file on disk nobody is asked; and where
    a program only advises to confirm, the seats of the others count as well.
    """
    checks = {one.login.casefold(): one for one in evidence.accounts.value or ()}
    return tuple(
        _seat(member, checks.get(member.github.casefold()), evidence, heard, policy)
        for member in application.team
    )


def unconfirmed(team: Sequence[Member]) -> tuple[str, ...]:
    """Return the logins of the members whose seats do not count yet."""
    return tuple(member.github for member in team if not member.confirmed)


def confirmed_seats(team: Sequence[Member]) -> tuple[ConfirmedSeat, ...]:
    """Return the seats whose owners are shown to agree, by account number."""
    return tuple(
        ConfirmedSeat(id=member.id, since=member.since, how=member.confirmation)
        for member in team
        if member.id is not None and member.confirmation and member.confirmed
    )


def team_of_record(
    team: Sequence[Member],
    seats: Iterable[ConfirmedSeat],
    accounts: Iterable[AccountCheck],
    policy: ContributionPolicy,
) -> tuple[Member, ...]:
    """Return the team that an admission writes to the record: whoever has confirmed, and how.

    `seats`: those of the verdict. Where a program only advises to confirm, it is the whole team.
    A login without an account stays: an admission refuses it by name.
    """
    numbers = {one.login.casefold(): one.id for one in accounts}
    known = {seat.id: seat for seat in seats}
    found = []
    for member in team:
        number = numbers.get(member.github.casefold())
        seat = known.get(number) if number is not None else None
        if seat:
            found.append(replace(member, since=seat.since, confirmation=seat.how))
        elif number is None or policy.confirmation is Asked.ADVISED:
            found.append(member)
    return tuple(found)


def as_if_confirmed(evidence: Evidence) -> Evidence:
    """Return the evidence as it would be if everybody in the team had confirmed."""
    handed_in = evidence.handed_in
    if handed_in is None:
        return evidence
    accounts = evidence.accounts.value or ()
    more = [Seated(id=one.id, on=evidence.today) for one in accounts if one.id is not None]
    return replace(evidence, handed_in=replace(handed_in, seated=(*handed_in.seated, *more)))


def _seat(
    member: Member,
    check: AccountCheck | None,
    evidence: Evidence,
    heard: Voice,
    policy: ContributionPolicy,
) -> Member:
    since = max(member.since, (check and check.created) or member.since)
    if evidence.handed_in is None:
        return replace(member, since=since)
    number = check.id if check else None
    shown = _confirmation(number, evidence.handed_in, heard.organization, evidence.today)
    if policy.confirmation is Asked.ADVISED and shown.by is ConfirmedBy.NOBODY:
        return replace(member, since=since, id=number)
    return replace(member, since=since, id=number, confirmation=shown)


def _confirmation(
    number: int | None, handed_in: HandedIn, organization: Profile | None, today: date
) -> Confirmation:
    """Return how the account is shown to agree. The last word from the account itself counts."""
    said = next((one for one in reversed(handed_in.seated) if one.id == number), None)
    members = (organization and organization.members) or ()
    if number is None or (said and said.leaves):
        return Confirmation(by=ConfirmedBy.NOBODY, on=today)
    if said:
        return Confirmation(by=ConfirmedBy.COMMENT, on=said.on)
    if number == handed_in.author:
        return Confirmation(by=ConfirmedBy.AUTHOR, on=today)
    if number in members:
        return Confirmation(by=ConfirmedBy.MEMBER, on=today)
    return Confirmation(by=ConfirmedBy.NOBODY, on=today)
