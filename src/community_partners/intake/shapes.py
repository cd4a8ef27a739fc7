"""Reads a schema file. Decides what our formats mean, and where the library reads too kindly.

What is told of an error, and its remedy, is for schemas.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from .plain_text import invisible, trouble

_FORMATS = FormatChecker(formats=())


@cache
def validator(path: Path) -> Validator:
    """That of a schema file of ours, read once; it may refer to the schemas beside it."""
    registry = Registry(retrieve=partial(_beside, path.parent))  # type: ignore[call-arg]
    return _Validator(_read(path), registry=registry, format_checker=_FORMATS)


def described(schema: Any, folder: Path) -> Any:
    """The schema that holds the description: another file's, where this one refers to it."""
    name, _, pointer = schema.get("$ref", "").partition("#/") if schema else ("", "", "")
    if not name:
        return schema
    found = _read(folder / name)
    for step in pointer.split("/"):
        found = found[step]
    return found


def _beside(folder: Path, name: str) -> Resource[Any]:
    return DRAFT202012.create_resource(_read(folder / name))


@cache
def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _in_short_lists(keyword: str) -> Any:
    """A list that is too long is told once: comparing its thousands of entries takes minutes."""
    read = Draft202012Validator.VALIDATORS[keyword]

    def check(
        validator: Validator, limit: Any, value: Any, schema: dict[str, Any]
    ) -> Iterator[ValidationError]:
        if not isinstance(value, list) or len(value) <= schema.get("maxItems", len(value)):
            yield from read(validator, limit, value, schema) or ()

    return check


def _pattern(
    validator: Validator, pattern: str, value: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """In JSON Schema `$` is the end; in Python a line break may follow it."""
    if isinstance(value, str) and (value.endswith("\n") or not re.search(pattern, value)):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Validator: type[Validator] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "items": _in_short_lists("items"),
        "uniqueItems": _in_short_lists("uniqueItems"),
        "pattern": _pattern,
    },
)


@_FORMATS.checks("date")
def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        # Python also reads weeks: 2025-W03-3.
        return bool(
            re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and date.fromisoformat(value)
        )
    except ValueError:
        return False


@_FORMATS.checks("https-url")
def _is_https(value: object) -> bool:
    if not isinstance(value, str):
        return True
    # An @ is at home in an address (medium.com/@acme); output shows no address but as a link.
    if re.search(r"[\s<>\"'`\\]|##\[", value) or any(map(invisible, value)):
        return False
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = re.fullmatch(r"[^.]+(\.[^.]+)+\.?", host)
    return bool(named) and parts.scheme == "https" and "@" not in parts.netloc


@_FORMATS.checks("plain-text")
def _is_plain(value: object) -> bool:
    return not isinstance(value, str) or trouble(value, lines=False) is None


@_FORMATS.checks("plain-lines")
def _are_plain(value: object) -> bool:
    return not isinstance(value, str) or trouble(value, lines=True) is None
