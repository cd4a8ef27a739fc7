"""Reads files: their bytes, their text, and strangers' YAML as plain data with line numbers.

This module decides what YAML is taken: one document of at most 64 KiB, no anchors, aliases, tags or
duplicate keys, nested at most 20 deep. Scalars are those of YAML 1.2's core schema, so that `no`
(Norway), `2026-01` and `12:30` stay text; numbers with a point become Decimal. The name of a record
ends in .yml. A file whose name ends in .yaml is refused and not passed over, since it was meant to
be a record.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, cast

import yaml

from ..errors import InvalidInputError, UserError
from ..model.problem import Place, Problem, quoted

LARGEST = 64 * 1024
DEEPEST = 20
_NO_CHARACTER = re.compile(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")
# Where PyYAML's two parsers differ, or might: in tabs, other line breaks than \n, invisible
# characters, `?`, document markers, and what follows the sign of a block of text.
_UNUSUAL = re.compile(
    r"[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|\?|^(?:---|\.\.\.|%)|[|>][^\n]*#",
    re.MULTILINE,
)
Steps = tuple[str | int, ...]
Parser = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
Locate = Callable[[Steps], Place]
_CORE = (
    (re.compile(r"(?:null|Null|NULL|~|)"), lambda text: None),
    (re.compile(r"(?:true|True|TRUE|false|False|FALSE)"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,18}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,2})?"), Decimal),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A YAML file. `data`: its content. `lines`: the line of each value, from 1, by its path."""

    name: str
    data: Any
    lines: dict[Steps, int]

    def locate(self, path: Steps) -> Place:
        """Return where the value at `path` stands, or else the nearest value around it."""
        around = (path[:length] for length in range(len(path), -1, -1))
        line = next((self.lines[known] for known in around if known in self.lines), 1)
        return Place(document=self.name, line=line, field=field_name(path))


