"""What git says of files: which ones a push changed, and in which commit. It writes nothing."""

from collections.abc import Iterator

from ..errors import UserError
from .git import Git


def changed_files(git: Git, before: str, after: str, kinds: str, folder: str) -> tuple[str, ...]:
    """Paths, relative to git's folder, of files directly in `folder`. `kinds`: such as `AM`.

    Raises UserError where the checkout has not all of it.
    """
    for commit in (before, after):
        if not git.succeeds("cat-file", "-e", f"{commit}^{{commit}}"):
            raise UserError(
                f"The checkout has no commit {commit[:12]}: give actions/checkout `fetch-depth: 0`."
                " After a push that was forced, name the files: `partners admit FILE`."
            )
    options = ("--name-only", "-z", "--no-renames", "--relative", f"--diff-filter={kinds}")
    listed = git.expect("compare two commits", "diff", *options, before, after, "--", f"{folder}/")
    return tuple(_within(folder, listed.split("\0")))


def last_commit(git: Git, path: str) -> str | None:
    """The one that changed a file last, as the branch has it; None if none ever did."""
    found = git.expect("read the history", "log", "-1", "--format=%H", "HEAD", "--", path)
    return found or None


def _within(folder: str, paths: list[str]) -> Iterator[str]:
    for path in paths:
        if path.startswith(f"{folder}/") and path.count("/") == folder.count("/") + 1:
            yield path
