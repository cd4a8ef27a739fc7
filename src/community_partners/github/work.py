"""Read the work of a month from GitHub, with who accepted it. `rules` decides which work counts.

Months are read once for the whole organization, not once for each person: merged pull requests with
their reviews, issues closed as completed, answered discussions. A review has the date of the merge.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from ..model.contribution import MonthOfWork
from ..model.evidence import Answer, PlaceCheck
from ..model.month import Month
from ..model.program import Agents, GitHubScope
from ..wire.answers import Clock, answer, decoding, moment, text
from ..wire.graphql import GraphQL, read_pages
from ..wire.judgment import NoAnswerError
from ..wire.side_by_side import side_by_side
from .accepted_work import Found, Given, Items, Node, items
from .agents import is_agents, who_asked
from .batched_searches import HEAVY_SEARCHES, BatchedSearches
from .work_search import DISCUSSIONS, ISSUES, PULLS, REVIEWS_QUERY, Search, Window

_AHEAD = timedelta(days=1)


def sweep(
    graphql: GraphQL,
    scope: GitHubScope,
    months: Sequence[Month],
    clock: Clock,
    say: Callable[[str], None] = lambda _: None,
    agents: Agents = Agents.NOBODY,
) -> dict[Month, Answer[MonthOfWork]]:
    """Return all accepted work of each month in the organizations and repositories of the scope.

    All months are read together. If one of them cannot be read, only its answer is a failure;
    discussions updated in a month that cannot be read fail the months before it as well, since
    they may have been answered there. If a place of the scope is not there, each month is a lasting
    failure, because nothing is found in it. `say` is called with a sentence about each repository
    of `exclude` that is not there. `agents`: if a coding agent's pull request counts for who asked,
    GitHub is asked about such pull requests of all months at once.
    """
    asked_at = clock()
    found = {month: Found() for month in months}
    failures: dict[Month, NoAnswerError] = {}
    searches = BatchedSearches(graphql, list(dict.fromkeys([*_sources(scope), *scope.exclude])))
    # A discussion may be updated while we ask, or by a clock ahead of ours.
    plan = _plan(scope, months, asked_at + _AHEAD)
    for month, entries in _read(graphql, scope, searches, plan, months, agents):
        if isinstance(entries, NoAnswerError):
            failures.setdefault(month, entries)
        else:
            found[month].add(entries)
    faults = _faults(scope, searches.places)
    for one in searches.places:
        if one.name in scope.exclude and one.exclusion_fault:
            say(one.exclusion_fault)

    def work(month: Month) -> MonthOfWork:
        read = found.pop(month)
        if faults:
            raise NoAnswerError(faults, lasting=True)
        if month in failures:
            raise failures[month]
        return read.work(month)

    url = "https://github.com/search"
    return {
        month: answer("GitHub", url, lambda: asked_at, partial(work, month)) for month in months
    }


def _sources(scope: GitHubScope) -> list[str]:
    return list(dict.fromkeys([*scope.organizations, *scope.repositories]))


def _faults(scope: GitHubScope, places: Iterable[PlaceCheck]) -> str:
    """Return why no work can be found in places of the scope, in sentences; empty if it can."""
    sources = _sources(scope)
    return " ".join(one.fault for one in places if one.name in sources and one.fault)


def _left_out(scope: GitHubScope, places: Iterable[PlaceCheck]) -> frozenset[str]:
    """Return the repositories that do not count, case-folded, by their present names as well."""
    known = (one.present for one in places if one.name in scope.exclude)
    return frozenset(name.casefold() for name in (*scope.exclude, *known) if name)


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


Entries = Iterator[tuple[Month, Items | NoAnswerError]]
"""The items that were found, or the reason why they are not known, each with its month."""


class Held(NamedTuple):
    """A coding agent's pull request, which waits for the answer to who asked for it."""

    month: Month
    node: Node
    given: Mapping[str, Given]


def _read(
    graphql: GraphQL,
    scope: GitHubScope,
    searches: BatchedSearches,
    plan: Iterable[Search],
    months: Sequence[Month],
    agents: Agents,
) -> Entries:
    """Yield what all searches find, and then the pull requests of agents if these are asked for."""
    held: list[Held] | None = None if agents is Agents.NOBODY else []
    failed: set[Month] = set()
    for search in searches.read(plan):
        left_out = _left_out(scope, searches.places)
        for month, entries in _by_month(graphql, search, months, left_out, held):
            if isinstance(entries, NoAnswerError):
                failed.add(month)
            yield month, entries
    whole = [one for one in held or () if one.month not in failed]
    yield from _of_agents(graphql, whole, _left_out(scope, searches.places))


def _by_month(
    graphql: GraphQL,
    search: Search,
    months: Sequence[Month],
    left_out: frozenset[str],
    held: list[Held] | None,
) -> Entries:
    """Yield what a search found, or why it is not known, month by month.

    `held`: takes the pull requests of coding agents instead; None: they are as any other.
    """
    concerned = [month for month in months if _concerns(search, month)]
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
                if held is not None and search.kind is PULLS and is_agents(node):
                    held.append(Held(month, node, given))
                else:
                    yield month, items(search.kind, node, left_out, given)
        except NoAnswerError as error:
            yield month, error


def _of_agents(graphql: GraphQL, held: Sequence[Held], left_out: frozenset[str]) -> Entries:
    """Yield the pull requests of coding agents, with who asked for them, or why it is not known."""
    try:
        with decoding(graphql.name):
            asked = who_asked(graphql, [text(one.node["id"]) for one in held])
    except NoAnswerError as error:
        yield from ((one.month, error) for one in held)
        return
    for month, node, given in held:
        try:
            with decoding(graphql.name):
                yield month, items(PULLS, node, left_out, given, asked)
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
        if not search.window.start <= moment(at) <= search.window.end:
            raise ValueError(at)
    elif at is None:
        return None
    return Month.of(moment(at))


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
