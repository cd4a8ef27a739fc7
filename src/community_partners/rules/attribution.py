"""Decides for each contribution the organization, the team member and the points.

A contribution counts if the author was in the team on that day (`since` to `until`). If two
organizations name the person on that day, the contribution is contested and counts for neither
organization until a maintainer decides. A review of a teammate's pull request, or an answer to a
teammate's question, does not count. A contribution counts once, even if an issue was closed several
times or two claims name one pull request. Contributions that do not count are reported as a number
for each reason.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from ..model.application import Application, Member
from ..model.contribution import Account, Contribution, Row
from ..model.evidence import AccountCheck, AccountKind, Evidence
from ..model.program import ContributionPolicy
from ..model.verdict import Counted

Key = TypeVar("Key")
Teams = Mapping[str, Sequence[Member]]
"""The team members of each organization, by the organization's slug."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A seat: one team member's place in one organization. `organization`: the slug."""

    organization: str
    member: Member

    def held_on(self, day: date) -> bool:
        """Tell whether the member is in the organization's team on `day`."""
        until = self.member.until
        return self.member.since <= day and (until is None or day <= until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """All seats, to look up by account.

    `by_id`: by account id. `by_login`: by case-folded login. `nameless`: by case-folded login, only
    the seats whose account id is not known.
    """

    by_id: Mapping[int, tuple[Seat, ...]]
    by_login: Mapping[str, tuple[Seat, ...]]
    nameless: Mapping[str, tuple[Seat, ...]]

    def seats(self, account: Account) -> tuple[Seat, ...]:
        """Return all seats of the person who owns the account.

        The account's id decides, because a login can be renamed and taken by another person. The
        login decides only if `account` has no id, or for seats whose id is not known.
        """
        if account.id is None:
            return self.by_login.get(account.login.casefold(), ())
        found = self.by_id.get(account.id)
        return found or self.nameless.get(account.login.casefold(), ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """The contributions of each organization, by slug.

    `counted`: contributions that count. `contested`: contributions that another organization claims
    too. Both are sorted by day, then address. `uncounted`: how many do not count, by reason.
    """

    counted: Mapping[str, Sequence[Counted]]
    contested: Mapping[str, Sequence[Counted]]
    uncounted: Mapping[str, Counter[str]]


def roster_of(teams: Teams, accounts: Iterable[AccountCheck]) -> Roster:
    """Return the seats of all team members.

    The id in a member's record is preferred to the id that the login has today (`accounts`).
    """
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
    """Return the contributions whose author has a seat, whether or not they count."""
    return tuple(entry for entry in contributions if roster.seats(entry.by))


class Decision(NamedTuple):
    """The decision on one contribution for one organization that names its author.

    `reason`: why the contribution does not count; None if it counts or is contested.
    """

    seat: Seat
    reason: str | None
    contested: bool


def decide(roster: Roster, entry: Contribution | Row, policy: ContributionPolicy) -> list[Decision]:
    """Decide for each organization of the author: counted, contested or not. [] without a seat."""
    seats = roster.seats(entry.by)
    if not seats:
        return []
    held = _one_each([seat for seat in seats if seat.held_on(entry.day)])
    return [
        Decision(seat, _why_not(entry, seat, held, roster, policy), len(held) > 1)
        for seat in held or _one_each(seats)
    ]


def attribute(
    roster: Roster, contributions: Iterable[Contribution], policy: ContributionPolicy
) -> Attribution:
    """Return the contributions by someone with a seat as `decide` decides, sorted."""
    counted: dict[str, list[Counted]] = defaultdict(list)
    contested: dict[str, list[Counted]] = defaultdict(list)
    uncounted: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in contributions:
        for one in decide(roster, entry, policy):
            organization, member = one.seat.organization, one.seat.member
            if one.reason is not None:
                uncounted[organization][one.reason] += 1
                continue
            (contested if one.contested else counted)[organization].append(
                Counted(
                    contribution=entry,
                    member=member.name,
                    github=member.github,
                    points=policy.points[entry.kind],
                )
            )
    for entries in (*counted.values(), *contested.values()):
        entries.sort(key=_day_and_address)
    return Attribution(counted=counted, contested=contested, uncounted=uncounted)


def ignored(login: str, policy: ContributionPolicy) -> bool:
    """Tell whether the login is on the program's list of accounts that never count."""
    return _name(login) in _names(policy.ignored_accounts)


def _day_and_address(entry: Counted) -> tuple[date, str, str, str]:
    """Return the sort key. Login and kind tell apart two entries of one page on one day."""
    return entry.contribution.day, entry.contribution.url, entry.github, entry.contribution.kind


def _fixed(seats: Mapping[Key, list[Seat]]) -> dict[Key, tuple[Seat, ...]]:
    return {key: tuple(one) for key, one in seats.items()}


def _one_each(seats: Sequence[Seat]) -> Sequence[Seat]:
    """Return one seat for each organization.

    A team can list a renamed account under both the old and the new login.
    """
    if len(seats) < 2:
        return seats
    return list({seat.organization: seat for seat in seats}.values())


@cache
def _names(logins: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_name, logins))


def _name(login: str) -> str:
    """Return the login to compare: case-folded, without `[bot]`.

    A bot is `dependabot` in GitHub's GraphQL API and `dependabot[bot]` in the REST API.
    """
    return login.casefold().removesuffix("[bot]")


def _why_not(
    entry: Contribution | Row,
    seat: Seat,
    held: Collection[Seat],
    roster: Roster,
    policy: ContributionPolicy,
) -> str | None:
    if entry.by.bot or ignored(entry.by.login, policy):
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
    """Return the earliest entry of each act, and the repeated entries, both in the given order.

    `contributions`: from all sources and all months that are added up. `kinds`: the kinds that give
    points; entries of other kinds are all kept, and make no other entry a repetition.
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
    """Return the key of the act.

    The key is the address if GitHub showed the act, else address and login: several people may
    claim the same page, such as the page of an event.
    """
    return entry.url if entry.url in shown else (entry.url, entry.by.login.casefold())


def _order(entry: Contribution) -> tuple[date, bool, str, str]:
    return entry.day, _claimed(entry), entry.url, entry.kind


def _claimed(entry: Contribution) -> bool:
    """Tell whether the entry is an approved claim: only entries from GitHub have a repository."""
    return entry.repository is None


def what_is_wrong(member: Member, evidence: Evidence, policy: ContributionPolicy) -> str | None:
    """Return a sentence on why this member's work cannot be looked up; None if nothing is wrong.

    Also returns None if GitHub did not answer, since then nothing is known.
    """
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
    """Return the team's logins that must be corrected before their work can be looked up."""
    return tuple(
        member.github
        for member in application.team
        if what_is_wrong(member, evidence, policy) is not None
    )
