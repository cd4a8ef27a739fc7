"""The criteria on the sponsorship: required amount known, pays now, paid in each closed month.

`identity_criteria.py` decides whose account pays, and `coverage.py` whether a month was reached.
"""

from collections.abc import Mapping, Sequence

from ..model.application import Platform
from ..model.month import Month, listed
from ..model.program import Program
from ..model.sponsorship import Payer, Sponsorship
from ..model.verdict import Coverage, Finding, Outcome, Source
from .case import Case
from .criteria import AMOUNT, REQUIRED_AMOUNT, SPONSORSHIP
from .payable import amount_to_pay, both_amounts
from .payer_link import is_usable, unusable_because
from .pays_now import pays_now, why_not, why_unknown
from .required_amount import NoAmount


def required_amount_known(case: Case) -> Finding:
    """Decide whether the country of headquarters has a required amount."""
    required, country = case.required, case.application.country.name
    if isinstance(required, NoAmount):
        return REQUIRED_AMOUNT.finding(
            case.program, Outcome.UNKNOWN, required.reason, required.remedy, _picture(case)
        )
    return REQUIRED_AMOUNT.finding(
        case.program,
        Outcome.MET,
        f"Headquarters: {country}. At least {both_amounts(required)} a month "
        f"(Big Mac index, edition {required.edition}: {required.basis}).",
    )


def sponsorship_active(case: Case) -> Finding:
    """Decide whether the account sponsors now, by active orders or recent payments."""
    answer = case.evidence.sponsorship
    if answer.value is None:
        page = Source(title=answer.source, url=answer.url)
        reason = answer.failure or ""
        return SPONSORSHIP.finding(case.program, Outcome.UNKNOWN, reason, sources=(page,))
    sponsorship, account = answer.value, case.application.account
    platform = sponsorship.platform.label
    if sponsorship.platform not in case.program.sponsorship.receivers:
        return _elsewhere(sponsorship.platform, case)
    if sponsorship.payer is None:
        return _not_yet(
            case,
            f"{platform} has no account named {account}.",
            f"Check the name of the paying account on {platform} and correct it here.",
        )
    source = account_page(sponsorship.payer, platform)
    pays, reason = _pays(sponsorship, case)
    if pays is Outcome.NOT_MET:
        remedy = (
            f"Start or resume a monthly sponsorship of at least {_amount(case)} on {platform} "
            f"from the account {account}: this is met as soon as it pays."
        )
        return _not_yet(case, reason, remedy, source)
    return SPONSORSHIP.finding(case.program, pays, reason, sources=source)


def _elsewhere(platform: Platform, case: Case) -> Finding:
    """Return the finding for a platform through which the program does not collect."""
    taken = _taken(case.program)
    name = case.program.organization
    remedy = f"Sponsor on {_where(taken)}, then name that platform and your account here."
    pages = tuple(Source(title=f"{name} on {label}", url=url) for label, url in taken.items())
    reason = f"{name} does not collect through {platform.label}."
    return _not_yet(case, reason, remedy, pages)


def elsewhere(platform: Platform, program: Program) -> str:
    """Return a sentence on a platform that the program does not use, and on those that it uses."""
    where = _where(_taken(program))
    return f"{program.organization} does not collect through {platform.label}, but on {where}."


def _taken(program: Program) -> dict[str, str]:
    """Return the page of the account that receives the payments, by the name of the platform."""
    receivers = program.sponsorship.receivers
    return {one.label: one.receiver_page(account) for one, account in receivers.items()}


def _where(taken: Mapping[str, str]) -> str:
    return " or ".join(f"{name} ({url.removeprefix('https://')})" for name, url in taken.items())


