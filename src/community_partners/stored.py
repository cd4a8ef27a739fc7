"""Write values of the model as JSON and read them back: evidence to decide on again, kept months.

Decides the written form only. The same value always gives the same bytes.
"""

import hashlib
import json
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar, get_origin

from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from .model.application import Member
from .model.evidence import Answer, Evidence, MonthEvidence
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


def _of_facts() -> Converter:
    """Return the converter for digests, which leaves out times and places of reading.

    Left out are the time at which a source was asked, the day of a month's evidence, and the line
    in which a record names a member.
    """
    converter = _converter()
    left_out = override(omit=True)
    converter.register_unstructure_hook_factory(
        lambda kind: Answer in (kind, get_origin(kind)),
        lambda kind: make_dict_unstructure_fn(
            kind, converter, _cattrs_omit_if_default=True, asked_at=left_out
        ),
    )
    converter.register_unstructure_hook(
        MonthEvidence,
        make_dict_unstructure_fn(
            MonthEvidence, converter, _cattrs_omit_if_default=True, today=left_out
        ),
    )
    converter.register_unstructure_hook(
        Member,
        make_dict_unstructure_fn(Member, converter, _cattrs_omit_if_default=True, place=left_out),
    )
    return converter


_CONVERTER = _converter()
_FACTS = _of_facts()


def dump(value: object, kind: Any, indent: int | None = 2) -> str:
    """Return `value`, of the type `kind`, as JSON text: sorted keys, a newline at the end.

    `indent`: spaces for each level; None writes one line.
    """
    data = _CONVERTER.unstructure(value, unstructure_as=kind)
    text = StringIO()  # json.dumps() would keep all small pieces in memory until the end
    json.dump(data, text, indent=indent, sort_keys=True, ensure_ascii=False)
    return text.getvalue() + "\n"


def load(data: Any, kind: type[T]) -> T:
    """Return the value of type `kind` that `dump` wrote; `data` is the parsed JSON.

    Raises cattrs' errors for any other data: validate first.
    """
    return _CONVERTER.structure(data, kind)


def digest(evidence: Evidence) -> str:
    """Return the digest of the evidence on one application."""
    return digest_of(evidence, Evidence)


def digest_of(value: object, kind: Any) -> str:
    """Return the digest of a value: `sha256:` and 16 hexadecimal digits.

    The digest covers the facts, not when and where they were read. So the same facts give the same
    comment, however often they are looked up.
    """
    data = _FACTS.unstructure(value, unstructure_as=kind)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:16]


def keep(path: Path, content: bytes) -> None:
    """Write data that can be asked for again to a file, complete or not at all.

    Other runs may write the same file. If the file cannot be written, nothing is raised: the next
    run asks again, and the verdict is the same. A run that was killed leaves a draft, which the
    next run removes; if another run loses its draft by that, it keeps nothing this time.
    """
    draft = path.with_name(f".{path.name}.{hashlib.sha256(content).hexdigest()[:16]}.draft")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for left in path.parent.glob(f".{path.name}.*.draft"):
            left.unlink(missing_ok=True)
        draft.write_bytes(content)
        try:
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
