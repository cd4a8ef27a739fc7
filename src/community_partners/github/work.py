"""Read the accepted work of a month from GitHub. The package `rules` decides which work counts.

A month is read once for the whole organization, not once for each person: merged pull requests with
their reviews, issues closed as completed, answered discussions. A review has the date of the merge.
A closed month is kept on disk from day 2 of the next month, because GitHub's search index lags.
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

FORMAT = "1"  # raise it when the data that are read, or their written form, change


class MonthCache:
    """Keeps months of work on disk: one file for each month and scope in `folder`.

    The folder is created when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, scope: GitHubScope, month: Month) -> Answer[MonthOfWork] | None:
        """Return the kept answer for a month; None if no usable file is kept.

        The answer's `asked_at` is the time at which GitHub was asked.
        """
        try:
            data = json.loads(self._file(scope, month).read_text(encoding="utf-8"))
            answer = load(data, Answer[MonthOfWork])
        except Exception:  # noqa: BLE001  missing, cut off, of another version: sweep anew
            return None
        return answer if answer.value and answer.value.month == month else None

    def put(self, scope: GitHubScope, answer: Answer[MonthOfWork], today: date) -> None:
        """Keep a month on disk if it is settled; a failure is not kept.

        A month is settled from day 2 of the next month, both by `today` and by the time of asking:
        `today` may be a day in the future.
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
    """Return all accepted work of each month, from `cache` or from GitHub.

    If one month cannot be read, only the answer for that month is a failure.
    """
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
    """Return the accepted work of one month in all organizations and repositories of the scope."""

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
        # A discussion may be updated after the month, while we ask, or by a clock ahead of ours.
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
    """Tell whether the time `at` is in the month.

    GitHub's search index lags behind the item itself, which may be open again, or closed once more.
    """
    return at is not None and Month.of(_moment(at)) == month


def _public(nodes: Iterable[Node], left_out: Collection[str]) -> Iterator[Node]:
    """Yield the items in public repositories of the scope, without forks and excluded repositories.

    Forks hold other people's work.
    """
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
        # A review after the merge does not count: it could change a month that is closed.
        in_time = submitted is not None and _moment(submitted) <= _moment(merged)
        if by is not None and in_time and by["login"] not in reviewers:
            reviewers.add(by["login"])
            # Dated by the merge: only accepted work counts.
            read = {**pull, "url": review["url"]}
            yield from _accepted("review", merged, by, read, pull["author"])


def _reviews(graphql: GraphQL, pull: Node) -> Sequence[Node]:
    """Return all reviews of a pull request.

    If the first page does not hold them all, GitHub is asked for every page.
    """
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
    """Yield one contribution, or nothing if its author's account was deleted."""
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
