"""Read all that waits in a repository once for a run: applications with their threads, proposals.

The list shows enough of each thread to tell whether something is due, so a day on which nothing is
due costs the list alone. Each due application asks only for its own state; what this run
has seen or closed since the list was read counts, and not the list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from typing import Self

from ..errors import UserError
from ..hidden_line import our_comments
from ..model.application import LABEL
from ..model.funnel import WaitingFile, WaitingThread
from ..model.thread import Issue, Thread
from ..wire.answers import Clock, decoding, integer
from ..wire.graphql import GraphQL, read_pages
from ..wire.judgment import NoAnswerError
from .applications import CLOSED, LISTS, PULL, Node, Others, known_pull, lately, others_in
from .rest import GitHubRepository
from .thread_query import ACT, LISTED_ISSUE, LISTED_PULL, listed_thread


class WaitingList:
    """The open applications of a repository. `threads`: as the list showed them, by number."""

    def __init__(self, threads: Sequence[WaitingThread], others: Others) -> None:
        self.threads = threads
        self._others = others
        self._files: Sequence[WaitingFile] | None = None
        self._changed: set[int] = set()

    @classmethod
    def read(
        cls,
        graphql: GraphQL,
        repository: GitHubRepository,
        clock: Clock,
        is_application: Callable[[str], bool] = lambda _: False,
    ) -> Self:
        """Read the list. Raises UserError with a sentence.

        A run that failed may have left a new application without its label. So the newest open
        issues are listed too, if `is_application` takes their text for one, and each pull request
        that changes a file of an application.
        """
        owner, _, name = repository.name.partition("/")
        asked = {"owner": owner, "name": name, "lately": lately(clock)}
        try:
            with decoding(graphql.name):
                pages = read_pages(graphql, WAITING_QUERY, asked, LISTS, within="repository")
                if pages.first["repository"] is None:
                    raise NoAnswerError(f"{graphql.name} shows no repository {repository.name}.")
                listed = (one for kind in LISTS for one in pages.nodes[kind])
                number = integer(pages.first["repository"]["databaseId"])
                found = [_waiting(one, repository, number) for one in listed]
                recent = pages.first["repository"]["recent"]["nodes"]
                found += [_missed(one) for one in recent if is_application(one["body"] or "")]
                others = others_in(graphql, repository.name, pages)
        except NoAnswerError as error:
            raise UserError(f"{error} So no application was looked at; run it again.") from None
        by_number = {one.number: one for one in reversed(found) if one}  # the label's list counts
        return cls([by_number[number] for number in sorted(by_number)], others)

    @property
    def others(self) -> Others:
        """All that waits, as is known now; the files are read when they are first needed."""
        return replace(self._others, files=self._read_files)

    @property
    def as_listed(self) -> Mapping[int, Thread]:
        """The threads that are as the list showed them, as far as this run knows, by number."""
        shown = (one for one in self.threads if one.number not in self._changed)
        return {one.number: one.thread for one in shown if one.thread}

    def decided(self) -> Mapping[int, date]:
        """Return the day since which each verdict says the same, by the number of its thread.

        A thread that the list does not show whole is left out.
        """
        known = ((one.number, _decided(one.thread)) for one in self.threads if one.thread)
        return {number: day for number, day in known if day}

    def note(self, number: int, issue: Issue) -> None:
        """Replace what the list says of a thread by what was read, or done, since then."""
        self._changed.add(number)
        issues = [one for one in self._others.issues if one.number != number]
        pulls = [one for one in self._others.pulls if one.number != number or issue.open]
        known = [one for one in self._others.issues if one.number == number]
        if issue.open and LABEL in issue.labels:
            issues += [replace(one, body=issue.body) for one in known]
        self._others = replace(self._others, issues=issues, pulls=pulls)

    def _read_files(self) -> Sequence[WaitingFile]:
        """Return the files in pull requests that are open still. Raises NoAnswerError."""
        if self._files is None:
            self._files = self._others.files()
        still = {one.number for one in self._others.pulls}
        return [one for one in self._files if one.number in still]


def _decided(thread: Thread) -> date | None:
    """Return the day of our first verdict, or of the last notice that it changed."""
    ours = (*our_comments(thread, "verdict")[:1], *our_comments(thread, "notice"))
    written = [comment.written for comment, _ in ours if comment.written]
    return max(written).astimezone(UTC).date() if written else None


def _waiting(node: Node, repository: GitHubRepository, number: int) -> WaitingThread | None:
    """Return an application; None for any other pull request, and for our own proposal."""
    pull = "headRefOid" in node
    if not _is_labeled(node) and not (pull and known_pull(node).adds_application):
        return None
    thread = listed_thread(node, number, repository.authorship)
    return WaitingThread(number=integer(node["number"]), pull=pull, thread=thread)


def _missed(node: Node) -> WaitingThread:
    """Return an issue whose text is a form; its thread is read when it is looked after."""
    return WaitingThread(number=integer(node["number"]), pull=False, thread=None)


def _is_labeled(node: Node) -> bool:
    return LABEL in {one["name"].casefold() for one in node["labels"]["nodes"]}


# 50 a page: with the texts of up to 30 comments each, 100 may take GitHub longer than 10 seconds.
# https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
WAITING_QUERY = f"""
query (
  $owner: String!, $name: String!, $lately: DateTime!
  $issuesAsked: Boolean!, $issuesAfter: String, $pullsAsked: Boolean!, $pullsAfter: String
) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    databaseId
    issues(
      first: 50, after: $issuesAfter, states: [OPEN], labels: ["{LABEL}"]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $issuesAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ number url {LISTED_ISSUE} }}
    }}
{CLOSED}
    recent: issues(
      first: 100, states: [OPEN], orderBy: {{field: CREATED_AT, direction: DESC}}
    ) @include(if: $issuesAsked) {{
      nodes {{ number body }}
    }}
    pulls: pullRequests(
      first: 50, after: $pullsAfter, states: [OPEN]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $pullsAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...Pull {LISTED_PULL} }}
    }}
  }}
}}
{PULL}{ACT}"""
