"""The open applications of a repository, and the branch and pull requests for one application.

Every application becomes a partner in the same way, from an issue or a pull request: a maintainer
merges a pull request that adds the application's file. This module holds facts only; the journeys
decide what to write.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .thread import Thread

FOLDER = "applications"
STATUS = "partners/verdict"  # the context of our commit status
IS_FILE = re.compile(rf"{FOLDER}/[^/]+\.yml").fullmatch
"""Tells whether a path from the program's folder is that of an application's file."""


def file_of(slug: str) -> str:
    """Return the path of an application's file, such as `applications/acme.yml`.

    The path has slashes on every system.
    """
    return f"{FOLDER}/{slug}.yml"


def branch_of(slug: str) -> str:
    """Return the name of our branch that adds the application's file: `application-acme`."""
    return f"application-{slug}"


class PullState(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    MERGED = "MERGED"


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPull:
    """A pull request of the repository, open or closed.

    `branch`, `head`: name and commit of the proposed branch; `fork`: the branch is in a fork.
    `base`: the branch to merge into. `author`: the login as REST writes it; None if the account was
    deleted. `by_us`: the account whose token we use opened the pull request. `files`: the first ten
    changed paths.
    """

    number: int
    url: str
    title: str
    body: str
    state: PullState
    branch: str
    head: str
    base: str
    fork: bool
    author: str | None
    by_us: bool
    files: tuple[str, ...]

    @property
    def for_issue(self) -> bool:
        """True if the branch has the name of a proposal for an issue, and is in this repository.

        A fork can have branches of any name, so its pull requests are never our proposal.
        """
        return not self.fork and self.branch.startswith(branch_of(""))

    @property
    def adds_application(self) -> bool:
        """True if it changes a file of an application, and is no proposal for an issue."""
        return not self.for_issue and any(map(IS_FILE, self.files))


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingIssue:
    """An issue with the label `application`.

    `body`: the filled form, or any other text. `closed`: the day in UTC; None if it is open.
    """

    number: int
    url: str
    body: str
    closed: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingFile:
    """An application's file in an open pull request.

    `text` None: GitHub does not show the whole text.
    """

    number: int
    url: str
    text: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownStatus:
    """The status that a commit has now. `state`: GitHub's word, such as `success`."""

    state: str
    description: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A branch, and the application's file on the branch.

    `head`: the branch's commit. `blob`, `text`: git's id and the content of the file. Both are None
    if the branch has no such file; only `text` is None if GitHub does not show the whole text.
    `status`: our status on `head`.
    """

    name: str
    head: str
    blob: str | None
    text: str | None
    status: KnownStatus | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Funnel:
    """All that the repository holds about the application whose file is `path`.

    `main`: the default branch. `ours`: our branch for this application; None if there is none.
    `pulls`: all open pull requests, and all pull requests, closed ones too, from a branch with the
    name of `ours`. `issues`, `files`: all waiting applications, this one and others.
    `closed`: the issues that were closed within twelve months, a hundred at most.
    """

    path: str
    main: Branch
    ours: Branch | None
    pulls: tuple[KnownPull, ...]
    issues: tuple[WaitingIssue, ...]
    files: tuple[WaitingFile, ...]
    closed: tuple[WaitingIssue, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingThread:
    """An open issue or pull request that is an application, or may be one without its label.

    `thread`: as the list of all of them showed it; None if the list did not show the whole thread.
    """

    number: int
    pull: bool
    thread: Thread | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeVerdict(KnownStatus):
    """The verdict on a merged commit, as its status tells. `day`: in UTC, when it was set."""

    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """The merged pull request that added an application's file.

    `blob`: git's id of the file at the pull request's `head`; None if the file is not there.
    `verdict`: our status on that commit; None without one.
    """

    pull: KnownPull
    blob: str | None
    verdict: MergeVerdict | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenApplication:
    """An open issue or pull request with an application.

    `decision`: the label of the verdict; None before the first verdict. `decided`: the day since
    which our verdict says the same; None if not known. `pull`: this is a pull request. `body`: the
    filled form, or any other text.
    """

    number: int
    title: str
    url: str
    decision: str | None
    opened: date
    decided: date | None = None
    pull: bool = False
    body: str = ""
