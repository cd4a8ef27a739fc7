"""The criterion about who pays: does the paying account belong to the organization?

An account's website links it. Its GitHub handle does where it names no website: on GitHub Sponsors
the handle is the account itself and proves nothing. Everything else is for a person to look at.
"""

from ..model.application import Application, Platform, website_host
from ..model.sponsorship import Payer
from ..model.verdict import Finding, Outcome, Source
from .amount_criterion import UNREAD
from .case import Case
from .sponsorship_criteria import account_page


def payer_is_organization(case: Case) -> Finding:
    """Met only where the account itself names the organization; never not met."""
    sponsorship = case.evidence.sponsorship.value
    if sponsorship is None:
        return _finding(Outcome.UNKNOWN, UNREAD)
    payer = sponsorship.payer
    if payer is None:
        return _finding(Outcome.UNKNOWN, "There is no account to look at yet.")
    page = account_page(payer, sponsorship.platform.label)
    if payer.hidden:
        reason = "The payer is incognito, so that nobody can see whose payments these are."
        remedy = "Pay from the organization's own visible account."
        return _finding(Outcome.UNKNOWN, reason, remedy, page)
    link = _link(payer, case.application)
    if payer.organization and link:
        reason = f"{payer.account} is an organization's account and names {link}."
        return _finding(Outcome.MET, reason, None, page)
    kind = "an organization's" if payer.organization else "a person's"
    host = website_host(case.application.website)
    reason = f"{payer.account} is {kind} account that does not name {host}; a maintainer looks."
    remedy = f"If it is yours, enter {host} as the website on its profile."
    return _finding(Outcome.UNKNOWN, reason, remedy, page)


def _link(payer: Payer, application: Application) -> str | None:
    """What links account and organization, in words; None if nothing does."""
    host = website_host(application.website)
    if host and host in map(website_host, payer.websites):
        return f"the website {host}"
    handles = {handle.casefold() for handle in payer.github}
    if (
        application.platform is Platform.OPEN_COLLECTIVE
        and not payer.websites
        and application.github is not None
        and application.github.casefold() in handles
    ):
        return f"the GitHub account {application.github}"
    return None


def _finding(
    outcome: Outcome,
    reason: str,
    remedy: str | None = None,
    sources: tuple[Source, ...] = (),
) -> Finding:
    return Finding(
        criterion="payer",
        title="Payer",
        outcome=outcome,
        reason=reason,
        remedy=remedy,
        sources=sources,
    )
