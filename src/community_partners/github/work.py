"""Reads the accepted work of a month from GitHub. Which of it counts is decided in rules.

A month is read once for the whole organization, whoever asks: merged pull requests with their
reviews, issues closed as completed, answered discussions. A review is dated by the merge. A closed
month is kept on disk from its second day after, since GitHub's search index lags.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ..model.contribution import Account, Contribution, MonthOfWork
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import GitHubScope
from ..stored import dump, keep, load
from ..wire.answers import Clock, answer, decoding, text
from ..wire.graphql import GraphQL, read_pages
from ..wire.session import NoAnswerError
from .accounts import database_id
from .work_search import REVIEWS_QUERY, read_month

FORMAT = "1"  # a new one whenever what is swept or how it is written changes


class MonthCache:
    """One file for each month and scope in `folder`, which may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, scope: GitHubScope, month: Month) -> Answer[MonthOfWork] | None:
        """The month as it was swept, with the time and place of asking."""
        try:
            data = json.loads(self._file(scope, month).read_text(encoding="utf-8"))
            answer = load(data, Answer[MonthOfWork])
        except Exception:  # noqa: BLE001  missing, cut off, of another version: sweep anew
            return None
        return answer if answer.value and answer.value.month == month else None

    def put(self, scope: GitHubScope, answer: Answer[MonthOfWork], today: date) -> None:
        """Keep a settled month whole; a failure is not kept.

        Settled by `today` and by the time of asking: `today` may be a day that is yet to come.
        """
        work = answer.value
        seen = min(today, answer.asked_at.date())
        if work is None or seen < (work.month + 1).first_day + timedelta(days=1):
            return
        keep(self._file(scope, work.month), dump(answer, Answer[MonthOfWork]).encode())

    def _file(self, scope: GitHubScope, month: Month) -> Path:
        of = hashlib.sha256(dump(scope, GitHubScope).encode()).hexdigest()[:16]
        return self._folder / f"work-{month}-{of}-v{FORMAT}.json"


Node = dict[str, Any]


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
        # Whatever happens to a discussion while we ask, or by a clock that is ahead of ours.
        "discussions": (start, max(end, clock() + timedelta(days=1))),
    }
    found = read_month(graphql, where, windows)
    left_out = {name.casefold() for name in scope.exclude}
    for pull in _public(found["pulls"], left_out):
        yield from _of_pull(graphql, pull)
    for issue in _public(found["issues"], left_out):
        if issue["stateReason"] == "COMPLETED" and _is_in(month, issue["closedAt"]):
            yield from _accepted("issue", issue["closedAt"], issue["author"], issue)
    for talk in _public(found["discussions"], left_out):
        if talk["answer"] is not None and _is_in(month, talk["answerChosenAt"]):
            chosen = {**talk, "url": talk["answer"]["url"]}
            by = talk["answer"]["author"]
            yield from _accepted("answer", talk["answerChosenAt"], by, chosen, talk["author"])


def _is_in(month: Month, at: str | None) -> bool:
    """The thing itself is right where the search index lags: open again, or closed once more."""
    return at is not None and Month.of(_moment(at)) == month


def _public(nodes: Iterable[Node], left_out: Collection[str]) -> Iterator[Node]:
    """Work in public repositories of the scope's own; forks hold other people's."""
    for node in nodes:
        where = node["repository"]
        named = where["nameWithOwner"].casefold() in left_out
        if not (where["isPrivate"] or where["isFork"] or named):
            yield node


def _of_pull(graphql: GraphQL, pull: Node) -> Iterator[Contribution]:
    merged = pull["mergedAt"]
    yield from _accepted("pull request", merged, pull["author"], pull)
    reviewers = set()
    for review in _reviews(graphql, pull):
        by, submitted = review["author"], review["submittedAt"]
        # A look back at what is merged already would change a month that is closed.
        in_time = submitted is not None and _moment(submitted) <= _moment(merged)
        if by is not None and in_time and by["login"] not in reviewers:
            reviewers.add(by["login"])
            # Dated by the merge: only accepted work counts.
            read = {**pull, "url": review["url"]}
            yield from _accepted("review", merged, by, read, pull["author"])


def _reviews(graphql: GraphQL, pull: Node) -> Sequence[Node]:
    """All of a pull request's reviews; those with more than came with it are asked for."""
    page = pull["reviews"]
    if page["pageInfo"]["hasNextPage"]:
        pages = read_pages(graphql, REVIEWS_QUERY, {"id": pull["id"]}, ["reviews"], within="node")
        if pages.first["node"] is None:
            raise NoAnswerError(f"{graphql.name} left out parts of its answer.")
        return pages.nodes["reviews"]
    nodes: Sequence[Node] = page["nodes"]
    if len(nodes) < page["total"]:
        raise NoAnswerError(f"{graphql.name} gave {len(nodes)} of {page['total']} reviews.")
    return nodes


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
            title=text(what["title"]),
            url=text(what["url"]),
            repository=text(what["repository"]["nameWithOwner"]),
        )


def _account(author: Node) -> Account:
    person = author["__typename"] in ("User", "EnterpriseUserAccount")
    return Account(login=text(author["login"]), id=database_id(author), bot=not person)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(UTC)
