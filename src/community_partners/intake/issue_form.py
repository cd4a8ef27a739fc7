"""Reads an issue form: the questions in its template, and the answers in a filled form.

GitHub writes `### <label>`, a blank line and the answer, in the template's order. A label that the
applicant types into an answer, or that stands in a code fence, is text of the answer. If a heading
stands twice, the order of the other headings tells which line is the form's own. If their order
does not tell, that is a problem: this module never guesses. Text that belongs to no question is a
problem too, so that no written text is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import InvalidInputError
from ..model.month import listed
from ..model.problem import Place, Problem
from .yaml_document import LARGEST, read_text, read_yaml

TEMPLATE = Path(".github/ISSUE_TEMPLATE/partner-application.yml")


class FieldKind(StrEnum):
    INPUT = "input"
    TEXTAREA = "textarea"
    DROPDOWN = "dropdown"
    CHECKBOXES = "checkboxes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A question of the form.

    `options`: the choices of a dropdown or of checkboxes. `required`: the question needs an answer.
    """

    id: str
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()
    required: bool = False

    @property
    def heading(self) -> str:
        return f"### {self.label}"


FormTemplate = tuple[Field, ...]


def program_form(root: Path) -> FormTemplate:
    """Read the questions of the program's application form. Raises UserError.

    `root`: the folder of the program's records.
    """
    return read_template(read_text(root / TEMPLATE))


def form_if_any(root: Path) -> FormTemplate:
    """Read the questions of the program's application form as `program_form` does.

    Return () if the program has no form: it takes applications by pull request only.
    """
    return program_form(root) if (root / TEMPLATE).exists() else ()


def read_template(text: str) -> FormTemplate:
    """Return the questions of a form's template, in order.

    Raises InvalidInputError for a text that is no template of an issue form.
    """
    document = read_yaml(text, "the form's template")
    try:
        return tuple(
            _template_field(one) for one in document.data["body"] if one["type"] != "markdown"
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        place = Place(document=document.name)
        message, remedy = "This is not the template of an issue form.", "Compare with GitHub's."
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),)) from error


def _template_field(data: Mapping[str, object]) -> Field:
    attributes, validations = data["attributes"], data.get("validations") or {}
    if not isinstance(attributes, Mapping) or not isinstance(validations, Mapping):
        raise TypeError("attributes")
    options = attributes.get("options", ())
    ticks = [one.get("required") for one in options if isinstance(one, Mapping)]
    return Field(
        id=str(data["id"]),
        label=str(attributes["label"]).strip(),
        kind=FieldKind(str(data["type"])),
        options=tuple(str(one["label"] if isinstance(one, Mapping) else one) for one in options),
        required=bool(validations.get("required")) or any(ticks),
    )


