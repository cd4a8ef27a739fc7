"""What links a paying account to the organization that applies. Decides nothing of what it paid.

An account's website links it, where it is the application's. Its GitHub handle does where it names
no website: on GitHub Sponsors the handle is the account itself and proves nothing.
"""

from ..model.application import Application, Platform
from ..model.sponsorship import Payer
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
