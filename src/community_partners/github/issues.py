"""Issues that the monthly run keeps, notices in others' issues, applications that wait.

Decides what is ours and there already, not what is said: whatever fails in between, a second run
does the rest, and nothing is ever there twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..hidden_line import Memory, is_of_kind, same_text
from ..model.application import LABEL
from ..model.funnel import OpenApplication
from ..model.verdict import DECISIONS
from .labels import make_label
from .rest import GitHubRepository, make_one, sentences
from .rest_answers import Json, OddAnswerError, object_in, text_in
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
    """One issue of its kind, such as `digest 2026-10`. `body`: Markdown, the marker not included.

    `labels`: at least one, by which it is found again; missing ones are made.
    """

    kind: str
    title: str
    body: str
    labels: tuple[str, ...]


def keep_issue(repository: GitHubRepository, issue: KeptIssue) -> str:
    """The address of the one issue of its kind, which says what `issue` says then.

    A closed one is edited and stays closed. Raises UserError with a sentence.
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
        if found.get("title") != issue.title or not same_text(text_in(found, "body"), body):
            change = {"title": issue.title, "body": body}
            _whole(repository.ask("PATCH", f"issues/{found['number']}", change))
        return str(found["html_url"])


def tell_once(repository: GitHubRepository, number: int, kind: str, body: str) -> str | None:
    """Posts a comment of this kind, such as `standing 2026-10 at-risk`, unless it is there already.

    Its address, if it was posted now. Raises UserError with a sentence that names the issue.
    """
    comments = GitHubComments(repository, number)
    with sentences(f"telling the partner in issue #{number}", _NOTICE_REMEDIES):
        if any(one.ours and is_of_kind(one.body, kind) for one in comments.read()):
            return None
        return comments.post(str(Memory(kind=kind)) + body)


def close_issue(repository: GitHubRepository, number: int) -> bool:
    """As completed, if it is open; whether it was. Raises UserError with a sentence."""
    with sentences(f"closing issue #{number}", _NOTICE_REMEDIES):
        issue = object_in(repository.ask("GET", f"issues/{number}"), state=str)
        if issue["state"] != "open" or "pull_request" in issue:
            return False
        closed = {"state": "closed", "state_reason": "completed"}
        object_in(repository.ask("PATCH", f"issues/{number}", closed), number=int)
        return True


def open_applications(repository: GitHubRepository) -> tuple[OpenApplication, ...]:
    """All that is open and has the label of an application, oldest first. Raises UserError."""
    with sentences("listing the applications", _REMEDIES):
        return tuple(map(_waiting, _issues(repository, LABEL, "open")))


def _find(repository: GitHubRepository, issue: KeptIssue) -> Json | None:
    """The first of that kind that is ours, in whatever state."""
    for one in _issues(repository, issue.labels[0], "all"):
        if is_of_kind(text_in(one, "body"), issue.kind) and repository.authorship.ours(one):
            return one
    return None


def _issues(repository: GitHubRepository, label: str, state: str) -> Iterator[Json]:
    asked = {"labels": label, "state": state, "sort": "created", "direction": "asc"}
    return map(_whole, repository.listed("issues", asked))


def _whole(issue: Any) -> Json:
    """An issue with what we rely on."""
    return object_in(issue, number=int, html_url=str, title=str, created_at=str, labels=list)


def _waiting(issue: Json) -> OpenApplication:
    names = {text_in(object_in(label), "name").casefold() for label in issue["labels"]}
    try:
        opened = date.fromisoformat(issue["created_at"][:10])
    except ValueError:
        raise OddAnswerError from None
    return OpenApplication(
        number=issue["number"],
        title=issue["title"],
        url=issue["html_url"],
        decision=next((name for name in DECISIONS if name in names), None),
        opened=opened,
        pull="pull_request" in issue,
        body=text_in(issue, "body"),
    )
