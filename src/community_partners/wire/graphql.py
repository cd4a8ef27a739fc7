"""A GraphQL question over HTTP, and all pages of a list.

Decides what is an answer: JSON with `data`, in part or whole. Errors come back as values beside the
partial data; whether they matter is for the platform's room to say. Only codes of a server's words
are kept: a message may echo a token or a stranger's text. Several connections of one query are read
together, each with its own cursor: a query has for each the variables `<name>Asked: Boolean!` and
`<name>After: String`, and calls its count `total`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from requests import Response

from .session import NoAnswerError, Session, is_rate_limit, refusal, tells_of_rights

_CODE = re.compile(r"[A-Za-z_]{1,60}")


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLError:
    """`code`: GitHub's `type` or Open Collective's `extensions.code`; `path`: where in the data."""

    code: str
    path: tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLResult:
    """`data` as sent, with null where an error stands in `errors`."""

    data: dict[str, Any]
    errors: tuple[GraphQLError, ...]


class GraphQL:
    """One endpoint. Every call is one question; GitHub's points are read from `rateLimit.cost`."""

    def __init__(self, session: Session, url: str) -> None:
        self.url = url
        self._session = session

    @property
    def name(self) -> str:
        return self._session.name

    def ask(self, query: str, variables: Mapping[str, Any]) -> GraphQLResult:
        """Raises NoAnswerError with a sentence for silence, refusal, garbage and empty data."""
        response = self._session.post(self.url, {"query": query, "variables": dict(variables)})
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


def refuse_errors(graphql: GraphQL, reply: GraphQLResult) -> None:
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
