"""Commit files to a branch of our own, beside the checkout's branch, for people to merge or not.

A branch that exists is left alone, because people may have added commits to it.
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

_LITERALLY = ("--literal-pathspecs",)  # a `*` in a path is no wildcard


def start_branch(git: Git, name: str, files: Sequence[File], message: str) -> str | None:
    """Push one commit on top of the checkout's as the branch `name`, and return that commit.

    If the branch exists, nothing is pushed: the result is the branch's last commit if we made it,
    such as in a run that was cut off, or None if others have added commits. `files`: paths from the
    repository's root. The checkout stays as it is. Raises UserError.
    """
    ours = RemoteBranch(remote=branch_of(git).remote, name=name)
    git = replace(git, options=(*_LITERALLY, *git.options, *identity(git)))
    if not ours.tip(git):
        clear(git)
        commit = _committed(git, files, message)
        match ours.overwrite(git, commit, known=""):
            case PushResult.DECLINED:
                raise UserError(f"The remote refuses pushes to {name}. {MAY_NOT_WRITE}")
            case PushResult.TAKEN | PushResult.KNOWN:
                return commit
            case PushResult.MOVED:
                pass  # somebody else made the branch meanwhile
    known = ours.fetch(git)
    return known if is_ours(git, known) else None


def path_in_repository(git: Git, path: str) -> str | None:
    """Return a file's path from the repository's root, with slashes.

    None if git does not track the file in this repository.
    """
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
