"""Read the accepted work of a month from GitHub. The package `rules` decides which work counts.

Months are read once for the whole organization, not once for each person: merged pull requests with
their reviews, issues closed as completed, answered discussions. A review has the date of the merge.
A closed month is kept on disk from day 2 of the next month, because GitHub's search index lags.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ..model.contribution import Account, Contribution, Contributions, MonthOfWork, pack
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import GitHubScope
from ..stored import dump, keep, load
from ..wire.answers import Clock, answer, brief, decoding, text
from ..wire.graphql import GraphQL, read_pages
from ..wire.judgment import NoAnswerError
from ..wire.side_by_side import side_by_side
from .accounts import database_id
from .batched_searches import HEAVY_SEARCHES, BatchedSearches
from .work_search import DISCUSSIONS, ISSUES, PULLS, REVIEWS_QUERY, Search, Window

_AHEAD = timedelta(days=1)
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
        keep(self._file(scope, work.month), dump(answer, Answer[MonthOfWork], indent=None).encode())

    def _file(self, scope: GitHubScope, month: Month) -> Path:
        of = hashlib.sha256(dump(scope, GitHubScope).encode()).hexdigest()[:16]
        return self._folder / f"work-{month}-{of}-v{FORMAT}.json"


Node = dict[str, Any]
Given = Sequence[Node] | NoAnswerError  # the reviews of one pull request


def sweep(
    graphql: GraphQL,
    scope: GitHubScope,
    months: Sequence[Month],
    clock: Clock,
) -> dict[Month, Answer[MonthOfWork]]:
    """Return all accepted work of each month in the organizations and repositories of the scope.

    All months are read together. If one of them cannot be read, only its answer is a failure;
    discussions updated in a month that cannot be read fail the months before it as well, since
    they may have been answered there.
    """
    asked_at = clock()
    found: dict[Month, list[Contributions]] = {month: [] for month in months}
    failures: dict[Month, NoAnswerError] = {}
    # A discussion may be updated while we ask, or by a clock ahead of ours.
    for search in BatchedSearches(graphql).read(_plan(scope, months, asked_at + _AHEAD)):
        for month, entries in _by_month(graphql, search, months, scope):
            if isinstance(entries, NoAnswerError):
                failures.setdefault(month, entries)
            else:
                found[month].append(pack(entries))

    def work(month: Month) -> MonthOfWork:
        if month in failures:
            raise failures[month]
        each = {entry.url: entry for several in found.pop(month) for entry in several}
        order = sorted(each.values(), key=lambda entry: (entry.day, entry.url))
        return MonthOfWork(month=month, contributions=order)

    url = "https://github.com/search"
    return {
        month: answer("GitHub", url, lambda: asked_at, partial(work, month)) for month in months
    }


def _plan(scope: GitHubScope, months: Collection[Month], until: datetime) -> list[Search]:
    """Return the searches for these months, the first to be read first.

    Each place is searched alone. The fewer places there are, the shorter is the window of a search.
    The discussions come first, since every month needs them; then the oldest months.
    """
    if not months:
        return []
    places = list(_places(scope))
    searches = max(1, HEAVY_SEARCHES // len(places))
    every = [min(months)]
    while every[-1] < max(*months, Month.of(until)):
        every.append(every[-1] + 1)
    talks = _windows(every, searches)
    works = list(_windows(sorted(months), searches))
    if 2 * len(works) <= searches:  # a question has room for two pages, and halves are no more
        works = [half for window in works for half in window.parts(2)]
    return [
        Search(kind=kind, where=where, window=window)
        for kinds, windows in (((DISCUSSIONS,), talks), ((PULLS, ISSUES), works))
        for window in windows
        for where in places
        for kind in kinds
    ]


def _windows(months: Sequence[Month], count: int) -> Iterator[Window]:
    """Yield windows of the same number of months, about `count`; a gap in `months` parts them."""
    each = -(-len(months) // count)
    first = before = months[0]
    for month in months[1:]:
        if month != before + 1 or month >= first + each:
            yield Window.of(first, before)
            first = month
        before = month
    yield Window.of(first, before)


def _places(scope: GitHubScope) -> Iterator[str]:
    yield from (f"org:{name}" for name in scope.organizations)
    yield from (f"repo:{name}" for name in scope.repositories)


def _by_month(
    graphql: GraphQL, search: Search, months: Sequence[Month], scope: GitHubScope
) -> Iterator[tuple[Month, list[Contribution] | NoAnswerError]]:
    """Yield the contributions that a search found, or why they are not known, month by month."""
    concerned = [month for month in months if _concerns(search, month)]
    left_out = {name.casefold() for name in scope.exclude}
    try:
        if search.error is not None:
            raise search.error
        with decoding(graphql.name):
            dated = [(_month(search, node), node) for node in search.nodes]
    except NoAnswerError as error:
        yield from ((month, error) for month in concerned)
        return
    counted = [(month, node) for month, node in dated if month in concerned]
    given = _further_reviews(graphql, [node for _, node in counted]) if search.kind is PULLS else {}
    for month, node in counted:
        try:
            with decoding(graphql.name):
                yield month, list(_contributions(search, node, left_out, given))
        except NoAnswerError as error:
            yield month, error


def _concerns(search: Search, month: Month) -> bool:
    """Tell whether a month needs this search.

    A discussion that was answered in the month may have been updated in any month since.
    """
    of_month, window = Window.of(month, month), search.window
    until = of_month.start if search.kind is DISCUSSIONS else max(of_month.start, window.start)
    return until <= window.end and (search.kind is DISCUSSIONS or window.start <= of_month.end)


def _month(search: Search, node: Node) -> Month | None:
    """Return the month in which work was accepted; None if it is not accepted now.

    GitHub's search index lags behind the item itself, which may be open again, or closed once more.
    A merge is for ever: raises ValueError if its date is not in the search's window.
    """
    at = node[search.kind.dated]
    if search.kind is PULLS:
        if not search.window.start <= _moment(at) <= search.window.end:
            raise ValueError(at)
    elif at is None:
        return None
    return Month.of(_moment(at))


def _contributions(
    search: Search, node: Node, left_out: Collection[str], given: Mapping[str, Given]
) -> Iterator[Contribution]:
    if not _is_public(node, left_out):
        return
    if search.kind is PULLS:
        yield from _of_pull(node, given.get(node["id"], ()))
    elif search.kind is ISSUES:
        if node["stateReason"] == "COMPLETED":
            yield from _accepted("issue", node["closedAt"], node["author"], node)
    elif node["answer"] is not None:
        chosen = {**node, "url": node["answer"]["url"]}
        by = node["answer"]["author"]
        yield from _accepted("answer", node["answerChosenAt"], by, chosen, node["author"])


def _is_public(node: Node, left_out: Collection[str]) -> bool:
    """Tell whether the item is in a public repository of the scope, not excluded, and no fork.

    Forks hold other people's work.
    """
    where = node["repository"]
    named = where["nameWithOwner"].casefold() in left_out
    apart = (where["isPrivate"], where["isFork"])
    if not all(isinstance(one, bool) for one in apart):
        raise TypeError(apart)  # nobody knows whether it counts
    return not (named or any(apart))


def _of_pull(pull: Node, given: Given) -> Iterator[Contribution]:
    merged = pull["mergedAt"]
    yield from _accepted("pull request", merged, pull["author"], pull)
    if isinstance(given, NoAnswerError):
        raise given
    reviewers = set()
    for review in given or _reviews(pull):
        by, submitted = review["author"], review["submittedAt"]
        # A review after the merge does not count: it could change a month that is closed.
        in_time = submitted is not None and _moment(submitted) <= _moment(merged)
        if by is not None and in_time and by["login"] not in reviewers:
            reviewers.add(by["login"])
            # Dated by the merge: only accepted work counts.
            read = {**pull, "url": review["url"]}
            yield from _accepted("review", merged, by, read, pull["author"])


def _reviews(pull: Node) -> Sequence[Node]:
    """Return the reviews of a pull request whose first page holds them all."""
    page = pull["reviews"]
    nodes: Sequence[Node] = page["nodes"]
    if len(nodes) < page["total"]:
        raise NoAnswerError(f"GitHub gave {len(nodes)} of {page['total']} reviews.")
    return nodes


def _further_reviews(graphql: GraphQL, pulls: Iterable[Node]) -> dict[str, Given]:
    """Return the reviews of each pull request whose first page does not hold them all, by its id.

    GitHub is asked for every page of them, for two pull requests at once.
    """

    def ask(pull: Node) -> Given:
        try:
            with decoding(graphql.name):
                asked = {"id": text(pull["id"])}
                pages = read_pages(graphql, REVIEWS_QUERY, asked, ["reviews"], within="node")
                if pages.first["node"] is None:
                    raise NoAnswerError(f"{graphql.name} left out parts of its answer.")
                return pages.nodes["reviews"]
        except NoAnswerError as error:
            return error

    longer = [pull for pull in pulls if _has_more(pull.get("reviews"))]
    return {
        pull["id"]: given for pull, given in zip(longer, side_by_side(ask, longer), strict=True)
    }


def _has_more(page: Any) -> bool:
    info = page.get("pageInfo") if isinstance(page, dict) else None
    return isinstance(info, dict) and bool(info.get("hasNextPage"))


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
            title=brief(what["title"]),
            url=text(what["url"]),
            repository=text(what["repository"]["nameWithOwner"]),
        )


# https://docs.github.com/en/graphql/reference/interfaces#actor
_PERSONS = {
    "User": True,
    "EnterpriseUserAccount": True,
    "Bot": False,
    "Mannequin": False,
    "Organization": False,
}


def _account(author: Node) -> Account:
    person = _PERSONS[author["__typename"]]
    return Account(login=text(author["login"]), id=database_id(author), bot=not person)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(UTC)
