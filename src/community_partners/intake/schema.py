"""Checks the shape of every kind of record with JSON Schema. Decides what our formats mean.

A compiled validator says whether a value is right; nearly every value is. Only for one that is not,
`schema_problems.py` looks for what is wrong, and puts it into sentences.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema_rs import Draft202012Validator

from ..model.day import day_in
from ..model.length import too_long
from ..model.problem import Place, Problem
from .plain_text import invisible, trouble

Locate = Callable[[tuple[str | int, ...]], Place]
_PACKAGE = Path(__file__).parents[1]


def problems(data: Any, name: str, locate: Locate) -> tuple[Problem, ...]:
    """Return all problems of `data` by `schemas/<name>.schema.json`, by line, then field."""
    if _is_usual(data) and fits(data, name):
        return ()
    # jsonschema takes a tenth of a second to import.
    from .schema_problems import found  # noqa: PLC0415

    return found(data, schema_file(name), locate)


def fits(data: Any, name: str) -> bool:
    """Tell whether `data` is right by `schemas/<name>.schema.json`.

    `data`: parsed JSON; the validator takes a whole Decimal for an integer. False also for what it
    cannot judge: half a character, and endless nesting.
    """
    try:
        return _compiled(schema_file(name)).is_valid(data)
    except (ValueError, RecursionError):
        return False


def _is_usual(data: Any) -> bool:
    """Tell whether the compiled validator may look at `data`.

    It takes a whole Decimal for an integer, and looks at a text before it looks at its length.
    """
    if isinstance(data, dict):
        return all(map(_is_usual, data)) and all(map(_is_usual, data.values()))
    if isinstance(data, list):
        return all(map(_is_usual, data))
    return not (isinstance(data, Decimal) or (isinstance(data, str) and too_long(data)))


@cache
def _compiled(path: Path) -> Draft202012Validator:
    """Return the validator of a schema file. A schema may refer to those beside it."""
    return Draft202012Validator(
        json.dumps(read_schema(path)),
        base_uri=f"file:///{path.name}",
        retriever=lambda uri: read_schema(path.with_name(uri.rpartition("/")[2])),
        formats=FORMATS,
        validate_formats=True,
        ignore_unknown_formats=False,
    )


@cache
def read_schema(path: Path) -> Any:
    """Return the content of a schema file, read once."""
    return json.loads(path.read_text(encoding="utf-8"))


def schema_file(name: str) -> Path:
    """Return the path of a schema.

    In a wheel the schemas are inside the package, in a checkout beside `src`.
    """
    return schema_folder() / f"{name}.schema.json"


def schema_folder() -> Path:
    """Return the folder of the schemas."""
    inside = _PACKAGE / "schemas"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "schemas"


def _is_day(value: object) -> bool:
    return not isinstance(value, str) or day_in(value) is not None


def _is_https(value: object) -> bool:
    if not isinstance(value, str):
        return True
    # An @ may stand in a path (medium.com/@acme). It notifies nobody, since addresses are
    # shown only as links.
    if too_long(value) or re.search(r"[\s<>\"'`\\]|##\[", value) or any(map(invisible, value)):
        return False
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = re.fullmatch(r"[^.]+(\.[^.]+)+\.?", host)
    return bool(named) and parts.scheme == "https" and "@" not in parts.netloc


def _is_plain(value: object) -> bool:
    return not isinstance(value, str) or not (too_long(value) or trouble(value, lines=False))


def _are_plain(value: object) -> bool:
    return not isinstance(value, str) or not (too_long(value) or trouble(value, lines=True))


FORMATS: dict[str, Callable[[Any], bool]] = {
    "date": _is_day,
    "https-url": _is_https,
    "plain-text": _is_plain,
    "plain-lines": _are_plain,
}
