"""Decides whether somebody else accepted a piece of work, and whether its points are limited.

Somebody else is a person (no bot, no ignored account) outside the team of whoever did the work, on
that day. `attribution.py` decides whose work it is, `caps.py` how many of its points count.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import IntEnum
from fnmatch import fnmatchcase
from functools import cached_property
from typing import NamedTuple

from ..model.contribution import (
    Acceptance,
    Account,
    Contribution,
    MonthOfWork,
    Opinion,
    Repository,
    Row,
)
from ..model.program import ContributionPolicy
from .roster import AccountKey, Roster, Seat, account_key, in_team, is_person, same_account
from .titles import brings_nothing_new, merge_of_branches, plain_title, reverted_title


class Limit(IntEnum):
    """A limit besides that of the kind, in the order in which work is counted in a month.

    SELF_MERGED: its author merged it, and nobody else with push rights approved. NO_RIGHT: whoever
    did the work needed no right in the project for it.
    """

    NONE = 0
    SELF_MERGED = 1
    NO_RIGHT = 2


class Ruling(NamedTuple):
    """`reason`: why the work does not count; None if it counts."""

    reason: str | None
    limit: Limit = Limit.NONE


class Project:
    """Holds the facts on which acceptance rests in one month, and answers questions about them.

    `work`: the work of the month; None if it is not known. `before`: the project in the month
    before, whose work counts up to the end of this month; None for the first month that is read.
    """

    def __init__(
        self,
        policy: ContributionPolicy,
        work: MonthOfWork | None,
        before: "Project | None" = None,
    ) -> None:
        self.policy = policy
        self._work = work
        self._before = before
        self._repositories: Mapping[str, Repository] = work.repositories if work else {}

    @cached_property
    def contributors(self) -> frozenset[AccountKey]:
        """The authors of accepted pull requests up to the end of the month."""
        own = (account_key(row.by) for row, pull in self._pulls() if self.takes(row, row.by, pull))
        return frozenset(own) | (self._before.contributors if self._before else frozenset())

    @cached_property
    def reverts(self) -> Mapping[tuple[str, str], tuple[date, ...]]:
        """The days up to the end of the month on which a title was reverted, by repository."""
        found = dict(self._before.reverts) if self._before else {}
        for row, pull in self._pulls():
            title = reverted_title(row.title)
            if title and self.counts(row, pull.branch):
                place = ((row.repository or "").casefold(), title)
                found[place] = (*found.get(place, ()), row.day)
        return found

    def _pulls(self) -> Iterator[tuple[Row, Acceptance]]:
        """Yield the pull requests of the month, with their acceptance."""
        for row in self._work.packed.rows() if self._work else ():
            if row.kind == "pull request" and row.accepted is not None:
                yield row, row.accepted

    def reverted(self, work: Contribution, since: date) -> bool:
        """Tell whether a pull request of this title was reverted from `since` to the work's day."""
        place = ((work.repository or "").casefold(), plain_title(work.title))
        return any(since <= day <= work.day for day in self.reverts.get(place, ()))

    def has_worked(self, account: Account) -> bool:
        """Tell whether the account wrote an accepted pull request by the end of the month."""
        return account_key(account) in self.contributors

    def takes(self, work: Contribution | Row, by: Account, pull: Acceptance) -> bool:
        """Tell whether a pull request of the account counts without a limit, whoever it is."""
        return (
            is_person(by, self.policy)
            and self.counts(work, pull.branch)
            and not self.merges_branches(work, pull)
            and not self.merged_alone(work, by, pull)
        )

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


class _Work(NamedTuple):
    """A piece of work of one team member, with all that the rules below look at."""

    entry: Contribution | Row
    accepted: Acceptance
    seat: Seat
    roster: Roster
    project: Project

    def own(self, account: Account) -> bool:
        """Tell whether the account is the member's own, or in the member's team on that day."""
        return same_account(account, self.entry.by) or in_team(
            account, self.seat.organization, self.entry.day, self.roster
        )

    def somebody_else(self, account: Account) -> bool:
        return is_person(account, self.project.policy) and not self.own(account)


def ruling(entry: Contribution | Row, seat: Seat, roster: Roster, project: Project) -> Ruling:
    """Decide on one piece of work of the member in `seat`."""
    claim = entry.repository is None
    if claim and entry.accepted is None:
        return Ruling(None)
    rule = _claim if claim else _RULES.get(entry.kind)
    if rule is None or entry.accepted is None:
        return Ruling(f"{entry.kind}: nothing shows who accepted it")
    return rule(_Work(entry, entry.accepted, seat, roster, project))


