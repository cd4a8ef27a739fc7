"""The template of an issue form: its questions, in order. What was answered is for issue_form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import InvalidInputError
from ..model.problem import Place, Problem
from .files import read_text
from .yaml_document import read_yaml

TEMPLATE = Path(".github/ISSUE_TEMPLATE/partner-application.yml")


class FieldKind(StrEnum):
    INPUT = "input"
    TEXTAREA = "textarea"
    DROPDOWN = "dropdown"
    CHECKBOXES = "checkboxes"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question. `options`: of dropdowns and checkboxes. `required`: may not stay empty."""

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
    """The program's application form. `root`: the folder of its records. Raises UserError."""
    return read_template(read_text(root / TEMPLATE))


def form_if_any(root: Path) -> FormTemplate:
    """The same; no fields where a program has no form, and takes pull requests alone."""
    return program_form(root) if (root / TEMPLATE).exists() else ()


def read_template(text: str) -> FormTemplate:
    """The fields of a template, in order. Raises InvalidInputError for another file."""
    document = read_yaml(text, "the form's template")
    try:
        return tuple(_field(one) for one in document.data["body"] if one["type"] != "markdown")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        place = Place(document=document.name)
        message, remedy = "This is not the template of an issue form.", "Compare with GitHub's."
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),)) from error


def _field(data: Mapping[str, object]) -> Field:
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
