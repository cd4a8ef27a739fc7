"""Finds all that is wrong with a value by its JSON Schema, and puts it into sentences.

This module decides where it is stricter than the library. The remedy of a problem is made from the
`description` and the first example that the schema gives for the value.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache, partial
from math import isfinite
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from ..model.problem import MOST, Place, Problem, quoted
from .plain_text import trouble
from .schema import FORMATS, Locate, read_schema, schema_folder

_FORMAT_NAMES = {
    "date": "a day such as 2026-11-24",
    "https-url": "a plain address that begins with https://",
}
_LONGEST_KEY = _LONGEST_SHOWN = 60  # characters
_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def found(data: Any, schema: Path, locate: Locate) -> tuple[Problem, ...]:
    """Return all problems of `data` by the schema in a file, by line, then field."""
    errors = (leaf for error in validator(schema).iter_errors(data) for leaf in _leaves(error))
    known = {str(problem): problem for error in errors for problem in _problems(error, locate)}
    return tuple(sorted(known.values(), key=_order))


def _leaves(error: ValidationError) -> Iterable[ValidationError]:
    """Return the errors below an error, or the error itself if there are none below.

    If the schema offers several shapes, only the errors of the best shape are returned: that with
    the fewest unknown keys.
    """
    shapes: dict[str | int, list[ValidationError]] = defaultdict(list)
    for inner in error.context or ():
        shapes[inner.relative_schema_path[0]].append(inner)
    if not shapes:
        return [error]
    nearest = min(shapes.values(), key=_strange_keys)
    return [leaf for inner in nearest for leaf in _leaves(inner)]


def _strange_keys(errors: Iterable[ValidationError]) -> tuple[int, int]:
    validators = [error.validator for error in errors]
    return validators.count("additionalProperties"), len(validators)


def _problems(error: ValidationError, locate: Locate) -> Iterable[Problem]:
    path = tuple(error.absolute_path)
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, locate)
        return
    if error.validator in ("required", "dependentRequired"):
        asked = schema.get("required") or ()
        if error.validator == "dependentRequired":
            needs = schema["dependentRequired"].items()
            asked = [key for one, keys in needs if one in _read(error) for key in keys]
        for key in [key for key in asked if key not in _read(error)]:
            hint = described(schema.get("properties", {}).get(key), schema_folder())
            yield _problem(locate(path), f"{key!r} is missing.", _remedy(hint))
        return
    message, better = _sentence(error)
    yield _problem(locate(path), message, better or _remedy(schema if path else None))


def _unknown_keys(error: ValidationError, locate: Locate) -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    schema: Any = error.schema
    known = list(schema.get("properties", {}))
    unknown = sorted(set(_read(error)) - set(known))
    all_known = f"Known are {', '.join(known)}."
    if len(unknown) > MOST:  # similar names are looked for only among few keys, and short ones
        message = f"{len(unknown):,} keys are not known here, such as {quoted(unknown[0])}."
        yield _problem(locate(path), message, all_known)
        return
    for key in unknown:
        close = () if len(key) > _LONGEST_KEY else get_close_matches(key, known, n=1)
        remedy = f"Did you mean {close[0]!r}?" if close else all_known
        yield _problem(locate((*path, key)), f"The key {quoted(key)} is not known here.", remedy)


def _read(error: ValidationError) -> Any:
    """Return the value that the error is about."""
    return error.instance


def _sentence(error: ValidationError) -> tuple[str, str | None]:
    """Return what is wrong with a value, and the remedy; None if the schema's remedy is better."""
    value: Any = _read(error)
    limit: Any = error.validator_value
    read, kind = _shown(value), str(_listed(limit)[0])
    if error.validator == "format" and limit in ("plain-text", "plain-lines"):
        found = trouble(value, lines=limit == "plain-lines")
        return (f"The text {found[0]}", found[1]) if found else (f"{read} is not plain text.", None)
    if error.validator == "format":
        return f"{read} is not {_FORMAT_NAMES[limit]}.", None
    sentences: Mapping[str, str] = {
        "type": f"{read} is not {_TYPES.get(kind, kind)}{_in_quotes(value, kind)}.",
        "enum": f"{read} is not one of {', '.join(map(str, _listed(limit)))}.",
        "const": f"{read} is not {json.dumps(limit, default=str)}.",
        "minLength": f"{read} is too short: at least {limit} characters are needed.",
        "maxLength": f"This has {_length(value)} characters: at most {limit} fit.",
        "minItems": f"This has {_length(value)} entries: at least {limit} are needed.",
        "maxItems": f"This has {_length(value)} entries: at most {limit} fit.",
        "minProperties": "This is empty.",
        "uniqueItems": "An entry stands here twice.",
        "minimum": f"{read} is too small: at least {limit}.",
        "maximum": f"{read} is too large: at most {limit}.",
        "multipleOf": f"{read} is not a multiple of {limit}.",
        "oneOf": "This says more than one thing where only one can be.",
        "not": f"{read} cannot be used here.",
    }
    return sentences.get(str(error.validator), f"{read} is not right."), None


