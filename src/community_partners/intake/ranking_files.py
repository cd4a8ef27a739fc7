"""Reads committed months, `rankings/<month>.json`. Decides which months exist and are undamaged.

These files are the only state that is kept from month to month: a file that cannot be read stops
the run.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError, UserError
from ..model.month import Month
from ..model.problem import Place
from ..model.ranking import Ranking
from ..stored import load
from .schema import problems
from .yaml_document import read_text

FOLDER = "rankings"
PAGE = f"{FOLDER}/README.md"


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
    try:
        data = json.loads(read_text(path))
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate cannot be written
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"{path} is not JSON ({error}). Only the action writes this file: restore it from git."
        ) from error

    def locate(where: tuple[str | int, ...]) -> Place:
        return Place(document=str(path), field=".".join(map(str, where)) or None)

    wrong = problems(data, "ranking", locate)
    if wrong:
        raise InvalidInputError(wrong)
    ranking = _load(path, data)
    if ranking.month != month:
        raise UserError(f"{path} holds {ranking.month}. Restore it from git.")
    return ranking


def _load(path: Path, data: Any) -> Ranking:
    try:
        return load(data, Ranking)
    except Exception as error:  # cattrs raises exception groups for hand-edited values
        raise UserError(f"{path} does not hold together. Restore it from git.") from error
