"""Committed months, `rankings/<month>.json`. Decides only which there are, and that they are whole.

They are the only state from month to month: a file that cannot be read stops the run.
"""

import json
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.month import Month
from ..model.problem import Place
from ..model.ranking import Ranking
from ..stored import load
from .files import read_text
from .schemas import problems

FOLDER = "rankings"
PAGE = f"{FOLDER}/README.md"


def committed_months(root: Path) -> tuple[Month, ...]:
    """The months that have a file, the earliest first."""
    found = []
    for path in (root / FOLDER).glob("*.json"):
        try:
            found.append(Month.parse(path.stem))
        except ValueError:
            continue
    return tuple(sorted(found))


def read_ranking(root: Path, month: Month) -> Ranking | None:
    """A committed month; None where there is none. Raises UserError for a file that is damaged."""
    path = root / FOLDER / f"{month}.json"
    if not path.is_file():
        return None
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"{path} is not JSON ({error}). Only the action writes this file: restore it from git."
        ) from error

    def locate(where: tuple[str | int, ...]) -> Place:
        return Place(document=str(path), field=".".join(map(str, where)) or None)

    wrong = problems(data, "ranking", locate)
    if wrong:
        raise InvalidInputError(wrong)
    ranking = load(data, Ranking)
    if ranking.month != month:
        raise UserError(f"{path} holds {ranking.month}. Restore it from git.")
    return ranking
