"""Values of the model as JSON and back: evidence that can be replayed, months that can be kept.

Decides the written form only. The same value always gives the same bytes.
"""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from cattrs import Converter

from .model.evidence import Evidence
from .model.money import Money
from .model.month import Month

T = TypeVar("T")


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    for kind, write, read in (
        (Decimal, str, Decimal),
        (Money, str, Money.parse),
        (Month, str, Month.parse),
        (date, date.isoformat, date.fromisoformat),
        (datetime, datetime.isoformat, datetime.fromisoformat),
    ):
        converter.register_unstructure_hook(kind, write)
        converter.register_structure_hook(kind, lambda value, _, read=read: read(value))
    return converter


_CONVERTER = _converter()


def dump(value: object, kind: Any) -> str:
    """`value` as JSON text of the type `kind`: two spaces, sorted keys, a newline at the end."""
    data = _CONVERTER.unstructure(value, unstructure_as=kind)
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def load(data: Any, kind: type[T]) -> T:
    """The value that `dump` wrote. Raises cattrs' errors for anything else: validate first."""
    return _CONVERTER.structure(data, kind)


def digest(evidence: Evidence) -> str:
    """That of the evidence on one application."""
    return digest_of(evidence, Evidence)


def digest_of(value: object, kind: Any) -> str:
    """`sha256:` and 16 hexadecimal digits of what was seen, not of when and where it was read.

    So the same facts give the same comment, however often they are looked up.
    """
    data = _CONVERTER.unstructure(value, unstructure_as=kind)
    text = json.dumps(_facts(data), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _facts(data: Any) -> Any:
    if isinstance(data, dict):
        beside = ("asked_at", "place")
        return {key: _facts(value) for key, value in data.items() if key not in beside}
    return [_facts(one) for one in data] if isinstance(data, (list, tuple)) else data
