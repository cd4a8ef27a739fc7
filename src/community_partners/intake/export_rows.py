"""Reads the rows of a dashboard's export, from CSV or JSON, as text by column.

This module decides what a row is. A row that is none is told with its line, and the rows around it
are read. Text in quotation marks is one cell whatever it holds, so that nobody's title adds a row.
"""

import csv
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from ..model.problem import Place, Problem, quoted

LARGEST = 5_000_000  # bytes
MOST_ROWS = 50_000
LONGEST_ROW = 100  # lines
_DELIMITERS = ",;\t"
_SPACES = re.compile(r"[ \t\n\r]*")
# Numbers stay as they are written.
_JSON = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class ExportRow(NamedTuple):
    """A row. `line`: where it begins, from 1. `cells`: text by column, the asked columns only."""

    line: int
    cells: Mapping[str, str]


def export_rows(
    content: bytes, name: str, columns: Collection[str]
) -> Iterator[ExportRow | Problem]:
    """Yield the rows of an export, and a problem for each that cannot be read.

    `name`: the path of the file, which ends in .csv for CSV; any other is JSON: a list of objects,
    or an object in each line. `columns`: those that are asked; in JSON, dots lead to keys inside.
    """
    if len(content) > LARGEST:
        message = f"This has {len(content):,} bytes; at most {LARGEST:,} are read."
        yield _problem(name, None, message, "Export fewer months, or split the file in two.")
        return
    # Other bytes than UTF-8 become half characters, which are refused where they stand.
    text = content.decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n")
    read = _csv_rows if name.lower().endswith(".csv") else _json_rows
    rows = read(text, name, columns)
    yield from islice(rows, MOST_ROWS)
    if next(rows, None) is not None:
        message = f"This has more than {MOST_ROWS:,} rows: the rows after them are left out."
        yield _problem(name, None, message, "Split the file in two.")


def _csv_rows(text: str, name: str, columns: Collection[str]) -> Iterator[ExportRow | Problem]:
    lines = text.split("\n")
    at = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    header, delimiter = _header(lines[at] if at < len(lines) else "", columns)
    if (wrong := _wrong_header(header, columns)) is not None:
        yield _problem(name, at + 1, *wrong)
        return
    places = {column: header.index(column) for column in columns}
    at += 1
    while at < len(lines):
        row, following = _record(lines, at, delimiter)
        if row is None or (any(map(str.strip, row)) and len(row) != len(header)):
            message = (
                "A quotation mark is not closed, or stands inside a cell."
                if row is None
                else f"This row has {len(row)} columns, and the first line has {len(header)}."
            )
            yield _problem(name, at + 1, message, "Correct this row, or export the file anew.")
            following = at + 1
        elif any(map(str.strip, row)):
            cells = {column: row[place].strip() for column, place in places.items()}
            yield ExportRow(at + 1, cells)
        at = following


def _header(line: str, columns: Collection[str]) -> tuple[list[str], str]:
    """Return the names in the first line, and what stands between them there."""
    found = []
    for delimiter in _DELIMITERS:
        row = _record([line], 0, delimiter)[0] or []
        found.append(([cell.strip() for cell in row], delimiter))
    return max(found, key=lambda one: (len(set(columns) & set(one[0])), len(one[0])))


def _wrong_header(header: list[str], columns: Collection[str]) -> tuple[str, str] | None:
    """Return what is wrong with the names of the columns, and the remedy; None if nothing is."""
    there = ", ".join(quoted(one, 30) for one in header[:8] if one)
    for column in columns:
        if header.count(column) > 1:
            return f"Two columns are named {quoted(column)}.", "Keep one of the two."
        if column not in header:
            remedy = "Write the names of the columns here, or correct `columns` in program.yml"
            here = f": here are {there}." if there else "."
            return f"The first line names no column {quoted(column)}.", f"{remedy}{here}"
    return None


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Return the cells that begin in a line, None if they cannot be read, and the next line."""
    if (row := _cells(lines[at], delimiter)) is not None:
        return row, at + 1
    marks = 0
    for end in range(at, min(at + LONGEST_ROW, len(lines))):
        marks += lines[end].count('"')
        if marks % 2 == 0:
            return _cells("\n".join(lines[at : end + 1]), delimiter), end + 1
    return None, at + 1


def _cells(text: str, delimiter: str) -> list[str] | None:
    with suppress(csv.Error):
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
        return (rows or [[]])[0] if len(rows) <= 1 else None
    return None


def _json_rows(text: str, name: str, columns: Collection[str]) -> Iterator[ExportRow | Problem]:
    values = _listed(text, name) if text.lstrip()[:1] == "[" else _in_lines(text, name)
    for line, value in values:
        if isinstance(value, Problem):
            yield value
        elif not isinstance(value, dict):
            yield _problem(name, line, "This is no object.", "Write each row as {…} with its keys.")
        else:
            yield _of_object(value, line, name, columns)


def _in_lines(text: str, name: str) -> Iterator[tuple[int, Any]]:
    for line, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            try:
                yield line, _JSON.decode(row)
            except (ValueError, RecursionError):
                yield line, _problem(name, line, "This is not JSON.", "Correct this line.")


def _listed(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a list with their lines, and a problem where it is no JSON any more."""
    line, counted = 1, 0

    def spaces(at: int) -> int:
        found = _SPACES.match(text, at)
        return found.end() if found else at

    at = spaces(spaces(0) + 1)
    while text[at : at + 1] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = _JSON.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        yield line, value
        at = spaces(end)
        if text[at : at + 1] == ",":
            at = spaces(at + 1)
        elif text[at : at + 1] != "]":
            break
    else:
        if not text[at + 1 :].strip():
            return
    line += text.count("\n", counted, at)
    message = "From here on, this is no JSON: the rows after it are left out."
    yield line, _problem(name, line, message, "Export the file anew.")


def _of_object(
    value: dict[str, Any], line: int, name: str, columns: Collection[str]
) -> ExportRow | Problem:
    cells = {}
    for column in columns:
        cell = _inside(value, column)
        if not isinstance(cell, (str, type(None))):
            message, remedy = "This is no text.", "Write one text, or name another key."
            return _problem(name, line, message, remedy, column)
        cells[column] = (cell or "").strip()
    return ExportRow(line, cells)


def _inside(value: Any, column: str) -> Any:
    """Return what stands at `author.login`, or at a key of just this name; None if nothing does."""
    if column in value:
        return value[column]
    for step in column.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _problem(
    name: str, line: int | None, message: str, remedy: str, field: str | None = None
) -> Problem:
    place = Place(document=name, line=line, field=field)
    return Problem(place=place, message=message, remedy=remedy)
