"""Writes a last day into the text of a record, and leaves all else as people wrote it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from ..errors import InvalidInputError
from .yaml_document import read_yaml, write_yaml

_UNTIL = re.compile(r"\buntil:\s*['\"]?[0-9-]+['\"]?", re.ASCII)


def with_last_day(text: str, name: str, login: str, day: date) -> str | None:
    """Return the text of a record in which the member with `login` stays until `day`.

    Comments and order stay if the member stands on one line, or on a line for each value; else the
    record is written anew. Returns None if the record names no such member.
    """
    document = read_yaml(text, name)
    wanted: Any = deepcopy(document.data)
    members = [one for one in wanted["team"] if one["github"].casefold() == login.casefold()]
    if not members:
        return None
    for one in members:
        one["until"] = day.isoformat()
    at = next(at for at, one in enumerate(wanted["team"]) if one is members[0])
    line = document.lines[("team", at, "since")] - 1
    for changed in _candidates(text.splitlines(keepends=True), line, day):
        if _says(changed, name, wanted):
            return changed
    return write_yaml(wanted)


def _candidates(lines: list[str], line: int, day: date) -> Iterator[str]:
    """Yield the text with the day: in place of another, at the end of braces, on its own line."""
    entry = f"until: '{day}'"
    for near in range(line, min(line + 5, len(lines))):
        yield _with(lines, near, _UNTIL.sub(entry, lines[near]))
    head, brace, tail = lines[line].rpartition("}")
    yield _with(lines, line, f"{head}, {entry}{brace}{tail}")
    indent = re.match(r"[\s-]*", lines[line])
    spaces = " " * len(indent[0] if indent else "")
    yield _with(lines, line, f"{lines[line].rstrip()}\n{spaces}{entry}\n")


def _with(lines: list[str], at: int, line: str) -> str:
    return "".join([*lines[:at], line, *lines[at + 1 :]])


def _says(text: str, name: str, wanted: Any) -> bool:
    try:
        return bool(read_yaml(text, name).data == wanted)
    except InvalidInputError:
        return False
