"""Make a second working tree inside .git, for work that must not touch people's working tree."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .git import Git

_FOLDER = "community-partners-rebase"


@contextmanager
def second_tree(git: Git) -> Iterator[Git]:
    """Yield a Git for a second working tree at HEAD, and remove this tree afterwards.

    `--force` is given twice: a run may have been killed while git made the tree, which git then
    locks.
    """
    path = _path(git)
    made = ("worktree", "add", "--force", "--force", "--detach", str(path), "HEAD")
    try:
        git.expect("make a second working tree", *made)
        yield replace(git, root=path)
    finally:
        _discard(git, path)


def clear(git: Git) -> None:
    """Remove the second working tree that a killed run has left."""
    path = _path(git)
    if path.exists():
        _discard(git, path)


def _path(git: Git) -> Path:
    return Path(git.expect("find .git", "rev-parse", "--absolute-git-dir")) / _FOLDER


def _discard(git: Git, path: Path) -> None:
    git.run("worktree", "remove", "--force", "--force", str(path))
    shutil.rmtree(path, ignore_errors=True)
