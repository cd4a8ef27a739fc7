"""Gathers what the lists of helpers say: `.all-contributorsrc` of the program's repositories.

`rules/all_contributors.py` decides which entries are new. GitHub is asked only for the lists that
`contribution.claims.all_contributors` names, for each of them once in a run.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ..github.all_contributors import list_commits
from ..intake.all_contributors import read_list
from ..model.all_contributors import FILE, REACH, ListVersion
from ..model.contribution import MonthOfWork
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import AllContributors, Program
from ..rules.all_contributors import listed_work
from ..wire.answers import answer
from ..wire.judgment import NoAnswerError
from ..wire.side_by_side import side_by_side
from .clients import Clients

Listed = Answer[tuple[MonthOfWork, ...]]


def ask_lists(months: Sequence[Month], program: Program, clients: Clients, today: date) -> Listed:
    """Return what is new in the lists, from the first of `months` to the present month.

    Each month and list is by itself. The answer is a failure if one of the lists is not known.
    """
    first, last = min(months), Month.of(today)
    if (first, last) not in clients.listed:
        clients.listed[first, last] = _ask(first, last, program, clients)
    return clients.listed[first, last]


def _ask(first: Month, last: Month, program: Program, clients: Clients) -> Listed:
    policy = program.contribution

    def one(rule: AllContributors) -> tuple[MonthOfWork, ...]:
        versions = _versions(first, rule, program, clients)
        found = (listed_work(versions, month, rule, policy) for month in _months(first, last))
        return tuple(work for work in found if work.contributions or work.left_out)

    def ask() -> tuple[MonthOfWork, ...]:
        return tuple(work for works in side_by_side(one, policy.all_contributors) for work in works)

    return answer("GitHub", "https://github.com", clients.clock, ask)


def _versions(
    first: Month, rule: AllContributors, program: Program, clients: Clients
) -> tuple[ListVersion, ...]:
    since = (first - REACH).first_day
    branches = program.contribution.github.branches
    try:
        commits = list_commits(clients.github, rule.repository, since, branches)
    except NoAnswerError as error:
        sentence = f"{FILE} of {rule.repository} is not known: {error}"
        raise NoAnswerError(sentence, lasting=error.lasting) from error
    return tuple(read_list(commit, rule) for commit in commits)


def _months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first += 1
