"""The thread of an issue or pull request: text, labels and comments, as GitHub shows them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """One comment of the thread.

    `author`: the login as REST writes it; None if the account was deleted. `ours`: the account
    whose token we use wrote the comment. `written`: the time of writing, in UTC. `reactions`: our
    own reactions to the comment; None if GitHub did not show them. `by`: the number of the author's
    account, if nobody else has edited the comment since; None if somebody has, or if GitHub did not
    show it. `near`: GitHub says that the author belongs to the repository or its owner, which is no
    right; it does not say so of everybody who does.
    """

    id: int
    url: str
    body: str
    author: str | None
    ours: bool
    written: datetime | None = None
    by: int | None = None
    near: bool = False
    reactions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue or pull request as it is now, which may differ from the event that started the run.

    `author`: the login as REST writes it; None if the account was deleted. `labels`: in lower case,
    since GitHub ignores case in labels. `by`: the number of the author's account; None if GitHub
    did not show it. `touched`: the last time the issue was opened, edited or
    reopened, in UTC; None if GitHub did not show it.
    """

    title: str
    body: str
    author: str | None
    open: bool
    labels: tuple[str, ...]
    by: int | None = None
    touched: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """An issue or pull request with its comments, the oldest first.

    `missing`: our labels that the repository does not have; empty if not known. `repository`: the
    number of the repository; None if GitHub did not show it.
    """

    issue: Issue
    comments: tuple[Comment, ...]
    missing: tuple[str, ...] = ()
    repository: int | None = None
