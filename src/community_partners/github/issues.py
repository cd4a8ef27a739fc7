"""Keep one issue for each month's digest, post notices in partners' issues, list open applications.

The callers decide what a text says. The code here looks for the text before it writes: after any
failure, a second run does the rest, and no text is posted twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..hidden_line import Memory, is_of_kind, same_text
from ..model.application import LABEL
from ..model.day import day_of
from ..model.funnel import OpenApplication
from ..model.verdict import DECISIONS
from .labels import make_label
from .rest import GitHubRepository, make_one, sentences
from .rest_answers import Json, is_open, maybe_text_in, object_in, text_in
from .thread import GitHubComments

_REMEDIES = {
    403: "The workflow needs the permission `issues: write`.",
    404: "Check the repository and the token's permissions.",
    410: "Switch issues on in the repository's settings.",
}
_GONE = "Check the number in the partner's record: there is no such issue any more."
_NOTICE_REMEDIES = {
    403: "Unlock it if it is locked; and the workflow needs the permission `issues: write`.",
    404: _GONE,
    410: _GONE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptIssue:
    """An issue that is created once and then edited, such as the digest of a month.

    `kind`: type and month, such as `digest 2026-10`; each kind has one issue. A later run searches
    the issues with the first label for our hidden line of this kind. `body`: Markdown, without the
    hidden line. `labels`: at least one; labels that the repository lacks are created.
    """

    kind: str
    title: str
    body: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The number of a kept issue, and its address."""

    number: int
    url: str


def keep_issue(repository: GitHubRepository, issue: KeptIssue) -> Kept:
    """Create or edit the one issue of this kind, and return which one it is.

    After the call, title and body are those of `issue`. A closed issue is edited and stays closed.
    Raises UserError with a sentence.
    """
    body = str(Memory(kind=issue.kind)) + issue.body
    with sentences(f"keeping the issue `{issue.title}`", _REMEDIES):
        found = _find(repository, issue)
        if found is None:
            for name in issue.labels:
                make_label(repository, name)
            new = {"title": issue.title, "body": body, "labels": list(issue.labels)}
            found = make_one(
                lambda: _whole(repository.make("issues", new)), lambda: _find(repository, issue)
            )
        if found.get("title") != issue.title or not same_text(maybe_text_in(found, "body"), body):
            change = {"title": issue.title, "body": body}
            _whole(repository.ask("PATCH", f"issues/{found['number']}", change))
        return Kept(number=found["number"], url=found["html_url"])


def tell_once(repository: GitHubRepository, number: int, kind: str, body: str) -> str | None:
    """Post a comment of this kind in an issue, unless we have posted one there before.

    Returns the address of the new comment, or None if nothing was posted. `kind`: such as `standing
    2026-10 at-risk`. Raises UserError with a sentence that names the issue.
    """
    with sentences(f"telling the partner in issue #{number}", _NOTICE_REMEDIES):
        return GitHubComments(repository, number).post_once(kind, body)


def close_issue(repository: GitHubRepository, number: int) -> bool:
    """Close an open issue as completed, and tell whether this call closed it.

    A pull request stays open. Raises UserError with a sentence.
    """
    with sentences(f"closing issue #{number}", _NOTICE_REMEDIES):
        issue = object_in(repository.ask("GET", f"issues/{number}"))
        if not is_open(issue) or "pull_request" in issue:
            return False
        closed = {"state": "closed", "state_reason": "completed"}
        object_in(repository.ask("PATCH", f"issues/{number}", closed), number=int)
        return True


def open_applications(repository: GitHubRepository) -> tuple[OpenApplication, ...]:
    """Return all open issues and pull requests with the label of an application, the oldest first.

    Raises UserError with a sentence.
    """
    with sentences("listing the applications", _REMEDIES):
        return tuple(map(_waiting, _issues(repository, LABEL, "open")))


def _find(repository: GitHubRepository, issue: KeptIssue) -> Json | None:
    """Return our oldest issue of this kind, open or closed; None if there is none."""
    for one in _issues(repository, issue.labels[0], "all"):
        if is_of_kind(maybe_text_in(one, "body"), issue.kind) and repository.authorship.ours(one):
            return one
    return None


def _issues(repository: GitHubRepository, label: str, state: str) -> Iterator[Json]:
    asked = {"labels": label, "state": state, "sort": "created", "direction": "asc"}
    return map(_whole, repository.listed("issues", asked))


def _whole(issue: Any) -> Json:
    """Return the issue as given. Raises OddAnswerError if a needed field is missing."""
    return object_in(issue, number=int, html_url=str, title=str, created_at=str, labels=list)


def _waiting(issue: Json) -> OpenApplication:
    names = {text_in(object_in(label), "name").casefold() for label in issue["labels"]}
    return OpenApplication(
        number=issue["number"],
        title=issue["title"],
        url=issue["html_url"],
        decision=next((name for name in DECISIONS if name in names), None),
        opened=day_of(issue["created_at"][:10]),
        pull="pull_request" in issue,
        body=maybe_text_in(issue, "body"),
    )
