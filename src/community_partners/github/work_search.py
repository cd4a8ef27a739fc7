"""Search GitHub for accepted work: many searches, as aliases of one question.

https://docs.github.com/en/graphql/reference/queries#search
A page has 100 results, and a search gives 1,000 at most.
https://docs.github.com/en/search-github/getting-started-with-searching-on-github/troubleshooting-search-queries
A search has at most 256 characters and five operators, so each place is searched alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple, Self

from ..model.month import Month
from ..wire.graphql import page_of
from ..wire.judgment import NoAnswerError
from .places import declared, place_fields

PAGE = 100
MOST_RESULTS = 1000  # of one search
_SECOND = timedelta(seconds=1)
Node = dict[str, Any]


class Window(NamedTuple):
    """A period: its first and its last second, in UTC."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, first: Month, last: Month) -> Self:
        """Return the period from the first to the last of these months."""
        return cls(_beginning(first), _beginning(last + 1) - _SECOND)

    def parts(self, count: int) -> tuple["Window", ...]:
        """Return the period in `count` parts of the same length; fewer if it has fewer seconds."""
        seconds = int((self.end - self.start).total_seconds()) + 1
        count = min(count, seconds)
        starts = [self.start + seconds * at // count * _SECOND for at in range(count)]
        ends = [start - _SECOND for start in starts[1:]]
        return tuple(map(Window, starts, [*ends, self.end]))

    def by_month(self) -> tuple["Window", ...]:
        """Return the period in two parts, divided where a month begins; whole if none does."""
        first, last = Month.of(self.start), Month.of(self.end)
        months = [first]
        while months[-1] < last:
            months.append(months[-1] + 1)
        if first == last:
            return (self,)
        border = _beginning(months[len(months) // 2])
        return Window(self.start, border - _SECOND), Window(border, self.end)


def _beginning(month: Month) -> datetime:
    return datetime.combine(month.first_day, time(), UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of work: what is searched for, what is read of it, and which field has its date.

    `heavy`: a result has lists of its own.
    """

    type: str
    query: str
    fragment: str
    dated: str
    heavy: bool = False


PULLS = Kind(
    type="ISSUE",
    query="is:pr is:merged merged:{since}..{until}",
    fragment="Pulls",
    dated="mergedAt",
    heavy=True,
)
ISSUES = Kind(
    type="ISSUE",
    query="is:issue is:closed reason:completed closed:{since}..{until}",
    fragment="Issues",
    dated="closedAt",
)
# No search qualifier asks when an answer was chosen, but choosing it updates the discussion.
DISCUSSIONS = Kind(
    type="DISCUSSION",
    query="is:answered updated:{since}..{until}",
    fragment="Discussions",
    dated="answerChosenAt",
)


@dataclass(kw_only=True, eq=False)
class Search:
    """One search, and what was read of it.

    `where`: a qualifier such as `org:acme`. `window`: when the work was merged or closed, or when
    the discussion was updated. `total`: the number of results; None before the first page.
    `expected`: about how many results there are, if that is known before the first page.
    `error`: why the search cannot be read.
    """

    kind: Kind
    where: str
    window: Window
    nodes: list[Node] = field(default_factory=list)
    cursors: list[str | None] = field(default_factory=lambda: [None])
    total: int | None = None
    expected: int | None = None
    error: NoAnswerError | None = None

    @property
    def query(self) -> str:
        """The text of the search."""
        since, until = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in self.window)
        return f"{self.where} {self.kind.query.format(since=since, until=until)}"

    @property
    def left(self) -> int:
        """About how many results are still to be read, at least 1; a whole page if nobody knows."""
        total = self.expected if self.total is None else self.total
        return PAGE if total is None else max(1, total - len(self.nodes))

    def divided(self, windows: Sequence[Window]) -> list["Search"]:
        """Return a search for each window, of which nothing has been read."""
        each = None if self.total is None else 1 + self.total * 5 // (4 * len(windows))
        return [
            replace(self, window=window, nodes=[], cursors=[None], total=None, expected=each)
            for window in windows
        ]

    def take(self, page: Node, name: str) -> bool:
        """Add a page of results, and tell whether another page follows.

        `name`: GitHub's name for people. Raises NoAnswerError if results are missing or come twice,
        and TypeError or another error about the shape for a page of another shape.
        """
        read = page_of(page, name, len(self.nodes), self.cursors)
        self.total = read.total
        self.nodes.extend(read.nodes)
        if read.after is not None:
            self.cursors.append(read.after)
            return True
        if len({node["id"] for node in self.nodes}) < len(self.nodes):
            raise NoAnswerError(f"{name} gave the same result twice.")
        return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Some searches that are asked in one request, each with the number of results to ask for.

    `size`: the limit for all these numbers together, for each of the two weights.
    """

    size: int
    pages: Sequence[tuple[Search, int]]

    @property
    def searches(self) -> list[Search]:
        return [search for search, _ in self.pages]

    @property
    def variables(self) -> Mapping[str, Any]:
        return dict(self._variables())

    def _variables(self) -> Iterator[tuple[str, Any]]:
        for at, (search, first) in enumerate(self.pages):
            yield f"query{at}", search.query
            yield f"first{at}", first
            yield f"after{at}", search.cursors[-1]


def work_query(kinds: Sequence[Kind], names: Sequence[str] = ()) -> str:
    """Return the GraphQL query for one search of each of these kinds, and for places by name.

    The searches come back as `a0`, `a1` and so on. Their texts, sizes and cursors are the variables
    `query0`, `first0`, `after0` and so on. `names`: as in `place_fields`.
    """
    numbered = list(enumerate(kinds))
    variables = [
        f"$query{at}: String!, $first{at}: Int!, $after{at}: String" for at in range(len(kinds))
    ]
    given = ", ".join([*variables, *([declared(names)] if names else [])])
    asked = "\n".join(
        f"  a{at}: search(type: {kind.type}, query: $query{at}, first: $first{at}, "
        f"after: $after{at}) {{ ...{kind.fragment} }}"
        for at, kind in numbered
    )
    fragments = "".join(_FRAGMENTS[name] for name in sorted({kind.fragment for kind in kinds}))
    fields = "\n".join([asked, *([place_fields(names)] if names else [])])
    return f"query ({given}) {{\n  rateLimit {{ cost }}\n{fields}\n}}{fragments}{_AUTHOR_AND_PLACE}"


# https://docs.github.com/en/graphql/reference/objects#pullrequestreview
# `authorCanPushToRepository` speaks of today. `isMinimized`: hidden, for example as spam.
_REVIEW = """
        url submittedAt state isMinimized authorCanPushToRepository
        author { ...Author }"""
# https://docs.github.com/en/issues/using-labels-and-milestones-to-track-work/managing-labels
# An issue, a pull request or a discussion has at most 100 labels: a page has them all.
_LABELS = "labels(first: 100) { nodes { name } }"
_FRAGMENTS = {
    "Pulls": f"""
fragment Pulls on SearchResultItemConnection {{
  total: issueCount
  pageInfo {{ hasNextPage endCursor }}
  nodes {{ ... on PullRequest {{
    id url title mergedAt baseRefName headRefName isCrossRepository
    author {{ ...Author }}
    mergedBy {{ ...Author }}
    repository {{ ...Where }}
    {_LABELS}
    reviews(first: 50) {{
      total: totalCount
      pageInfo {{ hasNextPage }}
      nodes {{{_REVIEW}
      }}
    }}
  }} }}
}}""",
    "Issues": f"""
fragment Issues on SearchResultItemConnection {{
  total: issueCount
  pageInfo {{ hasNextPage endCursor }}
  nodes {{ ... on Issue {{
    id url title closedAt stateReason
    author {{ ...Author }}
    repository {{ ...Where }}
    {_LABELS}
    closings: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {{ nodes {{ ... on ClosedEvent {{
      actor {{ ...Author }}
      closer {{
        __typename
        ... on PullRequest {{ url }}
        ... on Commit {{ author {{ user {{ ...Author }} }} }}
      }}
    }} }} }}
  }} }}
}}""",
    "Discussions": f"""
fragment Discussions on SearchResultItemConnection {{
  total: discussionCount
  pageInfo {{ hasNextPage endCursor }}
  nodes {{ ... on Discussion {{
    id url title answerChosenAt
    author {{ ...Author }}
    answerChosenBy {{ ...Author }}
    answer {{ url author {{ ...Author }} }}
    repository {{ ...Where }}
    {_LABELS}
  }} }}
}}""",
}
AUTHOR = """
fragment Author on Actor {
  __typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
}
"""
# https://docs.github.com/en/graphql/reference/objects#repository
# A repository without any branch has no default branch.
_AUTHOR_AND_PLACE = f"""{AUTHOR}fragment Where on Repository {{
  nameWithOwner isFork isPrivate defaultBranchRef {{ name }}
}}
"""

REVIEWS_QUERY = f"""
query ($id: ID!, $reviewsAsked: Boolean!, $reviewsAfter: String) {{
  rateLimit {{ cost }}
  node(id: $id) {{ ... on PullRequest {{
    reviews(first: 100, after: $reviewsAfter) @include(if: $reviewsAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{{_REVIEW}
      }}
    }}
  }} }}
}}
{AUTHOR}"""
