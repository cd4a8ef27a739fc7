"""Gathers the evidence on months of all partners. Decides only what to ask; nothing is judged here.

What several months need is asked once: payments, rates and accounts for all of them, the work of
each month for itself. Each source can fail alone; its Answer then holds the failure. The evidence
of a month holds what belongs to it and no more, so that it is the same alone and in a history.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from .clients import Clients
from .gather_work import owners, team_claims, team_work
from .model.application import Platform
from .model.evidence import AccountCheck, Answer, MonthEvidence
from .model.month import Month
from .model.partner import Partner
from .model.program import Program
from .model.sponsorship import Rate, Sponsorship
from .model.verdict import Required
from .rules.attribution import roster_of
from .rules.coverage import needed_rates, rates_by_day, withhold
from .rules.month_case import window
from .rules.month_result import partners_in
from .rules.people import members_in, to_identify
from .sources import exchange_rates, github, github_sponsors, open_collective
from .sources.github_by_id import account_by_id

Asked = Mapping[Month, Mapping[str, Required]]
"""For each month that is gathered: the required amount of its partners, by slug."""

STEPS = 5
"""How often progress is told, however many months there are."""


def gather_months(
    partners: Sequence[Partner],
    asked: Asked,
    program: Program,
    root: Path,
    clients: Clients,
    today: date,
) -> dict[Month, MonthEvidence]:
    """Ask every source about all partners. `root`: the folder of the program's records."""
    clients.progress("asking for payments")
    paid = _sponsorships(partners, min(asked), program, clients, today)
    clients.progress("looking up exchange rates")
    needed = {key for month in asked for key in _needed(paid, month, asked[month], program)}
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
    gathered = MonthEvidence(
        month=months[-1],
        today=today,
        sponsorships=paid,
        rates=rates,
        accounts=accounts,
        identities=identities,
        work=team_work(roster, months, accounts, program, clients, today),
        claims=team_claims(roster, program, root, clients),
    )
    return {month: _of_month(gathered, month, partners, asked[month], program) for month in asked}


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
            answers = open_collective.sponsorships(
                clients.open_collective, policy.open_collective, names, first.first_day, clock
            )
        elif platform is Platform.GITHUB_SPONSORS and policy.github_sponsors:
            answers = github_sponsors.sponsorships(
                clients.sponsors, policy.github_sponsors, names, today, clock
            )
        else:
            failure = f"{program.organization} does not collect through {platform.label}."
            silent: Answer[Sponsorship] = Answer(
                source=platform.label,
                url=program.home,
                asked_at=clock(),
                failure=failure,
                lasting=True,
            )
            answers = dict.fromkeys(names, silent)
        found |= {slug: answers[account] for slug, account in accounts.items()}
    return found


def _needed(
    paid: Mapping[str, Answer[Sponsorship]],
    month: Month,
    required: Mapping[str, Required],
    program: Program,
) -> set[tuple[date, str, str]]:
    """The rates of this month, and of the next one, whose payments may be late ones of this."""
    return {
        key
        for slug, asked in required.items()
        if (sponsorship := paid[slug].value) is not None
        for key in needed_rates(sponsorship, asked, (month, month + 1), program.sponsorship)
    }


def _accounts(
    partners: Iterable[Partner], months: Sequence[Month], program: Program, clients: Clients
) -> Answer[tuple[AccountCheck, ...]]:
    logins = [*members_in(partners, months), *owners(program.contribution.github)]
    return github.accounts(clients.github, list(dict.fromkeys(logins)), clients.clock)


def _of_month(
    gathered: MonthEvidence,
    month: Month,
    partners: Sequence[Partner],
    required: Mapping[str, Required],
    program: Program,
) -> MonthEvidence:
    """What belongs to this month, without what its platform does not show to everyone."""
    here = partners_in(month, partners)
    months = window(month, program)
    rates = gathered.rates.value or ()
    shown = {
        partner.slug: _shown(
            gathered.sponsorships[partner.slug], month, required[partner.slug], rates, program
        )
        for partner in here
    }
    lacking = _needed(gathered.sponsorships, month, required, program) - set(map(_key, rates))
    public = {slug: one for slug, one in shown.items() if one.value and one.value.public}
    needed = _needed(public, month, {slug: required[slug] for slug in public}, program)
    logins = {login.casefold() for login in members_in(here, months)}
    accounts = gathered.accounts.value
    if accounts is not None:
        accounts = tuple(check for check in accounts if check.login.casefold() in logins)
    ids = {member.id for one in here for member in one.organization.team}
    return MonthEvidence(
        month=month,
        today=gathered.today,
        sponsorships=shown,
        rates=replace(
            gathered.rates,
            value=tuple(one for one in rates if _key(one) in needed),
            failure=gathered.rates.failure if lacking else None,
            lasting=gathered.rates.lasting and bool(lacking),
        ),
        accounts=replace(gathered.accounts, value=accounts),
        identities=tuple(
            one for one in gathered.identities if one.value is None or one.value.id in ids
        ),
        work={one: gathered.work[one] for one in months},
        claims=replace(
            gathered.claims,
            value=tuple(one for one in gathered.claims.value or () if one.month in months),
        ),
    )


def _shown(
    answer: Answer[Sponsorship],
    month: Month,
    required: Required,
    rates: Sequence[Rate],
    program: Program,
) -> Answer[Sponsorship]:
    if answer.value is None:
        return answer
    by_day = rates_by_day(rates)
    policy = program.sponsorship
    value = withhold(_near(answer.value, month), required, (month,), by_day, policy)
    return replace(answer, value=value)


def _near(sponsorship: Sponsorship, month: Month) -> Sponsorship:
    """The payments that can cover this month: a yearly one reaches far, a late one comes after."""
    if sponsorship.payments is None:
        return sponsorship
    kept = (one for one in sponsorship.payments if month - 12 <= Month.of(one.day) <= month + 1)
    return replace(sponsorship, payments=tuple(kept))


def _key(rate: Rate) -> tuple[date, str, str]:
    return rate.day, rate.currency, rate.target
