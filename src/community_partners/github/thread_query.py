"""Read the thread of an issue or pull request by one GraphQL query: text, labels, comments.

REST needs three requests for this, and one more for the account that we are; here `viewerDidAuthor`
tells which comments are ours. An incomplete answer counts as none, and the caller asks REST.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..model.thread import Comment, Issue, Thread
from ..wire.answers import big_integer, flag, integer, maybe, moment
from ..wire.graphql import GraphQL, GraphQLResult, next_cursor
from ..wire.judgment import ODD, NoAnswerError, OddAnswerError
from .labels import LABELS
from .names import rest_login_of
from .ours import Authorship
from .rest_answers import Json, object_in, text_in

_ALIASES = {f"label{at}": name for at, name in enumerate(LABELS)}
_LABELS = "\n".join(
    f'    {alias}: label(name: "{name}") {{ id }}' for alias, name in _ALIASES.items()
)
_ANY = (
    "id title body author { __typename login ... on User { databaseId } } "
    "labels(first: 100) { nodes { id name } } "
    "createdAt lastEditedAt"
)
_TALK = "comments(first: 100, after: $after) { ...Talk }"
_ISSUE = "acts: timelineItems(last: 1, itemTypes: REOPENED_EVENT) { nodes { ...Act } }"
# GitHub does not show when a commit was pushed, only the commit's date: the earliest possible time.
_PULL = (
    "acts: timelineItems(last: 1, itemTypes: [REOPENED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, "
    "PULL_REQUEST_REVIEW]) { nodes { ...Act } } "
    "commits(last: 1) { nodes { commit { committedDate } } }"
)
# https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
_NEAR = ("COLLABORATOR", "MEMBER", "OWNER")
_STATES = {"OPEN": True, "CLOSED": False, "MERGED": False}
_REACTIONS = {"THUMBS_UP": "+1", "THUMBS_DOWN": "-1", "CONFUSED": "confused"}
# `fullDatabaseId`: the numbers of new comments are too large for `databaseId`.
_SAID = (
    "id fullDatabaseId url body createdAt viewerDidAuthor authorAssociation "
    "editor { __typename login } "
    "author { __typename login ... on User { databaseId } }"
)
VARIABLES = "$number: Int!, $after: String"
THREAD = f"""
  thread: repository(owner: $owner, name: $name) {{
    id databaseId
{_LABELS}
    issue: issueOrPullRequest(number: $number) {{
      ... on Issue {{ issueState: state {_ANY} {_TALK} {_ISSUE} }}
      ... on PullRequest {{ pullState: state {_ANY} {_TALK} {_PULL} }}
    }}
  }}
"""
ACT = """
fragment Act on Node {
  ... on ReopenedEvent { createdAt }
  ... on HeadRefForcePushedEvent { createdAt }
  ... on PullRequestReview { createdAt }
}
"""
FRAGMENTS = f"""
fragment Talk on IssueCommentConnection {{
  pageInfo {{ hasNextPage endCursor }}
  nodes {{ {_SAID} reactionGroups {{ content viewerHasReacted }} }}
}}
{ACT}"""
THREAD_QUERY = f"""
query ($owner: String!, $name: String!, {VARIABLES}) {{
  rateLimit {{ cost }}
{THREAD}
}}
{FRAGMENTS}"""
LISTED_COMMENTS = 30
_SHORT = f"comments(first: {LISTED_COMMENTS}) {{ pageInfo {{ hasNextPage }} nodes {{ {_SAID} }} }}"
LISTED_ISSUE = f"issueState: state {_ANY} {_SHORT} {_ISSUE}"
LISTED_PULL = f"pullState: state {_ANY} {_SHORT} {_PULL}"
"""The fields of an issue and of a pull request in a list, for `listed_thread`; they need `ACT`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A thread with the GraphQL ids that a mutation needs.

    `repository`, `issue`: the id of the repository, and of the issue or pull request. `labels`: ids
    by name, of our labels and of the labels on the issue. `comments`: ids by the comment's number.
    """

    thread: Thread
    repository: str
    issue: str
    labels: Mapping[str, str]
    comments: Mapping[int, str]


def ask_thread(
    github: GraphQL,
    repository: str,
    number: int,
    authorship: Authorship,
    first: GraphQLResult | None = None,
) -> Found | None:
    """Return the thread with every page of comments, or None if the answer is incomplete.

    `first`: the reply with the first page, if the caller has it already.
    """
    owner, _, name = repository.partition("/")
    asked = {"owner": owner, "name": name, "number": number}
    try:
        pages = list(_pages(github, asked, first))
        return _found(pages, authorship)
    except (NoAnswerError, *ODD):
        return None


def _pages(
    github: GraphQL, asked: Mapping[str, Any], first: GraphQLResult | None
) -> Iterator[Json]:
    """Yield the repository's data, once for each page of comments."""
    reply = first
    cursors: list[str | None] = [None]
    while True:
        reply = reply or github.ask(THREAD_QUERY, {**asked, "after": cursors[-1]})
        if reply.errors:
            raise OddAnswerError
        yield object_in(reply.data["thread"], issue=dict)
        info = reply.data["thread"]["issue"]["comments"]["pageInfo"]
        after = next_cursor(info, github.name, cursors)
        if after is None:
            return
        reply = None
        cursors.append(after)


