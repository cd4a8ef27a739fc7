"""Reads the template of an issue form: its questions, in order.

A question of an unknown type, or without an id, is a question like any other: what it asks is not
ours, and its heading ends the answer above it.

https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..errors import InvalidInputError
from ..model.problem import Problem
from .issue_text import Heading, read_heading, title_of
from .yaml_document import Document, Steps, read_yaml


class FieldKind(StrEnum):
    """A type of question. `OTHER`: any type that we do not know, such as `upload`."""

    INPUT = "input"
    TEXTAREA = "textarea"
    DROPDOWN = "dropdown"
    CHECKBOXES = "checkboxes"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A question of the form.

    `id`: its key; a question without one has its heading as its key. `options`: the choices of a
    dropdown or of checkboxes; `must_tick`: the boxes that are marked as required. `required`: the
    question needs an answer. `preset`: titles of headings that the form itself writes into the
    answer.
    """

    id: str
    label: str
    kind: FieldKind
    options: tuple[str, ...] = ()
    must_tick: tuple[str, ...] = ()
    required: bool = False
    preset: frozenset[str] = frozenset()

    @property
    def heading(self) -> str:
        return str(Heading(level=QUESTION, title=self.label))


FormTemplate = tuple[Field, ...]
QUESTION = 3  # the level of a question's heading


def read_template(text: str, name: str = "the form's template") -> FormTemplate:
    """Return the questions of a form's template, in order. `name`: of its file, for problems.

    Raises InvalidInputError, with the line, for a text that is no template of an issue form.
    """
    document = read_yaml(text, name)
    body = document.data.get("body") if isinstance(document.data, dict) else None
    if not isinstance(body, list) or not body:
        raise InvalidInputError((_no_template(document, (), "it has no list of questions."),))
    found = [_template_field(document, at) for at, one in enumerate(body) if not _is_prose(one)]
    fields = [one for one in found if isinstance(one, Field)]
    problems = [one for one in found if isinstance(one, Problem)]
    for key in ("id", "label"):
        names = [getattr(one, key) for one in fields]
        again = next((one for at, one in enumerate(names) if one in names[:at]), None)
        if again is not None:
            what = f"two questions have the {key} {again[:60]!r}."
            problems.append(_no_template(document, ("body",), what))
    if not fields and not problems:
        problems.append(_no_template(document, ("body",), "it asks nothing."))
    if problems:
        raise InvalidInputError(tuple(problems))
    return tuple(fields)


def _is_prose(element: Any) -> bool:
    return isinstance(element, dict) and element.get("type") == "markdown"


def _template_field(document: Document, at: int) -> Field | Problem:
    data, path = document.data["body"][at], ("body", at)
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        return _no_template(document, path, "this question has no type.")
    attributes, validations = data.get("attributes"), data.get("validations") or {}
    label = attributes.get("label") if isinstance(attributes, dict) else None
    if not isinstance(attributes, dict) or label is None or not title_of(str(label)):
        return _no_template(document, path, "this question has no label.")
    options = attributes.get("options", ())
    if not isinstance(validations, dict) or not isinstance(options, list | tuple):
        return _no_template(document, path, "its options or validations cannot be read.")
    marked = [one for one in options if isinstance(one, dict) and one.get("required") is True]
    kind = data["type"]
    title = title_of(str(label))
    return Field(
        id=str(data.get("id") or Heading(level=QUESTION, title=title)),
        label=title,
        kind=FieldKind(kind) if kind in set(FieldKind) else FieldKind.OTHER,
        options=tuple(map(_option, options)),
        must_tick=tuple(map(_option, marked)),
        required=validations.get("required") is True or bool(marked),
        preset=_preset(attributes.get("value")),
    )


def _option(data: Any) -> str:
    return " ".join(str(data.get("label") if isinstance(data, dict) else data).split())


def _preset(value: Any) -> frozenset[str]:
    lines = value.split("\n") if isinstance(value, str) else ()
    return frozenset(heading.title for heading in map(read_heading, lines) if heading)


def _no_template(document: Document, path: Steps, what: str) -> Problem:
    return Problem(
        place=document.locate(path),
        message=f"This is not the template of an issue form: {what}",
        remedy="Compare with the form as it ships.",
    )
