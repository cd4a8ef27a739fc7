"""Holds the facts on which acceptance rests, month by month, and answers questions about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import accumulate

from ..model.contribution import (
    Acceptance,
    Account,
    Contribution,
    MonthOfWork,
    Repository,
    Row,
)
from ..model.month import Month
from ..model.program import Agents, ContributionPolicy
from .roster import AccountKey, account_key, ignored, is_person, same_account
from .titles import plain_title, reverted_title

Title = tuple[str, str]
"""A case-folded repository, and a plain title."""


class ProjectMonth:
    """The facts on one month. `work`: the work of the month; None if it is not known."""

    def __init__(self, policy: ContributionPolicy, work: MonthOfWork | None) -> None:
        self.policy = policy
        self.work = work
        self._repositories: Mapping[str, Repository] = work.repositories if work else {}

    @cached_property
    def contributors(self) -> frozenset[AccountKey]:
        """The authors of the month's accepted pull requests."""
        return frozenset(
            account_key(row.by) for row, pull in self._pulls() if self.takes(row, row.by, pull)
        )

    @cached_property
    def reverts(self) -> Mapping[Title, Sequence[date]]:
        """The days of the month on which a pull request of a title was reverted."""
        found: dict[Title, list[date]] = {}
        for row, pull in self._pulls():
            title = reverted_title(row.title)
            if title and self.counts(row, pull.branch):
                found.setdefault(((row.repository or "").casefold(), title), []).append(row.day)
        return found

    def _pulls(self) -> Iterator[tuple[Row, Acceptance]]:
        """Yield the pull requests of the month, with their acceptance."""
        for row in self.work.packed.rows() if self.work else ():
            if row.kind == "pull request" and row.accepted is not None:
                yield row, row.accepted

    def takes(self, work: Contribution | Row, by: Account, pull: Acceptance) -> bool:
        """Tell whether a pull request of the account counts without a limit, whoever it is."""
        return (
            is_person(by, self.policy)
            and self.answered_for(pull)
            and not pull.no_credit
            and self.counts(work, pull.branch)
            and not self.merges_branches(work, pull)
            and not self.merged_alone(work, by, pull)
        )

    def answered_for(self, pull: Acceptance) -> bool:
        """Tell whether a person answers for a pull request: who made it, or asked an agent for it.

        Nobody answers for an agent's if the program counts none, or none of this agent.
        """
        if pull.agent is None:
            return True
        counted = self.policy.agents is Agents.REQUESTER
        return counted and pull.asked and not ignored(pull.agent.login, self.policy)

    def counts(self, work: Contribution | Row, branch: str | None) -> bool:
        """Tell whether what is merged into this branch counts."""
        if branch is None:
            return False
        patterns = self.policy.github.branches
        return branch == self._place(work).default_branch or any(
            fnmatchcase(branch, pattern) for pattern in patterns
        )

    def merges_branches(self, work: Contribution | Row, pull: Acceptance) -> bool:
        """Tell whether a pull request merged one branch that counts into another.

        A branch into which nothing was merged in the month is no such branch, whatever its name.
        """
        place = self._place(work)
        known = (place.default_branch, *place.merged_into)
        return pull.head in known and self.counts(work, pull.head)

    def merged_alone(self, work: Contribution | Row, by: Account, pull: Acceptance) -> bool:
        """Tell whether nobody but the author is shown to have accepted a pull request.

        A bot that merges says nothing of who asked it to.
        """
        merged_by_other = (
            pull.by is not None
            and not same_account(pull.by, by)
            and is_person(pull.by, self.policy)
        )
        return not merged_by_other and not any(
            self.may_push(work, one) and is_person(one, self.policy) and not same_account(one, by)
            for one in pull.approved_by
        )

    def may_push(self, work: Contribution | Row, account: Account) -> bool:
        """Tell whether the account had push rights in the repository when the month was read."""
        return account.id in self._place(work).may_push

    def _place(self, work: Contribution | Row) -> Repository:
        return self._repositories.get((work.repository or "").casefold(), _NOT_SHOWN)


_NOT_SHOWN = Repository(default_branch=None)


@dataclass(frozen=True, slots=True)
class Project:
    """The facts on all months up to the end of one. `months`: that month is the last one."""

    months: tuple[ProjectMonth, ...]

    @property
    def month(self) -> ProjectMonth:
        """The facts on the month itself."""
        return self.months[-1]

    @property
    def contributors(self) -> frozenset[AccountKey]:
        """The authors of accepted pull requests."""
        return frozenset().union(*(one.contributors for one in self.months))

    def has_worked(self, account: Account) -> bool:
        """Tell whether the account wrote an accepted pull request."""
        return any(account_key(account) in one.contributors for one in self.months)

    def reverts(self, title: Title) -> list[date]:
        """Return the days on which a pull request of this title was reverted."""
        return [day for one in self.months for day in one.reverts.get(title, ())]

    def reverted(self, work: Contribution, since: date) -> bool:
        """Tell whether a pull request of this title was reverted from `since` to the work's day."""
        place = ((work.repository or "").casefold(), plain_title(work.title))
        return any(since <= day <= work.day for day in self.reverts(place))


def projects(
    work: Mapping[Month, MonthOfWork | None],
    policy: ContributionPolicy,
    earlier: Mapping[Month, Project] | None = None,
) -> dict[Month, Project]:
    """Return what acceptance rests on in each month. `work`: None if it is not known.

    `earlier`: what was returned under the same policy for other months. The same work is not read
    again.
    """
    known = {id(one.month.work): one.month for one in (earlier or {}).values() if one.month.work}
    months = sorted(work)
    own = ((known.get(id(work[month])) or ProjectMonth(policy, work[month]),) for month in months)
    return dict(zip(months, map(Project, accumulate(own)), strict=True))
