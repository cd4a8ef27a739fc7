"""Gathers the evidence on one or more months of all partners. Decides what to ask, judges nothing.

Payments, exchange rates and accounts are asked once for all months; contributions are asked for
month by month. If a source fails, its Answer holds the failure, and the other sources are asked all
the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from ..github import sponsors
from ..github.accounts import account_by_id, accounts_by_login
from ..model.application import Platform
from ..model.evidence import AccountCheck, Answer, MonthEvidence
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Required
from ..open_collective import sponsorships
from ..rates import exchange_rates
from ..rules.attribution import roster_of
from ..rules.month_case import window
from ..rules.month_evidence import of_month, rates_for
from ..rules.people import members_in
from ..rules.renamed_logins import to_identify
from ..wire.answers import lasting_failure
from .clients import Clients
from .work import ask_work, owners, team_claims, team_work

Asked = Mapping[Month, Mapping[str, Required]]
"""The required amounts of a month's partners by slug, for each month to gather."""


STEPS = 4
"""The number of steps that a run shows while `gather_months` asks, for any number of months."""


def gather_months(
    partners: Sequence[Partner],
    asked: Asked,
    program: Program,
    root: Path,
    clients: Clients,
    today: date,
) -> dict[Month, MonthEvidence]:
    """Ask every source about all partners, and return the evidence for each month of `asked`.

    `root`: the folder of the program's records.
    """
    clients.progress("asking for payments")
    paid = _sponsorships(partners, min(asked), program, clients, today)
    clients.progress("looking up exchange rates")
    needed = {key for month in asked for key in rates_for(paid, month, asked[month], program)}
    rates = exchange_rates.rates(needed, clients.bank, clients.open_collective, clients.clock)
    clients.progress("asking GitHub for the partners' accounts")
    months = sorted({one for month in asked for one in window(month, program)})
    accounts = _accounts(partners, months, program, clients)
    identities = tuple(
        account_by_id(clients.rest, clients.api_url, number, clients.clock)
        for number in to_identify(partners, accounts.value or ())
    )
    teams = {partner.slug: partner.organization.team for partner in partners}
    roster = roster_of(teams, accounts.value or ())
    clients.progress(f"asking GitHub for the work of {months[0]} to {months[-1]}")
    work = ask_work(months, program, clients, today)
    gathered = MonthEvidence(
        month=months[-1],
        today=today,
        sponsorships=paid,
        rates=rates,
        accounts=accounts,
        identities=identities,
        work=team_work(roster, work, accounts, program, clients, today),
        claims=team_claims(roster, program, root, clients),
    )
    return {month: of_month(gathered, month, partners, asked[month], program) for month in asked}


def _sponsorships(
    partners: Iterable[Partner], first: Month, program: Program, clients: Clients, today: date
) -> dict[str, Answer[Sponsorship]]:
    policy, clock = program.sponsorship, clients.clock
    by_platform: dict[Platform, dict[str, str]] = {platform: {} for platform in Platform}
    for partner in partners:
        organization = partner.organization
        by_platform[organization.platform][partner.slug] = organization.account
    found: dict[str, Answer[Sponsorship]] = {}
    for platform, accounts in by_platform.items():
        names = sorted(set(accounts.values()))
        if not names:
            continue
        if platform is Platform.OPEN_COLLECTIVE and policy.open_collective:
            answers = sponsorships.sponsorships(
                clients.open_collective, policy.open_collective, names, first.first_day, clock
            )
        elif platform is Platform.GITHUB_SPONSORS and policy.github_sponsors:
            answers = sponsors.sponsorships(
                clients.sponsors, policy.github_sponsors, names, today, clock
            )
        else:
            sentence = f"{program.organization} does not collect through {platform.label}."
            silent = lasting_failure(platform.label, program.home, clock(), sentence)
            answers = dict.fromkeys(names, silent)
        found |= {slug: answers[account] for slug, account in accounts.items()}
    return found


def _accounts(
    partners: Iterable[Partner], months: Sequence[Month], program: Program, clients: Clients
) -> Answer[tuple[AccountCheck, ...]]:
    logins = [*members_in(partners, months), *owners(program.contribution.github)]
    return accounts_by_login(clients.github, list(dict.fromkeys(logins)), clients.clock)
