"""Takes over the logos at the addresses that admitted applications name.

Each address is asked once. The image is kept as a file, so that nobody's website learns who looks
at ours, and no picture there can change later. A logo never stops an admission: the record says
what became of its address.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from ..checkout.head import blobs
from ..evidence.clients import Clients
from ..intake.logos import ENDINGS, FOLDER, LARGEST, TOO_LARGE, Logo, known_logo
from ..model.file import File, packed
from ..model.partner import FetchedLogo
from ..model.website_proof import Obstacle
from ..publication.place import Place
from ..website.image import fetch_image
from ..wire.side_by_side import side_by_side
from .admit import Decided
from .partner_record import with_logo

_REFUSED = {
    Obstacle.UNREACHABLE: "No answer came from the logo's address.",
    Obstacle.REFUSED: "The logo's address answered our program with an error.",
    Obstacle.ELSEWHERE: "The logo's address leads to another website.",
    Obstacle.UNREADABLE: "The logo's address gave an answer that we cannot read.",
    Obstacle.TOO_LARGE: TOO_LARGE,
}

Fetched = dict[tuple[str, str], Logo | str]
"""Each logo by slug and address, or the reason why there is none, with the remedy."""


def with_logos(
    done: Sequence[Decided], place: Place, clients: Clients, today: date, fetched: Fetched
) -> tuple[Decided, ...]:
    """Return the decisions, those on new partners with what became of the logo's address.

    A logo that is committed already, such as by the pull request of the application, stays; then
    nobody is asked. `fetched`: what this run has fetched before, in an earlier try to publish; what
    is fetched now is added.
    """
    asked = _asked(done, place)
    new = [key for key in asked.values() if key not in fetched]
    if new:
        clients.progress("asking for the logos of new partners")
        web = clients.web()
        found = side_by_side(lambda key: fetch_image(web, key[1], LARGEST), new)
        fetched.update({key: _logo(key[0], one) for key, one in zip(new, found, strict=True)})
    return tuple(
        _with(one, fetched[asked[one.merged.slug]], today) if one.merged.slug in asked else one
        for one in done
    )


def _asked(done: Sequence[Decided], place: Place) -> dict[str, tuple[str, str]]:
    """Return slug and address of each new partner's logo that no file is committed for."""
    named = {
        one.merged.slug: (one.merged.slug, address)
        for one in done
        if one.record and one.partner and (address := one.partner.organization.logo)
    }
    # As in the commit: a run that was cut off may have left its own file on disk.
    known = blobs(place.git, "HEAD") if named else {}
    return {
        slug: key
        for slug, key in named.items()
        if not any(f"{FOLDER}/{slug}.{ending}" in known for ending in ENDINGS)
    }


def _logo(slug: str, found: bytes | Obstacle) -> Logo | str:
    return _REFUSED[found] if isinstance(found, Obstacle) else known_logo(slug, found)


def _with(one: Decided, logo: Logo | str, today: date) -> Decided:
    """Return a decision with the file of a logo, or with the reason why there is none."""
    if one.partner is None or one.record is None:
        return one
    if isinstance(logo, str):
        said, file = FetchedLogo(on=today, refused=logo), None
    else:
        file = File(path=f"{FOLDER}/{logo.name}", text=packed(logo.content))
        digest = sha256(logo.content).hexdigest()
        said = FetchedLogo(on=today, file=file.path, sha256=digest)
    partner, record = replace(one.partner, logo=said), with_logo(one.record, said)
    return replace(one, partner=partner, record=record, logo=file)
