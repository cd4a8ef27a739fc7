"""Decides whose work counts for whom: organization, member and points of each contribution.

A person counts from `since` to `until`, and for one organization at a time: what two of them claim
on one day is contested, and counts for neither until a maintainer settles it. Work on the team's
own work does not count: a review of a teammate's pull request, an answer to a teammate's question.
One contribution counts once, however often an issue was closed or a pull request claimed. What is
not counted is said, by reason.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ..model.application import Application, Member
from ..model.contribution import Account, Contribution
from ..model.evidence import AccountCheck, AccountKind, Evidence
from ..model.program import ContributionPolicy
from ..model.verdict import Counted

Key = TypeVar("Key")
Teams = Mapping[str, Sequence[Member]]
"""The members of each organization, by its slug."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A member's place in an organization, named by its slug."""

    organization: str
    member: Member

    def held_on(self, day: date) -> bool:
        """Is the member with the organization on that day?"""
        until = self.member.until
        return self.member.since <= day and (until is None or day <= until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """Seats by account id, and by login (case folded); `nameless`: those whose id nobody knows."""

    by_id: Mapping[int, tuple[Seat, ...]]
    by_login: Mapping[str, tuple[Seat, ...]]
    nameless: Mapping[str, tuple[Seat, ...]]

    def seats(self, account: Account) -> tuple[Seat, ...]:
        """All seats of the person behind an account; the id decides, since a login can be renamed.

        A login whose id we know is somebody else's by now, if it comes with another id.
        """
        if account.id is None:
            return self.by_login.get(account.login.casefold(), ())
        found = self.by_id.get(account.id)
        return found or self.nameless.get(account.login.casefold(), ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """By organization: what counts, what it shares a claim to, and how much does not, by reason.

    Lists are by day, then address.
    """

    counted: Mapping[str, Sequence[Counted]]
    contested: Mapping[str, Sequence[Counted]]
    uncounted: Mapping[str, Counter[str]]


def roster_of(teams: Teams, accounts: Iterable[AccountCheck]) -> Roster:
    """Everybody's seats. An id that a record keeps is preferred to the one its login has today."""
    checked = {check.login.casefold(): check.id for check in accounts}
    by_id: dict[int, list[Seat]] = defaultdict(list)
    by_login: dict[str, list[Seat]] = defaultdict(list)
    nameless: dict[str, list[Seat]] = defaultdict(list)
    for organization, members in teams.items():
        for member in members:
            seat = Seat(organization=organization, member=member)
            login = member.github.casefold()
            number = member.id if member.id is not None else checked.get(login)
            by_login[login].append(seat)
            if number is None:
                nameless[login].append(seat)
            else:
                by_id[number].append(seat)
    return Roster(by_id=_fixed(by_id), by_login=_fixed(by_login), nameless=_fixed(nameless))


def work_of(roster: Roster, contributions: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """The contributions of those who have a seat, counted or not, out of everybody's."""
    return tuple(entry for entry in contributions if roster.seats(entry.by))


def attribute(
    roster: Roster, contributions: Iterable[Contribution], policy: ContributionPolicy
) -> Attribution:
    """Every contribution of somebody with a seat, given to whom it belongs."""
    counted: dict[str, list[Counted]] = defaultdict(list)
    contested: dict[str, list[Counted]] = defaultdict(list)
    uncounted: dict[str, Counter[str]] = defaultdict(Counter)
    never = _names(policy.ignored_accounts)
    for entry in contributions:
        seats = roster.seats(entry.by)
        if not seats:
            continue
        held = _one_each([seat for seat in seats if seat.held_on(entry.day)])
        for seat in held or _one_each(seats):
            organization = seat.organization
            reason = _why_not(entry, seat, held, roster, policy, never)
            if reason is not None:
                uncounted[organization][reason] += 1
                continue
            (contested if len(held) > 1 else counted)[organization].append(
                Counted(
                    contribution=entry,
                    member=seat.member.name,
                    github=seat.member.github,
                    points=policy.points[entry.kind],
                )
            )
    for entries in (*counted.values(), *contested.values()):
        entries.sort(key=_day_and_address)
    return Attribution(counted=counted, contested=contested, uncounted=uncounted)


def ignored(login: str, policy: ContributionPolicy) -> bool:
    """Is the account on the program's list of those that never count?"""
    return _name(login) in _names(policy.ignored_accounts)


def _day_and_address(entry: Counted) -> tuple[date, str]:
    return entry.contribution.day, entry.contribution.url


def _fixed(seats: Mapping[Key, list[Seat]]) -> dict[Key, tuple[Seat, ...]]:
    return {key: tuple(one) for key, one in seats.items()}


def _one_each(seats: Sequence[Seat]) -> Sequence[Seat]:
    """One for each organization: a renamed account may stand in a team under both its logins."""
    if len(seats) < 2:
        return seats
    return list({seat.organization: seat for seat in seats}.values())


def _names(logins: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_name, logins))


def _name(login: str) -> str:
    """A bot has two names: `dependabot` in one API and `dependabot[bot]` in the other."""
    return login.casefold().removesuffix("[bot]")


def _why_not(
    entry: Contribution,
    seat: Seat,
    held: Collection[Seat],
    roster: Roster,
    policy: ContributionPolicy,
    never: Collection[str],
) -> str | None:
    if entry.by.bot or _name(entry.by.login) in never:
        return "by an account that never counts"
    if entry.of is not None and _of_own_team(entry.of, seat, entry.day, roster):
        return f"{entry.kind} of the team's own work"
    if not held:
        return "outside the member's time with the organization"
    if entry.kind not in policy.points:
        return f"{entry.kind}: this kind gives no points in this program"
    return None


def _of_own_team(account: Account, seat: Seat, day: date, roster: Roster) -> bool:
    return any(
        other.organization == seat.organization and other.held_on(day)
        for other in roster.seats(account)
    )


Act = str | tuple[str, str]


def without_repeats(
    contributions: Iterable[Contribution], kinds: Collection[str]
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """The earliest of each act, and the rest, both in the order given. Of all months and sources.

    `kinds`: those that give points; an entry of another kind takes nothing away from a later one.
    """
    entries = tuple(contributions)
    shown = {entry.url for entry in entries if not _claimed(entry)}
    first: dict[Act, Contribution] = {}
    for entry in entries:
        if entry.kind in kinds:
            known = first.setdefault(_act(entry, shown), entry)
            if known is not entry and _order(entry) < _order(known):
                first[_act(entry, shown)] = entry
    kept: list[Contribution] = []
    repeated: list[Contribution] = []
    for entry in entries:
        if entry.kind not in kinds:
            kept.append(entry)
        elif first.get(_act(entry, shown)) is entry:
            kept.append(first.pop(_act(entry, shown)))
        else:
            repeated.append(entry)
    return tuple(kept), tuple(repeated)


def _act(entry: Contribution, shown: Collection[str]) -> Act:
    """Its address alone where GitHub showed it; what only claims name, by person."""
    return entry.url if entry.url in shown else (entry.url, entry.by.login.casefold())


def _order(entry: Contribution) -> tuple[date, bool, str, str]:
    return entry.day, _claimed(entry), entry.url, entry.kind


def _claimed(entry: Contribution) -> bool:
    """Claims name a page; what GitHub showed is in a repository."""
    return entry.repository is None


def what_is_wrong(member: Member, evidence: Evidence, policy: ContributionPolicy) -> str | None:
    """What stands in the way of this member's work, in a sentence; None where GitHub was silent."""
    if evidence.accounts.value is None:
        return None
    kinds = {check.login.casefold(): check.kind for check in evidence.accounts.value}
    kind = kinds.get(member.github.casefold())
    if ignored(member.github, policy):
        return f"{member.github} is an account that never counts."
    if kind is AccountKind.ORGANIZATION:
        return f"{member.github} is an organization, not a person."
    if kind is not AccountKind.PERSON:
        return f"GitHub has no account named {member.github}."
    return None


def unseen(
    application: Application, evidence: Evidence, policy: ContributionPolicy
) -> tuple[str, ...]:
    """The logins that have to be corrected before anyone can say what these people did."""
    return tuple(
        member.github
        for member in application.team
        if what_is_wrong(member, evidence, policy) is not None
    )