def _remedy(schema: Any) -> str:
    """Return a remedy such as `Write the GitHub login, such as example-user-1.`"""
    if not isinstance(schema, Mapping) or "description" not in schema:
        return "Compare with an example of such a file."
    examples = schema.get("examples")
    such = f", such as {str(examples[0]).rstrip('.')}" if examples else ""
    return f"Write {schema['description']}{such}."


def _in_quotes(value: Any, limit: str) -> str:
    """Return the advice to put a value in quotes, if the value should be text; else "".

    YAML reads 12 as a number and true as a boolean.
    """
    plain = value is None or isinstance(value, (bool, int, Decimal))
    return ": put it in quotes" if limit == "string" and plain else ""


def _shown(value: Any) -> str:
    """Return a value as it was read, shortened, on one line."""
    if isinstance(value, (dict, list)):
        return "This"
    value = value[: _LONGEST_SHOWN + 1] if isinstance(value, str) else value
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f'{text[: _LONGEST_SHOWN - 4]}…"'


def _length(value: Any) -> int:
    return len(value) if isinstance(value, (str, list, dict)) else 0


def _listed(limit: Any) -> list[Any]:
    return limit if isinstance(limit, list) else [limit]


def _problem(place: Place, message: str, remedy: str) -> Problem:
    return Problem(place=place, message=message, remedy=remedy)


def _order(problem: Problem) -> tuple[int, str, str]:
    return problem.place.line or 0, problem.place.field or "", problem.message


_FORMATS = FormatChecker(formats=())
for _name, _check in FORMATS.items():
    _FORMATS.checks(_name)(_check)


@cache
def validator(path: Path) -> Validator:
    """Return the validator of a schema file, read once. A schema may refer to those beside it."""
    registry = Registry(retrieve=partial(_beside, path.parent))  # type: ignore[call-arg]
    return _Validator(read_schema(path), registry=registry, format_checker=_FORMATS)


def described(schema: Any, folder: Path) -> Any:
    """Return the schema that holds the description of a value.

    If `schema` refers to another file (`$ref`), that is the schema there. `folder`: of both files.
    """
    name, _, pointer = schema.get("$ref", "").partition("#/") if schema else ("", "", "")
    if not name:
        return schema
    found = read_schema(folder / name)
    for step in pointer.split("/"):
        found = found[step]
    return found


def _beside(folder: Path, name: str) -> Resource[Any]:
    return DRAFT202012.create_resource(read_schema(folder / name))


Check = Callable[[Validator, Any, Any, dict[str, Any]], Iterable[ValidationError] | None]


def _length_first(check: Check) -> Check:
    """Return the check of a keyword that skips texts and lists which are too long.

    `maxLength` or `maxItems` reports them: nothing else looks at them. Comparing the entries of a
    list, or searching a text, could take minutes.
    """

    def checked(
        validator: Validator, limit: Any, value: Any, schema: dict[str, Any]
    ) -> Iterator[ValidationError]:
        most = "maxLength" if isinstance(value, str) else "maxItems"
        if not isinstance(value, str | list) or len(value) <= schema.get(most, len(value)):
            yield from check(validator, limit, value, schema) or ()

    return checked


def _pattern(
    _: Validator, pattern: str, value: Any, __: dict[str, Any]
) -> Iterator[ValidationError]:
    """Check a pattern. In JSON Schema `$` is the end of the text; in Python of its last line."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError("another pattern")


def _multiple(_: Validator, step: Any, value: Any, __: dict[str, Any]) -> Iterator[ValidationError]:
    """Check a multiple exactly: the library divides a Decimal by a float, which fails."""
    number = isinstance(value, int | Decimal) or (isinstance(value, float) and isfinite(value))
    if number and not isinstance(value, bool) and Fraction(value) % Fraction(step):
        yield ValidationError("no multiple")


_Validator: type[Validator] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        **{
            keyword: _length_first(Draft202012Validator.VALIDATORS[keyword])
            for keyword in ("items", "uniqueItems", "enum", "const", "format")
        },
        "pattern": _length_first(_pattern),
        "multipleOf": _multiple,
    },
)
