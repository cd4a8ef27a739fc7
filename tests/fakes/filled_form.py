"""A form as GitHub writes it into an issue once it has been filled in and sent."""

from collections.abc import Mapping

from community_partners.intake.form_template import Field, FieldKind, FormTemplate


def fill(template: FormTemplate, answers: Mapping[str, str]) -> str:
    """`answers` by field id; what is left out is empty, and boxes are ticked."""
    parts = (
        f"{field.heading}\n\n{answers.get(field.id) or _left_out(field)}\n" for field in template
    )
    return "\n".join(parts)


def _left_out(field: Field) -> str:
    if field.kind is FieldKind.CHECKBOXES:
        return "\n".join(f"- [x] {option}" for option in field.options)
    return "None" if field.kind is FieldKind.DROPDOWN else "_No response_"
