"""Decides which of the people whom an application names have confirmed that they are in its team.

Whoever applies can name anybody. A seat counts once the person is shown to agree to it: by handing
the application in, by being a public member of the organization that speaks for the website, or by
a comment from the own account. Accounts are compared by number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..model.application import Application, Confirmation, ConfirmedBy, ConfirmedSeat, Member
from ..model.command import NamedSeat
from ..model.evidence import AccountCheck, Evidence, OtherTeam
from ..model.program import Asked, ContributionPolicy
from ..model.spokesperson import LATEST, HandedIn, Seated
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
    return tuple(dict.fromkeys(member.github for member in team if not member.confirmed))


def if_they_are_members(
    team: Sequence[Member], evidence: Evidence, heard: Voice
) -> tuple[Member, ...] | None:
    """Return the team if a membership that we could not look at were there; None if it is the same.

    GitHub did not show the organization, or the website did not answer whether it is its own; or
    nobody is shown to speak for the website yet, which the criterion on the spokesperson says. Who
    has left by the own word stays out: no membership says otherwise.
    """
    silent = evidence.organization is not None and evidence.organization.failure is not None
    shown = heard.perhaps or (None if heard.is_heard else heard.owner)
    numbers = (shown and shown.members) or ()
    gone = {None, *_gone(evidence.handed_in)}
    changed = tuple(
        replace(member, confirmation=None)
        if not member.confirmed and member.id not in gone and (silent or member.id in numbers)
        else member
        for member in team
    )
    return None if changed == tuple(team) else changed


def seats_after(
    known: Iterable[NamedSeat], team: Iterable[Member], last: int
) -> tuple[NamedSeat, ...]:
    """Return the seats that a text names, and from which comment on each can be confirmed.

    `known`: those of the text before. `last`: the id of the newest comment. Who is named anew, for
    more days or with a larger share, confirms anew.
    """
    before = tuple(known)
    found = []
    for member in team:
        login = member.github.casefold()
        stay = (seat for seat in before if seat.login == login and is_within(member, seat))
        after = min((seat.after for seat in stay), default=last)
        found.append(
            NamedSeat(
                login=login,
                since=member.since,
                until=member.until,
                share=member.share,
                after=after,
            )
        )
    return tuple(found)


def is_within(one: Member | NamedSeat, other: Member | NamedSeat) -> bool:
    """Tell whether each day of the one seat is a day of the other, with no smaller share."""
    last = one.until or date.max
    days = other.since <= one.since and last <= (other.until or date.max)
    return days and one.share <= other.share


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
    gone: Collection[int] = (),
) -> tuple[Member, ...]:
    """Return the team that an admission writes to the record: whoever has confirmed, and how.

    `seats`: those of the verdict. `gone`: the numbers of who has left since. Where a program only
    advises to confirm, it is the whole team but these. A login without an account stays: an
    admission refuses it by name.
    """
    numbers = {one.login.casefold(): one.id for one in accounts}
    known = tuple(seats)
    found = []
    for member in team:
        number = numbers.get(member.github.casefold())
        own = (seat for seat in known if seat.id == number and _is_of(member, seat))
        seat = next(own, None) if number is not None else None
        if seat:
            found.append(replace(member, since=seat.since, confirmation=seat.how))
        elif number is None or (policy.confirmation is Asked.ADVISED and number not in gone):
            found.append(member)
    return tuple(found)


def _is_of(member: Member, seat: ConfirmedSeat) -> bool:
    """Tell whether the seat of the same person is this one: others begin on other days."""
    return member.since <= seat.since <= (member.until or date.max)


def contested_by(
    team: Sequence[Member], others: Iterable[OtherTeam]
) -> Iterator[tuple[OtherTeam, tuple[str, ...]]]:
    """Yield each other application that has people who have confirmed both, with their logins.

    Who has not confirmed here counts here for nothing, and cannot hold the other one up.
    """
    here = {member.github for member in team if member.confirmed}
    for other in others:
        there = other.shared if other.confirmed is None else other.confirmed
        if both := tuple(login for login in there if login in here):
            yield other, both


def as_if_confirmed(evidence: Evidence) -> Evidence:
    """Return the evidence as it would be if everybody in the team had confirmed."""
    handed_in = evidence.handed_in
    if handed_in is None:
        return evidence
    accounts = evidence.accounts.value or ()
    more = [
        Seated(id=one.id, on=evidence.today, comment=LATEST)
        for one in accounts
        if one.id is not None
    ]
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
    shown, gone = _confirmation(member, number, evidence, heard), _gone(evidence.handed_in)
    advised = policy.confirmation is Asked.ADVISED and number not in gone
    if advised and shown.by is ConfirmedBy.NOBODY:
        return replace(member, since=since, id=number)
    return replace(member, since=since, id=number, confirmation=shown)


def _last_words(handed_in: HandedIn | None) -> Mapping[int, Seated]:
    """Return the last word of each account on its seat, by the account's number."""
    return {one.id: one for one in (handed_in.seated if handed_in else ())}


def _gone(handed_in: HandedIn | None) -> frozenset[int]:
    """Return the numbers of those whose last word is that they leave."""
    return frozenset(number for number, said in _last_words(handed_in).items() if said.leaves)


def _confirmation(
    member: Member, number: int | None, evidence: Evidence, heard: Voice
) -> Confirmation:
    """Return how the account is shown to agree. The last word from the account itself counts.

    A comment is about the days that the text named before it.
    """
    handed_in, today = evidence.handed_in, evidence.today
    nobody = Confirmation(by=ConfirmedBy.NOBODY, on=today)
    if number is None or handed_in is None:
        return nobody
    said = _last_words(handed_in).get(number)
    if said and said.leaves:
        return nobody
    if said and said.comment > handed_in.named.get(member.github.casefold(), 0):
        return Confirmation(by=ConfirmedBy.COMMENT, on=said.on)
    owner = heard.owner
    theirs = handed_in.branch is None or (owner and owner.login.casefold() == handed_in.branch)
    if number == handed_in.author and theirs:
        return Confirmation(by=ConfirmedBy.AUTHOR, on=today)
    if owner and heard.is_heard and number in (owner.members or ()):
        return Confirmation(by=ConfirmedBy.MEMBER, on=today)
    return nobody
