"""The criterion about who pays: does the paying account belong to the organization?

What links the two is decided in payer_link. Everything else is for a person to look at.
"""

from ..model.verdict import Finding, Outcome, Source
from ..model.website import website_address
from .amount_criterion import UNREAD
from .case import Case
from .payer_link import payer_link
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
    link = payer_link(payer, case.application)
    if payer.organization and link:
        reason = f"{payer.account} is an organization's account and names {link}."
        return _finding(Outcome.MET, reason, None, page)
    if link:
        reason = f"{payer.account} names {link}, but is a person's account; a maintainer looks."
        return _finding(Outcome.UNKNOWN, reason, None, page)
    kind = "an organization's" if payer.organization else "a person's"
    address = website_address(case.application.website)
    reason = f"{payer.account} is {kind} account that does not name {address}; a maintainer looks."
    remedy = (
        f"If it is yours, enter {address} as the website on its profile; or enter here the website "
        "that the profile names."
    )
    return _finding(Outcome.UNKNOWN, reason, remedy, page)


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
