"""Send a GraphQL query over HTTP, and read all pages of a list.

An answer is JSON with `data`, partial or whole. Errors are returned beside the partial data; the
platform's own package decides whether they matter. Only the codes of the errors are kept: a message
may repeat a token or a stranger's text. Several connections of one query are read together, each
with its own cursor: for each, the query has the variables `<name>Asked: Boolean!` and `<name>After:
String`, and calls its count `total`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from .answers import decoding, flag, integer
from .judgment import Api, NoAnswerError, code_of, failure, judge, list_in, tells_of_rights
from .session import Session

MOST_POINTS = 15_000  # of an hour; GitHub's largest budget
MOST_PAGES = 1000  # of one list; no list of ours has a tenth of that


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLError:
    """One error of a GraphQL answer.

    `code`: GitHub's `type` or Open Collective's `extensions.code`. `path`: the error's place in the
    data.
    """

    code: str
    path: tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLResult:
    """A GraphQL answer: `data` as sent, with null at the places that `errors` name."""

    data: dict[str, Any]
    errors: tuple[GraphQLError, ...]

    def without(self, fields: Collection[str]) -> Self:
        """Return the same answer without some fields of the root, and without the errors there."""
        data = {name: value for name, value in self.data.items() if name not in fields}
        errors = (one for one in self.errors if not one.path or one.path[0] not in fields)
        return replace(self, data=data, errors=tuple(errors))


class GraphQL:
    """Sends queries to one GraphQL endpoint, and counts the points that GitHub charges for them.

    https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
    GitHub names the points of a query in `rateLimit.cost`.
    """

    def __init__(self, session: Session, url: str) -> None:
        self.url = url
        self._session = session

    @property
    def name(self) -> str:
        return self._session.name

    def ask(self, query: str, variables: Mapping[str, Any], *, once: bool = False) -> GraphQLResult:
        """Send a query, and return the data and errors of the answer.

        `once`: the query writes, and is not sent again if it may have been carried out. Raises
        NoAnswerError with a sentence if the server is silent, refuses, or sends no JSON or no data;
        its `too_much` tells that a smaller question may be answered.
        """
        reply = self._session.post(
            self.url, {"query": query, "variables": dict(variables)}, once=once
        )
        data = reply.data.get("data") if isinstance(reply.data, dict) else None
        if reply.status != 200 or not isinstance(data, dict):
            judgment = judge(Api.GRAPHQL, reply.status, reply.headers, reply.data)
            raise failure(self.name, judgment)
        self._count(data)
        return GraphQLResult(
            data=data, errors=tuple(map(_error, list_in(reply.data.get("errors"))))
        )

    def _count(self, data: dict[str, Any]) -> None:
        limit = data.get("rateLimit")
        cost = limit.get("cost") if isinstance(limit, dict) else None
        if isinstance(cost, int) and 0 <= cost <= MOST_POINTS:
            self._session.meter.charge(int(cost))


def _error(entry: Any) -> GraphQLError:
    steps = list_in(entry.get("path")) if isinstance(entry, dict) else []
    path = tuple(step for step in steps if isinstance(step, (str, int)))
    return GraphQLError(code=code_of(entry), path=path)


@dataclass(kw_only=True)
class Pages:
    """The nodes of all pages, by connection. `first`: the data of the first page."""

    nodes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)


def read_pages(
    graphql: GraphQL,
    query: str,
    variables: Mapping[str, Any],
    names: Sequence[str],
    *,
    within: str | None = None,
    first: GraphQLResult | None = None,
) -> Pages:
    """Return every node of the connections `names`, page after page.

    `within`: the field that holds the connections, if they are not at the root. `first`: the reply
    for the first page of each connection, if the caller has it already. Raises NoAnswerError for
    any error, missing node or cursor that does not move: nobody could tell that such a list is too
    short.
    """
    pages = Pages(nodes={name: [] for name in names})
    after: dict[str, list[str | None]] = {name: [None] for name in names}
    waiting = list(names)
    while waiting or first:
        asked = {f"{name}Asked": name in waiting for name in names}
        cursors = {f"{name}After": after[name][-1] for name in names}
        reply = first or graphql.ask(query, {**variables, **asked, **cursors})
        first = None
        refuse_errors(graphql, reply)
        pages.first = pages.first or reply.data
        with decoding(graphql.name):
            holder = reply.data[within] if within else reply.data
            if holder is None:
                return pages
            for name in list(waiting):
                page = page_of(holder[name], graphql.name, len(pages.nodes[name]), after[name])
                pages.nodes[name].extend(page.nodes)
                if page.after is None:
                    waiting.remove(name)
                after[name].append(page.after)
    return pages


def refuse_errors(graphql: GraphQL, reply: GraphQLResult) -> None:
    """Raise NoAnswerError with the codes if the reply has errors: a partial list is no answer."""
    if reply.errors:
        codes = sorted({error.code for error in reply.errors})
        sentence = f"{graphql.name} answered only in part ({', '.join(codes)})."
        raise NoAnswerError(sentence, codes, lasting=tells_of_rights(codes))


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of a list. `total`: of all pages. `after`: the cursor of the next page, if any."""

    total: int
    nodes: list[dict[str, Any]]
    after: str | None


def page_of(
    connection: dict[str, Any], name: str, read: int, cursors: Sequence[str | None]
) -> Page:
    """Return a page of a list in an answer.

    `name`: the platform's, for people. `read`: the number of nodes on the pages before. `cursors`:
    those of the pages so far. Raises NoAnswerError if nodes are missing or pages come twice, and
    one of ODD for a list of another shape.
    """
    info, nodes, total = connection["pageInfo"], nodes_of(connection), _total(connection)
    if any(node is None for node in nodes):
        raise NoAnswerError(f"{name} left out parts of its answer.")
    if not all(isinstance(node, dict) for node in nodes):
        raise TypeError(connection)
    after = next_cursor(info, name, cursors)
    if after is not None and not nodes:
        raise NoAnswerError(f"{name} gave the same page twice.")
    if after is not None and read + len(nodes) > total:
        raise NoAnswerError(f"{name} gave more than {total} results.")
    if after is None and read + len(nodes) < total:
        raise NoAnswerError(f"{name} gave {read + len(nodes)} of {total} results.")
    return Page(total=total, nodes=nodes, after=after)


def nodes_of(connection: dict[str, Any]) -> list[Any]:
    """Return the nodes of a list in an answer. Raises one of ODD for a list of another shape."""
    nodes = connection["nodes"]
    if not isinstance(nodes, list):
        raise TypeError(connection)
    return nodes


def next_cursor(info: dict[str, Any], name: str, cursors: Sequence[str | None]) -> str | None:
    """Return the cursor of the next page, from a list's `pageInfo`; None after the last page.

    `name`, `cursors`: as in `page_of`. Raises NoAnswerError if a page comes twice, and one of ODD
    for a `pageInfo` of another shape.
    """
    if not flag(info["hasNextPage"]):
        return None
    after = info["endCursor"]
    if after in cursors:
        raise NoAnswerError(f"{name} gave the same page twice.")
    if not isinstance(after, str) or not after or len(cursors) == MOST_PAGES:
        raise ValueError(after)
    return after


def _total(page: dict[str, Any]) -> int:
    """Return how many nodes the list has. Raises one of ODD for anything else than a count."""
    total = integer(page["total"])
    if total < 0:
        raise ValueError(total)
    return total
