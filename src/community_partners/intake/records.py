"""The policy as a value, and all records of a folder validated, each by its own reader.

The schema first, then what no schema can say. Loading and validating are one path; all problems of
a file are reported together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cattrs import Converter

from ..errors import InvalidInputError, UserError
from ..model.country import Country
from ..model.money import Money
from ..model.month import Month
from ..model.problem import Problem
from ..model.program import Program
from . import countries
from .applications import read_application
from .claims import read_claims_file
from .files import EXAMPLE, read_bytes, read_record, yaml_files
from .partners import PartnerRecord, read_partner, shared
from .schemas import problems
from .yaml_document import Document, read_yaml


def _converter() -> Converter:
    converter = Converter(detailed_validation=False)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(str(value)))
    converter.register_structure_hook(Money, lambda value, _: Money.parse(value))
    converter.register_structure_hook(Month, lambda value, _: Month.parse(value))
    converter.register_structure_hook(Country, lambda value, _: countries.known(value))
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    return converter


_CONVERTER = _converter()
_ROOMS = ("contributions", "applications", "partners")


def read_program(path: Path) -> Program:
    """The policy. Raises InvalidInputError with all that is wrong with the file."""
    document = read_yaml(read_bytes(path), str(path))
    found = problems(document.data, "program", document.locate)
    if not found:
        found = tuple(_countries(document))
    if found:
        raise InvalidInputError(found)
    return _CONVERTER.structure(document.data, Program)


def headquarters(root: Path) -> dict[str, list[str]]:
    """The names of all applicants and partners by the alpha-3 code of their country.

    Records that cannot be read are left to `validate`; who does not want to be listed is not.
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
    """Of one application, as a file or a form has it; of what names no country, nothing."""
    try:
        country, name = countries.find(data["country"]), data["name"]
        if country is not None and name not in names.setdefault(country.code, []):
            names[country.code].append(name)
    except (KeyError, TypeError, AttributeError):
        return


def validate(paths: Iterable[Path], today: date) -> tuple[Problem, ...]:
    """All problems of the files named, and of all records below the folders named."""
    found: list[Problem] = []
    partners: list[PartnerRecord] = []
    # Each once, however often it is named: partners are compared with each other.
    files = {file.resolve(): file for path in paths for file in _records(path)}
    for file in files.values():
        try:
            record = _check(file, today)
        except InvalidInputError as error:
            found.extend(error.problems)
        else:
            partners.extend([record] if isinstance(record, PartnerRecord) else ())
    return (*found, *shared(partners))


def _records(path: Path) -> Iterable[Path]:
    """A file itself; of a folder, all the records in it or in its rooms."""
    if not path.is_dir():
        return [path]
    if path.resolve().name in _ROOMS:
        return yaml_files(path)
    below = [file for room in _ROOMS for file in yaml_files(path / room)]
    return [*(file for file in yaml_files(path) if file.stem == "program"), *below]


def _check(path: Path, today: date) -> object:
    """Reads one record, by the room that it lies in."""
    folder = path.resolve().parent
    if path.name == "program.yml":
        return read_program(path)
    if folder.name == "partners":
        return read_partner(path, today)
    program = _policy(folder.parent / "program.yml")
    if folder.name == "contributions":
        return read_claims_file(path, tuple(program.contribution.points) if program else ())
    return read_application(path, today, program)


def _policy(path: Path) -> Program | None:
    """The program of a record; an invalid one is reported by its own check, and unknown here."""
    try:
        return read_program(path)
    except UserError:
        return None


def _countries(document: Document) -> Iterator[Problem]:
    for at, entry in enumerate(document.data.get("comparable_countries") or ()):
        for key in ("country", "like"):
            if key in entry and countries.find(entry[key]) is None:
                yield Problem(
                    place=document.locate(("comparable_countries", at, key)),
                    message=f"{entry[key]!r} is not a country known to us.",
                    remedy="Write its name or its ISO code.",
                )
