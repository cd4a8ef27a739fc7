"""The thread of an issue or pull request as GitHub shows it: its text, labels and comments."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """One comment of the thread; `ours` if the account that runs us wrote it.

    `author`: a login as REST writes it; None where the account is gone. `written`: when, in UTC.
    `reactions`: ours; None where GitHub did not tell.
    """

    id: int
    url: str
    body: str
    author: str | None
    ours: bool
    written: datetime | None = None
    reactions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue or pull request as it is now, whatever it was when the event happened.

    `author`: a login as REST writes it; None where the account is gone. `labels`: in small letters,
    since GitHub knows no difference. `touched`: when it was opened, edited or reopened last, in
    UTC; None where GitHub did not tell.
    """

    title: str
    body: str
    author: str | None
    open: bool
    labels: tuple[str, ...]
    touched: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """`comments`: oldest first. `missing`: labels of ours that the repository lacks, if known."""

    issue: Issue
    comments: tuple[Comment, ...]
    missing: tuple[str, ...] = ()
