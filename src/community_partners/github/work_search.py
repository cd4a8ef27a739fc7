"""Search GitHub for the work of a month, and decide how much one request asks for.

https://docs.github.com/en/graphql/reference/queries#search
A page has 100 results, and a search gives 1,000 at most. So a month's pull requests are asked for
in two halves, both in one request. A period with more than 1,000 results is split into halves that
are read one after the other.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ..wire.graphql import GraphQL, read_pages
from ..wire.session import NoAnswerError

MOST_RESULTS = 1000  # of one search, by GitHub's limit
# https://github.blog/changelog/2025-09-01-graphql-api-resource-limits
# GitHub gives up a query after 10 seconds, or at its resource limit.
_TOO_MUCH = {"RESOURCE_LIMITS_EXCEEDED", "HTTP_502", "HTTP_504"}
Node = dict[str, Any]
Window = tuple[datetime, datetime]
_PULLS = "is:pr is:merged merged:{since}..{until}"
_SEARCHES = {
    "pulls": _PULLS,
    "later": _PULLS,
    "issues": "is:issue is:closed reason:completed closed:{since}..{until}",
    # No search qualifier asks when an answer was chosen, but choosing it updates the discussion.
    "discussions": "is:answered updated:{since}..{until}",
}


def read_month(
    graphql: GraphQL, where: str, windows: Mapping[str, Window]
) -> dict[str, list[Node]]:
    """Return the results of each search in its period: pull requests, issues and discussions.

    One request reads up to 200 pull requests; if that is too much for GitHub, up to 100. `where`: a
    search qualifier such as `org:acme`. `windows`: by the name of the search, the first and the
    last second of its period.
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
    """Return the results of each search in its period; a period with too many results is halved.

    Raises NoAnswerError if GitHub gives one result twice.
    """
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
