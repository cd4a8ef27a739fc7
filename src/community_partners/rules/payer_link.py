"""Decides whether the paying account belongs to the organization, and when payments may be used.

An account is linked if its profile names the application's website, or if it is the GitHub
organization that is shown to own this website. Without a link, or if nobody speaks for the website,
the applicant may be a stranger. Then private payments are not used, so that the verdict tells the
stranger nothing.
"""

from ..model.application import Application, Platform
from ..model.spokesperson import Profile
from ..model.sponsorship import Payer, Sponsorship
from ..model.website import website_address
from .voice import Voice


def payer_link(payer: Payer, application: Application, organization: Profile | None) -> str | None:
    """Return words on the link between the account and the applicant; None without a link.

    `organization`: the GitHub organization that is shown to own the website, and names it itself.
    """
    address = website_address(application.website)
    if address and address in map(website_address, payer.websites):
        return f"the website {address}"
    if organization is None:
        return None
    handles = {handle.casefold() for handle in payer.github}
    itself = application.platform is Platform.GITHUB_SPONSORS
    if organization.login.casefold() in handles and (itself or not payer.websites):
        return f"the GitHub organization {organization.login}"
    return None


def is_usable(sponsorship: Sponsorship, application: Application, voice: Voice) -> bool:
    """Tell whether the payments may be used for this application. Public payments always may.

    Else the payer has to be the applicant, by what we see or by a maintainer's waiver.
    """
    if sponsorship.public or sponsorship.payer is None:
        return True
    payer = sponsorship.payer
    linked = payer.organization and payer_link(payer, application, voice.owner) is not None
    return voice.is_heard and not voice.moved and (linked or voice.payer_known)


def usable_part(sponsorship: Sponsorship, application: Application, voice: Voice) -> Sponsorship:
    """Return the sponsorship, without private payments if nothing links the applicant to them.

    A stranger then learns only that the account exists, not whether the account ever sponsored.
    """
    if is_usable(sponsorship, application, voice):
        return sponsorship
    return Sponsorship(
        platform=sponsorship.platform, payer=sponsorship.payer, payments=None, public=False
    )


def unusable_because(sponsorship: Sponsorship, voice: Voice) -> str:
    """Return the sentence for an applicant whose account has no link yet, owner or stranger."""
    if not voice.is_heard:
        return (
            f"{sponsorship.platform.label} does not show these payments to everyone: we look at "
            "them once somebody is shown to speak for the website: see Spokesperson."
        )
    return (
        f"{sponsorship.platform.label} does not show these payments to everyone: we look at them "
        "once a maintainer has confirmed that the account is yours, by /waive payer."
    )
