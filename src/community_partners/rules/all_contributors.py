"""Decides which entries of a list of helpers are new in a month, and who accepted them.

An entry is a person and a type. It counts once, on the day on which it was first there. What was
in the list before, in the months of REACH, is not new, whoever moves, renames or adds it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model.all_contributors import FILE, REACH, Helper, ListCommit, ListVersion
from ..model.contribution import Acceptance, Account, Contribution, MonthOfWork
from ..model.month import Month
from ..model.problem import Place, Problem, first_of
from ..model.program import AllContributors, ContributionPolicy
from .roster import is_person

MOST = 20
"""People whom one commit may add; the lists of projects that write entry by entry have five."""

Entry = tuple[str, str]
"""One key of a person, and a type."""


def listed_work(
    versions: Sequence[ListVersion],
    month: Month,
    rule: AllContributors,
    policy: ContributionPolicy,
) -> MonthOfWork:
    """Return the entries that are new in a month, with the problems of the month's commits.

    `versions`: in git's order, the newest first; all since REACH months before, and the last one
    before these. What the newest list that can be read no longer has does not count.
    """
    if not versions:
        return MonthOfWork(month=month, contributions=(), left_out=(_no_list(rule),))
    start = (month - REACH).first_day
    recent = [one for one in reversed(versions) if one.commit.committed.date() >= start]
    before = next((one for one in versions if one.commit.committed.date() < start), None)
    newest = next((one.helpers for one in versions if one.helpers is not None), ())
    there = {entry for helper in newest for entry in _entries(helper)}
    seen = _Seen()
    if before:
        seen.take(before)
    contributions: list[Contribution] = []
    problems: list[Problem] = []
    for one in sorted(recent, key=lambda version: version.commit.accepted):
        new, told = seen.take(one)
        if Month.of(one.commit.accepted) != month:
            continue
        problems += told
        if len(new) > MOST:
            problems.append(_too_many(one.commit, len(new), rule))
        else:
            contributions += _work(new, there, one.commit, rule, policy)
    left_out = first_of(problems) if problems else ()
    return MonthOfWork(month=month, contributions=tuple(contributions), left_out=left_out)


class _Seen:
    """The entries of the versions so far. The first list that can be read brings nothing new."""

    def __init__(self) -> None:
        self._begun = False
        self._entries: set[Entry] = set()
        self._told: set[str] = set()

    def take(self, version: ListVersion) -> tuple[list[Helper], list[Problem]]:
        """Return what is new in the next version: people with new types only, and problems."""
        new = [fresh for helper in version.helpers or () if (fresh := self._fresh(helper))]
        told = [one for one in version.problems if one.message not in self._told]
        self._told |= {one.message for one in told}
        begun = self._begun
        self._begun = begun or version.helpers is not None
        return (new if begun else []), told

    def _fresh(self, helper: Helper) -> Helper | None:
        types = tuple(
            type_
            for type_ in helper.types
            if not any((key, type_) in self._entries for key in helper.keys)
        )
        self._entries.update(_entries(helper))
        return replace(helper, types=types) if types else None


def _entries(helper: Helper) -> Iterator[Entry]:
    return ((key, type_) for key in helper.keys for type_ in helper.types)


def _work(
    new: Sequence[Helper],
    there: set[Entry],
    commit: ListCommit,
    rule: AllContributors,
    policy: ContributionPolicy,
) -> Iterator[Contribution]:
    """Yield a contribution for each new entry of a kind that counts.

    Each has an address of its own on the page of the commit: one commit may add several.
    """
    by = commit.by
    if by is None or not is_person(by, policy):
        by = Account(login=rule.approved_by)
    accepted = Acceptance(by=by, source=f"{FILE} of {rule.repository}")
    page = f"https://github.com/{rule.repository}/commit/{commit.id}"
    for helper in new:
        for type_ in helper.types:
            kind = rule.kinds.get(type_)
            if kind and helper.login and any((key, type_) in there for key in helper.keys):
                yield Contribution(
                    kind=kind,
                    day=commit.accepted.date(),
                    by=Account(login=helper.login),
                    title=f"{type_} in {FILE} of {rule.repository}",
                    url=f"{page}#{helper.login}-{type_}",
                    accepted=accepted,
                )


def _no_list(rule: AllContributors) -> Problem:
    return Problem(
        place=Place(document=f"{rule.repository}/{FILE}"),
        message="There is no such file on the default branch, and never was one.",
        remedy="Correct `repository` in program.yml, or take this list away.",
    )


def _too_many(commit: ListCommit, people: int, rule: AllContributors) -> Problem:
    return Problem(
        place=Place(document=commit.named(rule.repository)),
        message=f"This commit adds entries of {people} people; at most {MOST} count at once.",
        remedy="Claim by hand what is of this month, in contributions/.",
    )
