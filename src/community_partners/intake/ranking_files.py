"""Reads committed months, `rankings/<month>.json`. Decides which months exist and are undamaged.

These files are the only state that is kept from month to month: a file that cannot be read stops
the run.
"""

from contextlib import suppress
from pathlib import Path

from ..errors import UserError
from ..model.month import Month
from ..model.ranking import Ranking
from .stored_file import read_stored

FOLDER = "rankings"
PAGE = f"{FOLDER}/README.md"
_REMEDY = "Only the action writes this file: restore it from git."


def committed_months(root: Path) -> tuple[Month, ...]:
    """Return the months that have a file, the earliest first. `root`: the program's folder."""
    found = []
    for path in (root / FOLDER).glob("*.json"):
        with suppress(ValueError):  # a name that is no month: another file
            month = Month.parse(path.stem)
            if path.is_file():
                found.append(month)
    return tuple(sorted(found))


def read_ranking(root: Path, month: Month) -> Ranking | None:
    """Read a committed month; None if it has no file. Raises UserError if the file is damaged."""
    path = root / FOLDER / f"{month}.json"
    if not path.is_file():
        return None
    ranking = read_stored(path, "ranking", Ranking, _REMEDY)
    if ranking.month != month:
        raise UserError(f"{path} holds {ranking.month}. Restore it from git.")
    return ranking
