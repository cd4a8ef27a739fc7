"""What we rely on of the platforms, held from both sides.

Every query in the code is valid on the hand-written contracts; and where the official schema is at
hand, the contracts say nothing that it does not. It is looked for in `../shared/contracts/` and in
GITHUB_SCHEMA and OPENCOLLECTIVE_SCHEMA.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_introspection_type,
    is_required_argument,
    is_required_input_field,
    parse,
    validate,
)

import community_partners
from community_partners.github.accounts import LOGINS_AT_ONCE, accounts_query
from community_partners.github.applications import FILES_AT_ONCE, files_query, funnel_query
from community_partners.github.named import NOBODY, Named
from community_partners.github.places import places_query
from community_partners.github.sponsors_query import profiles_query as sponsors_query
from community_partners.github.thread_changes import SHOWN, changes_query
from community_partners.github.work_search import DISCUSSIONS, ISSUES, PULLS, work_query
from community_partners.open_collective.payers import AT_ONCE
from community_partners.open_collective.queries import accounts_query as profiles_query
from fakes.github import CONTRACT
from fakes.server import CONTRACTS, contract

PLACES = ("project", "project/core", "other/site")
PACKAGE = Path(community_partners.__file__).parent
ROOMS = {"github": "github", "open_collective": "open collective", "rates": "open collective"}
FILES = {
    "github": CONTRACT,
    "open collective": ("opencollective.graphql",),
}
OFFICIAL = {
    "github": ("GITHUB_SCHEMA", "github.graphql"),
    "open collective": ("OPENCOLLECTIVE_SCHEMA", "opencollective-v2.graphql"),
}


def _queries() -> dict[tuple[str, str], str]:
    """The name by platform and text: all constants of the sources that are called `..._QUERY`."""
    found = {
        ("github", accounts_query(count)): f"accounts_query({count})"
        for count in (1, LOGINS_AT_ONCE)
    }
    found |= {
        ("github", funnel_query(named, thread=bool(named.logins))): f"funnel_query({named})"
        for named in (NOBODY, Named(logins=("example",) * 12, organization="example"))
    }
    found |= {("github", files_query(FILES_AT_ONCE)): "files_query"}
    found |= {("github", changes_query([*SHOWN, *SHOWN])): "changes_query"}
    for kinds in ([PULLS], [ISSUES], [DISCUSSIONS], [PULLS, DISCUSSIONS, ISSUES] * 8):
        found[("github", work_query(kinds, PLACES))] = f"work_query({len(kinds)})"
    found |= {("github", places_query(PLACES)): "places_query"}
    found |= {("github", sponsors_query(LOGINS_AT_ONCE)): "sponsors' profiles"}
    found |= {("open collective", profiles_query(AT_ONCE)): "profiles_query"}
    for room, platform in ROOMS.items():
        for file in pkgutil.iter_modules([str(Path(PACKAGE, room))]):
            module = importlib.import_module(f"community_partners.{room}.{file.name}")
            named = {name: text for name, text in vars(module).items() if name.endswith("_QUERY")}
            found |= {(platform, text): name for name, text in named.items()}
    return found


QUERIES = [pytest.param(*asked, id=name) for asked, name in _queries().items()]


def _contract(platform: str) -> GraphQLSchema:
    return contract(*FILES[platform])


@cache
def _official(platform: str) -> GraphQLSchema:
    variable, name = OFFICIAL[platform]
    beside = CONTRACTS.parent.parent.parent / "shared" / "contracts" / name
    path = Path(os.environ.get(variable) or beside)
    if not path.exists():
        pytest.skip(f"no official schema: set {variable} to its file")
    # The published files are not quite valid themselves (duplicate fields).
    return build_schema(path.read_text("utf-8"), assume_valid=True, assume_valid_sdl=True)


def _types() -> Iterator[tuple[str, str]]:
    for platform in FILES:
        for name, kind in _contract(platform).type_map.items():
            if not is_introspection_type(kind):
                yield platform, name


@pytest.mark.parametrize(("platform", "query"), QUERIES)
def test_a_query_is_valid_on_the_contract(platform: str, query: str) -> None:
    assert validate(_contract(platform), parse(query)) == []


@pytest.mark.parametrize(("platform", "query"), QUERIES)
def test_a_query_is_valid_on_the_official_schema(platform: str, query: str) -> None:
    assert validate(_official(platform), parse(query)) == []


@pytest.mark.parametrize(("platform", "name"), list(_types()))
def test_the_contract_agrees_with_the_official_schema(platform: str, name: str) -> None:
    ours, theirs = _contract(platform).type_map[name], _official(platform).type_map.get(name)
    assert theirs is not None, f"{platform} has no type {name}"
    assert list(_disagreements(ours, theirs)) == []


def _disagreements(ours: GraphQLNamedType, theirs: GraphQLNamedType) -> Iterator[str]:
    if type(ours) is not type(theirs):
        yield f"{ours} is a {type(theirs).__name__}"
    elif isinstance(ours, GraphQLEnumType) and isinstance(theirs, GraphQLEnumType):
        yield from (f"no value {name}" for name in ours.values.keys() - theirs.values.keys())
    elif isinstance(ours, GraphQLUnionType) and isinstance(theirs, GraphQLUnionType):
        yield from (f"no member {name}" for name in _names(ours.types) - _names(theirs.types))
    elif isinstance(ours, GraphQLInputObjectType) and isinstance(theirs, GraphQLInputObjectType):
        yield from _inputs(ours, theirs)
    elif isinstance(ours, (GraphQLObjectType, GraphQLInterfaceType)):
        assert isinstance(theirs, (GraphQLObjectType, GraphQLInterfaceType))
        missing = _names(ours.interfaces) - _names(theirs.interfaces)
        yield from (f"does not implement {name}" for name in missing)
        for name, field in ours.fields.items():
            if name not in theirs.fields:
                yield f"no field {name}"
            else:
                yield from _fields(name, field, theirs.fields[name])


def _fields(name: str, ours: GraphQLField, theirs: GraphQLField) -> Iterator[str]:
    """The type to the last exclamation mark; arguments that we use, and all that are required."""
    if str(ours.type) != str(theirs.type):
        yield f"{name} is {theirs.type}"
    for key, argument in ours.args.items():
        if key not in theirs.args:
            yield f"{name} has no argument {key}"
        elif str(argument.type) != str(theirs.args[key].type):
            yield f"{name}({key}:) is {theirs.args[key].type}"
    for key, argument in theirs.args.items():
        if is_required_argument(argument) and key not in ours.args:
            yield f"{name} needs the argument {key}"


def _inputs(ours: GraphQLInputObjectType, theirs: GraphQLInputObjectType) -> Iterator[str]:
    for name, field in ours.fields.items():
        if name not in theirs.fields:
            yield f"no field {name}"
        elif str(field.type) != str(theirs.fields[name].type):
            yield f"{name} is {theirs.fields[name].type}"
    for name, field in theirs.fields.items():
        if is_required_input_field(field) and name not in ours.fields:
            yield f"needs the field {name}"


def _names(types: tuple[GraphQLNamedType, ...]) -> set[str]:
    return {kind.name for kind in types}


BROKEN = [
    ("type Bot { id: ID! login: String }", "login is String!"),
    ("type Bot { id: ID! age: Int }", "no field age"),
    ("type RepositoryOwner { login: String! }", "RepositoryOwner is a GraphQLInterfaceType"),
    ("enum SearchType { ISSUE PLANET }", "no value PLANET"),
    ("type Query { node: Bot } type Bot { id: ID! }", "node is Node"),
    ("type Query { search(first: String): Int }", "search(first:) is Int"),
    ("type Query { search(size: Int): Int }", "search has no argument size"),
    ("type Query { search: Int }", "search needs the argument query"),
    (
        "interface Eater { id: ID! } type Bot implements Eater { id: ID! }",
        "does not implement Eater",
    ),
    (
        "type Organization { id: ID! } union SearchResultItem = Organization",
        "no member Organization",
    ),
]


@pytest.mark.parametrize(("sdl", "told"), BROKEN)
def test_a_wrong_contract_is_found_out(sdl: str, told: str) -> None:
    """The check itself, on our contract in the place of the official schema."""
    truth, wrong = contract("github.graphql"), build_schema(sdl)
    found = [
        sentence
        for name, kind in wrong.type_map.items()
        if name in truth.type_map and not is_introspection_type(kind)
        for sentence in _disagreements(kind, truth.type_map[name])
    ]
    assert told in found
