"""Reads the answers in a filled issue form.

GitHub writes `### <label>`, a blank line and the answer, in the template's order. A label that the
applicant types into an answer, or that stands in a code fence, is text of the answer. If a heading
stands twice, the order of the other headings tells which line is the form's own. If their order
does not tell, that is a problem: this module never guesses. Text that belongs to no question, and a
heading that is no question, are problems too, so that no written text is lost or taken for an
answer. What programs append to an issue, a badge or a tracker's line, is no text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import InvalidInputError
from ..model.month import listed
from ..model.problem import Place, Problem
from .form_template import QUESTION, Field, FieldKind, FormTemplate
from .issue_text import IssueText, code_fences, read_heading, read_issue_text
from .yaml_document import LARGEST

THE_FORM = "the form"
_EMPTY = ("_no response_", "none", "")
_BOX = re.compile(r"[-*+] \[( |x|X)\] (.+)")
# What programs append to an issue: a link, a picture, a tag, a line, the key of a tracker.
_APPENDED = re.compile(r".*(?:://|!\[|\b[A-Z][A-Z0-9]*[-#][0-9])|<|[-*_]{3,}$", re.ASCII)


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
            return tuple(label for ticked, label in map(_box, self._written) if ticked and label)
        return tuple(_options(self.text, self.field.options))

    @property
    def _written(self) -> Iterator[str]:
        return (line for _, line in self.lines)


def _box(line: str) -> tuple[bool, str | None]:
    """Return whether a box is ticked, and its label, which is None for a line that is no box."""
    box = _BOX.fullmatch(line)
    return (box[1] != " ", " ".join(box[2].split())) if box else (False, None)


class NotThisFormError(InvalidInputError):
    """The text has none of the questions of a form that need an answer."""


def parse(body: str, template: FormTemplate) -> dict[str, FormAnswer]:
    """Return the answers by field id. An optional question that is missing has no answer.

    Raises InvalidInputError for a text that is no filled form, too long, ambiguous or incomplete.
    """
    if len(body.encode(errors="replace")) > LARGEST:
        message = f"The form has more than {LARGEST:,} bytes."
        raise NotThisFormError((_problem(0, message, "Keep to what it asks for."),))
    text = read_issue_text(body)
    headings = find_headings(text, [field.heading for field in template])
    needed = {at for at, field in enumerate(template) if field.required} or set(headings)
    if not needed & headings.keys():
        message = "This issue was not written with the application form."
        remedy = "Open a new issue with the application form, and copy your text into it."
        raise NotThisFormError((_problem(0, message, remedy),))
    own = in_order(headings)
    doubts = [_doubt(template[at], headings[at]) for at in own if len(own[at]) != 1]
    missing = [_missing(template[at], text) for at in sorted(needed - own.keys())]
    _refuse([*doubts, *missing, *_no_questions(template, text)])
    answers = _answers(template, text.lines, {at: found[0] for at, found in own.items()})
    _refuse([*_before(text.lines, min(found[0] for found in own.values())), *_beside(answers)])
    return answers


def is_filled(body: str, template: FormTemplate) -> bool:
    """Tell whether a text has all questions of the form, in order, whatever the answers are."""
    return all_in_order(read_issue_text(body), [field.heading for field in template])


def has_questions(body: str) -> bool:
    """Tell whether a text has a heading of the level that GitHub gives to questions."""
    return any(one.level == QUESTION for one in read_issue_text(body).headings.values())


def _doubt(field: Field, lines: Sequence[int]) -> Problem:
    first = listed([str(line + 1) for line in lines[:4]])
    return _problem(
        lines[0],
        f'"{field.heading}" stands here {len(lines)} times (lines {first}), so that nobody can '
        "tell which one is the form's question.",
        "Take the ### away from the line that you typed.",
        field,
    )


def _missing(field: Field, text: IssueText) -> Problem:
    for at, line in enumerate(text.written):
        if str(read_heading(line)) != field.heading:
            continue
        what = "block of code" if at in text.code else "comment"
        message = f'The question "{field.heading}" stands inside a {what}.'
        remedy = f"Close the {what.partition(' ')[0]} above it, or delete its first line."
        return _problem(at, message, remedy, field)
    message = f'The question "{field.heading}" is missing.'
    return _problem(0, message, "Write it on a line of its own, and the answer below it.", field)


def _no_questions(template: FormTemplate, text: IssueText) -> Iterator[Problem]:
    """Yield a problem for each heading that is no question, and that the form did not write."""
    known = {field.heading for field in template}
    preset = frozenset[str]().union(*(field.preset for field in template))
    for at, heading in text.headings.items():
        if str(heading) not in known and heading.title not in preset:
            message = f'The heading "{str(heading)[:80]}" is no question of the form.'
            remedy = "Take the # away if the line belongs to the answer above, or delete it."
            yield _problem(at, message, remedy)


def _answers(
    template: FormTemplate, lines: Sequence[str], own: Mapping[int, int]
) -> dict[str, FormAnswer]:
    starts = sorted((line, at) for at, line in own.items())
    ends = [line for line, _ in starts[1:]] + [len(lines)]
    return {
        template[at].id: _answer(template[at], lines, start + 1, end, last=end == len(lines))
        for (start, at), end in zip(starts, ends, strict=True)
    }


def _answer(field: Field, lines: Sequence[str], start: int, end: int, *, last: bool) -> FormAnswer:
    while start < end and not lines[start].strip():
        start += 1
    if last:
        end = _without_appended(field, lines, start, end)
    start, end = _within_fence(lines, start, end)
    text = "\n".join(lines[start:end]).rstrip()
    empty = text.strip().casefold() in _EMPTY
    return FormAnswer(field=field, text="" if empty else text, line=start + 1)


def _within_fence(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return where an answer begins and ends inside a code fence, if all of it stands in one.

    The key `render` of a question makes GitHub write such a fence.
    """
    fence = next(code_fences(lines[start:end]), None)
    whole = fence is not None and fence.start == 0
    if fence is None or not whole or any(line.strip() for line in lines[start + fence.stop : end]):
        return start, end
    return start + 1, start + fence.stop - 1


