"""Writes a last day into the text of a record, and leaves all else as people wrote it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from ..errors import InvalidInputError
from ..model.application import Member
from ..model.day import day_of
from .yaml_document import read_yaml, write_yaml

_UNTIL = re.compile(r"\buntil:\s*['\"]?[0-9-]+['\"]?", re.ASCII)


def with_last_day(text: str, name: str, member: Member, day: date) -> str | None:
    """Return the text of a record in which the member stays until `day`.

    Comments and order stay if the member stands on one line, or on a line for each value; else the
    record is written anew. Another time of the same person, from another day on, stays as it is.
    Returns None if the record names no such member.
    """
    document = read_yaml(text, name)
    wanted: Any = deepcopy(document.data)
    seat = (member.github.casefold(), member.since)
    at = next((at for at, one in enumerate(wanted["team"]) if _seat(one) == seat), None)
    if at is None:
        return None
    wanted["team"][at]["until"] = day.isoformat()
    line = document.lines[("team", at, "since")] - 1
    for changed in _candidates(text.splitlines(keepends=True), line, day):
        if _says(changed, name, wanted):
            return changed
    return write_yaml(wanted)


def _seat(data: Any) -> tuple[str, date]:
    return data["github"].casefold(), day_of(data["since"])


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
