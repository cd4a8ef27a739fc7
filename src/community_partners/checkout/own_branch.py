"""Files on a branch of ours, beside the branch of the checkout, for people to merge or not.

Decides that a branch which is there is left alone: people may have added to it.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..errors import UserError
from ..model.file import File
from .files import write
from .git import MAY_NOT_WRITE, Git
from .publish import branch_of, identity, is_ours
from .remote_branch import PushResult, RemoteBranch
from .second_tree import clear, second_tree

_LITERALLY = ("--literal-pathspecs",)  # a path is a path, whatever stars are in it


def start_branch(git: Git, name: str, files: Sequence[File], message: str) -> str | None:
    """One commit on top of the checkout's, pushed as the branch `name` unless there is one.

    Gives that commit, also of a run that was cut off; None where others have added to the branch.
    `files`: paths from the repository's root. The checkout stays as it is. Raises UserError.
    """
    ours = RemoteBranch(remote=branch_of(git).remote, name=name)
    git = replace(git, options=(*_LITERALLY, *git.options, *identity(git)))
    if ours.tip(git):
        known = ours.fetch(git)
        return known if is_ours(git, known) else None
    clear(git)
    commit = _committed(git, files, message)
    if ours.overwrite(git, commit, known="") is PushResult.DECLINED:
        raise UserError(f"The remote refuses pushes to {name}. {MAY_NOT_WRITE}")
    return commit


def path_in_repository(git: Git, path: str) -> str | None:
    """From its root, with slashes; None for a file that is not of this repository."""
    git = replace(git, options=(*_LITERALLY, *git.options))
    listed = git.run("ls-files", "--full-name", "--error-unmatch", "-z", "--", path)
    return listed.stdout.removesuffix("\0") if listed.returncode == 0 else None


def _committed(git: Git, files: Sequence[File], message: str) -> str:
    with second_tree(git) as aside:
        write(aside.root, files)
        paths = [one.path for one in files]
        aside.expect("add the files", "add", "--", *paths)
        only = ("--quiet", "--cleanup=verbatim", "--file=-")
        aside.expect("commit the files", "commit", *only, given=message)
        return aside.expect("read the commit", "rev-parse", "HEAD")
