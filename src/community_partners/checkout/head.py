"""Tell at which branch and commit the checkout is, and what its commit has.

The working tree is not looked at: a run that was cut off may have left files in it.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import UserError
from ..model.file import File
from .git import Git, cause

_REMOVED = "0 " + "0" * 40
# https://git-scm.com/docs/git-rev-parse
# One line for each, in this order, until one cannot be told.
_ASKED = ("--is-inside-work-tree", "--show-prefix", "HEAD", "--symbolic-full-name", "HEAD")


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The branch and the commit (40 hexadecimal digits) that a checkout is at.

    `remote`: the name of the remote that has the branch. `folder`: the path from the repository's
    root to the program's folder, such as `some/folder/`; empty at the root.
    """

    branch: str
    commit: str
    remote: str
    folder: str

    @property
    def tracking(self) -> str:
        """The ref that holds the remote's branch as of the last fetch; it may not exist."""
        return f"refs/remotes/{self.remote}/{self.branch}"

    def whole(self, files: Iterable[File]) -> tuple[File, ...]:
        """Return files of the program's folder with their paths from the repository's root."""
        return tuple(one.at(f"{self.folder}{one.path}") for one in files)


def head_of(git: Git) -> Head:
    """Return where the checkout is. Raises UserError with a sentence."""
    told = git.run("rev-parse", *_ASKED)
    inside, folder, commit, ref, *_ = (*told.stdout.split("\n"), *[""] * 4)
    if inside != "true":
        remedy = cause(told) or "Run it in a clone; in a workflow, after actions/checkout."
        raise UserError(f"{git.root} is in no checkout of a git repository. {remedy}")
    if told.returncode:
        branch = git.expect("find the branch", "symbolic-ref", "--short", "HEAD")
        raise UserError(f"The branch {branch} has no commit yet. Push a first one, then run again.")
    if ref == "HEAD":
        raise UserError(
            f"The checkout of {git.root} is on no branch (a detached HEAD, or an unfinished "
            "rebase). Check out the branch to publish to; actions/checkout takes it as `ref`."
        )
    branch = ref.removeprefix("refs/heads/")
    remote = git.run("config", f"branch.{branch}.remote").stdout.strip() or "origin"
    return Head(branch=branch, commit=commit, remote=remote, folder=folder)


def message_of_head(git: Git) -> str:
    """Return the message of the checkout's commit."""
    return git.expect("read the last commit", "log", "-1", "--format=%B")


def not_in_head(git: Git, files: Iterable[File]) -> tuple[File, ...]:
    """Return the files that the checkout's commit lacks or has with another content.

    A file to remove counts if the commit has it.
    """
    there = blobs(git, "HEAD")
    return tuple(one for one in files if one.blob != there.get(one.path))


def blobs(git: Git, commit: str) -> dict[str, str]:
    """Return git's blob ids of a commit's files below `git.root`, by path."""
    listed = git.expect("list the files", "ls-tree", "-r", "-z", commit).split("\0")
    entries = (one.partition("\t") for one in listed if one)
    return {path: about.split(" ")[2] for about, _, path in entries}


def tree_with(git: Git, files: Iterable[File]) -> str:
    """Return the id of the tree that the checkout's commit has with these files changed.

    Neither the index nor the working tree is touched.
    """
    with tempfile.TemporaryDirectory() as folder:
        aside = replace(git, extra={**git.extra, "GIT_INDEX_FILE": str(Path(folder, "index"))})
        aside.expect("read the commit", "read-tree", "HEAD")
        lines = (f"{f'100644 {one.blob}' if one.blob else _REMOVED}\t{one.path}\0" for one in files)
        aside.expect("list the changes", "update-index", "-z", "--index-info", given="".join(lines))
        return aside.expect("make the tree", "write-tree", "--missing-ok")


def is_published(git: Git, head: Head) -> bool:
    """Tell whether the remote had the checkout's commit when it was fetched last."""
    return git.succeeds("merge-base", "--is-ancestor", head.commit, head.tracking)


def top_of(git: Git) -> Git:
    """Return a Git for the root of the repository. Raises UserError outside of one."""
    head_of(git)
    return replace(git, root=Path(git.expect("find the root", "rev-parse", "--show-toplevel")))


def path_in_repository(git: Git, path: str) -> str | None:
    """Return a file's path from the repository's root, with slashes.

    None if git does not track the file in this repository.
    """
    asked = ("ls-files", "--full-name", "--error-unmatch", "-z", "--", path)
    listed = replace(git, options=("--literal-pathspecs", *git.options)).run(*asked)
    return listed.stdout.removesuffix("\0") if listed.returncode == 0 else None
