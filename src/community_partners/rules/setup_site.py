"""Checks whether the public site is published where the policy says."""

from collections.abc import Iterator

from ..model.evidence import Answer
from ..model.program import Program
from ..model.setup import Check, Health, OnGitHub, OnPlatforms, PagesSetting
from ..model.site import LIST
from ..model.website_proof import Look, Obstacle
from .setup_tokens import unknown

_BY_HAND = "Start the workflow Site by hand, under Actions; its log says what is wrong."
_SOURCE = "Under Settings > Pages, choose `GitHub Actions` as the source."
_REMEDIES = {
    Obstacle.UNREACHABLE: "Open the address in a browser. If you see the site, all is well.",
    Obstacle.REFUSED: _BY_HAND,
    Obstacle.ELSEWHERE: "Write the address that you end at into `site.url`.",
}


def of_site(
    platforms: OnPlatforms, on_github: OnGitHub, program: Program | None
) -> Iterator[Check]:
    """Yield the checks. `program`: None if it cannot be read; then there is none."""
    if program is None:
        return
    url = program.site.url
    if url is None:
        yield Check(
            title="Site",
            outcome=Health.IN_ORDER,
            sentence="program.yml names no address of a site, so that none is published.",
            remedy="For a site, go on with `Publish the site` in docs/set-up.md.",
        )
        return
    if on_github.pages:
        yield _pages(on_github, on_github.pages, url)
    if platforms.site:
        yield _site(platforms.site, url)


def _pages(seen: OnGitHub, told: Answer[tuple[PagesSetting, ...]], url: str) -> Check:
    """Check that a workflow may publish at the address."""
    title = "GitHub Pages"
    if told.value is None:
        return unknown(title, told)
    if not told.value:
        return _none(title, seen.may_open_pulls)
    [setting] = told.value
    if not setting.by_workflow:
        sentence = "It publishes a branch, and not the files that the workflow renders."
        return Check(title=title, outcome=Health.TO_MEND, sentence=sentence, remedy=_SOURCE)
    if f"{setting.url.rstrip('/')}/".casefold() != url.casefold():
        return Check(
            title=title,
            outcome=Health.TO_MEND,
            sentence=f"It publishes at {setting.url}, and by program.yml the site is at {url}.",
            remedy="Write the address of Settings > Pages into `site.url`, with https and a slash "
            "at the end; for http alone, switch on `Enforce HTTPS` there.",
        )
    return Check(title=title, outcome=Health.IN_ORDER, sentence=f"Workflows publish at {url}.")


def _none(title: str, administers: Answer[bool]) -> Check:
    """Return the check if GitHub shows no setting.

    `administers`: an answer that GitHub gives only to an administrator's token, which sees Pages.
    """
    if administers.value is None:
        return Check(
            title=title,
            outcome=Health.UNKNOWN,
            sentence="Not checked: GitHub shows it only to a token with the scope `repo`, or "
            "`pages: read`, of a person with access.",
            remedy=f"If it is off: {_SOURCE}",
        )
    return Check(
        title=title,
        outcome=Health.TO_MEND,
        sentence="It is off, so that no run can publish the site.",
        remedy=_SOURCE,
    )


def _site(look: Look, url: str) -> Check:
    """Check that the site answers with this program's list of partners."""
    title = "Site"
    if look.shown:
        sentence = f"{url} shows the partners of this program."
        return Check(title=title, outcome=Health.IN_ORDER, sentence=sentence)
    if look.obstacle is Obstacle.UNREACHABLE:
        return Check(
            title=title,
            outcome=Health.UNKNOWN,
            sentence=f"{url} could not be looked at: {look.obstacle}.",
            remedy=_REMEDIES[look.obstacle],
        )
    found = f"{url}{LIST} is no list of this program's partners"
    return Check(
        title=title,
        outcome=Health.TO_MEND,
        sentence=f"{found}: {look.obstacle}." if look.obstacle else f"{found}.",
        remedy=_REMEDIES[look.obstacle] if look.obstacle else _BY_HAND,
    )
