"""Evidence that `--save-evidence` wrote. Decides only whether a file is that."""

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
    """That of one application. Raises UserError for a file that is missing or not of the schema."""
    return _read(path, "evidence", Evidence)


def read_month_evidence(path: Path) -> MonthEvidence:
    """That of a month of all partners. Raises UserError as `read_evidence` does."""
    return _read(path, "month-evidence", MonthEvidence)


def write_evidence(evidence: Evidence | MonthEvidence, path: Path) -> None:
    """Store it for later; the same evidence gives the same bytes. Raises UserError."""
    try:
        path.write_text(dump(evidence, type(evidence)), encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error


def _read(path: Path, schema: str, kind: type[T]) -> T:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(data, ensure_ascii=False).encode()  # half a character could not be shown
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
    except Exception as error:  # cattrs groups what a hand-edited value can raise
        raise UserError(f"{path} does not hold together: store it anew.") from error
