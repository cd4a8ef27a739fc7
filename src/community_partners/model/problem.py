"""Problems in a file or form: what is wrong, where, and how to correct the text.

Strangers choose file names, keys and values. All fields of a problem are made one line of visible
characters, so that every output can print them safely: text after a line break could start a
workflow command in the log of a workflow.
"""

from dataclasses import dataclass


def visible(text: str) -> str:
    r"""Return `text` with each unprintable character as its escape, such as `\n` or `\u202e`."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _show(value: object, *names: str) -> None:
    """Replace these fields of a new frozen value by their visible text; None stays None."""
    for name in names:
        text = getattr(value, name)
        if text is not None:
            object.__setattr__(value, name, visible(text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The place of a problem.

    `document`: the path of a file, or `the form`. `line`: counted from 1. `field`: such as
    `team[0]`.
    """

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
    """One problem that a person can correct.

    `message`: a sentence on what was read. `remedy`: a sentence on what a right value looks like.
    """

    place: Place
    message: str
    remedy: str

    def __post_init__(self) -> None:
        _show(self, "message", "remedy")

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"
