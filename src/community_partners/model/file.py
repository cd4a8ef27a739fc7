"""A file that a journey wants to write, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file to write. `path`: below the program's folder, with slashes. `text` None: remove it."""

    path: str
    text: str | None
