"""Gathers the evidence on one application. Judges nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..errors import UserError
from ..github.accounts import accounts_by_login
from ..intake.partners import read_partners
from ..model.application import Application
from ..model.evidence import Answer, Evidence, KnownPartner
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import RateKey
from ..model.verdict import Decision, Required
from ..rules.applicant import contribution_months, prepare, sponsorship_months, subject_of
from ..rules.criteria import findings
from ..rules.decision import decision_of
from ..rules.payer_link import usable_part
from ..rules.private_figures import rates_for, shown, shown_rates
from ..rules.required_amount import NoAmount
from ..rules.shared_members import shared_members
from ..wire.answers import answer
from ..wire.judgment import NoAnswerError
from .clients import Clients
from .gathering import Accounts, Asked, Sources
from .payments import Paid

AskAccounts = Callable[[Sequence[str]], Accounts]
"""A function that returns for each login whom it belongs to, in the order of the logins."""


def gather(
    application: Application,
    required: Required | NoAmount,
    program: Program,
    root: Path,
    clients: Clients,
    today: date,
    ask_accounts: AskAccounts | None = None,
) -> Evidence:
    """Ask every source about one application, and return the evidence without private figures.

    `root`: the folder of the program's records. `ask_accounts`: asks GitHub for accounts together
    with something else; without it, GitHub is asked for the accounts alone. The work of the current
    month is asked for only where a criterion is not met: only a plan speaks of it.
    """
    months, paid_in = contribution_months(program, today), sponsorship_months(program, today)
    asked = {application.slug: required} if isinstance(required, Required) else {}
    look_up = ask_accounts or (
        lambda logins: accounts_by_login(clients.github, logins, clients.clock)
    )

    def usable(paid: Paid) -> Paid:
        """Leave out private payments that nothing links to the applicant, who may be a stranger.

        A rate for one of them, or the failure to get it, would tell that there was a payment.
        """
        return {
            slug: replace(one, value=one.value and usable_part(one.value, application))
            for slug, one in paid.items()
        }

    def needed(paid: Paid) -> set[RateKey]:
        return rates_for(paid, asked, (*paid_in, Month.of(today)), program, today)

    sources = Sources(program=program, root=root, clients=clients, today=today)
    told = sources.ask(
        [application],
        months,
        paid_in[0],
        lambda: (look_up(logins_for(application)), ()),
        needed,
        usable,
    )
    partners = _partners(application, told.people, months[0], root, clients, today)
    evidence = _evidence(application, asked, told, partners, program, today)
    case = prepare(application, evidence, program, required)
    if decision_of(findings(case)) is not Decision.NOT_YET:
        return evidence
    return replace(evidence, work={**evidence.work, **sources.work_so_far(told.roster)})


def logins_for(application: Application) -> list[str]:
    """Return the logins that GitHub is asked for: those of the team."""
    return [member.github for member in application.team]


def _evidence(
    application: Application,
    required: dict[str, Required],
    told: Asked,
    partners: Answer[tuple[KnownPartner, ...]],
    program: Program,
    today: date,
) -> Evidence:
    """Return the evidence without the figures that a platform does not show to everyone."""
    months, rates = (*sponsorship_months(program, today), Month.of(today)), told.rates.value or ()
    kept = shown(told.sponsorships, required, months, rates, program, today)
    return Evidence(
        application=application.slug,
        about=subject_of(application),
        today=today,
        sponsorship=kept[application.slug],
        rates=shown_rates(told.rates, told.sponsorships, required, months, program, today),
        accounts=told.people,
        work=told.work,
        claims=told.claims,
        partners=partners,
    )


def _partners(
    application: Application,
    accounts: Accounts,
    first: Month,
    root: Path,
    clients: Clients,
    today: date,
) -> Answer[tuple[KnownPartner, ...]]:
    """Read the partners' records, and note the team members whom each shares with the applicant.

    An unreadable record is the program's fault, not the applicant's, so the answer is a failure.
    The failure is not called lasting: a commit repairs the record, and no run should go on without.
    """

    def known(partner: Partner) -> KnownPartner:
        other, checks = partner.organization, accounts.value or ()
        return KnownPartner(
            slug=partner.slug,
            name=partner.name,
            website=other.website,
            platform=other.platform,
            account=other.account,
            shared=shared_members(application.team, other.team, checks, first.first_day, today),
        )

    def read() -> tuple[KnownPartner, ...]:
        try:
            return tuple(map(known, read_partners(root / "partners", today)))
        except UserError as error:
            raise NoAnswerError("The records in partners/ cannot be read.") from error

    return answer("Partners", "partners/", clients.clock, read)