def _claim(work: _Work) -> Ruling:
    """Rule on a claim, which names who approved it, in a file that a maintainer merged."""
    by = work.accepted.by
    told = f"{work.entry.kind} approved by"
    return Ruling(None if by is None else _not_by_other(work, by, told))


def _pull_request(work: _Work) -> Ruling:
    """Rule on a pull request. The project trusts a person who may merge, also a teammate."""
    entry, pull, project = work.entry, work.accepted, work.project
    if not project.counts(entry, pull.branch):
        return Ruling("pull request into a branch that does not count")
    if project.merges_branches(entry, pull) or _says_merge_of_branches(work):
        return Ruling("pull request that merges one branch into another")
    if brings_nothing_new(entry.title, pull.head):
        return Ruling("pull request that reverts another one or brings it again")
    alone = project.merged_alone(entry, entry.by, pull)
    return Ruling(None, Limit.SELF_MERGED if alone else Limit.NONE)


def _says_merge_of_branches(work: _Work) -> bool:
    """Tell whether the title names two branches that count: the work may come from a fork."""
    merge = merge_of_branches(work.entry.title)
    return merge is not None and all(work.project.counts(work.entry, one) for one in merge)


def _review(work: _Work) -> Ruling:
    """Rule on a review: it has an opinion on somebody else's pull request, which was merged."""
    entry, opinion = work.entry, work.accepted.opinion
    reason = _NO_OPINION.get(opinion) or _why_not_reviewed(work)
    may_push = work.project.may_push(entry, entry.by)
    return Ruling(reason, Limit.NONE if may_push else Limit.NO_RIGHT)


_NO_OPINION = {
    None: "review that only comments",
    Opinion.COMMENTED: "review that only comments",
    Opinion.DISMISSED: "review that was dismissed or hidden",
    Opinion.HIDDEN: "review that was dismissed or hidden",
}


def _why_not_reviewed(work: _Work) -> str | None:
    """Return why a review of this pull request brings nothing; None if it brings something."""
    of = work.entry.of
    if of is None:
        return "review of a pull request whose author's account was deleted"
    if work.own(of):
        return "review of the team's own work"
    if not is_person(of, work.project.policy):
        return "review of a bot's pull request"
    if not work.project.counts(work.entry, work.accepted.branch):
        return "review of a pull request into a branch that does not count"
    return None


def _issue(work: _Work) -> Ruling:
    """Rule on an issue: somebody else closed it, or a pull request that counts.

    https://docs.github.com/en/graphql/reference/objects#closedevent
    The closer is a commit if a commit's message closes the issue; its author may be anybody.
    """
    entry, closed, project = work.entry, work.accepted, work.project
    by_pull = closed.branch is not None and closed.author is not None
    if by_pull and closed.author and project.takes(entry, closed.author, closed):
        return Ruling(None, Limit.NO_RIGHT)
    if closed.by is None:
        return Ruling("issue closed by nobody that GitHub shows")
    if same_account(closed.by, entry.by):
        return Ruling("issue that its author closed")
    if closed.author and not by_pull and same_account(closed.author, entry.by):
        return Ruling("issue that its author's own commit closed")
    return Ruling(_not_by_other(work, closed.by, "issue closed by"), Limit.NO_RIGHT)


def _answer(work: _Work) -> Ruling:
    """Rule on an answer. The person who asked may choose it, and people with triage rights may.

    https://docs.github.com/en/discussions/collaborating-with-your-community-using-discussions/moderating-discussions
    """
    entry, chosen, of = work.entry, work.accepted.by, work.entry.of
    if of is not None and work.own(of):
        return Ruling("answer to the team's own question")
    if chosen is None:
        return Ruling("answer chosen by nobody that GitHub shows")
    other = _not_by_other(work, chosen, "answer chosen by")
    if other is None and chosen_by_who_asked(entry) and not work.project.has_worked(chosen):
        other = "answer chosen by who asked, of whom the project accepted no work yet"
    return Ruling(other, Limit.NO_RIGHT)


def chosen_by_who_asked(entry: Contribution | Row) -> bool:
    """Tell whether an answer was chosen by whoever asked, who may have no right in the project."""
    chosen = entry.accepted.by if entry.accepted and entry.kind == "answer" else None
    return chosen is not None and entry.of is not None and same_account(chosen, entry.of)


def _not_by_other(work: _Work, account: Account, what: str) -> str | None:
    """Return why the account is not somebody else; None if it is. `what`: words before it."""
    if work.own(account):
        return f"{what} the team itself"
    return None if work.somebody_else(account) else f"{what} a bot"


_RULES: Mapping[str, Callable[[_Work], Ruling]] = {
    "pull request": _pull_request,
    "review": _review,
    "issue": _issue,
    "answer": _answer,
}
