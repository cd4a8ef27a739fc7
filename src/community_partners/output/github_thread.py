"""Reads and writes an issue's thread on GitHub, through PyGithub. Decides nothing of its content.

Reading is tried again when GitHub stumbles. Posting a comment is not: one that may have been stored
is looked for first. Errors are sentences with the remedy, never the server's words.
"""

import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import requests
from github import Auth, Github, GithubException, GithubRetry
from github.IssueComment import IssueComment
from github.Requester import Requester

from ..errors import UserError
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

ACTIONS_BOT = "github-actions[bot]"
NAME = "GitHub"
SERVER_ERROR = 500
_REMEDIES = {
    401: "The token is not valid: check GITHUB_TOKEN.",
    403: "The workflow needs the permission `issues: write`.",
    404: "Check the repository, the issue's number and the token's permissions.",
    410: "Switch issues on in the repository's settings.",
}


class GitHubThread:
    """One issue's thread. `labels` of the issue are taken from the event: they save a question."""

    def __init__(
        self, token: str, api_url: str, repository: str, number: int, meter: Meter, pace: Pace
    ) -> None:
        retry = GithubRetry(
            total=pace.tries - 1, backoff_factor=pace.backoff, max_rate_limit_wait=pace.longest_wait
        )
        self._token = token
        self._reader = _client(token, api_url, pace, retry)
        self._repository = self._reader.get_repo(repository)
        self._issue = self._repository.get_issue(number)
        once = _client(token, api_url, pace, None).get_repo(repository)
        self._issue_once = once.get_issue(number)
        _count_requests(meter)

    def read(self, labels: Sequence[str]) -> Thread:
        """All comments; and, before our first one, which of our labels the repository lacks."""
        with _sentences("reading the thread"):
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
            with _sentences("writing to the thread"):
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
        """Twice at most, and never again if the first one was stored after all."""
        try:
            return self._issue_once.create_comment(body).html_url
        except (GithubException, requests.RequestException) as error:
            if isinstance(error, GithubException) and error.status < SERVER_ERROR:
                raise
        stored = [one for one in self._comments() if one.ours and one.body.strip() == body.strip()]
        return stored[0].url if stored else self._issue_once.create_comment(body).html_url

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


class _Counter(logging.Handler):
    """PyGithub has no hook for requests, but writes one line of log for each."""

    def __init__(self, meter: Meter) -> None:
        super().__init__(logging.DEBUG)
        self._meter = meter

    def emit(self, record: logging.LogRecord) -> None:
        if " ==> " in record.getMessage():
            self._meter.requests[NAME] += 1


def _count_requests(meter: Meter) -> None:
    logger = logging.Logger("community_partners.github", logging.DEBUG)
    logger.addHandler(_Counter(meter))
    Requester.injectLogger(logger)


def _client(token: str, api_url: str, pace: Pace, retry: GithubRetry | None) -> Github:
    return Github(
        auth=Auth.Token(token),
        base_url=api_url,
        timeout=math.ceil(pace.timeout),
        retry=retry,
        per_page=100,
        seconds_between_requests=None,
        seconds_between_writes=None,
        user_agent="community-partners",
        lazy=True,
    )


def _marked(comment: IssueComment) -> bool:
    return comment.body.startswith("<!-- community-partners ")


def _author(comment: IssueComment) -> str:
    return comment.user.login.casefold() if comment.user else ""


@contextmanager
def _sentences(doing: str) -> Iterator[None]:
    """GitHub's refusals as sentences of ours: what a server says may hold a token."""
    try:
        yield
    except GithubException as error:
        remedy = _REMEDIES.get(error.status, "Run this again in a while.")
        raise UserError(f"{NAME} refused {doing} (HTTP {error.status}). {remedy}") from None
    except requests.RequestException as error:
        what = type(error).__name__
        raise UserError(f"{NAME} did not answer while {doing} ({what}). Run it again.") from None
