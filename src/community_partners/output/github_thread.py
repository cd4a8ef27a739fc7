"""Reads and writes an issue's thread on GitHub, through PyGithub. Decides nothing of its content.

Reading is tried again when GitHub stumbles. Posting a comment is not: one that may have been stored
is looked for first. Errors are sentences with the remedy, never the server's words.
"""

from collections.abc import Iterator, Sequence

from github.IssueComment import IssueComment

from ..wire.session import Meter, Pace
from .conversation import (
    LABELS,
    Comment,
    CreateLabel,
    EditComment,
    PostComment,
    SetLabels,
    Thread,
    Write,
    marked,
)
from .github_client import GitHubRepository, make_one, sentences

ACTIONS_BOT = "github-actions[bot]"
_REMEDIES = {
    403: "The workflow needs the permission `issues: write`.",
    404: "Check the repository, the issue's number and the token's permissions.",
    410: "Switch issues on in the repository's settings.",
}


class GitHubThread:
    """One issue's thread. `labels` of the issue are taken from the event: they save a question."""

    def __init__(
        self, token: str, api_url: str, repository: str, number: int, meter: Meter, pace: Pace
    ) -> None:
        there = GitHubRepository.connect(token, api_url, repository, meter, pace)
        self._token = token
        self._reader = there.client
        self._repository = there.patient
        self._issue = there.patient.get_issue(number)
        self._issue_once = there.once.get_issue(number)

    def read(self, labels: Sequence[str]) -> Thread:
        """All comments; and, before our first one, which of our labels the repository lacks."""
        with sentences("reading the thread", _REMEDIES):
            thread = Thread(comments=self._comments(), labels=tuple(labels))
            if marked(thread, "verdict"):
                return thread
            known = {label.name.casefold() for label in self._repository.get_labels()}
            missing = tuple(name for name in LABELS if name not in known)
            return Thread(comments=thread.comments, labels=thread.labels, missing=missing)

    def apply(self, writes: Sequence[Write]) -> str | None:
        """Write, in order; the address of the first comment that was posted, if one was.

        Raises UserError with a sentence; a second run does the rest.
        """
        posted: list[str] = []
        for write in writes:
            with sentences("writing to the thread", _REMEDIES):
                posted.extend(self._apply(write))
        return posted[0] if posted else None

    def _apply(self, write: Write) -> Iterator[str]:
        match write:
            case CreateLabel():
                color, description = LABELS[write.name]
                self._repository.create_label(write.name, color, description)
            case PostComment():
                yield self._post(write.body)
            case EditComment():
                url = f"{self._repository.url}/issues/comments/{write.id}"
                IssueComment(self._reader.requester, url=url).edit(write.body)
            case SetLabels():
                self._issue.set_labels(*write.names)

    def _post(self, body: str) -> str:
        """Its address; there is never a second one."""
        return make_one(
            lambda: self._issue_once.create_comment(body).html_url, lambda: self._stored(body)
        )

    def _stored(self, body: str) -> str | None:
        found = (one for one in self._comments() if one.ours and one.body.strip() == body.strip())
        return next((one.url for one in found), None)

    def _comments(self) -> tuple[Comment, ...]:
        found = list(self._issue.get_comments())
        me = self._me() if any(_marked(comment) for comment in found) else None
        return tuple(
            Comment(
                id=comment.id,
                url=comment.html_url,
                body=comment.body,
                ours=me is not None and _author(comment) == me.casefold(),
            )
            for comment in found
        )

    def _me(self) -> str:
        """Whose token it is; the one of a workflow may not ask, but it is always the same bot's."""
        return ACTIONS_BOT if self._token.startswith("ghs_") else self._reader.get_user().login


def _marked(comment: IssueComment) -> bool:
    return comment.body.startswith("<!-- community-partners ")


def _author(comment: IssueComment) -> str:
    return comment.user.login.casefold() if comment.user else ""
