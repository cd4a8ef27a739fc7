"""Gathers the evidence on one application. Decides what to ask, and judges nothing.

The platforms are asked at the same time. If a source fails, its Answer holds the failure, and the
other sources are asked all the same.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..errors import UserError
from ..github import sponsors
from ..github.accounts import accounts_by_login
from ..intake.partners import read_partners
from ..model.application import Application, Platform
from ..model.evidence import AccountCheck, Answer, Evidence, KnownPartner
from ..model.month import Month
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import Rate, Sponsorship
from ..model.verdict import Decision, Required
from ..open_collective import sponsorships
from ..rates import exchange_rates
from ..rules.case import contribution_months, prepare, sponsorship_months, subject_of
from ..rules.coverage import needed_rates, rates_by_day, withhold
from ..rules.decision import decision_of, judge
from ..rules.payer_link import usable_part
from ..rules.required_amount import NoAmount
from ..rules.roster import roster_of
from ..rules.shared_members import shared_members
from ..wire.answers import answer
from ..wire.judgment import NoAnswerError
from .clients import Clients
from .work import ask_work, team_claims, team_work

Accounts = Answer[tuple[AccountCheck, ...]]
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
    months = contribution_months(program, today)
    named = logins_for(application)
    ask = ask_accounts or (lambda logins: accounts_by_login(clients.github, logins, clients.clock))
    with ThreadPoolExecutor(max_workers=3) as pool:
        clients.progress(f"asking {application.platform.label} for payments")
        payments = pool.submit(_sponsorship, application, program, clients, today)
        clients.progress("asking GitHub for the team's accounts")
        found = pool.submit(ask, named)
        clients.progress(f"asking GitHub for the work of {months[0]} to {months[-1]}")
        swept = pool.submit(ask_work, months, program, clients)
        sponsorship = _usable(payments.result(), application)
        rates = _rates(sponsorship, required, program, clients, today)
    accounts, work = found.result(), swept.result()
    roster = roster_of({application.slug: application.team}, accounts.value or ())
    shown = _shown(sponsorship, required, rates, program, today)
    evidence = Evidence(
        application=application.slug,
        about=subject_of(application),
        today=today,
        sponsorship=shown,
        rates=rates if _is_public(sponsorship) else replace(rates, value=()),
        accounts=accounts,
        work=team_work(roster, work, program, root, clients, today),
        claims=team_claims(roster, program, root, clients),
        partners=_partners(application, accounts, months[0], root, clients, today),
    )
    if (
        decision_of(judge(prepare(application, evidence, program, required)))
        is not Decision.NOT_YET
    ):
        return evidence
    now = Month.of(today)
    clients.progress(f"asking GitHub for the work of {now} so far")
    so_far = ask_work((now,), program, clients)
    planned = team_work(roster, so_far, program, root, clients, today)
    return replace(evidence, work={**evidence.work, **planned})


def logins_for(application: Application) -> list[str]:
    """Return the logins that GitHub is asked for: those of the team."""
    return [member.github for member in application.team]


def _sponsorship(
    application: Application, program: Program, clients: Clients, today: date
) -> Answer[Sponsorship]:
    policy, account, clock = program.sponsorship, application.account, clients.clock
    since = sponsorship_months(program, today)[0].first_day
    if application.platform is Platform.OPEN_COLLECTIVE and policy.open_collective:
        return sponsorships.sponsorship(
            clients.open_collective, policy.open_collective, account, since, clock
        )
    if application.platform is Platform.GITHUB_SPONSORS and policy.github_sponsors:
        return sponsors.sponsorship(clients.sponsors, policy.github_sponsors, account, today, clock)
    label = application.platform.label
    nothing = Sponsorship(platform=application.platform, payer=None)
    return answer(label, program.home, clock, lambda: nothing)


def _usable(answer: Answer[Sponsorship], application: Application) -> Answer[Sponsorship]:
    """Remove private payments that nothing links to the applicant, who may be a stranger.

    This happens before exchange rates are asked for: a rate in the evidence, or a failure to get
    one, would tell the stranger that there was a payment.
    """
    if answer.value is None:
        return answer
    return replace(answer, value=usable_part(answer.value, application))


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
        needed = needed_rates(sponsorship.value, required, months, program.sponsorship, today)
    if needed:
        clients.progress("looking up exchange rates")
    return exchange_rates.rates(needed, clients.bank, clients.rates, clients.clock)


def _is_public(sponsorship: Answer[Sponsorship]) -> bool:
    return sponsorship.value is None or sponsorship.value.public


def _shown(
    sponsorship: Answer[Sponsorship],
    required: Required | NoAmount,
    rates: Answer[tuple[Rate, ...]],
    program: Program,
    today: date,
) -> Answer[Sponsorship]:
    """Return the sponsorship without the figures that the platform does not show to everyone."""
    if sponsorship.value is None:
        return sponsorship
    shown = withhold(
        sponsorship.value,
        required if isinstance(required, Required) else None,
        sponsorship_months(program, today),
        rates_by_day(rates.value or ()),
        program.sponsorship,
        today,
    )
    return replace(sponsorship, value=shown)


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
