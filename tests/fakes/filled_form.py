"""A form as GitHub writes it into an issue once it has been filled in and sent.

https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from collections.abc import Mapping

from community_partners.intake.form_template import Field, FieldKind, FormTemplate


def fill(template: FormTemplate, answers: Mapping[str, str]) -> str:
    """`answers` by field id; what is left out is empty, and the boxes that must be ticked are."""
    parts = (
        f"{field.heading}\n\n{answers.get(field.id) or _left_out(field)}\n" for field in template
    )
    return "\n".join(parts)


def _left_out(field: Field) -> str:
    if field.kind is FieldKind.CHECKBOXES:
        needed = field.must_tick or field.options
        return "\n".join(f"- [{'x' if one in needed else ' '}] {one}" for one in field.options)
    return "None" if field.kind is FieldKind.DROPDOWN else "_No response_"
