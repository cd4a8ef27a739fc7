"""Gathers the evidence on one or more months of all partners. Judges nothing."""

from collections.abc import Mapping, Sequence
from functools import partial

from ..github.accounts import GHOST, accounts_by_id, accounts_by_login
from ..model.evidence import MonthEvidence
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import RateKey
from ..model.verdict import Required
from ..rules.month_case import window
from ..rules.month_evidence import of_month
from ..rules.people import members_in
from ..rules.private_figures import rates_for
from ..rules.renamed_logins import to_identify
from .clients import Clients
from .gathering import People, Sources
from .payments import Paid

Asked = Mapping[Month, Mapping[str, Required]]
"""The required amounts of a month's partners by slug, for each month to gather."""


STEPS = 3
"""The number of steps that a run shows while `gather_months` asks, for any number of months."""


def gather_months(
    partners: Sequence[Partner],
    asked: Asked,
    sources: Sources,
) -> dict[Month, MonthEvidence]:
    """Ask every source about all partners, and return the evidence for each month of `asked`."""
    program, today = sources.program, sources.today
    months = sorted({one for month in asked for one in window(month, program)})

    def needed(paid: Paid) -> set[RateKey]:
        return {
            key
            for month, required in asked.items()
            for key in rates_for(paid, required, (month,), program, today)
        }

    told = sources.ask(
        [partner.organization for partner in partners],
        months,
        min(asked),
        partial(_people, partners, months, program, sources.clients),
        needed,
    )
    gathered = MonthEvidence(
        month=months[-1],
        today=today,
        sponsorships=told.sponsorships,
        rates=told.rates,
        accounts=told.people.accounts,
        identities=told.people.identities,
        work=told.work,
        claims=told.claims,
    )
    return {month: of_month(gathered, month, partners, asked[month], program) for month in asked}


def _people(
    partners: Sequence[Partner], months: Sequence[Month], program: Program, clients: Clients
) -> People:
    """Return the accounts behind the logins in the records, and those behind the recorded ids.

    The second are asked for if a login has another account now. GitHub's ghost is asked for as
    well: `accounts_by_id` needs an account that exists.
    """
    logins = [*members_in(partners, months), *program.contribution.github.owners, GHOST]
    accounts = accounts_by_login(clients.github, list(dict.fromkeys(logins)), clients.clock)
    known = accounts.value or ()
    identities = accounts_by_id(
        *(clients.github, clients.rest, clients.api_url),
        *(to_identify(partners, known), known, clients.clock),
    )
    return People(accounts=accounts, identities=identities)
