"""Problems in a file or form: what is wrong, where, and how to correct the text.

Strangers choose file names, keys and values. All fields of a problem are made one line of visible
characters, so that every output can print them safely: text after a line break could start a
workflow command in the log of a workflow. Each field is cut, and a list of problems too, so that
nobody's text fills a comment or a log.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .length import cut

LONGEST_MESSAGE = 400  # characters; also of a remedy
LONGEST_NAME = 200  # characters of a file's name or a field's
MOST = 50  # problems that are listed; more help nobody


def visible(text: str) -> str:
    r"""Return `text` with each unprintable character as its escape, such as `\n` or `\u202e`."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def quoted(text: str, most: int = 60) -> str:
    """Return a stranger's text in quotation marks, to be named in a message: cut, in one line."""
    return repr(cut(text, most))


def _show(value: object, most: int, *names: str) -> None:
    """Replace these fields of a new frozen value by their visible text, cut; None stays None."""
    for name in names:
        text = getattr(value, name)
        if text is not None and not (len(text) <= most and text.isprintable()):
            object.__setattr__(value, name, cut(visible(cut(text, most)), most))


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
        _show(self, LONGEST_NAME, "document", "field")

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
    `count`: how many problems this stands for; above 1, the rest of a list that was cut.
    """

    place: Place
    message: str
    remedy: str
    count: int = 1

    def __post_init__(self) -> None:
        _show(self, LONGEST_MESSAGE, "message", "remedy")

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"


def number_of(problems: Sequence[Problem]) -> int:
    """Return how many problems a list stands for: those that were cut away count too."""
    return sum(one.count for one in problems)


def first_of(problems: Sequence[Problem], most: int = MOST) -> tuple[Problem, ...]:
    """Return the first problems, `most` at most, which is 1 or more.

    If there are more, the last one says how many.
    """
    if len(problems) <= most:
        return tuple(problems)
    kept = [one for one in problems if one.count == 1][: most - 1]
    more = number_of(problems) - len(kept)
    rest = Problem(
        place=Place(document=kept[-1].place.document if kept else problems[0].place.document),
        message=f"There are {more:,} more problems.",
        remedy="Correct those above first.",
        count=more,
    )
    return (*kept, rest)
