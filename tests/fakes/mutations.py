"""Odd answers: an honest one with one thing changed, and whether the platform could send that.

An answer is `plausible` if it has the shape that the platform's schema promises (tests/contracts;
for REST, the shape of the honest answer) and does not contradict itself: then it is another true
answer, from which another verdict may follow. Any other answer tells nothing.
"""

import copy
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    type_from_ast,
)

from .server import Request, Response, document_of

DEEP = 10_000
Path = tuple[str | int, ...]
_NULLABLE = {"user", "body", "description", "target_url", "repo", "closed_at", "default"}
_OTHERS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 2**31, 2**63, 10**40, -(10**40), 1.5, 1e308),
    *("", "0", "12", "null", "\ud800", "\U0001f680", "x" * 70_000, "a\0b", "::error::x"),
    *("0000-13-45", "0000-13-45T99:99:99Z", "99999-01-01T00:00:00Z", "2026-10-05"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-10-05T12:00:00"),
    *([], {}, [None], [[]], [{}], {"nodes": None}, {"login": 5}, [1, "a"], {"": ""}),
)
_RAW = (
    "null",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "9" * 5000,
    "[" * DEEP + "]" * DEEP,
    '{"a":' * DEEP + "1" + "}" * DEEP,
    '"\\ud83d"',
    '"\\udc00\\ud800"',
)
_MARK = "@@HERE@@"


@dataclass(frozen=True, kw_only=True)
class Odd:
    """`what` was changed, for people."""

    response: Response
    what: str


def mutated(request: Request, honest: Response, chance: random.Random) -> Odd:
    """One change by `chance`."""
    if isinstance(honest.body, bytes):
        return _file(honest, chance)
    ways: tuple[Callable[[Response, random.Random], Odd], ...] = (
        *[_value] * 12,
        *[_raw_value] * 3,
        *[_text] * 3,
        *[_headers] * 2,
    )
    if paged := list(_connections(honest.body)):
        ways += (*[_page(request, paged)] * 6,)
    return chance.choice(ways)(honest, chance)


