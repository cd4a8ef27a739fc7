"""Gathers contributions: from the program's repositories on GitHub, and from approved claims.

`rules/attribution.py` decides for whom a contribution counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from ..errors import UserError
from ..github.month_cache import MonthCache, settled_from
from ..github.work import sweep
from ..intake.claims import in_months, read_claims
from ..intake.imports import read_imports
from ..intake.ranking_files import FOLDER, read_repositories, repositories_name
from ..model.contribution import MonthOfWork
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import Program
from ..rules.roster import Roster
from ..rules.titles import reverted_title
from ..wire.answers import answer
from ..wire.judgment import NoAnswerError
from .all_contributors import Listed
from .clients import Clients

Swept = Mapping[Month, Answer[MonthOfWork]]


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedWork:
    """Everybody's work in each of `months`, as GitHub told it.

    `kept`: months that were on disk or known in this run; `asked`: the others, which GitHub was
    asked for just now.
    """

    months: Sequence[Month]
    kept: Swept
    asked: Swept


def ask_work(months: Sequence[Month], program: Program, clients: Clients) -> AskedWork:
    """Return the work of each month, from the disk or from GitHub. Nothing is kept on disk yet.

    A month that is not settled is asked for once in a run.
    """
    policy, cache = program.contribution, _cache(program, clients)
    scope = policy.github
    found = {
        month: clients.so_far.get(month) or (cache.get(scope, month) if cache else None)
        for month in months
    }
    kept = {month: answer for month, answer in found.items() if answer}
    rest = [month for month in months if month not in kept]
    asked = sweep(clients.github, scope, rest, clients.clock, clients.progress, policy.agents)
    for month, told in asked.items():
        if told.value and told.asked_at.date() < settled_from(month):
            clients.so_far[month] = told
    return AskedWork(months=months, kept=kept, asked=asked)


def team_work(
    roster: Roster,
    work: AskedWork,
    program: Program,
    root: Path,
    clients: Clients,
    today: date,
) -> dict[Month, Answer[MonthOfWork]]:
    """Return the contributions of everyone with a seat in `roster`, month by month.

    Contributions of those who chose an answer to their own question are there, too: whether that
    answer counts depends on them. The months that were asked for are kept on disk. `root`: the
    folder of the program's records, with what was kept of committed months.
    """
    if cache := _cache(program, clients):
        for found in work.asked.values():
            cache.put(program.contribution.github, found, today)
    swept = {**work.kept, **work.asked}
    return {month: _of_roster(roster, as_committed(swept[month], root)) for month in work.months}


def as_committed(found: Answer[MonthOfWork], root: Path) -> Answer[MonthOfWork]:
    """Return the month with the branches and rights that GitHub showed when it was committed.

    A right that somebody has got or lost since changes no closed month.
    """
    if found.value is None:
        return found
    try:
        kept = read_repositories(root, found.value.month)
    except UserError:
        name = repositories_name(found.value.month)
        return replace(found, value=None, failure=f"{FOLDER}/{name} cannot be read.")
    repositories = {**found.value.repositories, **kept}
    return replace(found, value=replace(found.value, repositories=repositories))


def _cache(program: Program, clients: Clients) -> MonthCache | None:
    agents = program.contribution.agents
    return MonthCache(clients.cache, agents) if clients.cache else None


def team_claims(
    roster: Roster, listed: Listed, program: Program, root: Path, clients: Clients
) -> Answer[tuple[MonthOfWork, ...]]:
    """Return the approved claims of everyone with a seat in `roster`, and all that counts as such.

    These are the rows of exports and the entries of lists of helpers (`listed`). `root`: the folder
    of the program's records. Claims that cannot be read, and a list that is not known, give a
    failure; rows that cannot be read are left out.
    """
    policy = program.contribution
    folder = policy.claims_folder

    def read() -> tuple[MonthOfWork, ...]:
        if policy.claims is None:
            return ()
        try:
            claims = read_claims(root / folder, tuple(policy.points))
        except UserError as error:
            raise NoAnswerError(f"The approved claims in {folder}/ cannot be read.") from error
        if imported := read_imports(root, program).contributions:
            named = (one for month in claims for one in month.contributions)
            claims = in_months(chain(named, imported))
        if listed.value is None:
            raise NoAnswerError(listed.failure or "", lasting=listed.lasting)
        return tuple(_only(roster, month) for month in (*claims, *listed.value))

    return answer("Approved claims", f"{folder}/", clients.clock, read)


def _of_roster(roster: Roster, found: Answer[MonthOfWork]) -> Answer[MonthOfWork]:
    if found.value is None:
        return found
    return replace(found, value=_only(roster, found.value))


def _only(roster: Roster, work: MonthOfWork) -> MonthOfWork:
    deciding = work.packed.deciding()
    chosen = work.packed.chosen(
        lambda account: account in deciding or roster.seats(account), reverted_title
    )
    return replace(work, contributions=chosen)
