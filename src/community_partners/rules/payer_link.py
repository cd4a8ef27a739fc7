"""Decides whether the paying account belongs to the organization, and when payments may be used.

An account is linked if its profile names the application's website. An account without a website is
also linked if its profile names the application's GitHub login. On GitHub Sponsors, the account is
a GitHub login itself, so a login proves nothing there. Without a link the applicant may be a
stranger. Then private payments are not used, so that the verdict tells the stranger nothing.
"""

from ..model.application import Application, Platform
from ..model.sponsorship import Payer, Sponsorship
from ..model.website import website_address


def payer_link(payer: Payer, application: Application) -> str | None:
    """Return words on the link between the account and the organization; None without a link."""
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
    """Tell whether the payments may be used for this application. Public payments always may."""
    if sponsorship.public or sponsorship.payer is None:
        return True
    return payer_link(sponsorship.payer, application) is not None


def usable_part(sponsorship: Sponsorship, application: Application) -> Sponsorship:
    """Return the sponsorship, without private payments if nothing links the applicant to them.

    A stranger then learns only that the account exists, not whether the account ever sponsored.
    """
    if is_usable(sponsorship, application):
        return sponsorship
    return Sponsorship(
        platform=sponsorship.platform, payer=sponsorship.payer, payments=None, public=False
    )


def unusable_because(sponsorship: Sponsorship) -> str:
    """Return the sentence for an applicant whose account has no link yet, owner or stranger."""
    return (
        f"{sponsorship.platform.label} does not show these payments to everyone: we look at them "
        "once a maintainer has confirmed that the account is yours."
    )
