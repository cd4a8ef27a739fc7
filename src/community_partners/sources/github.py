"""GitHub: accounts, and the accepted work of a month. What of it counts is for rules.

A month is swept once for the whole organization, whoever asks: merged pull requests with their
reviews, issues closed as completed, answered discussions.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ..model.contribution import Account, Contribution, MonthOfWork
from ..model.evidence import AccountCheck, AccountKind, Answer
from ..model.month import Month
from ..model.program import GitHubScope
from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError
from .answers import Clock, answer, decoding
from .month_cache import MonthCache
from .pages import read_pages, refuse_errors

MOST_RESULTS = 1000  # that GitHub's search gives of one query
LOGINS_AT_ONCE = 50

Node = dict[str, Any]
Window = tuple[datetime, datetime]

_SEARCHES = {
    "pulls": "is:pr is:merged merged:{since}..{until}",
    "issues": "is:issue is:closed reason:completed closed:{since}..{until}",
    # No qualifier knows when an answer was chosen, but that is an update too.
    "discussions": "is:answered updated:{since}..{until}",
}

MONTH_QUERY = """
query ($pulls: String!, $issues: String!, $discussions: String!,
       $pullsAsked: Boolean!, $issuesAsked: Boolean!, $discussionsAsked: Boolean!,
       $pullsAfter: String, $issuesAfter: String, $discussionsAfter: String) {
  rateLimit { cost }
  pulls: search(type: ISSUE, query: $pulls, first: 100, after: $pullsAfter)
      @include(if: $pullsAsked) {
    total: issueCount
    pageInfo { hasNextPage endCursor }
    nodes { ... on PullRequest {
      id url title mergedAt
      author { ...Author }
      repository { ...Where }
      reviews(first: 50) { ...Reviews }
    } }
  }
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
fragment Author on Actor {
  __typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
}
fragment Where on Repository { nameWithOwner isFork isPrivate }
fragment Reviews on PullRequestReviewConnection {
  totalCount
  pageInfo { hasNextPage endCursor }
  nodes { url state author { ...Author } }
}
"""

REVIEWS_QUERY = """
query ($id: ID!, $after: String) {
  rateLimit { cost }
  node(id: $id) { ... on PullRequest { reviews(first: 100, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      url state
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
    }
  } } }
}
"""


def accounts(
    graphql: GraphQL, logins: Sequence[str], clock: Clock
) -> Answer[tuple[AccountCheck, ...]]:
    """What each login is: a person, an organization, or nothing. One request for fifty."""

    def ask() -> tuple[AccountCheck, ...]:
        batches = [
            logins[start : start + LOGINS_AT_ONCE]
            for start in range(0, len(logins), LOGINS_AT_ONCE)
        ]
        return tuple(check for batch in batches for check in _accounts(graphql, batch))

    return answer("GitHub", "https://github.com", clock, ask)


def accounts_query(count: int) -> str:
    """The question about `count` logins; they are variables, never part of the text."""
    names = ", ".join(f"$login{at}: String!" for at in range(count))
    asked = "\n".join(
        f"  a{at}: repositoryOwner(login: $login{at}) "
        "{ __typename login ... on User { databaseId } ... on Organization { databaseId } }"
        for at in range(count)
    )
    return f"query ({names}) {{\n  rateLimit {{ cost }}\n{asked}\n}}"


def _accounts(graphql: GraphQL, logins: Sequence[str]) -> Iterator[AccountCheck]:
    variables = {f"login{at}": login for at, login in enumerate(logins)}
    reply = graphql.ask(accounts_query(len(logins)), variables)
    refuse_errors(graphql, reply)
    with decoding(graphql.name):
        for at, login in enumerate(logins):
            found = reply.data[f"a{at}"]
            if found is None:
                yield AccountCheck(login=login, kind=AccountKind.MISSING)
                continue
            person = found["__typename"] == "User"
            kind = AccountKind.PERSON if person else AccountKind.ORGANIZATION
            yield AccountCheck(login=login, kind=kind, id=_id(found))


def sweep(
    graphql: GraphQL,
    scope: GitHubScope,
    months: Sequence[Month],
    today: date,
    cache: MonthCache | None,
    clock: Clock,
) -> dict[Month, Answer[MonthOfWork]]:
    """All accepted work of each month; a month that can't be read fails alone."""
    found: dict[Month, Answer[MonthOfWork]] = {}
    for month in months:
        kept = cache.get(scope, month) if cache else None
        found[month] = kept or month_of_work(graphql, scope, month, clock)
        if cache and kept is None:
            cache.put(scope, found[month], today)
    return found


