"""The criterion on the spokesperson: whether somebody is shown to speak for the website."""

from collections.abc import Iterator

from ..model.month import listed
from ..model.spokesperson import HandedIn
from ..model.verdict import Outcome, Source, Way
from ..model.website import website_address, website_host, website_page
from ..model.website_proof import META_NAME, TXT_LABEL, Look, WebsiteSigns
from .applicant import Applicant
from .conclusion import Conclusion


def spokesperson_shown(case: Applicant) -> Conclusion | None:
    """Decide whether somebody speaks for the website; None for a file on disk.

    What could not be looked at is unknown, with all other ways.
    """
    handed_in, voice = case.evidence.handed_in, case.voice
    if handed_in is None:
        return None
    address = website_address(case.organization.website)
    if voice.how:
        return Conclusion(Outcome.MET, f"{voice.how}, and so speaks for {address}.")
    ways = tuple(_ways(case, handed_in))
    remedy = "One of these is enough; then comment /recheck."
    sources = (Source(title=address, url=case.organization.website),)
    if gaps := tuple(dict.fromkeys(_gaps(case))):
        reason = f"We could not look whether somebody speaks for {address}: {listed(gaps)}."
        return Conclusion(Outcome.UNKNOWN, reason, remedy, sources, ways=ways)
    reason = f"Nobody is shown to speak for {address} yet."
    return Conclusion(Outcome.NOT_MET, reason, remedy, sources, case.today, ways)


def _gaps(case: Applicant) -> Iterator[str]:
    """Yield why a proof may be there that was not seen, as words after a colon."""
    organization, website = case.evidence.organization, case.evidence.website
    if case.evidence.handed_in and case.evidence.handed_in.code is None:
        yield "it is not shown who handed this in, or others may change it"
    if organization is not None and organization.failure:
        yield organization.failure.rstrip(".")
    signs = (website and website.value) or WebsiteSigns()
    looks: tuple[Look | None, ...] = (signs.page, signs.dns, signs.organization, signs.thread)
    for look in looks:
        if look and look.shown is None and look.obstacle:
            yield str(look.obstacle)


def _ways(case: Applicant, handed_in: HandedIn) -> Iterator[Way]:
    """Yield the ways to show it, the easiest for this application first."""
    website, voice = website_page(case.organization.website), case.voice
    answer = case.evidence.website
    shared = answer.value.shared if answer and answer.value else None
    if voice.organization and voice.organization.members is not None:
        name = voice.organization.login
        yield Way(
            f"Make your membership of {name} public (find yourself on this page), or "
            "ask a colleague who is a public member to comment /vouch here:",
            f"https://github.com/orgs/{name}/people",
        )
    elif case.organization.github is None:
        yield Way(
            "Enter your GitHub organization in the application, if its profile has this website "
            "and the badge “Verified”, and if you are one of its public members."
        )
    if handed_in.code and not shared:
        tag = f'<meta name="{META_NAME}" content="{handed_in.code}">'
        yield Way(f"Put this tag into the head of {website}:", tag)
        link = f'<link rel="me" href="{handed_in.thread}">'
        yield Way("Or this one into the head of your website's front page:", link)
        record = f"{TXT_LABEL}.{website_host(website)} TXT {handed_in.code}"
        yield Way("Or set this record in the DNS of your domain:", record)
    if voice.organization is None and case.organization.github is not None:
        yield Way(
            f"Or let the profile of {case.organization.github} on GitHub have this website and the "
            "badge “Verified”, and be one of its public members."
        )
    yield Way("Or ask a maintainer who knows you to comment /vouch with the reason.")
