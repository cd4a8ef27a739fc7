"""Gathers accepted work: what the program's own places on GitHub and its approved claims show.

Decides where to look, and that a place which does not exist is the program's fault, not a month
without work. Whose work counts is for rules.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..errors import UserError
from ..github.work import MonthCache, sweep
from ..intake.claims import read_claims
from ..model.contribution import MonthOfWork
from ..model.evidence import AccountCheck, AccountKind, Answer
from ..model.month import Month
from ..model.program import GitHubScope, Program
from ..rules.attribution import Roster, work_of
from ..wire.answers import answer, lasting_failure
from ..wire.session import NoAnswerError
from .clients import Clients


def owners(scope: GitHubScope) -> list[str]:
    """The accounts whose repositories count."""
    names = (*scope.organizations, *(name.split("/")[0] for name in scope.repositories))
    return list(dict.fromkeys(names))


def team_work(
    roster: Roster,
    months: Sequence[Month],
    accounts: Answer[tuple[AccountCheck, ...]],
    program: Program,
    clients: Clients,
    today: date,
) -> dict[Month, Answer[MonthOfWork]]:
    """Each month's work of those who have a seat. `accounts`: what GitHub says of the owners."""
    missing = _missing_owner(accounts, program)
    if missing:
        sentence = f"GitHub has no account {missing!r}: the program's own settings are at fault."
        silent = lasting_failure("GitHub", accounts.url, accounts.asked_at, sentence)
        return dict.fromkeys(months, silent)
    clients.progress(f"asking GitHub for the work of {months[0]} to {months[-1]}")
    cache = MonthCache(clients.cache) if clients.cache else None
    swept = sweep(clients.github, program.contribution.github, months, today, cache, clients.clock)
    return {month: _of_roster(roster, found) for month, found in swept.items()}


def team_claims(
    roster: Roster, program: Program, root: Path, clients: Clients
) -> Answer[tuple[MonthOfWork, ...]]:
    """Approved claims of those who have a seat. `root`: the folder of the program's records."""
    policy = program.contribution
    folder = policy.claims.folder if policy.claims else "contributions"

    def read() -> tuple[MonthOfWork, ...]:
        if policy.claims is None:
            return ()
        try:
            claims = read_claims(root / folder, tuple(policy.points))
        except UserError as error:
            raise NoAnswerError(f"The approved claims in {folder}/ cannot be read.") from error
        return tuple(_only(roster, month) for month in claims)

    return answer("Approved claims", f"{folder}/", clients.clock, read)


def _missing_owner(accounts: Answer[tuple[AccountCheck, ...]], program: Program) -> str | None:
    """A name that GitHub does not know: its search would find nothing there, and not say why."""
    known = {name.casefold() for name in owners(program.contribution.github)}
    return next(
        (
            check.login
            for check in accounts.value or ()
            if check.kind is AccountKind.MISSING and check.login.casefold() in known
        ),
        None,
    )


def _of_roster(roster: Roster, found: Answer[MonthOfWork]) -> Answer[MonthOfWork]:
    if found.value is None:
        return found
    return replace(found, value=_only(roster, found.value))


def _only(roster: Roster, work: MonthOfWork) -> MonthOfWork:
    return MonthOfWork(month=work.month, contributions=work_of(roster, work.contributions))
