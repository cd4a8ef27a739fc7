"""Ask GitHub for the commits that changed a repository's `.all-contributorsrc`, with its texts.

https://docs.github.com/en/graphql/reference/objects#commit
`history` with `path` has the commits of the default branch that changed the file, the newest first,
as `git log` lists them. Whoever makes a commit chooses its time. So the merge of its pull request
dates it, where there is one: GitHub tells that by its own clock.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from ..model.all_contributors import FILE, ListCommit
from ..model.contribution import Account
from ..wire.answers import decoding, flag, moment, text
from ..wire.graphql import GraphQL, nodes_of, page_of, refuse_errors
from ..wire.judgment import NoAnswerError
from .accounts import account_of
from .names import repository_name
from .places import place_variables, places_in
from .work_search import AUTHOR

Node = Mapping[str, Any]
COMMITS_AT_ONCE = 25
"""Commits on a page, each with its text: of Mautic's list, those of a year, and 1 MB."""
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_IS_FILE = {"Blob": True, "Tree": False}
# GitHub's own account, which commits for people on the website: https://github.com/web-flow
_WEB = "web-flow"


def list_commits(
    graphql: GraphQL, repository: str, since: date, branches: Sequence[str]
) -> tuple[ListCommit, ...]:
    """Return the commits since a day that changed the list, the newest first, and the one before.

    `repository`: `owner/name`. `branches`: patterns of branches that count besides the default one.
    Raises NoAnswerError if the answer is not whole, or if not everybody sees the repository.
    """
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    asked: dict[str, Any] = {
        **place_variables([repository]),
        "since": start.isoformat(),
        "until": (start - timedelta(seconds=1)).isoformat(),
        "first": COMMITS_AT_ONCE,
    }
    cursors: list[str | None] = [None]
    found: list[ListCommit] = []
    while True:
        try:
            place = _ask(graphql, repository, {**asked, "after": cursors[-1]})
        except NoAnswerError as error:
            if asked["first"] == 1 or not error.too_much:
                raise
            asked["first"] //= 2
            continue
        with decoding(graphql.name):
            if (main := place["defaultBranchRef"]) is None:
                return ()
            read = _Reader(repository_name(place["nameWithOwner"]), text(main["name"]), branches)
            page = page_of(main["target"]["since"], graphql.name, len(found), cursors)
            found += map(read.commit, page.nodes)
            if len({one.id for one in found}) < len(found):
                raise NoAnswerError(f"{graphql.name} gave the same commit twice.")
            if page.after is None:
                return (*found, *map(read.commit, nodes_of(main["target"]["before"])))
            cursors.append(page.after)


def _ask(graphql: GraphQL, repository: str, asked: Mapping[str, Any]) -> Node:
    """Return the repository with one page of its commits."""
    reply = graphql.ask(LIST_QUERY, asked)
    inside = tuple(error for error in reply.errors if len(error.path) > 1)
    refuse_errors(graphql, replace(reply, errors=inside))
    [place] = places_in(graphql, reply, [repository])
    if place.fault:
        raise NoAnswerError(place.fault, lasting=True)
    with decoding(graphql.name):
        found: Node = reply.data["p0"]
        return found


@dataclass(frozen=True)
class _Reader:
    """Reads commits of a repository. `main`: its default branch."""

    repository: str
    main: str
    branches: Sequence[str]

    def commit(self, node: Node) -> ListCommit:
        """Return a commit. Raises one of ODD for a node of another shape."""
        if not _COMMIT.fullmatch(node["oid"]):
            raise ValueError(node["oid"])
        committed, pushed_by = moment(node["committedDate"]), _pushed_by(node)
        merge = min(self._merges(node["associatedPullRequests"]), default=None, key=_at)
        blob = _blob(node["file"])
        return ListCommit(
            id=node["oid"],
            committed=committed,
            accepted=_at(merge) if merge else committed,
            by=account_of(merge["mergedBy"]) if merge else pushed_by,
            text=(text(blob["text"]) if blob["text"] is not None else "") if blob else None,
            whole=blob is None or (blob["text"] is not None and not flag(blob["isTruncated"])),
        )

    def _merges(self, pulls: Node | None) -> list[Node]:
        """Return the pull requests that brought a commit into a branch that counts."""
        return [
            pull
            for pull in (nodes_of(dict(pulls)) if pulls is not None else ())
            if pull["mergedAt"] is not None
            and repository_name(pull["repository"]["nameWithOwner"]) == self.repository
            and self._counts(text(pull["baseRefName"]))
        ]

    def _counts(self, branch: str) -> bool:
        return branch == self.main or any(fnmatchcase(branch, one) for one in self.branches)


def _at(pull: Node) -> datetime:
    return moment(pull["mergedAt"])


def _pushed_by(node: Node) -> Account | None:
    """Return who is shown to have pushed a commit without a pull request; None for nobody.

    A person's commit on the website is committed by GitHub itself.
    """
    committer, author = map(_account, (node["committer"], node["author"]))
    return author if committer is None or committer.login == _WEB else committer


def _account(actor: Node | None) -> Account | None:
    return account_of(actor["user"]) if actor is not None else None


def _blob(entry: Node | None) -> Node | None:
    """Return the file; None if there is none, or if a folder has its name."""
    if entry is None:
        return None
    found: Node = entry["object"]
    return found if _IS_FILE[found["__typename"]] else None


_CHANGE = f"""
fragment Change on Commit {{
  oid committedDate
  author {{ user {{ ...Author }} }}
  committer {{ user {{ ...Author }} }}
  associatedPullRequests(first: 10) {{ nodes {{
    mergedAt baseRefName repository {{ nameWithOwner }} mergedBy {{ ...Author }}
  }} }}
  file(path: "{FILE}") {{ object {{ __typename ... on Blob {{ text isTruncated }} }} }}
}}
{AUTHOR}"""
LIST_QUERY = f"""
query (
  $owner0: String!, $name0: String!, $since: GitTimestamp!, $until: GitTimestamp!,
  $first: Int!, $after: String
) {{
  rateLimit {{ cost }}
  p0: repository(owner: $owner0, name: $name0) {{
    nameWithOwner isPrivate isFork
    defaultBranchRef {{ name target {{ ... on Commit {{
      since: history(path: "{FILE}", since: $since, first: $first, after: $after) {{
        total: totalCount
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ...Change }}
      }}
      before: history(path: "{FILE}", until: $until, first: 1) {{ nodes {{ ...Change }} }}
    }} }} }}
  }}
}}
{_CHANGE}"""
