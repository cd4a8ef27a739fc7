"""Reads the name of an account from the address of its page on a platform."""

import re

from ..model.length import too_long

# Pages of the platforms themselves, whose addresses people copy. GitHub publishes no list; these
# are first parts of its own addresses. Open Collective's list, as far as it is of pages:
# https://github.com/opencollective/opencollective-api/blob/main/server/lib/collectivelib.ts
_PAGES = {
    "github.com": """
        about account apps blog codespaces collections community contact copilot customer-stories
        dashboard developer discussions docs edu education enterprise enterprises events explore
        features gist gists home issues join login logout marketplace mobile new notifications
        organizations orgs pages premium-support pricing projects pulls readme repos resources
        search security sessions settings signin signup site solutions sponsors stars stories
        support team teams terms topics trending users watching
        """,
    "opencollective.com": """
        about admin admin-panel applications apply become-a-fiscal-host become-a-host
        become-a-sponsor chapters collective collectives contact contribute create create-account
        dashboard discover donate edit embed events expenses faq gift-cards help hiring home host
        hosts how-it-works join login me my-account members oauth onboarding order orders
        organizations pledges pricing privacypolicy projects recurring-contributions redeem register
        search signin signup subscriptions support tos transactions updates workspace
        """,
}
# Behind these stands an account.
_BEFORE = {"github.com": "sponsors|orgs", "opencollective.com": "dashboard"}


def read_account(text: str, host: str) -> str:
    """Return `acme` for `@acme` and for the address of that account at `host`.

    `host`: github.com or opencollective.com. Any other text is returned as it is written, the
    address of a page that is no account's too.
    """
    if too_long(text):
        return text
    address = re.fullmatch(
        rf"(?:https?://)?(?:www\.)?{re.escape(host)}"
        rf"/(?:(?:{_BEFORE[host]})/)?([^\s/?#]+)(?:[/?#]\S*)?",
        text.strip(),
        re.IGNORECASE | re.ASCII,
    )
    if address and address[1].casefold() in _PAGES[host].split():
        return text.strip()
    return (address[1] if address else text.strip()).removeprefix("@")
