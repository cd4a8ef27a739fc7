"""Gathers the evidence on one or more months of all partners. Decides what to ask, judges nothing.

Every source is asked once for all months, and sources that do not need each other are asked at the
same time. If a source fails, its Answer holds the failure, and the other sources are asked all the
same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from ..github import sponsors
from ..github.accounts import GHOST, accounts_by_id, accounts_by_login
from ..model.application import Platform
from ..model.evidence import AccountCheck, Answer, MonthEvidence
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Required
from ..open_collective import sponsorships
from ..rates import exchange_rates
from ..rules.month_case import window
from ..rules.month_evidence import of_month, rates_for
from ..rules.people import members_in
from ..rules.renamed_logins import to_identify
from ..rules.roster import roster_of
from ..wire.answers import answer
from .clients import Clients
from .work import ask_work, owners, team_claims, team_work

Asked = Mapping[Month, Mapping[str, Required]]
"""The required amounts of a month's partners by slug, for each month to gather."""


STEPS = 3
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
    months = sorted({one for month in asked for one in window(month, program)})
    clients.progress("asking for payments, accounts and work")
    with ThreadPoolExecutor() as pool:
        questions = _payments(partners, min(asked), program, clients, today)
        payments = [pool.submit(question) for question in questions]
        people = pool.submit(_people, partners, months, program, clients)
        work = pool.submit(ask_work, months, program, clients)
        paid = {slug: told for one in payments for slug, told in one.result().items()}
        clients.progress("looking up exchange rates")
        needed = {
            key for month in asked for key in rates_for(paid, month, asked[month], program, today)
        }
        rates = exchange_rates.rates(needed, clients.bank, clients.rates, clients.clock)
        clients.progress(f"waiting for the work of {months[0]} to {months[-1]}")
        accounts, identities = people.result()
        swept = work.result()
    teams = {partner.slug: partner.organization.team for partner in partners}
    roster = roster_of(teams, accounts.value or ())
    gathered = MonthEvidence(
        month=months[-1],
        today=today,
        sponsorships=paid,
        rates=rates,
        accounts=accounts,
        identities=identities,
        work=team_work(roster, swept, program, root, clients, today),
        claims=team_claims(roster, program, root, clients),
    )
    return {month: of_month(gathered, month, partners, asked[month], program) for month in asked}


Paid = dict[str, Answer[Sponsorship]]


def _payments(
    partners: Iterable[Partner], first: Month, program: Program, clients: Clients, today: date
) -> Iterator[Callable[[], Paid]]:
    """Yield a question for each platform that a partner pays through; its answers are by slug."""
    policy, clock = program.sponsorship, clients.clock
    for platform in Platform:
        accounts = {
            partner.slug: partner.organization.account
            for partner in partners
            if partner.organization.platform is platform
        }
        names = sorted(set(accounts.values()))
        if platform is Platform.OPEN_COLLECTIVE and policy.open_collective:
            ask = partial(
                sponsorships.sponsorships,
                *(clients.open_collective, policy.open_collective, names, first.first_day, clock),
            )
        elif platform is Platform.GITHUB_SPONSORS and policy.github_sponsors:
            ask = partial(
                sponsors.sponsorships,
                *(clients.sponsors, policy.github_sponsors, names, today, clock),
            )
        else:
            ask = partial(_not_collected, platform, names, program, clients)
        yield partial(_by_slug, accounts, ask)


def _by_slug(accounts: Mapping[str, str], ask: Callable[[], Paid]) -> Paid:
    answers = ask()
    return {slug: answers[account] for slug, account in accounts.items()}


def _not_collected(
    platform: Platform, names: Sequence[str], program: Program, clients: Clients
) -> Paid:
    """Return no payments: nobody can have paid through a platform that the program does not use."""
    nothing = Sponsorship(platform=platform, payer=None)
    told = answer(platform.label, program.home, clients.clock, lambda: nothing)
    return dict.fromkeys(names, told)


def _people(
    partners: Sequence[Partner], months: Sequence[Month], program: Program, clients: Clients
) -> tuple[Answer[tuple[AccountCheck, ...]], tuple[Answer[AccountCheck], ...]]:
    """Return the accounts behind the logins in the records, and those behind the recorded ids.

    The second are asked for if a login has another account now. GitHub's ghost is asked for as
    well: `accounts_by_id` needs an account that exists.
    """
    logins = [*members_in(partners, months), *owners(program.contribution.github), GHOST]
    accounts = accounts_by_login(clients.github, list(dict.fromkeys(logins)), clients.clock)
    known = accounts.value or ()
    identities = accounts_by_id(
        *(clients.github, clients.rest, clients.api_url),
        *(to_identify(partners, known), known, clients.clock),
    )
    return accounts, identities
