"""Decides whether somebody else accepted a piece of work, and whether its points are limited.

Somebody else is a person (no bot, no ignored account) outside the team of whoever did the work, on
that day, and outside each team of whoever divides the time among several. `attribution.py` decides
whose work it is, `caps.py` how many of its points count.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from ..model.contribution import (
    Acceptance,
    Account,
    Contribution,
    Opinion,
    Row,
)
from .project import Project, ProjectMonth
from .roster import Roster, in_team, is_person, same_account
from .titles import brings_nothing_new, merge_of_branches


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


class _Work(NamedTuple):
    """A piece of work of one team member, with all that the rules below look at."""

    entry: Contribution | Row
    accepted: Acceptance
    firms: Sequence[str]
    roster: Roster
    month: ProjectMonth
    project: Project

    def own(self, account: Account) -> bool:
        """Tell whether the account is the member's own, or in the member's team on that day."""
        return same_account(account, self.entry.by) or any(
            in_team(account, firm, self.entry.day, self.roster) for firm in self.firms
        )

    def somebody_else(self, account: Account) -> bool:
        return is_person(account, self.month.policy) and not self.own(account)


def ruling(
    entry: Contribution | Row, firms: Sequence[str], roster: Roster, project: Project
) -> Ruling:
    """Decide on one piece of work. `firms`: the organizations for which its points count."""
    claim = entry.repository is None
    if claim and entry.accepted is None:
        return Ruling(None)
    rule = _claim if claim else _RULES.get(entry.kind)
    if rule is None or entry.accepted is None:
        return Ruling(f"{entry.kind}: nothing shows who accepted it")
    if entry.accepted.no_credit:
        return Ruling("labeled no-credit")
    return rule(_Work(entry, entry.accepted, firms, roster, project.month, project))


def _claim(work: _Work) -> Ruling:
    """Rule on a claim or a row of an export, whose approver stands in a merged file."""
    by, source = work.accepted.by, work.accepted.source
    told = f"{work.entry.kind}{f' from {source}' if source else ''} approved by"
    return Ruling(None if by is None else _not_by_other(work, by, told))


def _pull_request(work: _Work) -> Ruling:
    """Rule on a pull request. The project trusts a person who may merge, also a teammate.

    https://docs.github.com/en/copilot/concepts/agents/cloud-agent/risks-and-mitigations
    A coding agent's needs the word of a person other than who asked for it. GitHub asks the same
    where a repository requires an approval.
    """
    entry, pull, month = work.entry, work.accepted, work.month
    if not month.answered_for(pull):
        return Ruling(_AGENTS_OWN if pull.asked else _NOT_SAID)
    if not month.counts(entry, pull.branch):
        return Ruling("pull request into a branch that does not count")
    if month.merges_branches(entry, pull) or _says_merge_of_branches(work):
        return Ruling("pull request that merges one branch into another")
    if brings_nothing_new(entry.title, pull.head):
        return Ruling("pull request that reverts another one or brings it again")
    alone = month.merged_alone(entry, entry.by, pull)
    if alone and pull.agent:
        return Ruling("pull request of a coding agent that no other person accepted")
    return Ruling(None, Limit.SELF_MERGED if alone else Limit.NONE)


_AGENTS_OWN = "pull request of a coding agent that counts for nobody"
_NOT_SAID = "pull request of a coding agent, and GitHub does not say who asked for it"


def _says_merge_of_branches(work: _Work) -> bool:
    """Tell whether the title names two branches that count: the work may come from a fork."""
    merge = merge_of_branches(work.entry.title)
    return merge is not None and all(work.month.counts(work.entry, one) for one in merge)


def _review(work: _Work) -> Ruling:
    """Rule on a review: it has an opinion on somebody else's pull request, which was merged."""
    entry, opinion = work.entry, work.accepted.opinion
    reason = _NO_OPINION.get(opinion) or _why_not_reviewed(work)
    may_push = work.month.may_push(entry, entry.by)
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
    if not is_person(of, work.month.policy) or not work.month.answered_for(work.accepted):
        return "review of a bot's pull request"
    if not work.month.counts(work.entry, work.accepted.branch):
        return "review of a pull request into a branch that does not count"
    return None


def _issue(work: _Work) -> Ruling:
    """Rule on an issue: somebody else closed it, or a pull request that counts.

    https://docs.github.com/en/graphql/reference/objects#closedevent
    The closer is a commit if a commit's message closes the issue; its author may be anybody.
    """
    entry, closed, month = work.entry, work.accepted, work.month
    by_pull = closed.branch is not None and closed.author is not None
    if by_pull and closed.author and month.takes(entry, closed.author, closed):
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
