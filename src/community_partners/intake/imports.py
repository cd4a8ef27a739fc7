"""Reads the exports of dashboards below `contributions/imports/`, whose rows are contributions.

`contribution.claims.imports` in program.yml says which columns and kinds mean what. A row counts by
the rules for approved claims. A row that cannot be read is left out and told; it never takes the
other rows along.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ..errors import InvalidInputError, UserError
from ..model.contribution import Acceptance, Account, Contribution
from ..model.day import day_of
from ..model.length import cut
from ..model.problem import MOST, Place, Problem, first_of, quoted
from ..model.program import Import, Program
from .export_rows import ExportRow, export_rows
from .profile_address import read_account
from .schema import fits, problems
from .yaml_document import Steps, read_bytes

FOLDER = "imports"
_LONGEST_TITLE = 200  # characters, as for other claims
# What a spreadsheet would take for a formula.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=+\-@\t\r]")
# ISO 8601, as dashboards write it. A time without a zone is one in UTC.
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?"
    r" ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)
_EMPTY = {
    "person": "the GitHub login of the one who did it",
    "date": "the day, such as 2026-10-14",
    "kind": "the kind, as `kinds` in program.yml names it",
    "url": "the address of a page that shows it",
    "title": "what was done, in a few words",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What exports hold. `problems`: what was left out, and why; MOST of each file at most."""

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
    told = _Told(name)
    try:
        content = read_bytes(path)
    except UserError:
        missing = "This file is not there, or cannot be read."
        told.add(None, None, missing, "Commit the export, or take the import out of program.yml.")
        return Imported(problems=told.all())
    rows = export_rows(content, name, tuple(rule.columns.values()))
    return Imported(contributions=tuple(_contributions(rows, rule, told)), problems=told.all())


class _Told:
    """Collects the problems of one file: the first ones in words, the others as a number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.unknown: dict[str, tuple[int, int]] = {}
        self._problems: list[Problem] = []
        self._more = 0

    def add(self, line: int | None, field: str | None, message: str, remedy: str) -> None:
        place = Place(document=self.name, line=line, field=field)
        self.take((Problem(place=place, message=message, remedy=remedy),))

    def take(self, found: Iterable[Problem]) -> None:
        for problem in found:
            if len(self._problems) < MOST:
                self._problems.append(problem)
            else:
                self._more += problem.count

    @property
    def full(self) -> bool:
        """Whether further problems are only counted, so that nobody needs their words."""
        return len(self._problems) >= MOST

    def unknown_kind(self, kind: str, line: int) -> None:
        first, rows = self.unknown.get(kind, (line, 0))
        self.unknown[kind] = (first, rows + 1)

    def all(self) -> tuple[Problem, ...]:
        """Return all problems by line, with one for each kind that program.yml does not name."""
        for kind, (line, rows) in self.unknown.items():
            how_many = f" and in {rows - 1:,} more rows" if rows > 1 else ""
            message = f"The kind {quoted(kind)}, here{how_many}, is not in `kinds`."
            remedy = (
                f"Add {quoted(kind)} to the `kinds` of this import in program.yml, with one of its "
                "kinds, or with `null` if it shall not count."
            )
            self.add(line, None, message, remedy)
        found = sorted(self._problems, key=lambda one: one.place.line or 0)
        if self._more:
            place, message = Place(document=self.name), f"There are {self._more:,} more problems."
            remedy = "Correct those above first."
            rest = Problem(place=place, message=message, remedy=remedy, count=self._more)
            return first_of((*found, rest))
        return tuple(found)


def _contributions(
    rows: Iterable[ExportRow | Problem], rule: Import, told: _Told
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


def _claim(line: int, cells: Mapping[str, str], rule: Import, told: _Told) -> dict[str, str] | None:
    """Return a row as a claim is written in YAML; None if it is none, which is told."""
    wrong = False
    for key, cell in cells.items():
        column = rule.columns[key]
        login = key == "person" and cell[:1] == "@"
        if not cell:
            message = "There is nothing in this column."
            told.add(line, column, message, f"Write {_EMPTY[key]}.")
        elif _FORMULA.match(cell) and not login:
            message = f"{quoted(cell)} would be a formula in a spreadsheet."
            told.add(line, column, message, "Begin with a letter or a digit.")
        elif key == "date" and _day(cell) is None:
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
        "date": str(_day(cells["date"])),
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


def _day(text: str) -> date | None:
    """Return the day in UTC; None for what is no day, or may be one of two days."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    try:
        day = day_of(found[1])
        clock, zone = found[2] or "00:00", found[3] or "Z"
        zone = "+00:00" if zone in ("Z", "UTC") else zone
        return datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(UTC).date()
    except (ValueError, OverflowError):
        return None
