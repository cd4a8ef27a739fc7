"""Gathers the evidence on one application. Decides only what to ask; nothing is judged here.

Each source can fail alone: its Answer then holds the failure, and the others are still asked.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from .clients import Clients
from .errors import UserError
from .intake.records import read_claims, read_partners
from .model.application import Application, Platform
from .model.contribution import MonthOfWork
from .model.evidence import AccountCheck, AccountKind, Answer, Evidence, KnownPartner
from .model.month import Month
from .model.program import GitHubScope, Program
from .model.sponsorship import Rate, Sponsorship
from .model.verdict import Required
from .rules.attribution import Team, team_of, work_of
from .rules.case import contribution_months, sponsorship_months
from .rules.coverage import needed_rates, rates_by_day, withhold
from .rules.required_amount import NoAmount
from .sources import exchange_rates, github, github_sponsors, open_collective
from .sources.answers import answer
from .sources.month_cache import MonthCache
from .wire.session import NoAnswerError


def gather(
    application: Application,
    required: Required | NoAmount,
    program: Program,
    root: Path,
    clients: Clients,
    today: date,
) -> Evidence:
    """Ask every source about one application. `root`: the folder of the program's records."""
    clients.progress(f"asking {application.platform.label} for payments")
    sponsorship = _sponsorship(application, program, clients, today)
    rates = _rates(sponsorship, required, program, clients, today)
    clients.progress("asking GitHub for the team's accounts")
    accounts = _accounts(application, program, clients)
    team = team_of(application.team, accounts.value or ())
    shown = _shown(sponsorship, required, rates, program, today)
    return Evidence(
        application=application.slug,
        today=today,
        sponsorship=shown,
        rates=rates if _is_public(sponsorship) else replace(rates, value=()),
        accounts=accounts,
        work=_work(team, accounts, program, clients, today),
        claims=_claims(team, program, root, clients),
        partners=_partners(root, clients),
    )


def _sponsorship(
    application: Application, program: Program, clients: Clients, today: date
) -> Answer[Sponsorship]:
    policy, account, clock = program.sponsorship, application.account, clients.clock
    since = sponsorship_months(program, today)[0].first_day
    if application.platform is Platform.OPEN_COLLECTIVE and policy.open_collective:
        return open_collective.sponsorship(
            clients.open_collective, policy.open_collective, account, since, clock
        )
    if application.platform is Platform.GITHUB_SPONSORS and policy.github_sponsors:
        return github_sponsors.sponsorship(
            clients.sponsors, policy.github_sponsors, account, today, clock
        )
    label = application.platform.label
    return Answer(
        source=label,
        url=program.home,
        asked_at=clock(),
        failure=f"{program.organization} does not collect through {label}; a maintainer decides.",
        lasting=True,
    )


def _rates(
    sponsorship: Answer[Sponsorship],
    required: Required | NoAmount,
    program: Program,
    clients: Clients,
    today: date,
) -> Answer[tuple[Rate, ...]]:
    needed: set[tuple[date, str, str]] = set()
    if sponsorship.value is not None and isinstance(required, Required):
        months = sponsorship_months(program, today)
        needed = needed_rates(sponsorship.value, required, months, program.sponsorship)
    if needed:
        clients.progress("looking up exchange rates")
    return exchange_rates.rates(needed, clients.bank, clients.open_collective, clients.clock)


def _is_public(sponsorship: Answer[Sponsorship]) -> bool:
    return sponsorship.value is None or sponsorship.value.public


def _shown(
    sponsorship: Answer[Sponsorship],
    required: Required | NoAmount,
    rates: Answer[tuple[Rate, ...]],
    program: Program,
    today: date,
) -> Answer[Sponsorship]:
    """The sponsorship without what its platform does not show to everyone."""
    if sponsorship.value is None:
        return sponsorship
    shown = withhold(
        sponsorship.value,
        required if isinstance(required, Required) else None,
        sponsorship_months(program, today),
        rates_by_day(rates.value or ()),
        program.sponsorship,
    )
    return replace(sponsorship, value=shown)


def _accounts(
    application: Application, program: Program, clients: Clients
) -> Answer[tuple[AccountCheck, ...]]:
    """The team's accounts, and those whose repositories count, in one question."""
    logins = [member.github for member in application.team]
    owners = _owners(program.contribution.github)
    return github.accounts(clients.github, [*logins, *owners], clients.clock)


def _owners(scope: GitHubScope) -> list[str]:
    names = (*scope.organizations, *(name.split("/")[0] for name in scope.repositories))
    return list(dict.fromkeys(names))


def _work(
    team: Team,
    accounts: Answer[tuple[AccountCheck, ...]],
    program: Program,
    clients: Clients,
    today: date,
) -> dict[Month, Answer[MonthOfWork]]:
    months = contribution_months(program, today)
    missing = _missing_owner(accounts, program)
    if missing:
        failure = f"GitHub has no account {missing!r}: the program's own settings are at fault."
        silent: Answer[MonthOfWork] = Answer(
            source="GitHub",
            url=accounts.url,
            asked_at=accounts.asked_at,
            failure=failure,
            lasting=True,
        )
        return dict.fromkeys(months, silent)
    clients.progress(f"asking GitHub for the work of {months[0]} to {months[-1]}")
    cache = MonthCache(clients.cache) if clients.cache else None
    swept = github.sweep(
        clients.github, program.contribution.github, months, today, cache, clients.clock
    )
    return {month: _of_team(team, found) for month, found in swept.items()}


def _missing_owner(accounts: Answer[tuple[AccountCheck, ...]], program: Program) -> str | None:
    """A name that GitHub does not know: its search would find nothing there, and not say why."""
    owners = {name.casefold() for name in _owners(program.contribution.github)}
    return next(
        (
            check.login
            for check in accounts.value or ()
            if check.kind is AccountKind.MISSING and check.login.casefold() in owners
        ),
        None,
    )


def _of_team(team: Team, found: Answer[MonthOfWork]) -> Answer[MonthOfWork]:
    if found.value is None:
        return found
    return replace(found, value=_only(team, found.value))


def _only(team: Team, work: MonthOfWork) -> MonthOfWork:
    return MonthOfWork(month=work.month, contributions=work_of(team, work.contributions))


def _partners(root: Path, clients: Clients) -> Answer[tuple[KnownPartner, ...]]:
    """A record that cannot be read is the program's trouble, not the applicant's.

    Nor is it lasting: a commit mends it, and until then nobody should go on without it.
    """

    def read() -> tuple[KnownPartner, ...]:
        try:
            return read_partners(root / "partners")
        except UserError as error:
            raise NoAnswerError("The records in partners/ cannot be read.") from error

    return answer("Partners", "partners/", clients.clock, read)


def _claims(
    team: Team, program: Program, root: Path, clients: Clients
) -> Answer[tuple[MonthOfWork, ...]]:
    policy = program.contribution
    folder = policy.claims.folder if policy.claims else "contributions"

    def read() -> tuple[MonthOfWork, ...]:
        if policy.claims is None:
            return ()
        try:
            claims = read_claims(root / folder, tuple(policy.points))
        except UserError as error:
            raise NoAnswerError(f"The approved claims in {folder}/ cannot be read.") from error
        return tuple(_only(team, month) for month in claims)

    return answer("Approved claims", f"{folder}/", clients.clock, read)
