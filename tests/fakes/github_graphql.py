"""GitHub's side of GraphQL: search with the qualifiers that we use, pages, what a query costs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)

Node = dict[str, Any]

MOST_RESULTS = 1000
LONGEST_QUERY = 256
_IS: dict[str, Callable[[Node], bool]] = {
    "pr": lambda node: node["__typename"] == "PullRequest",
    "issue": lambda node: node["__typename"] == "Issue",
    "merged": lambda node: bool(node.get("mergedAt")),
    "closed": lambda node: bool(node.get("closedAt")),
    "answered": lambda node: bool(node.get("answerChosenAt")),
}
_DATES = {"merged": "mergedAt", "closed": "closedAt", "updated": "updatedAt"}
_KINDS = {"ISSUE": ("PullRequest", "Issue"), "DISCUSSION": ("Discussion",)}


def search(
    nodes: Sequence[Node],
    query: str,
    kind: str,
    first: int | None,
    after: str | None,
) -> Node:
    """The first thousand matches in pages; the count is of all. `kind`: ISSUE or DISCUSSION."""
    if len(query) > LONGEST_QUERY:
        raise GraphQLError("The search is longer than 256 characters.")
    terms = [_term(*term.split(":", 1)) for term in query.split()]
    found = [
        node
        for node in nodes
        if node["__typename"] in _KINDS[kind] and all(matches(node) for matches in terms)
    ]
    counts = {
        "issueCount": len(found) if kind == "ISSUE" else 0,
        "discussionCount": len(found) if kind == "DISCUSSION" else 0,
    }
    return {**connection(found[:MOST_RESULTS], first, after), **counts}


def _term(qualifier: str, value: str) -> Callable[[Node], bool]:
    """Whether an item has what one term of a search asks for."""
    name = value.casefold()
    if qualifier == "org":
        return lambda node: node["repository"]["nameWithOwner"].casefold().split("/")[0] == name
    if qualifier == "repo":
        return lambda node: node["repository"]["nameWithOwner"].casefold() == name
    if qualifier == "is":
        return _IS[value]
    if qualifier == "reason":
        return lambda node: node.get("stateReason") == value.upper()
    return _within(_DATES[qualifier], value)


def _within(field: str, window: str) -> Callable[[Node], bool]:
    """Both ends of `A..B` belong to it; a day without a time means all of it."""
    if window.startswith(">="):
        window = f"{window[2:]}..9999-12-30"
    first, end = window.split("..")
    start = _moment(first)
    last = _moment(end) if "T" in end else _moment(end) + timedelta(days=1, seconds=-1)
    return lambda node: bool(node.get(field)) and start <= _moment(node[field]) <= last


@cache
def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def connection(nodes: Sequence[Node], first: int | None, after: str | None) -> Node:
    """One page of a connection, with `totalCount`; `first` is 1 to 100 as GitHub demands."""
    if first is None or not 1 <= first <= 100:
        raise GraphQLError(
            "`first` must be between 1 and 100.", extensions={"code": "EXCESSIVE_PAGINATION"}
        )
    start = int(after.removeprefix("cursor:")) if after else 0
    page = list(nodes[start : start + first])
    end = start + len(page)
    return {
        "totalCount": len(nodes),
        "pageInfo": {
            "hasNextPage": end < len(nodes),
            "hasPreviousPage": start > 0,
            "endCursor": f"cursor:{end}" if page else None,
        },
        "nodes": page,
    }


def points(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """GitHub's formula: a request for each connection and each parent of it, by the hundred."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    requests = sum(
        _requests(node.selection_set, 1, fragments, variables)
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode)
    )
    return max(1, round(requests / 100))


def _requests(
    selections: SelectionSetNode | None,
    parents: int,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
) -> int:
    total = 0
    for node in selections.selections if selections else ():
        if not _included(node, variables):
            continue
        if isinstance(node, FragmentSpreadNode):
            inside = fragments[node.name.value].selection_set
            total += _requests(inside, parents, fragments, variables)
            continue
        first = _first(node, variables) if isinstance(node, FieldNode) else None
        inner = getattr(node, "selection_set", None)
        total += (parents if first else 0) + _requests(
            inner, parents * (first or 1), fragments, variables
        )
    return total


def _included(node: SelectionNode, variables: Mapping[str, Any]) -> bool:
    for directive in node.directives or ():
        for argument in directive.arguments or ():
            if directive.name.value == "include" and isinstance(argument.value, VariableNode):
                return bool(variables[argument.value.name.value])
    return True


def _first(field: FieldNode, variables: Mapping[str, Any]) -> int | None:
    for argument in field.arguments or ():
        if argument.name.value in ("first", "last"):
            if isinstance(argument.value, IntValueNode):
                return int(argument.value.value)
            if isinstance(argument.value, VariableNode):
                return int(variables[argument.value.name.value])
    return None
