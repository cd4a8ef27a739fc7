"""Reads the policy from `program.yml`, and puts another price edition into its text.

The schema is checked first, then `policy_problems.py` checks what a schema cannot express. The text
is changed in place, not written anew, so that comments and layout stay.
"""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cattrs import Converter

from ..errors import InvalidInputError, UserError
from ..model.country import Country
from ..model.day import day_of
from ..model.money import Money
from ..model.month import Month
from ..model.program import KindOfContribution, Once, Program, SelfMerged
from . import countries
from .policy_problems import policy_problems
from .schema import problems
from .yaml_document import read_bytes, read_yaml

_CONVERTER = Converter(detailed_validation=False)
_CONVERTER.register_structure_hook(Decimal, lambda value, _: Decimal(str(value)))
_CONVERTER.register_structure_hook(Money, lambda value, _: Money.parse(value))
_CONVERTER.register_structure_hook(Month, lambda value, _: Month.parse(value))
_CONVERTER.register_structure_hook(Country, lambda value, _: countries.known(value))
_CONVERTER.register_structure_hook(date, lambda value, _: day_of(value))


def _kind(value: Any, _: type) -> KindOfContribution:
    """Return what `5` or `{points: 5, most_each_month: 10}` says."""
    if not isinstance(value, dict):
        return KindOfContribution(points=value)
    return KindOfContribution(**{**value, "once": Once(value.get("once", Once.FIRM))})


def _self_merged(value: Any, _: type) -> SelfMerged:
    most = value["most_each_month"]
    return SelfMerged(most_each_month=None if most == "unlimited" else most)


_CONVERTER.register_structure_hook(KindOfContribution, _kind)
_CONVERTER.register_structure_hook(SelfMerged, _self_merged)


def read_program(path: Path, today: date) -> Program:
    """Return the program. Raises InvalidInputError with the problems of the file.

    `today`: the policy must apply on this day. Raises UserError if the file is missing or cannot be
    read.
    """
    document = read_yaml(read_bytes(path), str(path))
    found = problems(document.data, "program", document.locate)
    found = found or tuple(policy_problems(document, today))
    if found:
        raise InvalidInputError(found)
    return _CONVERTER.structure(document.data, Program)


_KEY = ("sponsorship", "edition")


def with_edition(text: str, name: str, edition: str) -> str:
    """Return the text of a valid program with its price edition replaced by `edition`.

    `name`: the file's name, for messages. Raises UserError if replacing one word in one line is not
    enough.
    """
    document = read_yaml(text, name)
    line, now = document.lines[_KEY], document.data[_KEY[0]][_KEY[1]]
    lines = text.split("\n")
    pattern = rf"(\bedition:\s+['\"]?){re.escape(now)}\b"
    replaced = re.sub(pattern, rf"\g<1>{edition}", lines[line - 1], count=1, flags=re.ASCII)
    lines[line - 1] = replaced
    changed = "\n".join(lines)
    sponsorship = {**document.data[_KEY[0]], _KEY[1]: edition}
    try:
        as_asked = read_yaml(changed, name).data == {**document.data, _KEY[0]: sponsorship}
    except InvalidInputError:
        as_asked = False
    if not as_asked:
        raise UserError(
            f"{name}, line {line}: the edition {now} cannot be replaced there by a program. Write "
            f"{edition} by hand."
        )
    return changed
