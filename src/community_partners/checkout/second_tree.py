"""A second working tree inside .git, for what must not touch the one that people work in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from .git import Git

_FOLDER = "community-partners-rebase"


@contextmanager
def second_tree(git: Git) -> Iterator[Git]:
    """At HEAD, while it is needed. Forced twice: one may have been killed in the making."""
    path = _path(git)
    made = ("worktree", "add", "--force", "--force", "--detach", str(path), "HEAD")
    try:
        git.expect("make a second working tree", *made)
        yield replace(git, root=path)
    finally:
        _discard(git, path)


def clear(git: Git) -> None:
    """Remove what a run that was killed has left."""
    path = _path(git)
    if path.exists():
        _discard(git, path)


def _path(git: Git) -> Path:
    return Path(git.expect("find .git", "rev-parse", "--absolute-git-dir")) / _FOLDER


def _discard(git: Git, path: Path) -> None:
    git.run("worktree", "remove", "--force", "--force", str(path))
    shutil.rmtree(path, ignore_errors=True)
