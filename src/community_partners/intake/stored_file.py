"""Reads a value that this program stored as JSON. Decides whether the file is still whole."""

import json
from pathlib import Path
from typing import Any, TypeVar

from ..errors import InvalidInputError, UserError
from ..model.problem import Place
from ..stored import load
from .schema import fits, problems
from .yaml_document import read_text

T = TypeVar("T")


def read_stored(path: Path, schema: str, kind: type[T], remedy: str) -> T:
    """Return the value of type `kind` in a file.

    `schema`: the name of the schema that the file must fit. `remedy`: a sentence on what to do with
    a damaged file. Raises UserError if there is no such file, or if it is damaged.
    """
    return as_stored(read_json(path, remedy), path, schema, kind, remedy)


def read_json(path: Path, remedy: str) -> Any:
    """Return the JSON in a file. Raises UserError, with `remedy`, if the file is damaged."""
    try:
        text = read_text(path)
        data = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate cannot be written
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} is not JSON ({error}). {remedy}") from error
    return data


def as_stored(data: Any, path: Path, schema: str, kind: type[T], remedy: str) -> T:
    """Return the value of type `kind` that the JSON of a file holds, as `read_stored` does."""

    def locate(where: tuple[str | int, ...]) -> Place:
        return Place(document=str(path), field=".".join(map(str, where)) or None)

    wrong = () if fits(data, schema) else problems(data, schema, locate)
    if wrong:
        raise InvalidInputError(wrong)
    try:
        return load(data, kind)
    except Exception as error:  # cattrs raises exception groups for hand-edited values
        raise UserError(f"{path} does not hold together. {remedy}") from error
