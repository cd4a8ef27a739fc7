"""GitHub's issue forms: the template, and what a filled form's text says. Knows no application.

GitHub writes `### <label>`, a blank line and the answer, in the template's order. A label that is
typed into an answer or stands in a code fence is text of the answer. Which of two equal headings is
the form's own, their order tells; where it does not, that is a problem and not a guess.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import InvalidInputError
from ..model.problem import Place, Problem
from .yaml_document import LARGEST, read_yaml

THE_FORM = "the form"
TEMPLATE = Path(".github/ISSUE_TEMPLATE/partner-application.yml")
_EMPTY = ("_no response_", "none", "")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BOX = re.compile(r"- \[( |x|X)\] (.+)")


class FieldKind(StrEnum):
    INPUT = "input"
    TEXTAREA = "textarea"
    DROPDOWN = "dropdown"
    CHECKBOXES = "checkboxes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question. `options` of dropdowns and checkboxes; `several` may be chosen."""

    id: str
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()
    several: bool = False


FormTemplate = tuple[Field, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormAnswer:
    """`text` without its heading, "" where empty; `line` of its first line, from 1."""

    field: Field
    text: str
    line: int

    @property
    def chosen(self) -> tuple[str, ...]:
        """The options of a dropdown or the ticked checkboxes; options may hold commas."""
        if self.field.kind is FieldKind.CHECKBOXES:
            ticked = (_BOX.fullmatch(line.strip()) for line in self.text.splitlines())
            return tuple(box[2].strip() for box in ticked if box and box[1] != " ")
        return tuple(_options(self.text, self.field.options))


def read_template(text: str) -> FormTemplate:
    """The fields of a template, in order. Raises InvalidInputError for another file."""
    document = read_yaml(text, "the form's template")
    try:
        return tuple(_field(one) for one in document.data["body"] if one["type"] != "markdown")
    except (KeyError, TypeError, ValueError) as error:
        place = Place(document=document.name)
        message, remedy = "This is not the template of an issue form.", "Compare with GitHub's."
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),)) from error


def parse(body: str, template: FormTemplate) -> dict[str, FormAnswer]:
    """The answers by field id; a field whose heading is not there has none.

    Raises InvalidInputError for a text that is no filled form, too long, or ambiguous.
    """
    if len(body.encode(errors="replace")) > LARGEST:
        raise _refused(1, f"The form has more than {LARGEST:,} bytes.", "Keep to what it asks for.")
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = _headings(lines, template)
    if not found:
        remedy = "Open a new issue with the application form, and copy your text into it."
        raise _refused(1, "This issue was not written with the application form.", remedy)
    starts = sorted((line, field) for field, line in found.items())
    ends = [line for line, _ in starts[1:]] + [len(lines)]
    return {
        template[at].id: _answer(template[at], lines, start + 1, end)
        for (start, at), end in zip(starts, ends, strict=True)
    }


def _field(data: dict[str, object]) -> Field:
    attributes = data["attributes"]
    if not isinstance(attributes, dict):
        raise TypeError("attributes")
    options = attributes.get("options", ())
    return Field(
        id=str(data["id"]),
        label=str(attributes["label"]).strip(),
        kind=FieldKind(str(data["type"])),
        options=tuple(str(one["label"] if isinstance(one, dict) else one) for one in options),
        several=bool(attributes.get("multiple")),
    )


def _headings(lines: Sequence[str], template: FormTemplate) -> dict[int, int]:
    """The line of each field's own heading, by the field's place in the template; from 0."""
    places = {f"### {field.label}": at for at, field in enumerate(template)}
    candidates: dict[int, list[int]] = {}
    fenced = _fenced(lines)
    for number, line in enumerate(lines):
        if line.rstrip() in places and number not in fenced:
            candidates.setdefault(places[line.rstrip()], []).append(number)
    sure = {at: found[0] for at, found in candidates.items() if len(found) == 1}
    possible = {
        at: [line for line in found if len(found) == 1 or _fits(at, line, sure)]
        for at, found in candidates.items()
    }
    doubtful = [
        _doubt(template[at].label, candidates[at])
        for at, found in sorted(possible.items())
        if len(found) != 1
    ]
    if doubtful:
        raise InvalidInputError(tuple(doubtful))
    return {at: found[0] for at, found in possible.items()}


def _fits(at: int, line: int, sure: Mapping[int, int]) -> bool:
    """Would a heading in this line stand between those that are sure?"""
    return all((other < at) == (there < line) for other, there in sure.items())


def _doubt(label: str, lines: Sequence[int]) -> Problem:
    places = " and ".join(str(line + 1) for line in lines)
    return Problem(
        place=Place(document=THE_FORM, line=lines[0] + 1, field=label),
        message=f'"### {label}" stands in the lines {places}, so that nobody can tell which one is '
        "the form's question.",
        remedy="Take the ### away from the line that you typed.",
    )


def _fenced(lines: Sequence[str]) -> set[int]:
    """The lines of code fences. One that is never closed is no fence: it would hide the rest."""
    inside: set[int] = set()
    number = 0
    while number < len(lines):
        end = _closing(lines, number)
        if end is not None:
            inside.update(range(number, end + 1))
            number = end
        number += 1
    return inside


def _closing(lines: Sequence[str], start: int) -> int | None:
    """The line that closes the fence which opens in line `start`, if one does."""
    opening = _FENCE.fullmatch(lines[start])
    if not opening or (opening[1][0] == "`" and "`" in opening[2]):
        return None
    for number in range(start + 1, len(lines)):
        mark = _FENCE.fullmatch(lines[number])
        if mark and mark[1].startswith(opening[1]) and not mark[2].strip():
            return number
    return None


def _answer(field: Field, lines: Sequence[str], start: int, end: int) -> FormAnswer:
    while start < end and not lines[start].strip():
        start += 1
    text = "\n".join(lines[start:end]).rstrip()
    empty = text.strip().casefold() in _EMPTY
    return FormAnswer(field=field, text="" if empty else text, line=start + 1)


def _options(text: str, options: Sequence[str]) -> Iterator[str]:
    """Known options from the start of the text, the longest first; the rest as it was written."""
    rest = text.strip()
    by_length = sorted(options, key=len, reverse=True)
    while rest:
        known = next((one for one in by_length if rest == one or rest.startswith(f"{one}, ")), rest)
        yield known
        rest = rest[len(known) :].removeprefix(", ")


def _refused(line: int, message: str, remedy: str) -> InvalidInputError:
    place = Place(document=THE_FORM, line=line)
    return InvalidInputError((Problem(place=place, message=message, remedy=remedy),))