THE_FORM = "the form"
_EMPTY = ("_no response_", "none", "")
_BOX = re.compile(r"[-*+] \[( |x|X)\] (.+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class FormAnswer:
    """The answer to a question.

    `text`: without the heading; "" if empty. `line`: the number of its first line in the issue's
    text, from 1.
    """

    field: Field
    text: str
    line: int

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines that are not blank, stripped, with their line numbers in the issue's text."""
        numbered = enumerate(self.text.split("\n"), self.line)
        return ((number, line.strip()) for number, line in numbered if line.strip())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen options of a dropdown, or the labels of the ticked checkboxes.

        An option may contain commas.
        """
        if self.field.kind is FieldKind.CHECKBOXES:
            boxes = (_BOX.fullmatch(line) for _, line in self.lines)
            return tuple(box[2] for box in boxes if box and box[1] != " ")
        return tuple(_options(self.text, self.field.options))


def parse(body: str, template: FormTemplate) -> dict[str, FormAnswer]:
    """Return the answers by field id. An optional question that is missing has no answer.

    Raises InvalidInputError for a text that is no filled form, too long, ambiguous or incomplete.
    """
    if len(body.encode(errors="replace")) > LARGEST:
        message = f"The form has more than {LARGEST:,} bytes."
        raise InvalidInputError((_problem(0, message, "Keep to what it asks for."),))
    lines = _lines(body)
    headings = find_headings(lines, [field.heading for field in template])
    needed = {at for at, field in enumerate(template) if field.required} or set(headings)
    if not needed & headings.keys():
        message = "This issue was not written with the application form."
        remedy = "Open a new issue with the application form, and copy your text into it."
        raise InvalidInputError((_problem(0, message, remedy),))
    own = in_order(headings)
    doubts = [_doubt(template[at], headings[at]) for at in own if len(own[at]) != 1]
    missing = [_missing(template[at], lines) for at in sorted(needed - own.keys())]
    _refuse(doubts + missing)
    answers = _answers(template, lines, {at: found[0] for at, found in own.items()})
    _refuse([*_before(lines, min(found[0] for found in own.values())), *_beside(answers)])
    return answers


def is_filled(body: str, template: FormTemplate) -> bool:
    """Tell whether a text has all questions of the form, in order, whatever the answers are."""
    return all_in_order(_lines(body), [field.heading for field in template])


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _doubt(field: Field, lines: Sequence[int]) -> Problem:
    first = listed([str(line + 1) for line in lines[:4]])
    return _problem(
        lines[0],
        f'"{field.heading}" stands here {len(lines)} times (lines {first}), so that nobody can '
        "tell which one is the form's question.",
        "Take the ### away from the line that you typed.",
        field,
    )


def _missing(field: Field, lines: Sequence[str]) -> Problem:
    hidden = next((at for at, line in enumerate(lines) if line.rstrip() == field.heading), None)
    if hidden is not None:
        message = f'The question "{field.heading}" stands inside a block of code.'
        return _problem(
            hidden, message, "Close the block above it, or delete its first line.", field
        )
    message = f'The question "{field.heading}" is missing.'
    return _problem(0, message, "Write it on a line of its own, and the answer below it.", field)


def _answers(
    template: FormTemplate, lines: Sequence[str], own: Mapping[int, int]
) -> dict[str, FormAnswer]:
    starts = sorted((line, at) for at, line in own.items())
    ends = [line for line, _ in starts[1:]] + [len(lines)]
    return {
        template[at].id: _answer(template[at], lines, start + 1, end)
        for (start, at), end in zip(starts, ends, strict=True)
    }


def _answer(field: Field, lines: Sequence[str], start: int, end: int) -> FormAnswer:
    while start < end and not lines[start].strip():
        start += 1
    text = "\n".join(lines[start:end]).rstrip()
    empty = text.strip().casefold() in _EMPTY
    return FormAnswer(field=field, text="" if empty else text, line=start + 1)


def _before(lines: Sequence[str], first: int) -> Iterator[Problem]:
    number = next((at for at, line in enumerate(lines[:first]) if line.strip()), None)
    if number is not None:
        message = "This text stands before the first question."
        yield _problem(number, message, "Move it into an answer, or delete it.")


def _beside(answers: Mapping[str, FormAnswer]) -> Iterator[Problem]:
    """Yield a problem for each text where the form only lets people choose."""
    for answer in answers.values():
        field = answer.field
        if field.kind is FieldKind.DROPDOWN and not set(answer.chosen) <= set(field.options):
            message = f"{answer.text[:80]!r} is not one of the choices."
            yield _problem(answer.line - 1, message, f"Write {' or '.join(field.options)}.", field)
        if field.kind is FieldKind.CHECKBOXES:
            for number, line in answer.lines:
                if not _BOX.fullmatch(line):
                    message = f"{line[:80]!r} stands where only boxes can be ticked."
                    remedy = "Move it into an answer, or delete it."
                    yield _problem(number - 1, message, remedy, field)


def _options(text: str, options: Sequence[str]) -> Iterator[str]:
    """Yield the known options in the text, separated by `, `, trying longer options first.

    Text that begins with no known option is yielded as it was written.
    """
    rest = text.strip()
    by_length = sorted(options, key=len, reverse=True)
    while rest:
        known = next((one for one in by_length if rest == one or rest.startswith(f"{one}, ")), rest)
        yield known
        rest = rest[len(known) :].removeprefix(", ")


def _problem(at: int, message: str, remedy: str, field: Field | None = None) -> Problem:
    place = Place(document=THE_FORM, line=at + 1, field=field.label if field else None)
    return Problem(place=place, message=message, remedy=remedy)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InvalidInputError(tuple(sorted(problems, key=lambda one: one.place.line or 0)))


Headings = Mapping[int, Sequence[int]]  # possible lines of each heading, both counted from 0


def find_headings(lines: Sequence[str], expected: Sequence[str]) -> Headings:
    """Return the lines outside code that equal an expected heading, in the form's order."""
    places = {heading: at for at, heading in enumerate(expected)}
    found: dict[int, list[int]] = {}
    fenced = fenced_lines(lines)
    for number, line in enumerate(lines):
        at = places.get(line.rstrip())
        if at is not None and number not in fenced:
            found.setdefault(at, []).append(number)
    return dict(sorted(found.items()))


def all_in_order(lines: Sequence[str], expected: Sequence[str]) -> bool:
    """Tell whether every expected heading stands outside code, in the form's order."""
    headings, last = find_headings(lines, expected), -1
    for at in range(len(expected)):
        following = [line for line in headings.get(at, ()) if line > last]
        if not following:
            return False
        last = following[0]
    return bool(expected)


def in_order(headings: Headings) -> Headings:
    """Return, for each heading, only the lines that fit the form's order. A list may become empty.

    A heading with one possible line is certain. Every line of another heading must stand after the
    certain headings before it and before those after it. This repeats until nothing changes.
    """
    sure = {at: lines[0] for at, lines in headings.items() if len(lines) == 1}
    left = {
        at: lines if at in sure else [line for line in lines if _fits(at, line, sure)]
        for at, lines in headings.items()
    }
    return left if left == headings else in_order(left)


def _fits(at: int, line: int, sure: Mapping[int, int]) -> bool:
    return all((other < at) == (other_line < line) for other, other_line in sure.items())


_MARK = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def fenced_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers, from 0, of the lines that open or close a code fence or stand in one."""
    return frozenset(line for fence in _fences(lines) for line in fence)


def _fences(lines: Sequence[str]) -> Iterator[range]:
    marks = [(at, mark[1], mark[2]) for at, line in enumerate(lines) if (mark := _MARK.match(line))]
    never_closed: dict[str, int] = {}  # else many open fences would take minutes
    after = 0
    for index, (start, fence, info) in enumerate(marks):
        known = len(fence) >= never_closed.get(fence[0], len(fence) + 1)
        if start < after or known or (fence[0] == "`" and "`" in info):
            continue
        rest = (marks[later] for later in range(index + 1, len(marks)))
        end = next((at for at, mark, more in rest if _closes(fence, mark, more)), None)
        if end is None:
            never_closed[fence[0]] = len(fence)
        else:
            yield range(start, end + 1)
            after = end + 1


def _closes(fence: str, mark: str, more: str) -> bool:
    return mark.startswith(fence) and not more.strip()
