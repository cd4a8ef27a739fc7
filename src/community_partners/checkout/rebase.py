"""Puts the checkout's own commits on top of another one, without touching the checkout.

The rebase is done in a working tree of its own, inside .git: it neither needs a clean checkout nor
leaves one half rebased, and a rebase that a person has under way is none of ours.
"""

from ..errors import UserError
from .git import Git
from .remote_branch import RemoteBranch
from .second_tree import second_tree


def rebased(git: Git, target: RemoteBranch, tip: str) -> str:
    """HEAD's own commits on top of `tip`, fetched from `target`; `tip` if it has them already.

    Raises UserError where they conflict; HEAD and the checkout stay as they are in any case.
    """
    if not git.succeeds("merge-base", "HEAD", tip):
        raise UserError(f"The branch {target.name} has a new history. {_again(target)}")
    with second_tree(git) as aside:
        if aside.succeeds("rebase", "--quiet", "--no-update-refs", tip):
            return aside.expect("read the rebased commit", "rev-parse", "HEAD")
        if aside.expect("list the conflicts", "ls-files", "--unmerged"):
            what = f"Somebody changed the same files on {target.name} meanwhile"
            raise UserError(f"{what}; nothing was published. {_again(target)}")
        raise UserError("git could not rebase. Run by hand, `git rebase` says why.")


def _again(target: RemoteBranch) -> str:
    return (
        "In a workflow, run it again: it starts from the new state. In a checkout that you keep, "
        f"go there first: `git fetch`, then `git reset --keep {target.remote}/{target.name}`."
    )
