"""GitHub's searches of one place, in windows of time. Decides how much one question asks for.

A page has a hundred results and a search a thousand. So a month's pull requests are asked for in
halves, side by side, and what has more than a thousand results in further halves, one by one.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError
from .github_queries import MONTH_QUERY
from .pages import read_pages

MOST_RESULTS = 1000  # that GitHub's search gives of one query
# GitHub gives up after ten seconds, or where a question costs it too much.
_TOO_MUCH = {"RESOURCE_LIMITS_EXCEEDED", "HTTP_502", "HTTP_504"}

Node = dict[str, Any]
Window = tuple[datetime, datetime]

_PULLS = "is:pr is:merged merged:{since}..{until}"
_SEARCHES = {
    "pulls": _PULLS,
    "later": _PULLS,
    "issues": "is:issue is:closed reason:completed closed:{since}..{until}",
    # No qualifier knows when an answer was chosen, but that is an update too.
    "discussions": "is:answered updated:{since}..{until}",
}


def read_month(
    graphql: GraphQL, where: str, windows: Mapping[str, Window]
) -> dict[str, list[Node]]:
    """Pulls, issues and discussions in their windows: two hundred pull requests to a question.

    Where that is too much for GitHub, one hundred.
    """
    pulls, later = _halves(graphql, windows["pulls"])
    try:
        found = read_windows(graphql, where, {**windows, "pulls": pulls, "later": later})
    except NoAnswerError as error:
        if not error.codes & _TOO_MUCH:
            raise
        return read_windows(graphql, where, windows)
    return {**found, "pulls": [*found["pulls"], *found["later"]]}


def read_windows(
    graphql: GraphQL, where: str, windows: Mapping[str, Window]
) -> dict[str, list[Node]]:
    """The results of each search in its window; one with too many is read in halves."""
    queries = {name: _query(where, name, *windows[name]) for name in windows}
    unasked = {f"{name}Asked": False for name in _SEARCHES} | dict.fromkeys(_SEARCHES, "")
    pages = read_pages(
        graphql, MONTH_QUERY, {**unasked, **queries}, list(windows), most=MOST_RESULTS
    )
    for name, nodes in pages.nodes.items():
        if name in pages.overflow:
            halves = _halves(graphql, windows[name])
            parts = [read_windows(graphql, where, {name: half})[name] for half in halves]
            pages.nodes[name] = [node for part in parts for node in part]
        elif len({node["id"] for node in nodes}) < len(nodes):
            raise NoAnswerError(f"{graphql.name} gave the same result twice.")
    return pages.nodes


def _query(where: str, name: str, since: datetime, until: datetime) -> str:
    dated = _SEARCHES[name].format(
        since=f"{since:%Y-%m-%dT%H:%M:%SZ}", until=f"{until:%Y-%m-%dT%H:%M:%SZ}"
    )
    return f"{where} {dated}"


def _halves(graphql: GraphQL, window: Window) -> tuple[Window, Window]:
    start, end = window
    if start >= end:
        raise NoAnswerError(f"{graphql.name} has more results of one second than it can show.")
    middle = start + timedelta(seconds=int((end - start).total_seconds()) // 2)
    return (start, middle), (middle + timedelta(seconds=1), end)
