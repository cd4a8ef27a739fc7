"""Ask GitHub whether the accounts and repositories are there that `contribution.github` names.

https://docs.github.com/en/graphql/reference/queries#repository
GitHub leads on from a repository's former name. A search for that name finds nothing and gives no
error, so a month would look like one without work. The fields stand beside those of another
question, or make a question of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..model.evidence import Answer, PlaceCheck
from ..wire.answers import Clock, answer, decoding, flag
from ..wire.graphql import GraphQL, GraphQLResult, refuse_errors
from .batches import in_batches
from .names import login, repository_name

PLACES_AT_ONCE = 100
_MISSING = "NOT_FOUND"


def places(graphql: GraphQL, names: Sequence[str], clock: Clock) -> Answer[tuple[PlaceCheck, ...]]:
    """Return a check for each name: an account, or a repository as `owner/name`."""

    def ask() -> tuple[PlaceCheck, ...]:
        return tuple(in_batches(partial(_ask, graphql), names, PLACES_AT_ONCE))

    return answer("GitHub", "https://github.com", clock, ask)


def _ask(graphql: GraphQL, names: Sequence[str]) -> Sequence[PlaceCheck]:
    return places_in(graphql, graphql.ask(places_query(names), place_variables(names)), names)


def places_query(names: Sequence[str]) -> str:
    """Return the GraphQL query for these names alone; its variables are `place_variables`."""
    return f"query ({declared(names)}) {{\n  rateLimit {{ cost }}\n{place_fields(names)}\n}}"


def declared(names: Sequence[str]) -> str:
    """Return the declarations of the variables `owner0`, `name0` and so on."""
    return ", ".join(
        f"$owner{at}: String!" + (f", $name{at}: String!" if "/" in name else "")
        for at, name in enumerate(names)
    )


def place_fields(names: Sequence[str]) -> str:
    """Return the fields of a query about these names, which come back as `p0`, `p1` and so on."""
    return "\n".join(
        f"  p{at}: repository(owner: $owner{at}, name: $name{at}) "
        "{ nameWithOwner isPrivate isFork }"
        if "/" in name
        else f"  p{at}: repositoryOwner(login: $owner{at}) {{ login }}"
        for at, name in enumerate(names)
    )


def place_variables(names: Sequence[str]) -> Mapping[str, str]:
    """Return the values of the variables that `declared` declares."""
    split = [name.partition("/") for name in names]
    owners = {f"owner{at}": owner for at, (owner, _, _) in enumerate(split)}
    return owners | {f"name{at}": name for at, (_, _, name) in enumerate(split) if name}


def places_in(graphql: GraphQL, reply: GraphQLResult, names: Sequence[str]) -> Sequence[PlaceCheck]:
    """Return a check for each name, from the reply to a query that has `place_fields`.

    GitHub sends null for what is not there, for a repository with an error beside it. Raises
    NoAnswerError for any other error and for an incomplete reply.
    """
    missing = {error.path for error in reply.errors if error.code == _MISSING}
    others = tuple(error for error in reply.errors if error.code != _MISSING)
    refuse_errors(graphql, replace(reply, errors=others))
    with decoding(graphql.name):
        found = [(name, f"p{at}") for at, name in enumerate(names)]
        return [_of_name(name, reply.data[field], (field,) in missing) for name, field in found]


def _of_name(name: str, found: Mapping[str, Any] | None, missing: bool) -> PlaceCheck:
    if found is None and (missing or "/" not in name):
        return PlaceCheck(name=name, present=None)
    if found is None:
        raise ValueError(name)
    if "/" not in name:
        return PlaceCheck(name=name, present=login(found["login"]))
    return PlaceCheck(
        name=name,
        present=repository_name(found["nameWithOwner"]),
        private=flag(found["isPrivate"]),
        fork=flag(found["isFork"]),
    )
