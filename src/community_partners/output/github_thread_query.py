"""An issue's thread in one question to GraphQL: its text, labels, comments, and what of it is ours.

One request where REST needs three and the question who we are; `viewerDidAuthor` answers that for
each comment. What is not wholly there is no answer: REST is asked then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError
from .conversation import Comment, Issue, Thread
from .github_answers import Json, OddAnswerError, object_in, text_in
from .github_authorship import Authorship
from .github_labels import LABELS

_ALIASES = {f"label{at}": name for at, name in enumerate(LABELS)}
_LABELS = "\n".join(
    f'    {alias}: label(name: "{name}") {{ id }}' for alias, name in _ALIASES.items()
)
_ANY = (
    "id title body author { __typename login } labels(first: 100) { nodes { id name } } "
    "createdAt lastEditedAt "
    "comments(first: 100, after: $after) { ...Talk }"
)
_ISSUE = "acts: timelineItems(last: 1, itemTypes: REOPENED_EVENT) { nodes { ...Act } }"
# A commit is pushed when its author's clock says, or later: GitHub shows no other moment.
_PULL = (
    "acts: timelineItems(last: 1, itemTypes: [REOPENED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, "
    "PULL_REQUEST_REVIEW]) { nodes { ...Act } } "
    "commits(last: 1) { nodes { commit { committedDate } } }"
)
_REACTIONS = {"THUMBS_UP": "+1", "THUMBS_DOWN": "-1", "CONFUSED": "confused"}
# `fullDatabaseId`, since comments have outgrown `databaseId`.
THREAD_QUERY = f"""
query ($owner: String!, $name: String!, $number: Int!, $after: String) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
{_LABELS}
    issue: issueOrPullRequest(number: $number) {{
      ... on Issue {{ issueState: state {_ANY} {_ISSUE} }}
      ... on PullRequest {{ pullState: state {_ANY} {_PULL} }}
    }}
  }}
}}
fragment Act on Node {{
  ... on ReopenedEvent {{ createdAt }}
  ... on HeadRefForcePushedEvent {{ createdAt }}
  ... on PullRequestReview {{ createdAt }}
}}
fragment Talk on IssueCommentConnection {{
  pageInfo {{ hasNextPage endCursor }}
  nodes {{
    fullDatabaseId url body createdAt viewerDidAuthor author {{ __typename login }}
    reactionGroups {{ content viewerHasReacted }}
  }}
}}
"""
LABELS_QUERY = """
mutation ($issue: ID!, $add: [ID!]!, $remove: [ID!]!) {
  addLabelsToLabelable(input: {labelableId: $issue, labelIds: $add}) { clientMutationId }
  removeLabelsFromLabelable(input: {labelableId: $issue, labelIds: $remove}) { clientMutationId }
}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """`issue`: its id for GraphQL; `labels`: ids by name, of ours and of those on the issue."""

    thread: Thread
    issue: str
    labels: Mapping[str, str]


def ask_thread(
    github: GraphQL, repository: str, number: int, authorship: Authorship
) -> Found | None:
    """All of it, every page of comments; None where the answer is not whole."""
    owner, _, name = repository.partition("/")
    asked = {"owner": owner, "name": name, "number": number}
    try:
        pages = list(_pages(github, asked))
        return _found(pages, authorship)
    except (NoAnswerError, OddAnswerError, LookupError, TypeError, ValueError):
        return None


def change_labels(
    github: GraphQL, found: Found, add: tuple[str, ...], remove: tuple[str, ...]
) -> bool:
    """Labels on and off in one request, others left alone. False where that was not all done."""
    try:
        ids = {
            "add": [found.labels[one] for one in add],
            "remove": [found.labels[one] for one in remove],
        }
        reply = github.ask(LABELS_QUERY, {"issue": found.issue, **ids})
    except (NoAnswerError, KeyError):
        return False
    return not reply.errors and None not in reply.data.values()


def _pages(github: GraphQL, asked: Mapping[str, Any]) -> Iterator[Json]:
    """The repository, once for each page of comments."""
    after = None
    while True:
        reply = github.ask(THREAD_QUERY, {**asked, "after": after})
        if reply.errors:
            raise OddAnswerError
        yield object_in(reply.data["repository"], issue=dict)
        page = reply.data["repository"]["issue"]["comments"]["pageInfo"]
        if not page["hasNextPage"] or page["endCursor"] == after:
            return
        after = page["endCursor"]


def _found(pages: list[Json], authorship: Authorship) -> Found:
    first, issue = pages[0], pages[0]["issue"]
    known = {name: first[alias]["id"] for alias, name in _ALIASES.items() if first[alias]}
    labels = {one["name"]: one["id"] for one in issue["labels"]["nodes"]}
    nodes = [one for page in pages for one in page["issue"]["comments"]["nodes"]]
    comments = [_comment(one, authorship) for one in nodes]
    thread = Thread(
        issue=Issue(
            title=text_in(issue, "title"),
            body=text_in(issue, "body"),
            author=_rest_login(issue["author"]),
            open=issue.get("issueState", issue.get("pullState")) == "OPEN",
            labels=tuple(labels),
            touched=_touched(issue),
        ),
        comments=tuple(sorted(comments, key=lambda one: one.id)),
        missing=tuple(name for name in LABELS if name not in known),
    )
    return Found(thread=thread, issue=object_in(issue, id=str)["id"], labels={**known, **labels})


def _comment(data: Any, authorship: Authorship) -> Comment:
    one = object_in(data, url=str, body=str, viewerDidAuthor=bool)
    login = _rest_login(one["author"])
    return Comment(
        id=int(one["fullDatabaseId"]),
        url=one["url"],
        body=text_in(one, "body"),
        author=login,
        ours=authorship.ours({**one, "user": login and {"login": login}}),
        written=datetime.fromisoformat(one["createdAt"]),
        reactions=frozenset(
            _REACTIONS.get(group["content"], group["content"])
            for group in one["reactionGroups"] or ()
            if group["viewerHasReacted"]
        ),
    )


def _touched(issue: Json) -> datetime:
    """What people do to it, but for comments; `updatedAt` moves with our own writing as well."""
    acts = [one["createdAt"] for one in issue["acts"]["nodes"]]
    commits = issue["commits"]["nodes"] if "commits" in issue else ()
    pushed = [one["commit"]["committedDate"] for one in commits]
    moments = [issue["createdAt"], issue["lastEditedAt"], *acts, *pushed]
    return max(datetime.fromisoformat(one) for one in moments if one)


def _rest_login(author: Json | None) -> str | None:
    """As REST writes it: a bot's ends in `[bot]`, which no person's can."""
    if author is None:
        return None
    return str(author["login"]) + ("[bot]" if author["__typename"] == "Bot" else "")