def _found(pages: list[Json], authorship: Authorship) -> Found:
    first, issue = pages[0], pages[0]["issue"]
    known = {
        name: first[alias]["id"] for alias, name in _ALIASES.items() if first[alias] is not None
    }
    labels = {one["name"].casefold(): one["id"] for one in issue["labels"]["nodes"]}
    nodes = [one for page in pages for one in page["issue"]["comments"]["nodes"]]
    missing = tuple(name for name in LABELS if name not in known)
    return Found(
        thread=_thread(issue, nodes, authorship, integer(first["databaseId"]), missing),
        repository=object_in(first, id=str)["id"],
        issue=object_in(issue, id=str)["id"],
        labels={**known, **labels},
        comments={
            big_integer(one["fullDatabaseId"]): object_in(one, id=str)["id"] for one in nodes
        },
    )


def listed_thread(node: Json, repository: int, authorship: Authorship) -> Thread | None:
    """Return a thread as a list shows it; None if the list does not show the whole thread.

    Then the caller reads the thread by itself. `repository`: its number. Not known are our
    reactions, and which labels the repository lacks.
    """
    try:
        said = node["comments"]
        whole = said["pageInfo"]["hasNextPage"] is False
        return _thread(node, said["nodes"], authorship, repository) if whole else None
    except (NoAnswerError, *ODD):
        return None


def _thread(
    issue: Json,
    nodes: Sequence[Json],
    authorship: Authorship,
    repository: int,
    missing: tuple[str, ...] = (),
) -> Thread:
    comments = [_comment(one, authorship) for one in nodes]
    return Thread(
        issue=Issue(
            title=text_in(issue, "title"),
            body=text_in(issue, "body"),
            author=maybe(rest_login_of, issue["author"]),
            open=_STATES[issue.get("issueState", issue.get("pullState"))],
            labels=tuple(one["name"].casefold() for one in issue["labels"]["nodes"]),
            by=maybe(_number, issue["author"]),
            touched=_touched(issue),
        ),
        comments=tuple(sorted(comments, key=lambda one: one.id)),
        missing=missing,
        repository=repository,
    )


def _comment(data: Any, authorship: Authorship) -> Comment:
    one = object_in(data, url=str, body=str, viewerDidAuthor=bool)
    login, editor = maybe(rest_login_of, one["author"]), maybe(rest_login_of, one["editor"])
    return Comment(
        id=big_integer(one["fullDatabaseId"]),
        url=one["url"],
        body=text_in(one, "body"),
        author=login,
        ours=authorship.ours({**one, "user": maybe(lambda known: {"login": known}, login)}),
        written=moment(one["createdAt"]),
        by=maybe(_number, one["author"]) if editor in (None, login) else None,
        near=one["authorAssociation"] in _NEAR,
        reactions=_reactions(one.get("reactionGroups")),
    )


def _number(author: Json) -> int | None:
    """Return the number of a person's account; None for a bot."""
    return integer(author["databaseId"]) if author["__typename"] == "User" else None


def _reactions(groups: list[Json] | None) -> frozenset[str] | None:
    """Return our own reactions in REST's words, such as `+1`; None if GitHub does not tell them."""
    if groups is None:
        return None
    given = (group["content"] for group in groups if flag(group["viewerHasReacted"]))
    return frozenset(_REACTIONS.get(one, one) for one in given)


def _touched(issue: Json) -> datetime:
    """Return when a person last acted on the issue or pull request, comments left out.

    The acts are opening, edits, reopening, pushes and reviews. GitHub's `updatedAt` is not used,
    because our own writing moves it as well.
    """
    acts = [one["createdAt"] for one in issue["acts"]["nodes"]]
    commits = issue["commits"]["nodes"] if "commits" in issue else ()
    pushed = [one["commit"]["committedDate"] for one in commits]
    moments = [issue["createdAt"], issue["lastEditedAt"], *acts, *pushed]
    return max(moment(one) for one in moments if one is not None)
