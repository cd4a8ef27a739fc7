"""Rebase the checkout's own commits onto another commit, without touching the checkout.

The rebase runs in a second working tree inside .git. So the checkout need not be clean, is never
left half rebased, and a rebase that a person has under way is not disturbed.
"""

from ..errors import UserError
from .git import Git
from .remote_branch import RemoteBranch
from .second_tree import second_tree


def rebased(git: Git, target: RemoteBranch, tip: str) -> str:
    """Rebase HEAD's own commits onto `tip`, and return the id of the new last commit.

    `tip`: fetched from `target`. If `tip` has these commits already, `tip` is returned. Raises
    UserError if the commits conflict. HEAD and the checkout stay as they are in any case.
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
