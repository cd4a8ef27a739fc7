"""Reads files: their bytes, their text, and YAML from strangers as plain data with line numbers.

Decides what YAML is taken: one document of at most 64 KiB, no anchors, aliases, tags or duplicate
keys, nested at most 20 deep. Scalars are those of YAML 1.2's core schema, so that `no` (Norway),
`2026-01` and `12:30` stay text; numbers with a point become Decimal. A record's name ends in .yml:
a file that ends in .yaml was meant to be one, so it is refused and not passed over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ..errors import InvalidInputError, UserError
from ..model.problem import Place, Problem

LARGEST = 64 * 1024
DEEPEST = 20
_NO_CHARACTER = re.compile(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")
Steps = tuple[str | int, ...]
Locate = Callable[[Steps], Place]
_CORE = (
    (re.compile(r"(?:null|Null|NULL|~|)"), lambda text: None),
    (re.compile(r"(?:true|True|TRUE|false|False|FALSE)"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,18}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,2})?"), Decimal),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """`data` as read; `lines` has the line of every value by its path."""

    name: str
    data: Any
    lines: dict[Steps, int]

    def locate(self, path: Steps) -> Place:
        """Where the value at `path` stands, or the nearest one around it."""
        around = (path[:length] for length in range(len(path), -1, -1))
        line = next((self.lines[known] for known in around if known in self.lines), 1)
        return Place(document=self.name, line=line, field=field_name(path))


def field_name(path: Steps) -> str | None:
    """`team[0].github` for the path ("team", 0, "github")."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or None


def read_yaml(content: bytes | str, name: str) -> Document:
    """Raises InvalidInputError with a sentence, the line and the remedy."""
    text = _decoded(content, name)
    try:
        _inspect(text, name)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        why = error.problem or "it cannot be read"
        raise _refused(name, line, f"This is not YAML: {why}.", "Mend this line.") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        message = (
            f"This has a character that YAML does not allow (U+{ord(text[error.position]):04X})."
        )
        raise _refused(name, line, message, "Remove it.") from error
    except (ValueError, OverflowError) as error:
        # PyYAML makes a character of any number after \U, and a number of any version of %YAML.
        escape = _NO_CHARACTER.search(text)
        line = text[: escape.start() if escape else 0].count("\n") + 1
        message = "This has an escape (\\U) or a %YAML version that stands for nothing."
        remedy = "Write the character itself, or leave it out."
        raise _refused(name, line, message, remedy) from error
    reader = _Reader(name)
    data = reader.value(node, ()) if node is not None else None
    if reader.problems:
        raise InvalidInputError(tuple(reader.problems))
    return Document(name=name, data=data, lines=reader.lines)


class _Reader:
    """Turns nodes into data; collects duplicate keys and the like instead of stopping at one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Steps, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, path: Steps) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]

    def _entries(self, node: yaml.MappingNode, path: Steps) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(line, "A key must be a word.", "Write `key: value`.")
            elif key in seen:
                self._problem(
                    line,
                    f"The key {key[:60]!r} stands here again, after line {seen[key]}.",
                    "Keep one of the two.",
                )
            else:
                seen[key] = line
                self.lines[*path, key] = line
                yield key, self.value(value_node, (*path, key))

    def _problem(self, line: int, message: str, remedy: str) -> None:
        place = Place(document=self.name, line=line)
        self.problems.append(Problem(place=place, message=message, remedy=remedy))


def _scalar(node: yaml.ScalarNode) -> Any:
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    return next((make(text) for pattern, make in _CORE if pattern.fullmatch(text)), text)


def _inspect(text: str, name: str) -> None:
    """Refuse what must not even be composed: it could be small here and endless once read."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            remedy = "Write the value out wherever it is needed."
            raise _refused(name, line, "Anchors (&) and aliases (*) are not taken here.", remedy)
        if getattr(event, "tag", None):
            raise _refused(name, line, "Tags (!) are not taken here.", "Leave the tag out.")
        if depth > DEEPEST:
            remedy = "Compare with applications/example.yml."
            raise _refused(name, line, f"This is nested more than {DEEPEST} deep.", remedy)
        if documents > 1:
            raise _refused(name, line, "A second document begins here.", "Leave out the `---`.")


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
    """Quotes what one version of YAML or the other would not read back as text."""


def _quoted(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    other = any(pattern.fullmatch(text) for pattern, _ in _CORE)
    style = '"' if _delicate(text) else "'" if other else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _delicate(text: str) -> bool:
    """Does it hold what YAML would fold into a space, or a command to a workflow that prints it?"""
    hidden = any(not one.isprintable() for one in text.replace("\n", ""))
    return hidden or "##[" in text or any(one.strip()[:2] == "::" for one in text.split("\n"))


_Writer.add_representer(str, _quoted)


def write_yaml(data: Any) -> str:
    """Text that reads back to the same data, here and elsewhere; keys keep their order.

    A text stays on its line, however long: where it is folded, a stranger's words begin one.
    """
    text = yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=float("inf"))
    return text.replace("##[", "#\\x23[")


ENDING = ".yml"
EXAMPLE = "example"  # of applications/: to be copied, and nobody's


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises UserError with the place and the remedy."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder. Name a file in it.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error


def read_text(path: Path) -> str:
    """The same as text; what is not UTF-8 is replaced, since parsers say what is wrong with it."""
    return read_bytes(path).decode("utf-8", errors="replace")


def read_record(path: Path) -> Document:
    """The YAML of a record. Raises InvalidInputError, also for a name that nobody would find."""
    if path.suffix != ENDING and path.suffix.lower() in (".yml", ".yaml"):
        message = f"The name of this file ends in {path.suffix}, so that nothing reads it."
        remedy = f"Rename it to {path.stem}{ENDING}."
        place = Place(document=str(path))
        raise InvalidInputError((Problem(place=place, message=message, remedy=remedy),))
    return read_yaml(read_bytes(path), str(path))


def yaml_files(folder: Path) -> list[Path]:
    """The records in a folder by name, and what was meant to be one; none without a folder."""
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in files if path.suffix.lower() in (".yml", ".yaml"))