def _pays(sponsorship: Sponsorship, case: Case) -> tuple[Outcome, str]:
    """Return whether the account sponsors now, and the reason in a sentence."""
    platform, account = sponsorship.platform.label, case.application.account
    if not is_usable(sponsorship, case.application):
        return Outcome.UNKNOWN, unusable_because(sponsorship)
    if sponsorship.receiver_paused:
        reason = f"{platform} has paused the project's own account; {account} did nothing wrong."
        return Outcome.UNKNOWN, reason
    pays = pays_now(sponsorship, case.program.sponsorship, case.today)
    if pays is Outcome.MET:
        return pays, f"{account} sponsors on {platform}."
    explain = why_unknown if pays is Outcome.UNKNOWN else why_not
    return pays, explain(sponsorship, account)


def account_page(payer: Payer, platform: str) -> tuple[Source, ...]:
    """Return the page where anyone can see the account."""
    return (Source(title=f"{payer.account} on {platform}", url=payer.url),)


def _not_yet(case: Case, reason: str, remedy: str, sources: tuple[Source, ...] = ()) -> Finding:
    """Return a finding that is not met, with today as the earliest day.

    The applicant can start to pay today; the criterion `amount` judges the months before.
    """
    return SPONSORSHIP.finding(case.program, Outcome.NOT_MET, reason, remedy, sources, case.today)


def _picture(case: Case) -> tuple[Source, ...]:
    """Return the applicant's picture of a Big Mac price; empty if there is none."""
    shown = case.application.big_mac
    if shown is None or shown.picture is None:
        return ()
    return (Source(title="Picture of the price", url=shown.picture),)


def _amount(case: Case) -> str:
    if isinstance(case.required, NoAmount):
        return "the required amount"
    return amount_to_pay(case.required, case.evidence.sponsorship.value)


UNREAD = "The payments could not be read: see Sponsorship."


def amount_reached(case: Case) -> Finding:
    """Decide whether the required amount was paid in each of the closed months."""
    sponsorship = case.evidence.sponsorship.value
    unread = _why_unread(sponsorship, case)
    if unread:
        return AMOUNT.finding(case.program, Outcome.UNKNOWN, unread)
    if isinstance(case.required, NoAmount):
        reason = "We can judge the payments as soon as we know the required amount."
        return AMOUNT.finding(case.program, Outcome.UNKNOWN, reason)
    short = [entry for entry in case.closed if entry.outcome is Outcome.NOT_MET]
    unclear = [entry.month for entry in case.closed if entry.outcome is Outcome.UNKNOWN]
    if short:
        reason = f"Short of {_amount(case)}: {_amounts(short)}."
        return AMOUNT.finding(case.program, Outcome.NOT_MET, reason)
    if unclear:
        return AMOUNT.finding(
            case.program,
            Outcome.UNKNOWN,
            why_unclear(sponsorship, case.evidence.rates.failure, unclear),
        )
    reason = f"{listed([entry.month.title for entry in case.closed])} paid."
    return AMOUNT.finding(case.program, Outcome.MET, reason)


def _why_unread(sponsorship: Sponsorship | None, case: Case) -> str | None:
    """Return a sentence on why no payment was looked at; None if payments can be judged."""
    if sponsorship is None:
        return UNREAD
    if sponsorship.payer is None:
        return "No payments were looked at: see Sponsorship."
    if not is_usable(sponsorship, case.application):
        return unusable_because(sponsorship)
    return None


def why_unclear(
    sponsorship: Sponsorship | None, rates_failure: str | None, months: Sequence[Month]
) -> str:
    """Return a sentence without figures on why these months could not be judged."""
    named = listed([month.title for month in months])
    doubt = sponsorship and (sponsorship.conflict or sponsorship.unexplained)
    if doubt:
        return f"{doubt} A maintainer will check {named}."
    if sponsorship is not None and sponsorship.payments is None and not sponsorship.withheld:
        return f"{sponsorship.platform.label} does not show us the amounts of {named}."
    if rates_failure:
        return f"{named}: {rates_failure}"
    return f"{named}: a payment is not settled yet, or could not be compared."


def _amounts(short: Sequence[Coverage]) -> str:
    """List the short months, each with the amount paid if the amount may be shown."""
    return listed(
        [
            f"{entry.month.title} ({entry.paid} paid)" if entry.paid else entry.month.title
            for entry in short
        ]
    )
