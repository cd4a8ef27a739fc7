"""Ask the site of a program for its list of partners, as a stranger's website is asked.

`site.url` is in a file of the repository, so it may lead anywhere: into a private network, too.
"""

import json
from typing import Any

from ..model.program import Program
from ..model.site import LIST, LIST_SCHEMA
from ..model.website_proof import Look, Obstacle
from .fetch import Wanted, Web, fetch
from .names import NoLookError
from .place import place_of

LONGEST = 4 * 1024 * 1024  # bytes: of some 4,000 partners
DATA = Wanted(accept="application/json", only="application/json", longest=LONGEST)


def shows_partners(web: Web, url: str, program: Program) -> Look:
    """Return whether the site at `url` shows the list of this program's partners. One request.

    `url`: with a slash at its end. Not shown: there is something else, such as another program's.
    """
    place = place_of(f"{url}{LIST}")
    if place is None:
        return Look(shown=None, obstacle=Obstacle.UNREACHABLE)
    try:
        page = fetch(web, place, DATA)
    except NoLookError as error:
        if error.obstacle in (Obstacle.UNREADABLE, Obstacle.TOO_LARGE):
            return Look(shown=False)
        return Look(shown=None, obstacle=error.obstacle)
    return Look(shown=page.whole and _is_ours(page.body, program))


def _is_ours(body: bytes, program: Program) -> bool:
    try:
        found: Any = json.loads(body)
        return bool(found["schema"] == LIST_SCHEMA and found["program"]["name"] == program.name)
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