def field_name(path: Steps) -> str | None:
    """Return a path as text, such as `team[0].github` for ("team", 0, "github"); None for ()."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or None


def read_yaml(content: bytes | str, name: str) -> Document:
    """Read a YAML text. `name`: its file, for problems.

    Raises InvalidInputError with a sentence, the line and the remedy.
    """
    text = _decoded(content, name)
    return read_quickly(text, name) or _read_carefully(text, name)


def read_quickly(text: str, name: str) -> Document | None:
    """Read a YAML text with libyaml, which takes a tenth of the time.

    Returns None for what libyaml refuses, since its messages are not ours, and for a text that it
    could read in another way.
    """
    if _UNUSUAL.search(text):
        return None
    try:
        return _read(text, name, yaml.CSafeLoader)
    except (yaml.YAMLError, InvalidInputError):
        return None


def _read_carefully(text: str, name: str) -> Document:
    """Read a YAML text with PyYAML's own parser, and put its errors into sentences."""
    try:
        return _read(text, name, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        why = error.problem or "it cannot be read"
        raise _refused(name, line, f"This is not YAML: {why}.", "Correct this line.") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        message = (
            f"This has a character that YAML does not allow (U+{ord(text[error.position]):04X})."
        )
        raise _refused(name, line, message, "Remove it.") from error
    except (ValueError, OverflowError) as error:
        # PyYAML takes any number after \U for a character, and any version of %YAML for a number.
        escape = _NO_CHARACTER.search(text)
        line = text[: escape.start() if escape else 0].count("\n") + 1
        message = "This has an escape (\\U) or a %YAML version that stands for nothing."
        remedy = "Write the character itself, or leave it out."
        raise _refused(name, line, message, remedy) from error


def _read(text: str, name: str, parser: Parser) -> Document:
    """Read a YAML text with one of PyYAML's two parsers. Raises the errors of PyYAML."""
    reader = _Reader(name, parser(text))
    data = reader.document()
    if reader.problems:
        raise InvalidInputError(reader.problems)
    return Document(name=name, data=data, lines=reader.lines)


class _Reader:
    """Turns a parser's events into data, in one pass.

    Raises InvalidInputError for YAML that is not taken: a small text with aliases could become
    endless data. Other problems, such as duplicate keys, are collected in `problems`.
    """

    def __init__(self, name: str, parser: yaml.SafeLoader | yaml.CSafeLoader) -> None:
        self.name = name
        self.lines: dict[Steps, int] = {}
        self.problems: list[Problem] = []
        self._parser = parser
        self._depth = 0

    def document(self) -> Any:
        """Return the data of the only document; None if there is none."""
        self._next()
        if not isinstance(self._next(), yaml.DocumentStartEvent):
            return None
        data = self._value(self._next(), ())
        self._next()
        following = self._next()
        if isinstance(following, yaml.DocumentStartEvent):
            remedy = "Leave out the `---`."
            raise _refused(self.name, _line(following), "A second document begins here.", remedy)
        return data

    def _next(self) -> yaml.Event:
        """Return the next event. Raises InvalidInputError for an event that is not taken."""
        event = cast("yaml.Event", self._parser.get_event())  # no None before the stream ends
        if isinstance(event, yaml.NodeEvent):
            self._refuse_odd(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1
        return event

    def _refuse_odd(self, event: yaml.NodeEvent) -> None:
        self._depth += isinstance(event, yaml.CollectionStartEvent)
        if event.anchor:
            message, remedy = (
                "Anchors (&) and aliases (*) are not taken here.",
                "Write the value out wherever it is needed.",
            )
        elif getattr(event, "tag", None):
            message, remedy = "Tags (!) are not taken here.", "Leave the tag out."
        elif self._depth > DEEPEST:
            message = f"This is nested more than {DEEPEST} deep."
            remedy = "Compare with applications/example.yml."
        else:
            return
        raise _refused(self.name, _line(event), message, remedy)

    def _value(self, event: yaml.Event, path: Steps) -> Any:
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._entries(path))
        return list(self._items(path))

    def _items(self, path: Steps) -> Iterator[Any]:
        for at in count():
            event = self._next()
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._value(event, (*path, at))

    def _entries(self, path: Steps) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._problem(line, "A key must be a word.", "Write `key: value`.")
                self._pass_over(event)
                self._pass_over(self._next())
            elif event.value in seen:
                first = seen[event.value]
                message = f"The key {quoted(event.value)} stands here again, after line {first}."
                self._problem(line, message, "Keep one of the two.")
                self._pass_over(self._next())
            else:
                key = event.value
                seen[key] = self.lines[*path, key] = line
                yield key, self._value(self._next(), (*path, key))

    def _pass_over(self, event: yaml.Event) -> None:
        """Read the rest of a node that begins with `event`, and make nothing of it."""
        depth = self._depth - isinstance(event, yaml.CollectionStartEvent)
        while self._depth > depth:
            self._next()

    def _problem(self, line: int, message: str, remedy: str) -> None:
        place = Place(document=self.name, line=line)
        self.problems.append(Problem(place=place, message=message, remedy=remedy))


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    return next((make(text) for pattern, make in _CORE if pattern.fullmatch(text)), text)


def _decoded(content: bytes | str, name: str) -> str:
    size = len(content if isinstance(content, bytes) else content.encode(errors="replace"))
    if size > LARGEST:
        message = f"This has {size:,} bytes; at most {LARGEST:,} are read."
        raise _refused(name, 1, message, "Keep to what the program asks for.")
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refused(name, line, "This is not UTF-8 text.", "Save the file as UTF-8.") from error


def _refused(name: str, line: int, message: str, remedy: str) -> InvalidInputError:
    place = Place(document=name, line=line)
    return InvalidInputError((Problem(place=place, message=message, remedy=remedy),))


class _Writer(yaml.SafeDumper):
    """Writes YAML. Quotes each text that YAML 1.1 or YAML 1.2 would not read back as text."""


def _quoted(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    other = any(pattern.fullmatch(text) for pattern, _ in _CORE)
    style = '"' if _delicate(text) else "'" if other else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _delicate(text: str) -> bool:
    """Tell whether a text needs double quotes, in which characters can be escaped.

    It does if it has invisible characters, some of which YAML would fold into a space, or a command
    to a workflow that prints the text.
    """
    hidden = any(not one.isprintable() for one in text.replace("\n", ""))
    return hidden or "##[" in text or any(one.strip()[:2] == "::" for one in text.split("\n"))


_Writer.add_representer(str, _quoted)


def write_yaml(data: Any) -> str:
    """Return YAML that every reader turns back into the same data; keys keep their order.

    A long text is not folded: else a line could begin with a stranger's words, and be a command to
    a workflow that prints it.
    """
    text = yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=float("inf"))
    return text.replace("##[", "#\\x23[")


ENDING = ".yml"
EXAMPLE = "example"  # applications/example.yml: a file to copy, no application


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises UserError with the place and the remedy."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder. Name a file in it.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error


def read_text(path: Path) -> str:
    """Return the content of a file as text. Raises UserError as `read_bytes` does.

    Bytes that are not UTF-8 become U+FFFD: the parsers report them.
    """
    return read_bytes(path).decode("utf-8", errors="replace")


def read_record(path: Path) -> Document:
    """Read the YAML of a record. Raises InvalidInputError.

    A name that ends in .yaml or .YML is refused too, since no other reader would find the file.
    """
    if path.suffix != ENDING and path.suffix.lower() in (".yml", ".yaml"):
        message = f"The name of this file ends in {path.suffix}, so that nothing reads it."
        remedy = f"Rename it to {path.stem}{ENDING}."
        place = Place(document=str(path))
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),))
    return read_yaml(read_bytes(path), str(path))


def yaml_files(folder: Path) -> list[Path]:
    """Return the records in a folder, sorted by name; [] if there is no folder.

    Files that end in .yaml or .YML are included: they were meant to be records.
    """
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in files if path.suffix.lower() in (".yml", ".yaml"))
