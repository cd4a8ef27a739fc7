"""Files that a journey wants written, and writing them. Decides that a file is whole or unchanged.

A run that is killed leaves at most one hidden draft, which the next run takes up again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import UserError


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """`path` below the program's folder, with slashes."""

    path: str
    text: str


def changed(root: Path, files: Iterable[File]) -> tuple[File, ...]:
    """Those whose content on disk is another."""
    return tuple(one for one in files if _content(root / one.path) != one.text.encode())


def write(root: Path, files: Iterable[File]) -> None:
    """Write each, all of it or nothing. Raises UserError with the place and the remedy."""
    for one in files:
        path = root / one.path
        draft = path.with_name(f".{path.name}.draft")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(one.text.encode())
            draft.replace(path)
        except OSError as error:
            raise UserError(
                f"{path} cannot be written: {error.strerror}. Check the folder, then run it again."
            ) from error


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
