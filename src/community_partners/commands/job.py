"""A workflow job's summary and outputs. Decides their form and their limits.

By then the work is done: a file that cannot be written is a sentence, and no bug.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path

from ..errors import UserError
from ..wire.session import Meter

LARGEST_SUMMARY = 900_000  # bytes; GitHub drops what is near 1 MiB, without a word


def write_summary(path: Path | None, result: str, meter: Meter) -> None:
    """What it cost and the result, in Markdown, on the page of the run. Raises UserError."""
    text = f"{meter}.\n\n{result}\n"
    _append("GITHUB_STEP_SUMMARY", path, text.encode()[:LARGEST_SUMMARY].decode(errors="ignore"))


def write_outputs(path: Path | None, values: Mapping[str, str]) -> None:
    """Each value behind a delimiter that no value can know. Raises UserError."""
    for name, value in values.items():
        end = secrets.token_hex(16)
        _append("GITHUB_OUTPUT", path, f"{name}<<{end}\n{value}\n{end}\n")


def _append(variable: str, path: Path | None, text: str) -> None:
    try:
        if path is not None:
            with path.open("a", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise UserError(
            f"The work is done, but the file of {variable} cannot be written: {error.strerror}. "
            "Leave that variable as the workflow sets it."
        ) from error
