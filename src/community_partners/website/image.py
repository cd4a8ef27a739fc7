"""Fetch the image at an address that a stranger names: bytes, which nobody has looked at yet."""

from ..model.website_proof import Obstacle
from .fetch import Wanted, Web, fetch
from .names import NoLookError
from .place import place_of

ACCEPT = "image/svg+xml, image/png, image/webp, image/jpeg"


def fetch_image(web: Web, url: str, longest: int) -> bytes | Obstacle:
    """Return the bytes at an https address, as they came; or the obstacle.

    `longest`: the bytes of the largest image. The server's word for the type decides nothing, since
    many servers have none for images: whoever reads the bytes finds out what they are.
    """
    place = place_of(url)
    if place is None:
        return Obstacle.UNREACHABLE
    try:
        found = fetch(web, place, Wanted(accept=ACCEPT, only=None, longest=longest))
    except NoLookError as error:
        return error.obstacle
    return found.body if found.whole else Obstacle.TOO_LARGE
