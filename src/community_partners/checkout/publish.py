"""Commit files of a git checkout, and push the branch that the checkout is on.

Decides what becomes of the commit: nothing to do, pushed, or, if the branch is protected, pushed to
a branch of our own. Other people's changes stay as they are in the working tree, the index and the
remote. If a run is cut off anywhere, a second run does the rest: commits of the branch that were
not pushed yet are pushed along, as with any push.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from ..errors import UserError
from ..model.publication import Protected, Published, Pushed, UpToDate
from .git import MAY_NOT_WRITE, Git, cause
from .rebase import rebased
from .remote_branch import PushResult, RemoteBranch
from .second_tree import clear

TRIES = 5
BOT = "github-actions[bot]"
BOT_EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"


def publish(
    git: Git, paths: Sequence[str], message: str, fallback: str, *, pause: float = 2.0
) -> Published:
    """Commit `paths`, push them to the branch of the checkout, and return what became of them.

    `paths` are relative to `git.root`; a file that the last commit has but the disk has not is
    removed. `fallback`: a branch of our own, overwritten if the checkout's branch is protected.
    `pause`: seconds between tries. Raises UserError with a sentence; a second run does the rest.
    """
    target = branch_of(git)
    git = replace(git, options=(*git.options, *identity(git)))
    clear(git)
    if paths:
        _commit(git, paths, message)
    commit = git.expect("read the last commit", "rev-parse", "--verify", "HEAD")
    if git.succeeds("merge-base", "--is-ancestor", commit, target.tracking):
        return UpToDate(branch=target.name)
    for _ in range(TRIES):
        match target.push(git, commit):
            case PushResult.TAKEN:
                _follow(git, target, commit)
                return Pushed(branch=target.name, commit=commit)
            case PushResult.KNOWN:
                return UpToDate(branch=target.name)
            case PushResult.DECLINED:
                return _fall_back(git, target, commit, fallback)
        time.sleep(pause)
        tip = target.fetch(git)
        commit = rebased(git, target, tip)
        if commit == tip:
            _follow(git, target, commit)
            return UpToDate(branch=target.name)
    raise UserError(f"The branch {target.name} moved during each of {TRIES} tries. Run it again.")


def branch_of(git: Git) -> RemoteBranch:
    """Return the remote branch that the checkout is on. Raises UserError with a sentence."""
    inside = git.run("rev-parse", "--is-inside-work-tree")
    if inside.stdout.strip() != "true":
        remedy = cause(inside) or "Run it in a clone; in a workflow, after actions/checkout."
        raise UserError(f"{git.root} is in no checkout of a git repository. {remedy}")
    head = git.run("symbolic-ref", "--quiet", "HEAD")
    if head.returncode:
        raise UserError(
            f"The checkout of {git.root} is on no branch (a detached HEAD, or an unfinished "
            "rebase). Check out the branch to publish to; actions/checkout takes it as `ref`."
        )
    branch = head.stdout.strip().removeprefix("refs/heads/")
    remote = git.run("config", f"branch.{branch}.remote").stdout.strip() or "origin"
    if remote not in git.expect("list the remotes", "remote").splitlines():
        lacks = f"The repository of {git.root} has no remote {remote}."
        raise UserError(f"{lacks} Add one with `git remote add {remote}` and its address.")
    return RemoteBranch(remote=remote, name=branch)


def identity(git: Git) -> tuple[str, ...]:
    """Return git options that name the workflow's bot as author and committer.

    The options are empty if git has an author and a committer already.
    """
    ask = ("-c", "user.useConfigOnly=true", "var")
    if all(git.succeeds(*ask, f"GIT_{who}_IDENT") for who in ("AUTHOR", "COMMITTER")):
        return ()
    return ("-c", f"user.name={BOT}", "-c", f"user.email={BOT_EMAIL}")


def _commit(git: Git, paths: Sequence[str], message: str) -> None:
    """Commit only `paths`, whatever else is staged; make no commit if HEAD has them already.

    The paths are taken literally: a `*` is no wildcard.
    """
    git = replace(git, options=(*git.options, "--literal-pathspecs"))
    gone = _gone(git, paths)
    if present := [path for path in paths if path not in gone]:
        git.expect("add the files", "add", "--", *present)
    if gone:
        git.expect("take files out", "rm", "--cached", "--quiet", "--ignore-unmatch", "--", *gone)
    if not git.succeeds("diff", "--cached", "--quiet", "--", *paths):
        only = ("--quiet", "--only", "--cleanup=verbatim", "--file=-")
        git.expect("commit the files", "commit", *only, "--", *paths, given=message)


def _gone(git: Git, paths: Sequence[str]) -> set[str]:
    """Return the paths that are in the last commit but not on disk."""
    absent = [path for path in paths if not (git.root / path).exists()]
    known = git.run("ls-tree", "-z", "--name-only", "HEAD", "--", *absent) if absent else None
    return set(known.stdout.split("\0")).intersection(absent) if known else set()


def _follow(git: Git, target: RemoteBranch, commit: str) -> None:
    """Move the checkout to `commit`, and keep all that others changed in it, staged or not.

    git declines if such a change is in the way. Then the checkout stays where it is, and the next
    run finds that the commit is published.
    """
    git.run("checkout", "--quiet", "--no-track", "-B", target.name, commit, "--")


def _fall_back(git: Git, target: RemoteBranch, commit: str, fallback: str) -> Protected:
    """Push `commit` with lease to the branch `fallback`, unless that branch has the same files.

    So a second run changes nothing. Raises UserError if somebody else has committed to the branch,
    or the remote refuses the push.
    """
    ours = RemoteBranch(remote=target.remote, name=fallback)
    known = ours.tip(git)
    if known and git.succeeds("diff", "--quiet", ours.fetch(git), commit):
        return Protected(branch=target.name, fallback=fallback, commit=known)
    if known and not is_ours(git, known):
        raise UserError(
            f"Somebody else has committed to the branch {fallback}, and each run overwrites it. "
            "Merge its pull request, or delete the branch; then run it again."
        )
    match ours.overwrite(git, commit, known):
        case PushResult.DECLINED:
            refused = f"The remote refuses pushes to {target.name}, and to {fallback} as well."
            raise UserError(f"{refused} {MAY_NOT_WRITE}")
        case PushResult.MOVED:
            raise UserError(f"Somebody else writes to the branch {fallback}. Run it again.")
    return Protected(branch=target.name, fallback=fallback, commit=commit)


def is_ours(git: Git, commit: str) -> bool:
    """Tell whether the committer of `commit` has the same e-mail address as the committer here."""
    mine = git.expect("read who commits", "var", "GIT_COMMITTER_IDENT")
    theirs = git.expect("read who committed", "log", "-1", "--format=%ce", commit)
    return f" <{theirs}> " in mine
