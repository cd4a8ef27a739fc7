"""Send a GraphQL query over HTTP, and read all pages of a list.

An answer is JSON with `data`, partial or whole. Errors are returned beside the partial data; the
platform's own package decides whether they matter. Only the codes of the errors are kept: a message
may repeat a token or a stranger's text. Several connections of one query are read together, each
with its own cursor: for each, the query has the variables `<name>Asked: Boolean!` and `<name>After:
String`, and calls its count `total`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from requests import Response

from .session import NoAnswerError, Session, is_rate_limit, refusal, tells_of_rights

_CODE = re.compile(r"[A-Za-z_]{1,60}")


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
        NoAnswerError with a sentence if the server is silent, refuses, or sends no JSON or no data.
        """
        response = self._session.post(
            self.url, {"query": query, "variables": dict(variables)}, once=once
        )
        body = {} if is_rate_limit(response) else self._body(response)
        errors = tuple(_error(entry) for entry in _list(body.get("errors")))
        data = body.get("data")
        if response.status_code != 200 or not isinstance(data, dict):
            codes = {error.code for error in errors}
            what = ", ".join(sorted(codes)) or "no data"
            raise refusal(self.name, response, what, codes)
        self._count(data)
        return GraphQLResult(data=data, errors=errors)

    def _body(self, response: Response) -> dict[str, Any]:
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        if isinstance(body, dict):
            return body
        status = response.status_code
        raise NoAnswerError(
            f"{self.name} sent something that is not an answer (HTTP {status}).", {f"HTTP_{status}"}
        )

    def _count(self, data: dict[str, Any]) -> None:
        limit = data.get("rateLimit")
        if isinstance(limit, dict) and isinstance(limit.get("cost"), int):
            self._session.meter.points += limit["cost"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _error(entry: Any) -> GraphQLError:
    entry = entry if isinstance(entry, dict) else {}
    extensions = entry.get("extensions")
    code = entry.get("type") or (extensions.get("code") if isinstance(extensions, dict) else None)
    path = tuple(step for step in _list(entry.get("path")) if isinstance(step, (str, int)))
    known = isinstance(code, str) and _CODE.fullmatch(code)
    return GraphQLError(code=str(code) if known else "error", path=path)


@dataclass(kw_only=True)
class Pages:
    """The nodes of all pages, by connection.

    `overflow`: names of connections with more results than can be read. `first`: the data of the
    first page.
    """

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
    first: GraphQLResult | None = None,
) -> Pages:
    """Return every node of the connections `names`, page after page.

    `within`: the field that holds the connections, if they are not at the root. A connection with
    more than `most` results is not read further and stands in `overflow`. `first`: the reply for
    the first page of each connection, if the caller has it already. Raises NoAnswerError for any
    error, missing node or cursor that does not move: nobody could tell that such a list is too
    short.
    """
    pages = Pages(nodes={name: [] for name in names})
    after: dict[str, str | None] = dict.fromkeys(names)
    waiting = list(names)
    while waiting:
        asked = {f"{name}Asked": name in waiting for name in names}
        cursors = {f"{name}After": after[name] for name in names}
        reply = first or graphql.ask(query, {**variables, **asked, **cursors})
        first = None
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


def refuse_errors(graphql: GraphQL, reply: GraphQLResult) -> None:
    """Raise NoAnswerError with the codes if the reply has errors: a partial list is no answer."""
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
    """Add the nodes of one page to `nodes`; tell whether another page follows.

    Raises NoAnswerError if nodes are missing.
    """
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