def _inside(value: Any) -> Iterable[tuple[str | int, Any]]:
    """The entries of an object or a list, with their keys."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _paths(value: Any, here: Path = ()) -> list[Path]:
    return [here, *(path for key, one in _inside(value) for path in _paths(one, (*here, key)))]


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _put(value: Any, path: Path, other: Any) -> Any:
    if not path:
        return other
    whole = copy.deepcopy(value)
    _at(whole, path[:-1])[path[-1]] = other
    return whole


def _where(path: Path) -> str:
    return ".".join(map(str, path)) or "all"


def _value(honest: Response, chance: random.Random) -> Odd:
    body = honest.body
    path = chance.choice(_paths(body))
    was = _at(body, path)
    if path and chance.random() < 0.2:
        whole = copy.deepcopy(body)
        del _at(whole, path[:-1])[path[-1]]
        return Odd(response=replace(honest, body=whole), what=f"{_where(path)}: left out")
    other = chance.choice((*_OTHERS, *_like(was, chance)))
    changed = _put(body, path, other)
    what = f"{_where(path)}: {was!r:.40} -> {other!r:.40}"
    return Odd(response=replace(honest, body=changed), what=what)


def _like(was: Any, chance: random.Random) -> list[Any]:
    """Nearly what it was."""
    if isinstance(was, bool):
        return [int(was), str(was).lower(), not was] * 3
    if isinstance(was, (int, float)):
        return [str(was), -was, was + 0.5, float(was), was * 10**12, [was]] * 3
    if isinstance(was, str):
        return [was[: len(was) // 2], was + "\ud800", was.upper(), [was], {"a": was}, len(was)] * 3
    if isinstance(was, list):
        mixed = chance.sample(was, len(was))
        return [[], was + was, mixed, was[:-1], [*was, None], dict(enumerate(map(str, was)))] * 3
    if isinstance(was, dict):
        return [[was], list(was), dict.fromkeys(was), {}] * 3
    return ["null", [None], {}, 0]


def _raw_value(honest: Response, chance: random.Random) -> Odd:
    """What a JSON library would not write."""
    path = chance.choice(_paths(honest.body))
    raw = chance.choice(_RAW)
    text = json.dumps(_put(honest.body, path, _MARK)).replace(json.dumps(_MARK), raw)
    what = f"{_where(path)}: raw {raw[:12]}"
    return Odd(response=replace(honest, body=text.encode()), what=what)


def _text(honest: Response, chance: random.Random) -> Odd:
    data = json.dumps(honest.body).encode()
    at = chance.randrange(len(data) or 1)
    keys = re.sub(rb'"(\w+)": ', rb'"\1": 5, "\1": ', data, count=chance.randint(1, 9))
    name, other = chance.choice(
        (
            ("cut off", data[:at]),
            ("no JSON", b"<html>"),
            ("nothing", b""),
            ("invalid UTF-8", data[:at] + b"\xff\xfe" + data[at:]),
            ("a BOM", b"\xef\xbb\xbf" + data),
            ("UTF-16", data.decode().encode("utf-16")),
            ("keys twice", keys),
            ("two answers", data + data),
            ("nested", b"[" * DEEP + data + b"]" * DEEP),
            ("unclosed nesting", b'{"data":' * DEEP),
            ("a byte", data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]),
        )
    )
    return Odd(response=replace(honest, body=other), what=f"{name} (at {at})")


_LINKS = (
    "",
    "<",
    "<>; rel=next",
    '<https://other.example/?page=2>; rel="next"',
    '<%s/?page=x&per_page=100>; rel="next"',
    "; ; ;,,,",
    'rel="next"',
    '<http://[::1>; rel="next"',
    '<http://x/?page=%ff%fe&page=2>; rel="next"',
    "<http://x/?" + "a=b&" * 2000 + '>; rel="next"',
    "<http://x/?page=2>; rel",
    '<http://x/?page=2>; =; rel="next"; rel=5',
)


def _headers(honest: Response, chance: random.Random) -> Odd:
    name, value = chance.choice(
        (
            *(("Link", link) for link in _LINKS),
            ("Content-Encoding", "gzip"),
            ("Content-Encoding", "br"),
            ("X-RateLimit-Remaining", "nan"),
            ("X-RateLimit-Reset", "never"),
            ("X-RateLimit-Limit", "-1"),
            ("X-OAuth-Scopes", ",,,"),
            ("ETag", "\xff"),
            ("Date", "yesterday"),
            ("Location", "https://other.example/"),
        )
    )
    response = replace(honest, headers={**honest.headers, name: value})
    return Odd(response=response, what=f"header {name}: {value[:40]}")


def _connections(value: Any, here: Path = ()) -> list[Path]:
    found = [here] if isinstance(value, dict) and isinstance(value.get("nodes"), list) else []
    further = (path for key, one in _inside(value) for path in _connections(one, (*here, key)))
    return [*found, *further]


def _page(request: Request, paged: Sequence[Path]) -> Callable[[Response, random.Random], Odd]:
    """Totals, cursors and nodes that do not fit together."""

    def change(honest: Response, chance: random.Random) -> Odd:
        path = chance.choice(paged)
        body = copy.deepcopy(honest.body)
        page = _at(body, path)
        nodes = page["nodes"]
        total = next((key for key in ("total", "totalCount") if key in page), None)
        cursors = [one for key, one in request.variables.items() if key.endswith("After")]
        options: list[tuple[str, dict[str, Any]]] = [
            ("no nodes", {"nodes": []}),
            ("nodes twice", {"nodes": nodes + nodes}),
            ("nodes mixed", {"nodes": chance.sample(nodes, len(nodes))}),
            ("a node left out", {"nodes": nodes[1:]}),
            ("a null node", {"nodes": [None, *nodes[1:]]}),
            ("null nodes", {"nodes": None}),
        ]
        if total:
            more = chance.choice((1, 5, 1000, -1, 2**31))
            options += [
                ("another total", {total: len(nodes) + more}),
                ("no nodes and no total", {"nodes": [], total: None}),
                ("a negative total", {total: -1}),
                ("a total as text", {total: str(len(nodes))}),
            ]
        if "pageInfo" in page:
            options += [
                (
                    f"a next page at {one!r:.20}",
                    {"pageInfo": {"hasNextPage": True, "endCursor": one}},
                )
                for one in (None, "", 5, *cursors, "cursor:1")
            ]
            options.append(("no word on pages", {"pageInfo": None}))
        name, other = chance.choice(options)
        page.update(other)
        return Odd(response=replace(honest, body=body), what=f"{_where(path)}: {name}")

    return change


def _file(honest: Response, chance: random.Random) -> Odd:
    """The bank's, which is zipped."""
    data = honest.body
    at = chance.randrange(len(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        [name] = archive.namelist()
        text = archive.read(name)
    spot = chance.randrange(len(text))
    cell = chance.choice((b"nan", b"-1", b"0", b"inf", b"1e400", b"x", b"", b"\xff", b"9" * 400))
    rows = text.split(b"\n")
    row = chance.randrange(len(rows))
    cells = rows[row].split(b",")
    cells[chance.randrange(len(cells))] = cell
    other_rows = [*rows[:row], b",".join(cells), *rows[row + 1 :]]
    what, other = chance.choice(
        (
            ("cut off", data[:at]),
            ("a byte", data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]),
            ("no zip", b"<html>"),
            ("nothing", b""),
            ("another file", _zipped("other.csv", text)),
            ("no file", _zipped(None, text)),
            ("text cut off", _zipped(name, text[:spot])),
            ("text of nothing", _zipped(name, b"")),
            ("no head", _zipped(name, text.split(b"\n", 1)[1])),
            *[(f"cell {cell[:5]!r} in row {row}", _zipped(name, b"\n".join(other_rows)))] * 5,
        )
    )
    return Odd(response=replace(honest, body=other), what=f"{what} (at {at})")


def _zipped(name: str | None, text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if name:
            archive.writestr(name, text)
    return file.getvalue()


# What the platform could have sent.


def plausible(request: Request, honest: Response, odd: Response, schema: GraphQLSchema) -> bool:
    """Whether this is another answer of the platform, and no nonsense."""
    if isinstance(honest.body, bytes):
        return _is_table(odd.body)
    try:
        data = odd.body if isinstance(odd.body, bytes) else json.dumps(odd.body).encode()
        body = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    if body == honest.body:
        return False  # nothing that is read has changed: so nothing may follow from it
    if not isinstance(request.body, dict) or "query" not in request.body:
        return _as_before(honest.body, body)
    if not isinstance(body, dict) or set(body) != set(honest.body):
        return False
    return conforms(schema, request, body.get("data"), honest.body["data"])


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _is_table(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.read("eurofxref-hist.csv")
    except Exception:  # noqa: BLE001  whatever it is, it is no such file
        return False
    return True


def _as_before(was: Any, now: Any, key: str = "") -> bool:
    """Of the same shape: REST has no schema here."""
    if was is None or (now is None and key in _NULLABLE):
        return now is None or not isinstance(now, (list, dict)) or key in _NULLABLE
    if type(was) is not type(now):
        return False
    if isinstance(was, dict):
        return all(name in now and _as_before(one, now[name], name) for name, one in was.items())
    if isinstance(was, list):
        return not was or all(_as_before(was[0], one, key) for one in now)
    if not isinstance(was, str):
        return True
    return _is_named(key, now) and (not _is_moment(was) or _is_moment(now))


# What GitHub itself makes: no other text is a login, a repository's name or an address of a page.
_NAMES = {
    "login": re.compile(r"[A-Za-z0-9_-]{1,100}(\[bot\])?"),
    "nameWithOwner": re.compile(r"[\w-]{1,100}/[\w.-]{1,100}", re.ASCII),
    "full_name": re.compile(r"[\w-]{1,100}/[\w.-]{1,100}", re.ASCII),
    "url": re.compile(r"https://[!-~]{1,2000}"),
    "html_url": re.compile(r"https://[!-~]{1,2000}"),
}


def _is_named(field: str, text: str) -> bool:
    return field not in _NAMES or bool(_NAMES[field].fullmatch(text))


def _is_moment(text: Any) -> bool:
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class _Shape:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    pages: frozenset[str | None] = frozenset()


def conforms(schema: GraphQLSchema, request: Request, data: Any, honest: Any) -> bool:
    """Whether data have the schema's shape; a page may say of itself what an honest one did."""
    shape, root, asked = _asked_for(schema, request)
    pages = frozenset(_page_at(_at(honest, path)) for path in _connections(honest))
    return _fits(replace(shape, pages=pages), root, asked, data)


def _asked_for(
    schema: GraphQLSchema, request: Request
) -> tuple[_Shape, GraphQLNonNull[Any], SelectionSetNode]:
    document = document_of(request.body["query"])
    fragments = {
        one.name.value: one
        for one in document.definitions
        if isinstance(one, FragmentDefinitionNode)
    }
    [operation] = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    root = schema.get_root_type(operation.operation)
    shape = _Shape(schema=schema, fragments=fragments, variables=request.variables)
    return shape, GraphQLNonNull(root), operation.selection_set


def nullable_objects(request: Request, data: Any, schema: GraphQLSchema) -> Iterator[Path]:
    """The places in an answer's data where the schema allows an object or null."""
    shape, root, asked = _asked_for(schema, request)
    return _nullable_in(shape, root, asked, data, ())


def _nullable_in(
    shape: _Shape, kind: Any, asked: SelectionSetNode | None, value: Any, here: Path
) -> Iterator[Path]:
    nullable = not isinstance(kind, GraphQLNonNull)
    kind = kind if nullable else kind.of_type
    if isinstance(kind, GraphQLList):
        for at, one in enumerate(value or ()):
            yield from _nullable_in(shape, kind.of_type, asked, one, (*here, at))
    elif asked is not None:
        if nullable:
            yield here
        for real in _actual(shape, kind, asked, value) if isinstance(value, dict) else ():
            for key, field, further in _fields(shape, real, asked):
                yield from _nullable_in(shape, field.type, further, value.get(key), (*here, key))


def _fits(shape: _Shape, kind: Any, asked: SelectionSetNode | None, value: Any) -> bool:
    if isinstance(kind, GraphQLNonNull):
        return value is not None and _fits(shape, kind.of_type, asked, value)
    if value is None:
        return True
    if isinstance(kind, GraphQLList):
        # A hole in a list is what the platform did not give.
        return isinstance(value, list) and all(
            one is not None and _fits(shape, kind.of_type, asked, one) for one in value
        )
    if isinstance(kind, GraphQLEnumType):
        return value in kind.values if isinstance(value, str) else False
    if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType, GraphQLUnionType)):
        return isinstance(value, dict) and _object_fits(shape, kind, asked, value)
    return _scalar_fits(kind.name, value)


def _scalar_fits(name: str, value: Any) -> bool:  # noqa: PLR0911  a table
    match name:
        case "DateTime":
            return _is_moment(value)
        case "Int":
            return type(value) is int and abs(value) < 2**31
        case "Float":
            return type(value) in (int, float)
        case "Boolean":
            return isinstance(value, bool)
        case "URI" | "URL":
            return isinstance(value, str) and value.startswith("http")
        case "BigInt":
            return isinstance(value, str) and value.isascii() and value.isdigit()
    return isinstance(value, str)


def _object_fits(shape: _Shape, kind: Any, asked: SelectionSetNode | None, value: Any) -> bool:
    fitting = (_selected(shape, real, asked, value) for real in _actual(shape, kind, asked, value))
    return any(fitting) and (_page_at(value) in shape.pages or not _contradicts(value))


def _actual(
    shape: _Shape, kind: Any, asked: SelectionSetNode | None, value: Mapping[str, Any]
) -> list[Any]:
    """The types that an object may be of: what it says, else what its question has fragments on."""
    abstract = isinstance(kind, (GraphQLInterfaceType, GraphQLUnionType))
    if "__typename" not in value:
        return ([*_fragments_on(shape, asked)] if abstract else []) or [kind]
    actual = value["__typename"]
    real = shape.schema.get_type(actual) if isinstance(actual, str) else None
    if not isinstance(real, GraphQLObjectType):
        return []
    fits = real is kind or (abstract and shape.schema.is_sub_type(kind, real))
    return [real] if fits else []


def _fragments_on(shape: _Shape, asked: SelectionSetNode | None) -> Iterator[Any]:
    for fragment in _fragments_in(shape, asked):
        condition = fragment.type_condition
        narrowed = type_from_ast(shape.schema, condition) if condition else None
        if isinstance(narrowed, GraphQLObjectType):
            yield narrowed
        yield from _fragments_on(shape, fragment.selection_set)


def _fragments_in(
    shape: _Shape, asked: SelectionSetNode | None
) -> Iterator[InlineFragmentNode | FragmentDefinitionNode]:
    for node in asked.selections if asked else ():
        if not _included(node, shape.variables):
            continue
        if isinstance(node, FragmentSpreadNode):
            yield shape.fragments[node.name.value]
        elif isinstance(node, InlineFragmentNode):
            yield node


def _selected(shape: _Shape, kind: Any, asked: SelectionSetNode | None, value: Any) -> bool:
    """Whether each field that was asked for is there."""
    for key, field, further in _fields(shape, kind, asked):
        if key not in value or not _fits(shape, field.type, further, value[key]):
            return False
        is_text = isinstance(value[key], str) and get_named_type(field.type).name in (
            "String",
            "URI",
        )
        strangers = key == "url" and "URI" not in shape.schema.type_map
        if is_text and not strangers and not _is_named(key, value[key]):
            return False
    return "__typename" in value or not _names_its_type(asked)


def _names_its_type(asked: SelectionSetNode | None) -> bool:
    names = (
        node.name.value
        for node in (asked.selections if asked else ())
        if isinstance(node, FieldNode)
    )
    return "__typename" in names


def _fields(
    shape: _Shape, kind: Any, asked: SelectionSetNode | None
) -> Iterator[tuple[str, Any, SelectionSetNode | None]]:
    """The fields that are asked of an object: key, definition, and what is asked of each."""
    for node in asked.selections if asked else ():
        if isinstance(node, FieldNode) and _included(node, shape.variables):
            field = getattr(kind, "fields", {}).get(node.name.value)
            if field is not None:
                key = node.alias.value if node.alias else node.name.value
                yield key, field, node.selection_set
    for fragment in _fragments_in(shape, asked):
        condition = fragment.type_condition
        narrowed = type_from_ast(shape.schema, condition) if condition else kind
        if _applies(shape.schema, kind, narrowed):
            yield from _fields(shape, kind, fragment.selection_set)


def _applies(schema: GraphQLSchema, kind: Any, narrowed: Any) -> bool:
    if kind is narrowed:
        return True
    abstract = isinstance(narrowed, (GraphQLInterfaceType, GraphQLUnionType))
    return isinstance(kind, GraphQLObjectType) and abstract and schema.is_sub_type(narrowed, kind)


def _included(node: Any, variables: Mapping[str, Any]) -> bool:
    for directive in node.directives or ():
        if directive.name.value == "include":
            return bool(variables.get(directive.arguments[0].value.name.value))
    return True


def _page_at(value: Mapping[str, Any]) -> str | None:
    """What a page says of itself; None for what is no page of a list."""
    if not isinstance(value.get("nodes"), list):
        return None
    return repr([(name, one) for name, one in value.items() if name != "nodes"]) + str(
        len(value["nodes"])
    )


def _contradicts(value: Mapping[str, Any]) -> bool:
    """A total that is not that of the nodes, a next page that begins nowhere."""
    if not isinstance(value.get("nodes"), list):
        return "nodes" in value
    total = value.get("total", value.get("totalCount", value.get("issueCount")))
    info = value.get("pageInfo") or {}
    if info.get("hasNextPage"):
        return True  # the next page would be that of another list
    return total is not None and total != len(value["nodes"])
