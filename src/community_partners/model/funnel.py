"""What a repository holds of applications: those that wait, and what is proposed for one of them.

An application goes the same way by either door: to be admitted, a pull request that adds its file
is merged. Facts only; what is ours among them, and what has to be written, is for others.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FOLDER = "applications"
STATUS = "partners/verdict"  # the context of our commit status


def file_of(slug: str) -> str:
    """`applications/acme.yml`, with a slash on every system."""
    return f"{FOLDER}/{slug}.yml"


def branch_of(slug: str) -> str:
    """The branch of ours that adds the file."""
    return f"application-{slug}"


class PullState(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    MERGED = "MERGED"


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPull:
    """`branch`, `head`: name and commit of its branch, of a fork if `fork`; `base`: its target.

    `author`: a login as REST writes it, None where the account is gone; `by_us`: the account whose
    token asked wrote it. `files`: paths, the first ten.
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
        """From a branch of ours, so it says what an issue says already."""
        return not self.fork and self.branch.startswith(branch_of(""))


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingIssue:
    """An open issue with an application's label; `body`: the filled form, or whatever it is."""

    number: int
    url: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingFile:
    """The file of an open pull request. `text`: None where GitHub does not show it whole."""

    number: int
    url: str
    text: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownStatus:
    """What a commit's status says: `state` in GitHub's words, such as `success`."""

    state: str
    description: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """`head`: its commit. `blob`, `text`: id and content of the application's file on it.

    `blob` None: there is no such file; only `text` None: GitHub does not show it whole.
    """

    name: str
    head: str
    blob: str | None
    text: str | None
    status: KnownStatus | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Funnel:
    """Around the application whose file is `path`. `main`: the default branch; `ours`: ours for it.

    `pulls`: all open ones, and all from a branch of that name.
    """

    path: str
    main: Branch
    ours: Branch | None
    pulls: tuple[KnownPull, ...]
    issues: tuple[WaitingIssue, ...]
    files: tuple[WaitingFile, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """The pull request that brought a file. `blob`: the file's id at its `head`, None without one.

    `verdict`: the state of the status that told one on that commit, such as `success`; or None.
    """

    pull: KnownPull
    blob: str | None
    verdict: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenApplication:
    """An issue or pull request that applies.

    `decision`: the label of its verdict, None before there is one.

    `pull`: it came by pull request. `body`: the filled form, or whatever it is.
    """

    number: int
    title: str
    url: str
    decision: str | None
    opened: date
    pull: bool = False
    body: str = ""
