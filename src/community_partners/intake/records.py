"""Validates all records of a folder, and lists organizations by the country of their headquarters.

Each record is validated by the reader that loads it, so that validating and loading always agree.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InvalidInputError, UserError
from ..model.month import listed
from ..model.problem import Place, Problem
from ..model.program import Program
from . import countries
from .applications import read_application
from .claims import claims_files, is_month, read_claims_file
from .imports import FOLDER as IMPORTS
from .imports import check_export, exports, lost_exports
from .logos import read_logos
from .lost_records import lost_records
from .partners import PartnerRecord, read_partner, shared
from .program import read_program
from .yaml_document import ENDING, EXAMPLE, read_record, yaml_files

POLICY = "program.yml"
CLAIMS = "contributions"
_ROOMS = (CLAIMS, "applications", "partners")


def headquarters(root: Path) -> dict[str, list[str]]:
    """Return the names of all applicants and partners, by the alpha-3 code of their country.

    Records that cannot be read are left out, since `validate` reports them. Partners that do not
    want to be listed are left out too.
    """
    names: dict[str, list[str]] = defaultdict(list)
    rooms = ("applications", "partners")
    for path in [file for room in rooms for file in yaml_files(root / room)]:
        try:
            data = read_record(path).data
            if path.stem != EXAMPLE and not data.get("hidden"):
                add_headquarters(names, data)
        except (UserError, AttributeError):
            continue
    return names


def add_headquarters(names: dict[str, list[str]], data: Any) -> None:
    """Add the name of one organization to `names`, unless its country is missing or unknown.

    `data`: an application as a file or a form holds it.
    """
    try:
        country, name = countries.find(data["country"]), data["name"]
        if country is not None and name not in names.setdefault(country.code, []):
            names[country.code].append(name)
    except (KeyError, TypeError, AttributeError):
        return


def validate(paths: Iterable[Path], today: date) -> tuple[Problem, ...]:
    """Return all problems of the files in `paths`, and of the records in the folders in `paths`.

    What stands among the records and is none is a problem too, since nothing reads it.
    """
    paths = tuple(paths)
    found = list(dict.fromkeys(one for path in paths for one in _passed_over(path)))
    partners: list[PartnerRecord] = []
    # Each file once, even if it is named twice: partners are compared with each other.
    files = {file.resolve(): file for path in paths for file in _records(path)}
    for file in files.values():
        try:
            record = _check(file, today)
        except InvalidInputError as error:
            found.extend(error.problems)
        else:
            partners.extend([record] if isinstance(record, PartnerRecord) else ())
    programs = [path for path in paths if path.is_dir() and path.resolve().name not in _ROOMS]
    logos = (one for path in programs for one in read_logos(path)[1])
    return (*found, *shared(partners), *(one for path in programs for one in _gone(path)), *logos)


def _gone(root: Path) -> Iterator[Problem]:
    """Yield a problem if the folder of a program lacks its policy, its partners or its months."""
    if not any(root.glob("program.*")):  # one of another name is passed over, and told
        there = [room for room in _ROOMS if (root / room).is_dir()]
        beside = f" beside {listed([f'{one}/' for one in there])}" if there else ", and no record"
        yield Problem(
            place=Place(document=str(root)),
            message=f"There is no {POLICY} here{beside}.",
            remedy="Go to the folder of the program, or name it; docs/set-up.md starts a new one.",
        )
    yield from lost_records(root)


def _records(path: Path) -> Iterable[Path]:
    """Return the file itself, or, for a folder, the program and all records in the folder."""
    if not path.is_dir():
        return [path] if _is_read(path) else []
    if path.resolve().name in _ROOMS:
        return _in_room(path)
    below = [file for room in _ROOMS for file in _in_room(path / room)]
    return [*(file for file in yaml_files(path) if file.stem == "program"), *below]


def _in_room(path: Path) -> list[Path]:
    if path.resolve().name != CLAIMS:
        return yaml_files(path)
    return [*claims_files(path), *(one for one in exports(path) if not _is_kept(one))]


def _passed_over(path: Path) -> Iterator[Problem]:
    """Yield a problem for each file and folder at `path` that no reader of records would read."""
    if not path.is_dir():
        if not _is_read(path):
            yield _not_read(path)
    elif path.resolve().name in _ROOMS:
        yield from _beside_records(path, path)
    else:
        for room in _ROOMS:
            if (path / room).is_dir():
                yield from _passed_over(path / room)
        yield from (_not_read(one) for one in sorted(path.glob("program.y*ml.*")))


def _beside_records(room: Path, folder: Path) -> Iterator[Problem]:
    for one in sorted(folder.iterdir()):
        of_claims = one.is_dir() and room.resolve().name == CLAIMS
        if of_claims and is_month(one.relative_to(room)):
            yield from _beside_records(room, one)
        elif of_claims and one == room / IMPORTS:
            yield from (_not_read(below) for below in sorted(one.iterdir()) if below.is_dir())
        elif not (_is_record(one) or _is_kept(one)):
            yield _not_read(one)


def _is_read(path: Path) -> bool:
    """Tell whether a file is read as a record, or refused by the reader for its ending.

    A file outside the folders of records is read whatever its name is: a person named it.
    """
    return path.resolve().parent.name not in _ROOMS or _is_record(path)


def _is_record(path: Path) -> bool:
    return not path.is_dir() and path.suffix.lower() in (".yml", ".yaml")


def _is_kept(path: Path) -> bool:
    """Tell whether a file may stand among records: the file for readers, or one of git."""
    return path.name.lower() == "readme.md" or path.name.startswith(".git")


def _not_read(path: Path) -> Problem:
    stem, ending = path.name.split(".")[0], path.name.removeprefix(path.name.split(".")[0])
    if path.is_dir():
        message = "This is a folder among the records, so that nothing reads what it holds."
        remedy = f"Move its files up into {path.resolve().parent.name}/."
    elif not stem:
        message = "This file has no name before its ending, so that nothing reads it."
        remedy = f"Name it <slug>{ENDING}, or take it away."
    else:
        how = f"ends in {ending}" if ending else "has no ending"
        message = f"The name of this file {how}, so that nothing reads it."
        remedy = f"Rename it to {stem}{ENDING}, or take it away."
    return Problem(place=Place(document=str(path)), message=message, remedy=remedy)


def _check(path: Path, today: date) -> object:
    """Read one record; its folder decides what it is. Raises InvalidInputError."""
    folder = path.resolve().parent
    if path.name == POLICY:
        policy = read_program(path, today)
        if lost := tuple(lost_exports(path, policy)):
            raise InvalidInputError(lost)
        return policy
    if folder.name == "partners":
        return read_partner(path, today)
    if folder.name == IMPORTS and folder.parent.name == CLAIMS:
        check_export(path, _policy(folder.parents[1] / POLICY, today))
        return None
    claims = next((one for one in (folder, *folder.parents[:2]) if one.name == CLAIMS), None)
    program = _policy((claims or folder).parent / POLICY, today)
    if claims and (folder == claims or is_month(folder.relative_to(claims))):
        return read_claims_file(path, tuple(program.contribution.points) if program else ())
    return read_application(path, today, program)


def _policy(path: Path, today: date) -> Program | None:
    """Read the program of a record, or return None if it is invalid: its own check reports that."""
    try:
        return read_program(path, today)
    except UserError:
        return None
