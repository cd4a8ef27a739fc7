"""Decides what links a paying account to the organization, and what may be used without a link.

An account's website links it, where it is the application's website. Its GitHub handle does where
the account names no website: on GitHub Sponsors the handle is the account itself, and proves
nothing. Without a link the applicant may be a stranger: then no private payment is used, so that
the verdict tells nothing of it.
"""

from ..model.application import Application, Platform
from ..model.sponsorship import Payer, Sponsorship
from ..model.website import website_address


def payer_link(payer: Payer, application: Application) -> str | None:
    """What links account and organization, in words; None if nothing does."""
    address = website_address(application.website)
    if address and address in map(website_address, payer.websites):
        return f"the website {address}"
    handles = {handle.casefold() for handle in payer.github}
    if (
        application.platform is Platform.OPEN_COLLECTIVE
        and not payer.websites
        and application.github is not None
        and application.github.casefold() in handles
    ):
        return f"the GitHub account {application.github}"
    return None


def is_usable(sponsorship: Sponsorship, application: Application) -> bool:
    """May its payments be looked at for this application? Public ones always may."""
    if sponsorship.public or sponsorship.payer is None:
        return True
    return payer_link(sponsorship.payer, application) is not None


def usable_part(sponsorship: Sponsorship, application: Application) -> Sponsorship:
    """All of it, or for a stranger its public account only: not even whether there ever was one."""
    if is_usable(sponsorship, application):
        return sponsorship
    return Sponsorship(
        platform=sponsorship.platform, payer=sponsorship.payer, payments=None, public=False
    )


def unusable_because(sponsorship: Sponsorship) -> str:
    """What a stranger reads instead, and the rightful owner too until the link is there."""
    return (
        f"{sponsorship.platform.label} does not show these payments to everyone: we look at them "
        "once a maintainer has confirmed that the account is yours."
    )
