"""Decides whether somebody is shown to speak for the website that an application names.

What an applicant types proves nothing. A GitHub organization proves it if GitHub's badge says that
the website is the organization's, or if the website itself links to it as its own: then one of its
public members must hand the application in, or vouch for it. Else the website proves it, by a code
that only its owner can put there.
https://docs.github.com/en/organizations/managing-organization-settings/verifying-or-approving-a-domain-for-your-organization
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..model.application import Application
from ..model.evidence import Answer
from ..model.program import Program
from ..model.spokesperson import HandedIn, Profile
from ..model.website import website_address
from ..model.website_proof import Look, WebsiteSigns


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """The voice of an applicant: who is shown to speak for its website.

    `asked`: somebody must be shown to speak; for a file on disk, nobody is asked. `organization`:
    the GitHub organization whose members speak for the website. `owner`: the same, if it also names
    the website itself: only then are its account and its members the applicant's. `perhaps`: the
    organization that may be `owner`, as the website did not answer whether it is its own. `how`:
    words on how the author is shown to speak for it, or None. `vouched`: a maintainer vouches for
    the application. `moved`: it names another country than when it was judged first, and so another
    amount. `payer_known`: a maintainer has confirmed whose the paying account is.
    """

    asked: bool
    organization: Profile | None = None
    owner: Profile | None = None
    perhaps: Profile | None = None
    how: str | None = None
    vouched: bool = False
    moved: bool = False
    payer_known: bool = False

    @property
    def is_heard(self) -> bool:
        """Tell whether somebody speaks for the website, or need not."""
        return not self.asked or self.vouched or self.how is not None


def voice(
    application: Application,
    handed_in: HandedIn | None,
    organization: Answer[Profile | None] | None,
    website: Answer[WebsiteSigns] | None,
    program: Program,
) -> Voice:
    """Return who speaks for the application. `website`: None if nobody looked at it."""
    signs = (website and website.value) or WebsiteSigns()
    found = organization.value if organization else None
    own = _own(program, handed_in)
    profile = None if found is None or found.login.casefold() in own else found
    named = profile is not None and _names(profile, application)
    linked = is_shown(signs.organization)
    speaking = profile if profile and ((profile.verified and named) or linked) else None
    owner = speaking if named else None
    perhaps = profile if named and not owner and _not_seen(signs.organization) else None
    if handed_in is None:
        return Voice(asked=False, organization=speaking, owner=owner, perhaps=perhaps)
    return Voice(
        asked=True,
        organization=speaking,
        owner=owner,
        perhaps=perhaps,
        how=_by_the_record(handed_in)
        or _by_a_member(speaking, handed_in)
        or _by_the_website(application, signs),
        vouched=handed_in.vouched,
        moved=handed_in.country != application.country.code,
        payer_known=handed_in.payer_known,
    )


def is_shown(look: Look | None) -> bool:
    """Tell whether a proof was seen."""
    return look is not None and look.shown is True


def _not_seen(look: Look | None) -> bool:
    return look is not None and look.shown is None and look.obstacle is not None


def _names(profile: Profile, application: Application) -> bool:
    """Tell whether the organization's own profile names the website."""
    address = website_address(application.website)
    return profile.website is not None and website_address(profile.website) == address


def _own(program: Program, handed_in: HandedIn | None) -> set[str]:
    """Return the logins of the program's own accounts on GitHub: they are nobody's to speak for."""
    home = [urlsplit(handed_in.thread).path.split("/")[1]] if handed_in else []
    return {name.casefold() for name in (*program.accounts_on_github, *home)}


def _by_the_record(handed_in: HandedIn) -> str | None:
    if not handed_in.goes_on:
        return None
    return "The author may change this application, which stays whose it was"


def _by_a_member(profile: Profile | None, handed_in: HandedIn) -> str | None:
    """Return who of a small organization's public members speaks for it, in words."""
    members = profile.members if profile else None
    if profile is None or members is None:
        return None
    if handed_in.author in members:
        return f"The author is a public member of {profile.login} on GitHub"
    voucher = next((one for one in handed_in.vouchers if one.id in members), None)
    if voucher is None:
        return None
    return f"{voucher.login}, a public member of {profile.login} on GitHub, vouches for it"


def _by_the_website(application: Application, signs: WebsiteSigns) -> str | None:
    address = website_address(application.website)
    if is_shown(signs.page):
        return f"{address} shows the code of this application"
    if is_shown(signs.dns):
        return f"The domain of {address} shows the code of this application"
    if is_shown(signs.thread):
        return f"{address} names this page as its own"
    return None
