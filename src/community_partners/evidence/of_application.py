"""Gathers the evidence on one application. Judges nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ..errors import UserError
from ..github.named import Named, Told, named_accounts
from ..intake.partners import read_partners
from ..model.application import Application
from ..model.evidence import Answer, Evidence, KnownPartner
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.spokesperson import HandedIn
from ..model.sponsorship import RateKey
from ..model.verdict import Decision, Required
from ..model.website import website_page
from ..model.website_proof import WebsiteQuestion
from ..rules.applicant import contribution_months, prepare, sponsorship_months, subject_of
from ..rules.criteria import findings
from ..rules.decision import decision_of
from ..rules.payer_link import usable_part
from ..rules.private_figures import rates_for, shown, shown_rates
from ..rules.required_amount import NoAmount
from ..rules.shared_members import shared_members
from ..rules.voice import voice
from ..wire.answers import answer
from ..wire.judgment import NoAnswerError
from .clients import Clients
from .gathering import Accounts, Asked, People, Sources
from .payments import Paid

LookUp = Callable[[Named], Told]
"""A function that asks GitHub for those whom an application names."""


def gather(
    application: Application,
    required: Required | NoAmount,
    sources: Sources,
    handed_in: HandedIn | None = None,
    look_up: LookUp | None = None,
) -> Evidence:
    """Ask every source about one application, and return the evidence without private figures.

    `handed_in`: None for a file on disk. `look_up`: asks GitHub for accounts together with
    something else; without it, GitHub is asked for them alone. The work of the current month is
    asked for only where a criterion is not met: only a plan speaks of it.
    """
    program, clients, today = sources.program, sources.clients, sources.today
    months, paid_in = contribution_months(program, today), sponsorship_months(program, today)
    asked = {application.slug: required} if isinstance(required, Required) else {}
    ask = look_up or (lambda named: named_accounts(clients.github, named, clients.clock))

    def usable(paid: Paid, people: People) -> Paid:
        """Leave out private payments that nothing links to the applicant, who may be a stranger.

        A rate for one of them, or the failure to get it, would tell that there was a payment.
        """
        heard = voice(application, handed_in, people.organization, people.website, program)
        return {
            slug: replace(one, value=one.value and usable_part(one.value, application, heard))
            for slug, one in paid.items()
        }

    def needed(paid: Paid) -> set[RateKey]:
        return rates_for(paid, asked, (*paid_in, Month.of(today)), program, today)

    told = sources.ask(
        [application],
        months,
        paid_in[0],
        lambda: _people(application, handed_in, ask, program, clients),
        needed,
        usable,
    )
    partners = _partners(application, told.people.accounts, sources)
    evidence = _evidence(application, handed_in, asked, told, partners, sources)
    case = prepare(application, evidence, program, required)
    if decision_of(findings(case)) is not Decision.NOT_YET:
        return evidence
    return replace(evidence, work={**evidence.work, **sources.work_so_far(told.roster)})


def _people(
    application: Application,
    handed_in: HandedIn | None,
    look_up: LookUp,
    program: Program,
    clients: Clients,
) -> People:
    """Ask for team and organization, and look at the website if these do not speak for it."""
    told = look_up(Named.by(application))
    people = People(accounts=told.accounts, organization=told.organization)
    heard = voice(application, handed_in, told.organization, None, program)
    if handed_in is None or handed_in.code is None or heard.is_heard:
        return people
    found = told.organization.value if told.organization else None
    question = WebsiteQuestion(
        website=website_page(application.website),
        code=handed_in.code,
        organization=f"https://github.com/{found.login}" if found else None,
        thread=handed_in.thread,
    )
    # This import takes a third of a second, and only an application in a thread needs it.
    from ..website.look import look_at  # noqa: PLC0415

    clients.progress("looking at the website")
    return replace(people, website=look_at(clients.web(), question, clients.clock))


def _evidence(
    application: Application,
    handed_in: HandedIn | None,
    required: dict[str, Required],
    told: Asked,
    partners: Answer[tuple[KnownPartner, ...]],
    sources: Sources,
) -> Evidence:
    """Return the evidence without the figures that a platform does not show to everyone."""
    program, today = sources.program, sources.today
    months, rates = (*sponsorship_months(program, today), Month.of(today)), told.rates.value or ()
    kept = shown(told.sponsorships, required, months, rates, program, today)
    return Evidence(
        application=application.slug,
        about=subject_of(application),
        today=today,
        sponsorship=kept[application.slug],
        rates=shown_rates(told.rates, told.sponsorships, required, months, program, today),
        accounts=told.people.accounts,
        work=told.work,
        claims=told.claims,
        partners=partners,
        handed_in=handed_in,
        organization=told.people.organization,
        website=told.people.website,
    )


def _partners(
    application: Application,
    accounts: Accounts,
    sources: Sources,
) -> Answer[tuple[KnownPartner, ...]]:
    """Read the partners' records, and note the team members whom each shares with the applicant.

    An unreadable record is the program's fault, not the applicant's, so the answer is a failure.
    The failure is not called lasting: a commit repairs the record, and no run should go on without.
    """

    def known(partner: Partner) -> KnownPartner:
        other, checks = partner.organization, accounts.value or ()
        days = date.min, sources.today
        return KnownPartner(
            slug=partner.slug,
            name=partner.name,
            website=other.website,
            platform=other.platform,
            account=other.account,
            shared=shared_members(application.team, other.team, checks, *days),
        )

    def read() -> tuple[KnownPartner, ...]:
        try:
            return tuple(map(known, read_partners(sources.root / "partners", sources.today)))
        except UserError as error:
            raise NoAnswerError("The records in partners/ cannot be read.") from error

    return answer("Partners", "partners/", sources.clients.clock, read)
