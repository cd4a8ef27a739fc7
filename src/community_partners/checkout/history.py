"""Read git's history: which files a push changed, and which commit changed a file last."""

from collections.abc import Iterator

from ..errors import UserError
from .git import Git


def changed_files(git: Git, before: str, after: str, kinds: str, folder: str) -> tuple[str, ...]:
    """Return the files directly in `folder` that changed from `before` to `after`.

    The paths are relative to `git.root`. `kinds`: git's letters for the kinds of change, such as
    `AM` for added and modified. Raises UserError if the checkout lacks one of the two commits.
    """
    options = ("--name-only", "-z", "--no-renames", "--relative", f"--diff-filter={kinds}")
    asked = ("diff", *options, before, after, "--", f"{folder}/")
    try:
        listed = git.expect("compare two commits", *asked)
    except UserError:
        for commit in (before, after):
            if not git.succeeds("cat-file", "-e", f"{commit}^{{commit}}"):
                raise UserError(
                    f"The checkout has no commit {commit[:12]}: give actions/checkout `fetch-depth:"
                    " 0`. After a push that was forced, name the files: `partners admit FILE`."
                ) from None
        raise
    return tuple(_within(folder, listed.split("\0")))


def last_commit(git: Git, path: str) -> str | None:
    """Return the last commit of the checked-out branch that changed a file, or None."""
    found = git.expect("read the history", "log", "-1", "--format=%H", "HEAD", "--", path)
    return found or None


def _within(folder: str, paths: list[str]) -> Iterator[str]:
    for path in paths:
        if path.startswith(f"{folder}/") and path.count("/") == folder.count("/") + 1:
            yield path
