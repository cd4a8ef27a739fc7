"""Reads and writes the evidence of `--evidence` and `--save-evidence`."""

from pathlib import Path

from ..errors import UserError
from ..model.evidence import Evidence, MonthEvidence
from ..stored import dump
from .stored_file import read_stored

_REMEDY = "Store the evidence anew."


def read_evidence(path: Path) -> Evidence:
    """Read the evidence of one application.

    Raises UserError if the file is missing, damaged or does not fit the schema.
    """
    return read_stored(path, "evidence", Evidence, _REMEDY)


def read_month_evidence(path: Path) -> MonthEvidence:
    """Read the evidence of all partners in a month. Raises UserError as `read_evidence` does."""
    return read_stored(path, "month-evidence", MonthEvidence, _REMEDY)


def write_evidence(evidence: Evidence | MonthEvidence, path: Path) -> None:
    """Write evidence to a file; the same evidence gives the same bytes. Raises UserError."""
    try:
        path.write_text(dump(evidence, type(evidence)), encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error
