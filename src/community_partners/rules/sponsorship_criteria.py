"""The criterion on the sponsorship: whether the account sponsors now, and through what.

`identity_criteria.py` decides whose account pays, and `amount_criteria.py` whether it was enough.
"""

from collections.abc import Mapping

from ..model.application import Platform
from ..model.program import Program
from ..model.sponsorship import Payer, Sponsorship
from ..model.verdict import Outcome, Source
from .applicant import Applicant
from .case import Case
from .conclusion import Conclusion
from .payable import amount_to_pay
from .payer_link import is_usable, unusable_because
from .pays_now import pays_now, why_not, why_unknown
from .required_amount import NoAmount


def sponsorship_active(case: Applicant) -> Conclusion:
    """Decide whether the account sponsors now, by active orders or recent payments."""
    answer = case.sponsorship
    if answer.value is None:
        page = Source(title=answer.source, url=answer.url)
        reason = answer.failure or ""
        return Conclusion(Outcome.UNKNOWN, reason, sources=(page,))
    sponsorship, account = answer.value, case.organization.account
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
            f"Start or resume a monthly sponsorship of at least {amount_asked(case)} on {platform} "
            f"from the account {account}: this is met as soon as it pays."
        )
        return _not_yet(case, reason, remedy, source)
    return Conclusion(pays, reason, sources=source)


def _elsewhere(platform: Platform, case: Applicant) -> Conclusion:
    """Conclude for a platform through which the program does not collect."""
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


def _pays(sponsorship: Sponsorship, case: Applicant) -> tuple[Outcome, str]:
    """Return whether the account sponsors now, and the reason in a sentence."""
    platform, account = sponsorship.platform.label, case.organization.account
    if not is_usable(sponsorship, case.organization, case.voice):
        return Outcome.UNKNOWN, unusable_because(sponsorship, case.voice)
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


def _not_yet(
    case: Applicant, reason: str, remedy: str, sources: tuple[Source, ...] = ()
) -> Conclusion:
    """Conclude that it is not met, with today as the earliest day.

    The applicant can start to pay today; the criterion `amount` judges the months before.
    """
    return Conclusion(Outcome.NOT_MET, reason, remedy, sources, case.today)


def amount_asked(case: Case) -> str:
    """Return the required amount as the payer can pay it."""
    if isinstance(case.required, NoAmount):
        return "the required amount"
    return amount_to_pay(case.required, case.sponsorship.value)
