"""Reads committed months, `rankings/<month>.json`. Decides which months exist and are undamaged.

These files are the only state that is kept from month to month: a file that cannot be read stops
the run. No run reads contributions back: the ranking has a digest of each of their files.
"""

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from ..errors import UserError
from ..model.contribution import Repository
from ..model.month import Month
from ..model.ranking import Ranking
from ..stored import load
from .stored_file import as_stored, read_json

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


def contributions_name(month: Month, number: int) -> str:
    """Return the name of a month's file of contributions. `number`: from 1."""
    return f"{month}.contributions{f'-{number}' if number > 1 else ''}.jsonl"


def contributions_on_disk(root: Path, month: Month) -> set[str]:
    """Return the names of the month's files of contributions in the folder."""
    ours = re.compile(rf"{month}\.contributions(-[0-9]+)?\.jsonl")
    names = (path.name for path in (root / FOLDER).glob(f"{month}.contributions*.jsonl"))
    return {name for name in names if ours.fullmatch(name)}


def repositories_name(month: Month) -> str:
    """Return the name of the file with what GitHub shows of repositories only as of today."""
    return f"{month}.repositories.json"


def read_repositories(root: Path, month: Month) -> dict[str, Repository]:
    """Return what was kept of the repositories when the month was committed; {} without a file.

    Raises UserError if the file is damaged.
    """
    path = root / FOLDER / repositories_name(month)
    if not path.is_file():
        return {}
    try:
        return load(read_json(path, _REMEDY), dict[str, Repository])
    except Exception as error:  # cattrs raises exception groups for hand-edited values
        raise UserError(f"{path} does not hold together. {_REMEDY}") from error


def read_ranking(root: Path, month: Month) -> Ranking | None:
    """Read a committed month; None if it has no file. Raises UserError if the file is damaged."""
    path = root / FOLDER / f"{month}.json"
    if not path.is_file():
        return None
    data = read_json(path, _REMEDY)
    if isinstance(data, dict) and "partners" in data and "contributions" not in data:
        raise UserError(
            f"{path} was written by an earlier version, with the contributions inside. Delete the "
            f"months in {FOLDER}/, and compute them anew with `partners month --from "
            f"{committed_months(root)[0]}`."
        )
    ranking = as_stored(data, path, "ranking", Ranking, _REMEDY)
    if ranking.month != month:
        raise UserError(f"{path} holds {ranking.month}. Restore it from git.")
    return ranking


def refuse_damaged(root: Path, ranking: Ranking) -> None:
    """Raise UserError if a file of contributions is not the one that a committed month names.

    https://git-scm.com/docs/gitattributes#_eol
    Git may end the lines of a checkout as Windows does; that is no damage.
    """
    again = (
        f"Restore it from git, or compute the month again with `partners month {ranking.month}`."
    )
    for part in ranking.contributions:
        path = root / FOLDER / part.name
        try:
            with path.open("rb") as content:
                found = hashlib.sha256()
                for line in content:
                    found.update(line.replace(b"\r\n", b"\n"))
        except OSError as error:
            raise UserError(f"{path} cannot be read ({error.strerror}). {again}") from error
        if found.hexdigest() != part.sha256:
            raise UserError(f"{path} is not the file that {ranking.month}.json names. {again}")
