"""Whose work counts for the applying team. Decides member, month and points of each contribution.

A person counts from `since` to `until`. Work on the team's own work does not: a review of a
teammate's pull request, an answer to a teammate's question. What is not counted is said, by reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model.application import Member
from ..model.contribution import Account, Contribution
from ..model.evidence import AccountCheck
from ..model.program import ContributionPolicy
from ..model.verdict import Counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """The members by login (case folded), and their logins by account id where it is known."""

    members: Mapping[str, Member]
    by_id: Mapping[int, str]

    def member(self, account: Account) -> Member | None:
        """The member behind an account; the id decides, since a login can be renamed."""
        if account.id is not None and account.id in self.by_id:
            return self.members[self.by_id[account.id]]
        member = self.members.get(account.login.casefold())
        known = member is not None and member.github.casefold() in self.by_id.values()
        return None if known and account.id is not None else member


def team_of(members: Sequence[Member], accounts: Iterable[AccountCheck]) -> Team:
    """The team as named, with the ids that GitHub gave for the logins."""
    logins = {member.github.casefold(): member for member in members}
    ids = {
        check.id: check.login.casefold()
        for check in accounts
        if check.id is not None and check.login.casefold() in logins
    }
    return Team(members=logins, by_id=ids)


def work_of(team: Team, contributions: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """The team's contributions, counted or not, out of everybody's."""
    return tuple(entry for entry in contributions if team.member(entry.by) is not None)


def count(
    team: Team, contributions: Iterable[Contribution], policy: ContributionPolicy
) -> tuple[tuple[Counted, ...], Counter[str]]:
    """What counts, by day, and how many contributions did not, by reason."""
    counted: list[Counted] = []
    uncounted: Counter[str] = Counter()
    for entry in contributions:
        member = team.member(entry.by)
        if member is None:
            continue
        reason = _why_not(entry, member, team, policy)
        if reason is None:
            points = policy.points[entry.kind]
            counted.append(Counted(contribution=entry, member=member.name, points=points))
        else:
            uncounted[reason] += 1
    order = sorted(counted, key=lambda one: (one.contribution.day, one.contribution.url))
    return tuple(order), uncounted


def ignored(login: str, policy: ContributionPolicy) -> bool:
    """Is the account on the program's list of those that never count?"""
    name = login.casefold().removesuffix("[bot]")
    return any(name == other.casefold().removesuffix("[bot]") for other in policy.ignored_accounts)


def _why_not(
    entry: Contribution, member: Member, team: Team, policy: ContributionPolicy
) -> str | None:
    if entry.by.bot or ignored(entry.by.login, policy):
        return "by an account that never counts"
    if entry.of is not None and team.member(entry.of) is not None:
        return f"{entry.kind} of the team's own work"
    if entry.day < member.since or (member.until is not None and entry.day > member.until):
        return "outside the member's time with the organization"
    if entry.kind not in policy.points:
        return f"{entry.kind}: this kind gives no points in this program"
    return None
