"""Read all that waits in a repository once for a run: applications with their threads, proposals.

The list shows enough of each thread to tell whether something is due, so a day on which nothing is
due costs the list alone. Each due application asks only for its own state; what this run
has seen or closed since the list was read counts, and not the list.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from ..errors import UserError
from ..model.application import LABEL
from ..model.funnel import WaitingFile, WaitingThread
from ..model.thread import Issue
from ..wire.answers import decoding, integer
from ..wire.graphql import GraphQL, read_pages
from ..wire.judgment import NoAnswerError
from .applications import LISTS, PULL, Node, Others, others_in
from .rest import GitHubRepository
from .thread_query import ACT, LISTED_ISSUE, LISTED_PULL, listed_thread


class WaitingList:
    """The open applications of a repository. `threads`: as the list showed them, by number."""

    def __init__(self, threads: Sequence[WaitingThread], others: Others) -> None:
        self.threads = threads
        self._others = others
        self._files: Sequence[WaitingFile] | None = None

    @classmethod
    def read(cls, graphql: GraphQL, repository: GitHubRepository) -> Self:
        """Read the list. Raises UserError with a sentence."""
        owner, _, name = repository.name.partition("/")
        asked = {"owner": owner, "name": name}
        try:
            with decoding(graphql.name):
                pages = read_pages(graphql, WAITING_QUERY, asked, LISTS, within="repository")
                if pages.first["repository"] is None:
                    raise NoAnswerError(f"{graphql.name} shows no repository {repository.name}.")
                found = [_waiting(one, repository) for kind in LISTS for one in pages.nodes[kind]]
                others = others_in(graphql, repository.name, pages)
        except NoAnswerError as error:
            raise UserError(f"{error} So no application was looked at; run it again.") from None
        threads = sorted(filter(None, found), key=lambda one: one.number)
        return cls(threads, others)

    @property
    def others(self) -> Others:
        """All that waits, as is known now; the files are read when they are first needed."""
        return replace(self._others, files=self._read_files)

    def note(self, number: int, issue: Issue) -> None:
        """Replace what the list says of a thread by what was read, or done, since then."""
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


def _waiting(node: Node, repository: GitHubRepository) -> WaitingThread | None:
    """Return an application; None for a pull request without the label of applications."""
    if LABEL not in {one["name"].casefold() for one in node["labels"]["nodes"]}:
        return None
    thread = listed_thread(node, repository.authorship)
    return WaitingThread(number=integer(node["number"]), pull="headRefOid" in node, thread=thread)


# 50 a page: with the texts of up to 30 comments each, 100 may take GitHub longer than 10 seconds.
# https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
WAITING_QUERY = f"""
query (
  $owner: String!, $name: String!
  $issuesAsked: Boolean!, $issuesAfter: String, $pullsAsked: Boolean!, $pullsAfter: String
) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    issues(
      first: 50, after: $issuesAfter, states: [OPEN], labels: ["{LABEL}"]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $issuesAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ number url {LISTED_ISSUE} }}
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
