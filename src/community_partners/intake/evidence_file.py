"""Reads and writes evidence for `--save-evidence`. Decides only whether a file holds evidence."""

import json
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InvalidInputError, UserError
from ..model.evidence import Evidence, MonthEvidence
from ..model.problem import Place
from ..stored import dump, load
from .schema import problems

T = TypeVar("T")


def read_evidence(path: Path) -> Evidence:
    """Read the evidence of one application.

    Raises UserError if the file is missing or does not fit the schema.
    """
    return _read(path, "evidence", Evidence)


def read_month_evidence(path: Path) -> MonthEvidence:
    """Read the evidence of all partners in a month. Raises UserError as `read_evidence` does."""
    return _read(path, "month-evidence", MonthEvidence)


def write_evidence(evidence: Evidence | MonthEvidence, path: Path) -> None:
    """Write evidence to a file; the same evidence gives the same bytes. Raises UserError."""
    try:
        path.write_text(dump(evidence, type(evidence)), encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error


def _read(path: Path, schema: str, kind: type[T]) -> T:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate cannot be printed
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(f"{path} is not stored evidence: {error}.") from error

    def locate(where: tuple[str | int, ...]) -> Place:
        return Place(document=str(path), field=".".join(map(str, where)) or None)

    wrong = problems(data, schema, locate)
    if wrong:
        raise InvalidInputError(wrong)
    return _load(path, data, kind)


def _load(path: Path, data: Any, kind: type[T]) -> T:
    try:
        return load(data, kind)
    except Exception as error:  # cattrs raises exception groups for hand-edited values
        raise UserError(f"{path} does not hold together: store it anew.") from error
