"""Look at a website for all that may prove who speaks for it, in bounded time.

At most two pages, the named one and the front page, and three names in DNS. Each look stands for
itself: one that fails says nothing about the others.
"""

import time
from collections.abc import Callable

from ..model.evidence import Answer
from ..model.website_proof import TXT_LABEL, Look, Obstacle, WebsiteQuestion, WebsiteSigns
from ..wire.answers import Clock, answer
from ..wire.side_by_side import side_by_side
from .fetch import Web, fetch
from .names import NoLookError
from .page import Contents, leads_to, read
from .place import Place, place_of
from .shared_hosts import registered_domain, shared_host

SOURCE = "The website"

_Seen = tuple[Contents, bool] | Obstacle
"""The contents of a page, and whether they are whole; or the obstacle to reading it."""


def look_at(web: Web, question: WebsiteQuestion, clock: Clock) -> Answer[WebsiteSigns]:
    """Look for the proofs of a question, and return what was seen; always a value.

    Nobody is asked if the website is no https address of a host with a name, or if organizations
    share its host.
    """
    return answer(SOURCE, question.website, clock, lambda: _signs(web, question))


def _signs(web: Web, question: WebsiteQuestion) -> WebsiteSigns:
    place = place_of(question.website)
    if place is None:
        nothing = Look(shown=None, obstacle=Obstacle.UNREACHABLE)
        return WebsiteSigns(page=nothing, dns=nothing)
    if why := shared_host(place):
        return WebsiteSigns(shared=why)
    dns = _in_dns(web, place, question.code)
    links = tuple(link for link in (question.organization, question.thread) if link)
    pages = tuple(dict.fromkeys((place, place.front_page) if links else (place,)))
    seen = dict(zip(pages, side_by_side(lambda page: _see(web, page), pages), strict=True))
    return WebsiteSigns(
        page=_look(seen[place], lambda page: question.code in page.codes),
        dns=dns,
        organization=_link(seen, place, question.organization),
        thread=_link(seen, place, question.thread),
        plain_links=tuple(link for link in links if _hint(seen, place, link)),
    )


def _see(web: Web, place: Place) -> _Seen:
    try:
        page = fetch(web, place)
        return read(page), page.whole
    except NoLookError as error:
        return error.obstacle


def _look(seen: _Seen, shows: Callable[[Contents], bool]) -> Look:
    """Return whether a page shows a proof. In a part of a page, nothing can be missed."""
    if isinstance(seen, Obstacle):
        return Look(shown=None, obstacle=seen)
    contents, whole = seen
    if shows(contents):
        return Look(shown=True)
    return Look(shown=False) if whole else Look(shown=None, obstacle=Obstacle.TOO_LARGE)


def _link(seen: dict[Place, _Seen], place: Place, wanted: str | None) -> Look | None:
    if wanted is None:
        return None
    front = seen[place.front_page]
    return _look(front, lambda page: _leads(page, wanted, me=True))


def _hint(seen: dict[Place, _Seen], place: Place, wanted: str) -> bool:
    front = seen[place.front_page]
    return not isinstance(front, Obstacle) and _leads(front[0], wanted, me=False)


def _leads(page: Contents, wanted: str, *, me: bool) -> bool:
    return any(link.me is me and leads_to(link, wanted) for link in page.links)


def _in_dns(web: Web, place: Place, code: str) -> Look:
    """Look for the code at the host with and without `www.`, and at the domain it belongs to."""
    bare = place.host.removeprefix("www.")
    hosts = dict.fromkeys((bare, f"www.{bare}", registered_domain(place) or bare))
    until = time.monotonic() + web.seconds / 2
    obstacle = None
    for host in hosts:
        web.meter.count("DNS")
        try:
            found = web.names.texts(f"{TXT_LABEL}.{host}", until)
        except NoLookError as error:
            obstacle = error.obstacle
            continue
        if code in (text.strip().lower() for text in found):
            return Look(shown=True)
    return Look(shown=None if obstacle else False, obstacle=obstacle)
