"""Reads the exports of dashboards below `contributions/imports/`, whose rows are contributions.

`contribution.claims.imports` in program.yml says which columns and kinds mean what. A row counts by
the rules for approved claims. A row that cannot be read is left out and told; it never takes the
other rows along.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.contribution import Acceptance, Account, Contribution
from ..model.day import day_in_utc, day_of
from ..model.length import cut
from ..model.problem import Place, Problem, quoted
from ..model.program import Import, Program
from .export_problems import Told
from .export_rows import ExportRow, export_rows
from .profile_address import read_account
from .schema import fits, problems
from .yaml_document import Steps, read_bytes

FOLDER = "imports"
_LONGEST_TITLE = 200  # characters, as for other claims
# What a spreadsheet would take for a formula.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=+\-@\t\r]")
_OTHER_BYTES = re.compile("[\ud800-\udfff]")  # as `export_rows` reads bytes that are not UTF-8
_EMPTY = {
    "person": "the GitHub login of the one who did it",
    "date": "the day, such as 2026-10-14",
    "kind": "the kind, as `kinds` in program.yml names it",
    "url": "the address of a page that shows it",
    "title": "what was done, in a few words",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """The content of exports. `problems`: what was left out, and why; MOST of each file at most."""

    contributions: tuple[Contribution, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_imports(root: Path, program: Program) -> Imported:
    """Read all exports that the program names, in its order. `root`: the folder of its records."""
    claims = program.contribution.claims
    if claims is None:
        return Imported()
    below = f"{claims.folder}/{FOLDER}"
    found = [
        _read_import(root / below / one.file, f"{below}/{one.file}", one) for one in claims.imports
    ]
    return Imported(
        contributions=tuple(entry for one in found for entry in one.contributions),
        problems=tuple(problem for one in found for problem in one.problems),
    )


def check_export(path: Path, program: Program | None) -> None:
    """Raise InvalidInputError with the problems of one export.

    `program`: None if it cannot be read; then nothing says what the columns mean.
    """
    if program is None:
        return
    claims = program.contribution.claims
    named = [one for one in (claims.imports if claims else ()) if one.file == path.name]
    if not named:
        message = "No import in program.yml names this file, so that nothing reads it."
        remedy = "Name it in `contribution.claims.imports`, or take it away."
        raise InvalidInputError(
            (Problem(place=Place(document=str(path)), message=message, remedy=remedy),)
        )
    found = _read_import(path, str(path), named[0])
    if found.problems:
        raise InvalidInputError(found.problems)


def exports(folder: Path) -> list[Path]:
    """Return the files in the folder of exports, sorted by name. `folder`: that of claims."""
    below = folder / FOLDER
    return sorted(one for one in (below.iterdir() if below.is_dir() else ()) if not one.is_dir())


def lost_exports(policy: Path, program: Program) -> Iterator[Problem]:
    """Yield a problem for each export that program.yml names and that is not there.

    `policy`: the path of program.yml.
    """
    claims = program.contribution.claims
    for at, one in enumerate(claims.imports if claims else ()):
        if claims and not (policy.parent / claims.folder / FOLDER / one.file).is_file():
            yield Problem(
                place=Place(document=str(policy), field=f"contribution.claims.imports[{at}].file"),
                message=f"There is no file {claims.folder}/{FOLDER}/{one.file}.",
                remedy="Commit the export, or take this import away.",
            )


def _read_import(path: Path, name: str, rule: Import) -> Imported:
    """Read one export. `name`: the file's name in problems."""
    told = Told(name)
    try:
        content = read_bytes(path)
    except UserError:
        missing = "This file is not there, or cannot be read."
        told.add(None, None, missing, "Commit the export, or take the import out of program.yml.")
        return Imported(problems=told.all())
    rows = export_rows(content, name, tuple(rule.columns.values()))
    return Imported(contributions=tuple(_contributions(rows, rule, told)), problems=told.all())


def _contributions(
    rows: Iterable[ExportRow | Problem], rule: Import, told: Told
) -> Iterator[Contribution]:
    accepted = Acceptance(by=Account(login=rule.approved_by), source=rule.source)
    for row in rows:
        if isinstance(row, Problem):
            told.take((row,))
            continue
        cells = {key: row.cells[column] for key, column in rule.columns.items()}
        if cells["kind"] and cells["kind"] not in rule.kinds:
            told.unknown_kind(cells["kind"], row.line)
            continue
        kind = rule.kinds.get(cells["kind"])
        if cells["kind"] and kind is None:
            continue
        claim = _claim(row.line, cells, rule, told)
        if claim is not None:
            yield Contribution(
                kind=str(kind),
                day=day_of(claim["date"]),
                by=Account(login=claim["person"]),
                title=claim["title"],
                url=claim["url"],
                accepted=accepted,
            )


def _claim(line: int, cells: Mapping[str, str], rule: Import, told: Told) -> dict[str, str] | None:
    """Return a row as a claim is written in YAML; None if it is none, which is told."""
    wrong = False
    for key, cell in cells.items():
        column = rule.columns[key]
        login = key == "person" and cell[:1] == "@"
        if not cell:
            message = "There is nothing in this column."
            told.add(line, column, message, f"Write {_EMPTY[key]}.")
        elif _OTHER_BYTES.search(cell):
            message = f"{quoted(cell)} is not UTF-8 text."
            told.add(line, column, message, "Save the file as UTF-8.")
        elif _FORMULA.match(cell) and not login:
            message = f"{quoted(cell)} would be a formula in a spreadsheet."
            told.add(line, column, message, "Begin with a letter or a digit.")
        elif key == "date" and day_in_utc(cell) is None:
            message = f"{quoted(cell)} is not a day that can be read in one way only."
            told.add(line, column, message, "Write it as 2026-10-14, or as 2026-10-14T12:00:00Z.")
        else:
            continue
        wrong = True
    if wrong:
        return None
    claim = {
        "kind": str(rule.kinds[cells["kind"]]),
        "person": read_account(cells["person"], "github.com"),
        "date": str(day_in_utc(cells["date"])),
        "title": cut(" ".join(cells["title"].split()), _LONGEST_TITLE),
        "url": cells["url"],
        "approved_by": rule.approved_by,
    }

    def locate(path: Steps) -> Place:
        return Place(document=told.name, line=line, field=rule.columns.get(str(path[-1])))

    data = {"claims": [claim]}
    if told.full:
        if fits(data, "claims"):
            return claim
        told.add(line, None, "This row cannot be read.", "Correct it.")
        return None
    found = problems(data, "claims", locate)
    told.take(found)
    return None if found else claim
