"""Puts the checkout's own commits on top of another one, without touching the checkout.

The rebase is done in a working tree of its own, inside .git: it neither needs a clean checkout nor
leaves one half rebased, and a rebase that a person has under way is none of ours.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..errors import UserError
from .git import Git
from .remote_branch import RemoteBranch

_FOLDER = "community-partners-rebase"


def rebased(git: Git, target: RemoteBranch, tip: str) -> str:
    """HEAD's own commits on top of `tip`, fetched from `target`; `tip` if it has them already.

    Raises UserError where they conflict; HEAD and the checkout stay as they are in any case.
    """
    if not git.succeeds("merge-base", "HEAD", tip):
        raise UserError(f"The branch {target.name} has a new history. {_again(target)}")
    with _aside(git) as aside:
        if aside.succeeds("rebase", "--quiet", "--no-update-refs", tip):
            return aside.expect("read the rebased commit", "rev-parse", "HEAD")
        if aside.expect("list the conflicts", "ls-files", "--unmerged"):
            what = f"Somebody changed the same files on {target.name} meanwhile"
            raise UserError(f"{what}; nothing was published. {_again(target)}")
        raise UserError("git could not rebase. Run by hand, `git rebase` says why.")


def clear(git: Git) -> None:
    """Remove what a run that was killed has left."""
    path = _path(git)
    if path.exists():
        _discard(git, path)


def _again(target: RemoteBranch) -> str:
    return (
        "In a workflow, run it again: it starts from the new state. In a checkout that you keep, "
        f"go there first: `git fetch`, then `git reset --keep {target.remote}/{target.name}`."
    )


@contextmanager
def _aside(git: Git) -> Iterator[Git]:
    """Another working tree at HEAD. Forced twice: one may have been killed in the making."""
    path = _path(git)
    made = ("worktree", "add", "--force", "--force", "--detach", str(path), "HEAD")
    try:
        git.expect("make a second working tree", *made)
        yield replace(git, root=path)
    finally:
        _discard(git, path)


def _path(git: Git) -> Path:
    return Path(git.expect("find .git", "rev-parse", "--absolute-git-dir")) / _FOLDER


def _discard(git: Git, path: Path) -> None:
    git.run("worktree", "remove", "--force", "--force", str(path))
    shutil.rmtree(path, ignore_errors=True)
