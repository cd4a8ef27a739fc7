"""A file that a journey wants written, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """`path` below the program's folder, with slashes. `text` None: there shall be no such file."""

    path: str
    text: str | None
