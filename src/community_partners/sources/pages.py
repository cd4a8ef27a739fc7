"""All pages of GitHub's connections. Decides when a list is complete; what is in it is for others.

Several connections of one query are read together, each with its own cursor: a query has for each
the variables `<name>Asked: Boolean!` and `<name>After: String`, and calls its count `total`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..wire.graphql import GraphQL, Reply
from ..wire.session import NoAnswerError, tells_of_rights


@dataclass(kw_only=True)
class Pages:
    """`nodes` by connection; `overflow`: those with more results than can be read; `first` data."""

    nodes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    overflow: list[str] = field(default_factory=list)
    first: dict[str, Any] = field(default_factory=dict)


def read_pages(
    graphql: GraphQL,
    query: str,
    variables: Mapping[str, Any],
    names: Sequence[str],
    *,
    within: str | None = None,
    most: int | None = None,
) -> Pages:
    """Every node of the connections. `within`: the object that holds them, if not the root.

    A connection with more than `most` results is not read further. Raises NoAnswerError for any
    error, hole or cursor that does not move: a list that is short without saying so is a lie.
    """
    pages = Pages(nodes={name: [] for name in names})
    after: dict[str, str | None] = dict.fromkeys(names)
    waiting = list(names)
    while waiting:
        asked = {f"{name}Asked": name in waiting for name in names}
        cursors = {f"{name}After": after[name] for name in names}
        reply = graphql.ask(query, {**variables, **asked, **cursors})
        refuse_errors(graphql, reply)
        pages.first = pages.first or reply.data
        holder = reply.data[within] if within else reply.data
        if holder is None:
            return pages
        for name in list(waiting):
            if most is not None and holder[name]["total"] > most:
                pages.overflow.append(name)
                waiting.remove(name)
            elif not _take(graphql, pages.nodes[name], holder[name], after, name):
                waiting.remove(name)
    return pages


def refuse_errors(graphql: GraphQL, reply: Reply) -> None:
    """Partial data is no answer for a list: raise NoAnswerError with the codes."""
    if reply.errors:
        codes = sorted({error.code for error in reply.errors})
        sentence = f"{graphql.name} answered only in part ({', '.join(codes)})."
        raise NoAnswerError(sentence, codes, lasting=tells_of_rights(codes))


def _take(
    graphql: GraphQL,
    nodes: list[dict[str, Any]],
    page: dict[str, Any],
    after: dict[str, str | None],
    name: str,
) -> bool:
    """Add a page's nodes; is there another page?"""
    if any(node is None for node in page["nodes"]):
        raise NoAnswerError(f"{graphql.name} left out parts of its answer.")
    nodes.extend(page["nodes"])
    info = page["pageInfo"]
    if info["hasNextPage"]:
        if info["endCursor"] in (None, after[name]):
            raise NoAnswerError(f"{graphql.name} gave the same page twice.")
        after[name] = info["endCursor"]
        return True
    if len(nodes) < page["total"]:
        raise NoAnswerError(f"{graphql.name} gave {len(nodes)} of {page['total']} results.")
    return False
