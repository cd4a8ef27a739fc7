"""What is wrong with something a person wrote, where, and how to mend it.

File names, keys and values are a stranger's: here they are one line of visible characters, whoever
prints them. What follows a line break of theirs could be a command in a workflow's log.
"""

from dataclasses import dataclass


def visible(text: str) -> str:
    r"""`text` with each character that shows nothing by its escape, such as `\n` and `\u202e`."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _show(value: object, *names: str) -> None:
    """Make these fields of a frozen value visible, when it is made."""
    for name in names:
        text = getattr(value, name)
        if text is not None:
            object.__setattr__(value, name, visible(text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where to look: a file's path or `the form`, a line from 1, a field such as `team[0]`."""

    document: str
    line: int | None = None
    field: str | None = None

    def __post_init__(self) -> None:
        _show(self, "document", "field")

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

    def __post_init__(self) -> None:
        _show(self, "message", "remedy")

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"
