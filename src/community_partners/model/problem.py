"""What is wrong with something a person wrote, where, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where to look: a file's path or `the form`, a line from 1, a field such as `team[0]`."""

    document: str
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        parts = [self.document]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.field:
            parts.append(self.field)
        return ", ".join(parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """`message` says what was read, `remedy` what a right value looks like: two full sentences."""

    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"
