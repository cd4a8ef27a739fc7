"""Read many searches in few questions, and decide how much one question asks for.

A question that is too much for GitHub is asked again with half the results, and so on down to one
result. The size that GitHub can answer is kept for all further questions.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from ..model.evidence import PlaceCheck
from ..model.month import Month
from ..wire.answers import decoding
from ..wire.gate import AT_ONCE
from ..wire.graphql import GraphQL, GraphQLResult, refuse_errors
from ..wire.judgment import Kind, NoAnswerError
from ..wire.side_by_side import side_by_side
from .places import place_variables, places_in
from .work_search import DISCUSSIONS, MOST_RESULTS, PAGE, Question, Search, work_query

LARGEST = 200  # results of one weight in a question
HEAVY_SEARCHES = 8  # in a question of the largest size; twice as many light ones
_FEW = LARGEST // HEAVY_SEARCHES  # below this size, a question has one search
_MOST_PARTS = 2 * MOST_RESULTS // PAGE

Told = GraphQLResult | NoAnswerError


class BatchedSearches:
    """Reads searches side by side. An instance remembers the size that GitHub can answer.

    `names`: accounts and repositories to look up beside the searches; `places` has them as soon as
    one question is answered.
    """

    def __init__(self, graphql: GraphQL, names: Sequence[str] = ()) -> None:
        self._graphql = graphql
        self._names = names
        self.places: Sequence[PlaceCheck] = ()
        self._size = LARGEST
        self._answered = False
        self._waiting: list[Search] = []

    def read(self, searches: Iterable[Search]) -> Iterator[Search]:
        """Yield each search when it is read, or when it has an `error`.

        Instead of a search with many results, searches for parts of its window come back. The first
        searches are read first. If GitHub is silent or its rate limit is reached, nothing further
        is asked, and all searches that are not read have that error.
        """
        self._waiting = list(searches)
        while self._waiting:
            questions = _packed(self._waiting, self._size)
            told = zip(questions, list(side_by_side(self._ask, questions)), strict=True)
            # What was answered is used, even if the other question has met the rate limit.
            for question, reply in sorted(told, key=lambda one: isinstance(one[1], NoAnswerError)):
                yield from self._use(question, reply)

    def _ask(self, question: Question) -> Told:
        """Return the reply. Errors are left in it only if each belongs to one of the searches."""
        names = {f"a{at}" for at in range(len(question.pages))}
        try:
            reply = self._with_places(question)
        except NoAnswerError as error:
            return error
        try:
            refuse_errors(self._graphql, reply)
        except NoAnswerError as error:
            of_searches = all(names.intersection(one.path[:1]) for one in reply.errors)
            return reply if of_searches else error
        return reply

    def _with_places(self, question: Question) -> GraphQLResult:
        """Return the reply about the searches. Until `places` are known, it is asked for them."""
        names = () if self.places else self._names
        query = work_query([search.kind for search in question.searches], names)
        variables = {**question.variables, **place_variables(names)}
        reply = self._graphql.ask(query, variables)
        fields = {f"p{at}" for at in range(len(names))}
        of_searches = reply.without(fields)
        if names:
            self.places = places_in(self._graphql, reply.without(of_searches.data), names)
        return of_searches

    def _use(self, question: Question, told: Told) -> Iterator[Search]:
        if isinstance(told, GraphQLResult):
            yield from self._take(question, told)
        elif told.too_much:
            yield from self._smaller(question, told)
        elif _is_odd(told):
            yield from self._apart(question.searches, told)
        else:
            yield from self._fail(self._waiting, told)

    def _take(self, question: Question, reply: GraphQLResult) -> Iterator[Search]:
        self._answered = True
        for at, search in enumerate(question.searches):
            errors = tuple(error for error in reply.errors if error.path[0] == f"a{at}")
            try:
                refuse_errors(self._graphql, GraphQLResult(data={}, errors=errors))
                with decoding(self._graphql.name):
                    more = search.take(reply.data[f"a{at}"], self._graphql.name)
            except NoAnswerError as error:
                yield from self._give_up([search], error)
            else:
                if not more:
                    yield self._done(search)
        for search in question.searches:
            if search in self._waiting and search.left > PAGE * self._beside(search):
                try:
                    self._divide(search)
                except NoAnswerError as error:
                    yield from self._fail([search], error)

    def _beside(self, search: Search) -> int:
        """Count the searches that can be read while the pages of this one follow each other."""
        if (search.total or 0) > MOST_RESULTS:
            return 0
        return sum(one.kind.heavy == search.kind.heavy for one in self._waiting)

    def _divide(self, search: Search) -> None:
        """Replace a search by one for each page: they are read side by side, its pages are not."""
        pages = -(-(search.total or 0) // PAGE)
        parts = search.window.parts(min(pages, _MOST_PARTS))
        if len(parts) > 1:
            self._replace(search, search.divided(parts))
        elif (search.total or 0) > MOST_RESULTS:
            raise NoAnswerError(
                f"{self._graphql.name} has more results of one second than it can show."
            )

    def _smaller(self, question: Question, error: NoAnswerError) -> Iterator[Search]:
        """Ask for less and less, until GitHub answers; if it never does, a search fails.

        If GitHub has not answered at all in this run, another search shows whether it is down.
        """
        searches = [search for search in question.searches if search in self._waiting]
        if not searches or question.size > self._size:
            return
        while question.size > 1:
            question = _packed(searches, question.size // 2)[0]
            told = self._ask(question)
            if isinstance(told, GraphQLResult) or not told.too_much:
                self._size = question.size
                yield from self._use(question, told)
                return
            error = told
        failing = _group(question.searches[0])
        others = [one for one in self._waiting if _group(one) != failing]
        if not self._answered and others:
            [other, *_] = _packed(others, 1)
            told = self._ask(other)
            if isinstance(told, NoAnswerError):
                yield from self._fail(self._waiting, told)
                return
            yield from self._take(other, told)
        yield from self._give_up(question.searches, error)

    def _apart(self, searches: Sequence[Search], error: NoAnswerError) -> Iterator[Search]:
        """Ask in two halves, by month, after an answer that no search alone can be blamed for.

        If one half fails again, it is divided further, so that a single month fails. If both halves
        fail, it is GitHub that fails, and nothing further is asked.
        """
        halves = self._halves([search for search in searches if search in self._waiting])
        if not all(halves):
            yield from self._give_up(searches, error)
            return
        questions = [_packed(half, self._size)[0] for half in halves]
        told = list(side_by_side(self._ask, questions))
        if all(isinstance(one, NoAnswerError) for one in told):
            yield from self._fail(self._waiting, error)
            return
        for question, one in zip(questions, told, strict=True):
            yield from self._use(question, one)

    def _halves(self, searches: Sequence[Search]) -> tuple[list[Search], list[Search]]:
        """Divide searches by their first month; the second half is empty if all have the same.

        Searches for discussions are apart from the others, since more than one month needs them.
        """
        groups = sorted({_group(search) for search in searches})
        later = groups[len(groups) // 2 :] if len(groups) > 1 else []
        return (
            [search for search in searches if _group(search) not in later],
            [search for search in searches if _group(search) in later],
        )

    def _by_month(self, search: Search) -> list[Search]:
        """Divide a search by month. A discussion's window says nothing of its answer's month."""
        windows = search.window.by_month()
        if search.kind is DISCUSSIONS or len(windows) == 1:
            return [search]
        parts = search.divided(windows)
        self._replace(search, parts)
        return parts

    def _give_up(self, searches: Iterable[Search], error: NoAnswerError) -> Iterator[Search]:
        """Ask month by month instead of a search of several months; fail a search of one month."""
        for search in list(searches):
            if search in self._waiting and (error.lasting or self._by_month(search) == [search]):
                yield from self._fail([search], error)

    def _fail(self, searches: Iterable[Search], error: NoAnswerError) -> Iterator[Search]:
        for search in list(searches):
            if search in self._waiting:
                search.error = error
                yield self._done(search)

    def _done(self, search: Search) -> Search:
        self._replace(search, [])
        return search

    def _replace(self, search: Search, parts: Sequence[Search]) -> None:
        at = self._waiting.index(search)
        self._waiting[at : at + 1] = parts


def _group(search: Search) -> tuple[bool, Month]:
    return search.kind is DISCUSSIONS, Month.of(search.window.start)


def _packed(searches: Sequence[Search], size: int) -> list[Question]:
    """Return the next questions, as many as are asked at once.

    A question has up to `size` results of heavy searches, and as many of light ones.
    """
    if size < _FEW:
        alone = (Question(size=size, pages=[(one, min(size, one.left))]) for one in searches)
        return list(islice(alone, AT_ONCE))
    heavy = [search for search in searches if search.kind.heavy]
    light = [search for search in searches if not search.kind.heavy]
    both = zip_longest(
        _chunks(heavy, size, size // _FEW), _chunks(light, size, 2 * size // _FEW), fillvalue=()
    )
    return [Question(size=size, pages=[*one, *other]) for one, other in islice(both, AT_ONCE)]


def _chunks(
    searches: Sequence[Search], size: int, most: int
) -> Iterator[Sequence[tuple[Search, int]]]:
    """Yield pages of up to `size` results together, in up to `most` searches.

    Searches whose number of results is not known yet share the size.
    """
    unknown = sum(search.total is None and search.expected is None for search in searches)
    share = size // max(1, min(unknown, most))
    chunk: list[tuple[Search, int]] = []
    room = size
    for search in searches:
        if room == 0 or len(chunk) == most:
            yield chunk
            chunk, room = [], size
        known = search.total is not None or search.expected is not None
        first = min(room, PAGE, search.left if known else share)
        chunk.append((search, first))
        room -= first
    if chunk:
        yield chunk


def _is_odd(error: NoAnswerError) -> bool:
    """Tell whether GitHub answered this question, but unusably: another one may fare better."""
    judgment = error.judgment
    return judgment is not None and judgment.status == 200 and judgment.kind is not Kind.LIMIT
