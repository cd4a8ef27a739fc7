"""A workflow job's summary and outputs. Decides their form and their limits."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from ..wire.session import Meter

LARGEST_SUMMARY = 900_000  # bytes; GitHub drops what is near 1 MiB, without a word


def write_summary(path: Path | None, result: str, meter: Meter) -> None:
    """The result in Markdown, and what it cost, on the page of the run."""
    text = f"{result}\n\n{meter}.\n"
    _append(path, text.encode()[:LARGEST_SUMMARY].decode(errors="ignore"))


def write_outputs(path: Path | None, values: Mapping[str, str]) -> None:
    """Each value behind a delimiter that no value can know."""
    for name, value in values.items():
        end = secrets.token_hex(16)
        _append(path, f"{name}<<{end}\n{value}\n{end}\n")


def _append(path: Path | None, text: str) -> None:
    if path is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
