"""A pull request as GitHub tells of it: what it changes, at which commit, whose it is.

Nothing of it is checked out: of all its files, the bytes of one are asked for.
"""

import hashlib
from dataclasses import dataclass

MOST_LISTED = 3000  # changed files that GitHub tells of, whatever their number


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedFile:
    """One entry of the list of changes.

    `status`: GitHub's word, such as `added`, `modified`, `removed` or `renamed`. `previous`: the
    path before a renaming. `blob`: git's id of the content, of a link's own text where it is one.
    """

    path: str
    status: str
    previous: str | None = None
    blob: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PullRequest:
    """`head`: the commit that it proposes, 40 hexadecimal digits, to which `files` belong.

    `author`: None where the account is gone. `fork`: where the commit comes from; None where that
    repository is gone. `body`: its text, if we opened it ourselves. `whole`: whether `files` are
    all that it changes.
    """

    title: str
    url: str
    open: bool
    author: str | None
    base: str
    default_branch: str
    head: str
    fork: str | None
    labels: tuple[str, ...]
    files: tuple[ChangedFile, ...]
    whole: bool = True
    body: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FileAt:
    """What stands at a path of a commit. `kind`: GitHub's word, `file` for what can be read.

    `size` in bytes; `content` is empty where it is too much for one answer.
    """

    kind: str
    size: int
    content: bytes

    @property
    def blob(self) -> str:
        """Git's id of these bytes."""
        head = b"blob %d\0" % len(self.content)
        return hashlib.sha1(head + self.content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPull:
    """Asks to bring the branch `head` into `base` of the same repository. `body`: Markdown.

    `commit`: the branch's own, for one that holds no application: no workflow starts on what a
    workflow proposes, and a rule of `base` may wait for our status.
    """

    head: str
    base: str
    title: str
    body: str
    commit: str | None = None
