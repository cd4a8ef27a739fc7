"""Decides who is in which team on which day, and which accounts are people whose work can count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from ..model.application import WHOLE, Member
from ..model.contribution import Account
from ..model.evidence import AccountCheck
from ..model.program import ContributionPolicy

Key = TypeVar("Key")
AccountKey = int | str
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


def one_each(seats: Iterable[Seat], day: date | None = None) -> Sequence[Seat]:
    """Return one seat of a person for each organization. `day`: only those held on that day.

    A team can list a renamed account under both the old and the new login, and a person for several
    times, one after the other.
    """
    held = [seat for seat in seats if day is None or seat.held_on(day)]
    if len(held) < 2:
        return held
    return list({seat.organization: seat for seat in held}.values())


def fit_together(held: Iterable[Seat]) -> bool:
    """Tell whether a person can hold all these seats on one day: their shares are at most 100 %."""
    return sum(seat.member.share for seat in held) <= WHOLE


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """All seats, to look up by account.

    `by_id`: by account id. `by_login`: by case-folded login. `nameless`: by case-folded login, only
    the seats whose account id is not known. `numbers`: the account ids by case-folded login.
    `taken`: logins of seats that another account has today, with the account id of the seat.
    """

    by_id: Mapping[int, tuple[Seat, ...]]
    by_login: Mapping[str, tuple[Seat, ...]]
    nameless: Mapping[str, tuple[Seat, ...]]
    numbers: Mapping[str, frozenset[int]]
    taken: frozenset[tuple[str, int | None]] = frozenset()

    def seats(self, account: Account) -> tuple[Seat, ...]:
        """Return all seats of the person who owns the account.

        The account's id decides, because a login can be renamed and taken by another person. The
        login decides only if `account` has no id, or for seats whose id is not known.
        """
        if account.id is None:
            return self.by_login.get(account.login.casefold(), ())
        found = self.by_id.get(account.id)
        return found or self.nameless.get(account.login.casefold(), ())

    def person(self, account: Account) -> AccountKey:
        """Return what tells the person: the number, also if only the seats of the login have it."""
        login = account.login.casefold()
        if login in self.nameless:
            return login
        known = self.numbers.get(login, frozenset())
        return next(iter(known)) if account.id is None and len(known) == 1 else account_key(account)

    def is_taken(self, account: Account, member: Member) -> bool:
        """Tell whether an act without a number is by a login that is another account's by now."""
        return account.id is None and (account.login.casefold(), member.id) in self.taken

    def is_another(self, account: Account) -> bool:
        """Tell whether the seats of the login are all of accounts with another number."""
        login = account.login.casefold()
        known = self.numbers.get(login, frozenset())
        return bool(known) and login not in self.nameless and account.id not in known


def roster_of(teams: Teams, accounts: Iterable[AccountCheck]) -> Roster:
    """Return the seats of all team members.

    The id in a member's record is preferred to the id that the login has today (`accounts`).
    """
    checked = {check.login.casefold(): check.id for check in accounts}
    by_id: dict[int, list[Seat]] = defaultdict(list)
    by_login: dict[str, list[Seat]] = defaultdict(list)
    nameless: dict[str, list[Seat]] = defaultdict(list)
    numbers: dict[str, set[int]] = defaultdict(set)
    taken = set[tuple[str, int | None]]()
    for organization, members in teams.items():
        for member in members:
            seat = Seat(organization=organization, member=member)
            login = member.github.casefold()
            number = member.id if member.id is not None else checked.get(login)
            by_login[login].append(seat)
            if checked.get(login) not in (None, number):
                taken.add((login, number))
            if number is None:
                nameless[login].append(seat)
            else:
                by_id[number].append(seat)
                numbers[login].add(number)
    return Roster(
        by_id=_fixed(by_id),
        by_login=_fixed(by_login),
        nameless=_fixed(nameless),
        numbers={login: frozenset(known) for login, known in numbers.items()},
        taken=frozenset(taken),
    )


def in_team(account: Account, organization: str, day: date, roster: Roster) -> bool:
    """Tell whether the account is in the organization's team on `day`."""
    return any(
        seat.organization == organization and seat.held_on(day) for seat in roster.seats(account)
    )


def account_key(account: Account) -> AccountKey:
    """Return the account's number, or its case-folded login if the number is not shown."""
    return account.login.casefold() if account.id is None else account.id


def same_account(one: Account, other: Account) -> bool:
    """Tell whether both are the same account: by the numbers, or by the logins if one has none."""
    if one.id is None or other.id is None:
        return one.login.casefold() == other.login.casefold()
    return one.id == other.id


def is_person(account: Account, policy: ContributionPolicy) -> bool:
    """Tell whether a person acts by the account: no bot, and no account that never counts."""
    return not account.bot and not ignored(account.login, policy)


def ignored(login: str, policy: ContributionPolicy) -> bool:
    """Tell whether the login is on the program's list of accounts that never count."""
    return _name(login) in _names(policy.ignored_accounts)


def _fixed(seats: Mapping[Key, list[Seat]]) -> dict[Key, tuple[Seat, ...]]:
    return {key: tuple(one) for key, one in seats.items()}


@cache
def _names(logins: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_name, logins))


def _name(login: str) -> str:
    """Return the login to compare: case-folded, without `[bot]`.

    A bot is `dependabot` in GitHub's GraphQL API and `dependabot[bot]` in the REST API.
    """
    return login.casefold().removesuffix("[bot]")