def _without_appended(field: Field, lines: Sequence[str], start: int, end: int) -> int:
    """Return where the last answer ends, before the paragraphs that a program appended.

    A program appends a badge, or a tracker's line. An answer of several lines may have a link
    itself, so only pictures are taken for appended there.
    """
    blank = next((at for at in range(start, end) if not lines[at].strip()), end)
    if field.kind in (FieldKind.TEXTAREA, FieldKind.OTHER):
        while end > blank and _is_picture(lines[end - 1]):
            end -= 1
        return end
    appended = (line.strip() for line in lines[blank:end] if line.strip())
    return blank if all(_APPENDED.match(line) for line in appended) else end


def _is_picture(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith(("![", "[!["))


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
                label = _box(line)[1]
                if label is None:
                    message = f"{line[:80]!r} stands where only boxes can be ticked."
                    remedy = "Move it into an answer, or delete it."
                    yield _problem(number - 1, message, remedy, field)
                elif label not in field.options:
                    message = f"{label[:80]!r} is not one of the boxes."
                    boxes = " ".join(f'"- [x] {option}"' for option in field.options)
                    remedy = f"Tick a box of the form if you agree, so that it reads {boxes}"
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


def find_headings(text: IssueText, expected: Sequence[str]) -> Headings:
    """Return the lines that have an expected heading, in the form's order."""
    places = {heading: at for at, heading in enumerate(expected)}
    found: dict[int, list[int]] = {}
    for number, heading in text.headings.items():
        at = places.get(str(heading))
        if at is not None and not heading.indented:
            found.setdefault(at, []).append(number)
    return dict(sorted(found.items()))


def all_in_order(text: IssueText, expected: Sequence[str]) -> bool:
    """Tell whether every expected heading stands in a text, in the form's order."""
    headings, last = find_headings(text, expected), -1
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