def month_of_work(
    graphql: GraphQL, scope: GitHubScope, month: Month, clock: Clock
) -> Answer[MonthOfWork]:
    """One month of the organizations and repositories of a scope, asked of GitHub."""

    def ask() -> MonthOfWork:
        found: dict[str, Contribution] = {}
        for where in _places(scope):
            with decoding(graphql.name):
                for entry in _contributions(graphql, where, month, scope, clock):
                    found[entry.url] = entry
        order = sorted(found.values(), key=lambda entry: (entry.day, entry.url))
        return MonthOfWork(month=month, contributions=tuple(order))

    return answer("GitHub", "https://github.com/search", clock, ask)


def _places(scope: GitHubScope) -> Iterator[str]:
    yield from (f"org:{name}" for name in scope.organizations)
    yield from (f"repo:{name}" for name in scope.repositories)


def _contributions(
    graphql: GraphQL, where: str, month: Month, scope: GitHubScope, clock: Clock
) -> Iterator[Contribution]:
    start = datetime.combine(month.first_day, time(), UTC)
    end = datetime.combine((month + 1).first_day, time(), UTC) - timedelta(seconds=1)
    windows = {
        "pulls": (start, end),
        "issues": (start, end),
        "discussions": (start, max(end, clock())),
    }
    found = _read(graphql, where, windows)
    left_out = {name.casefold() for name in scope.exclude}
    for pull in _public(found["pulls"], left_out):
        yield from _of_pull(graphql, pull)
    for issue in _public(found["issues"], left_out):
        yield from _accepted("issue", issue["closedAt"], issue["author"], issue)
    for talk in _public(found["discussions"], left_out):
        if Month.of(_moment(talk["answerChosenAt"])) == month:
            chosen = {**talk, "url": talk["answer"]["url"]}
            by = talk["answer"]["author"]
            yield from _accepted("answer", talk["answerChosenAt"], by, chosen, talk["author"])


def _read(graphql: GraphQL, where: str, windows: Mapping[str, Window]) -> dict[str, list[Node]]:
    """The results of each search in its window; one with too many is read in halves."""
    queries = {name: _query(where, name, *windows[name]) for name in windows}
    unasked = {f"{name}Asked": False for name in _SEARCHES} | dict.fromkeys(_SEARCHES, "")
    pages = read_pages(
        graphql, MONTH_QUERY, {**unasked, **queries}, list(windows), most=MOST_RESULTS
    )
    for name in pages.overflow:
        for half in _halves(graphql, windows[name]):
            pages.nodes[name].extend(_read(graphql, where, {name: half})[name])
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


def _public(nodes: Iterable[Node], left_out: Collection[str]) -> Iterator[Node]:
    """Work in public repositories of the scope's own; forks hold other people's."""
    for node in nodes:
        where = node["repository"]
        named = where["nameWithOwner"].casefold() in left_out
        if not (where["isPrivate"] or where["isFork"] or named):
            yield node


def _of_pull(graphql: GraphQL, pull: Node) -> Iterator[Contribution]:
    yield from _accepted("pull request", pull["mergedAt"], pull["author"], pull)
    reviewers = set()
    for review in _reviews(graphql, pull):
        by = review["author"]
        if by is not None and review["state"] != "PENDING" and by["login"] not in reviewers:
            reviewers.add(by["login"])
            read = {**pull, "url": review["url"]}
            # Dated by the merge: only accepted work counts, and a closed month stays as it is.
            yield from _accepted("review", pull["mergedAt"], by, read, pull["author"])


def _reviews(graphql: GraphQL, pull: Node) -> Iterator[Node]:
    page = pull["reviews"]
    while True:
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
        reply = graphql.ask(REVIEWS_QUERY, {"id": pull["id"], "after": after})
        refuse_errors(graphql, reply)
        page = reply.data["node"]["reviews"]


def _accepted(
    kind: str, at: str, by: Node | None, what: Node, of: Node | None = None
) -> Iterator[Contribution]:
    """A deleted account is nobody: its work is no one's."""
    if by is not None:
        yield Contribution(
            kind=kind,
            day=_moment(at).date(),
            by=_account(by),
            of=_account(of) if of is not None else None,
            title=str(what["title"]),
            url=str(what["url"]),
            repository=str(what["repository"]["nameWithOwner"]),
        )


def _account(author: Node) -> Account:
    person = author["__typename"] in ("User", "EnterpriseUserAccount")
    return Account(login=str(author["login"]), id=_id(author), bot=not person)


def _id(node: Node) -> int | None:
    number = node.get("databaseId")
    return number if isinstance(number, int) else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
