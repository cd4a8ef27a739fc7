"""GitHub's searches for the work of a month. Decides how much one question asks for.

A page has a hundred results and a search a thousand. So a month's pull requests are asked for in
halves, side by side; a window with more than a thousand results is asked for in further halves, one
by one. https://docs.github.com/en/graphql/reference/queries#search
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..wire.graphql import GraphQL, read_pages
from ..wire.session import NoAnswerError

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


MONTH_QUERY = """
query ($pulls: String!, $later: String!, $issues: String!, $discussions: String!,
       $pullsAsked: Boolean!, $laterAsked: Boolean!,
       $issuesAsked: Boolean!, $discussionsAsked: Boolean!,
       $pullsAfter: String, $laterAfter: String, $issuesAfter: String, $discussionsAfter: String) {
  rateLimit { cost }
  pulls: search(type: ISSUE, query: $pulls, first: 100, after: $pullsAfter)
      @include(if: $pullsAsked) { ...Pulls }
  later: search(type: ISSUE, query: $later, first: 100, after: $laterAfter)
      @include(if: $laterAsked) { ...Pulls }
  issues: search(type: ISSUE, query: $issues, first: 100, after: $issuesAfter)
      @include(if: $issuesAsked) {
    total: issueCount
    pageInfo { hasNextPage endCursor }
    nodes { ... on Issue {
      id url title closedAt stateReason
      author { ...Author }
      repository { ...Where }
    } }
  }
  discussions: search(type: DISCUSSION, query: $discussions, first: 100, after: $discussionsAfter)
      @include(if: $discussionsAsked) {
    total: discussionCount
    pageInfo { hasNextPage endCursor }
    nodes { ... on Discussion {
      id url title answerChosenAt
      author { ...Author }
      answer { url author { ...Author } }
      repository { ...Where }
    } }
  }
}
fragment Pulls on SearchResultItemConnection {
  total: issueCount
  pageInfo { hasNextPage endCursor }
  nodes { ... on PullRequest {
    id url title mergedAt
    author { ...Author }
    repository { ...Where }
    reviews(first: 50) { ...Reviews }
  } }
}
fragment Author on Actor {
  __typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
}
fragment Where on Repository { nameWithOwner isFork isPrivate }
fragment Reviews on PullRequestReviewConnection {
  total: totalCount
  pageInfo { hasNextPage }
  nodes { url submittedAt author { ...Author } }
}
"""

REVIEWS_QUERY = """
query ($id: ID!, $reviewsAsked: Boolean!, $reviewsAfter: String) {
  rateLimit { cost }
  node(id: $id) { ... on PullRequest {
    reviews(first: 100, after: $reviewsAfter) @include(if: $reviewsAsked) {
      total: totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        url submittedAt
        author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      }
    }
  } }
}
"""
