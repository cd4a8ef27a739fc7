"""Bring the checkout forward to the branch as the remote has it.

The token is handed to this one `git fetch` in its environment and is written nowhere, so the
checkout needs no credentials of its own.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..errors import UserError
from ..model.file import File, blob_of
from .git import Git
from .head import Head, blobs

_LITERALLY = ("--literal-pathspecs",)  # a `*` in a path is no wildcard


def forward(git: Git, head: Head, ours: Iterable[File] = ()) -> None:
    """Fetch the branch of `head`, and move the checkout to its last commit.

    `ours`: files that a run may have written already. They are not in the way if they are as in
    that commit. What people changed in the checkout stays. Raises UserError if that is in the way,
    or if the checkout has commits that the remote has not.
    """
    tip = _fetch(git, head)
    if tip == head.commit:
        return
    again = f"`git fetch`, then `git reset --keep {head.remote}/{head.branch}`"
    if not git.succeeds("merge-base", "--is-ancestor", head.commit, tip):
        raise UserError(
            f"The checkout has commits that {head.branch} on GitHub has not, so nothing "
            f"was published. If they are yours, push them; else go to the branch: {again}. Then "
            "run it again."
        )
    _take_as_known(git, tip, ours)
    moved = ("checkout", "--quiet", "--no-track", "-B", head.branch, tip, "--")
    if not git.succeeds(*moved):
        raise UserError(
            f"The branch {head.branch} has moved, and changed files in the checkout are in the "
            "way. Commit them or put them away (`git status` names them), then run it again."
        )


def _fetch(git: Git, head: Head) -> str:
    """Fetch the branch, and return its last commit. A shallow checkout stays shallow."""
    quiet = ("--quiet", "--no-tags", "--no-recurse-submodules")
    refs = f"+refs/heads/{head.branch}:{head.tracking}"
    allowed = replace(git, extra={**git.extra, **_credentials(git)})
    allowed.expect(f"fetch the branch {head.branch}", "fetch", *quiet, head.remote, refs)
    return git.expect("read what it fetched", "rev-parse", head.tracking)


def _credentials(git: Git) -> Mapping[str, str]:
    """Return environment variables that let git use the token, for addresses of the server alone.

    https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader
    The empty value removes a header that actions/checkout may have kept: GitHub refuses two.
    https://git-scm.com/docs/git-config#ENVIRONMENT
    """
    if not git.token:
        return {}
    known = git.environ.get("GIT_CONFIG_COUNT", "")
    first = int(known) if re.fullmatch(r"[0-9]{1,9}", known) else 0
    secret = base64.b64encode(f"x-access-token:{git.token}".encode()).decode()
    key = f"http.{git.server}/.extraheader"
    return {
        "GIT_CONFIG_COUNT": str(first + 2),
        f"GIT_CONFIG_KEY_{first}": key,
        f"GIT_CONFIG_VALUE_{first}": "",
        f"GIT_CONFIG_KEY_{first + 1}": key,
        f"GIT_CONFIG_VALUE_{first + 1}": f"AUTHORIZATION: basic {secret}",
    }


def _take_as_known(git: Git, tip: str, ours: Iterable[File]) -> None:
    """Tell git that files on disk are those of the commit `tip`, where that is so."""
    git = replace(git, options=(*_LITERALLY, *git.options))
    there = blobs(git, tip)
    same = [one.path for one in ours if _on_disk(git, one.path) == there.get(one.path)]
    if same:
        asked = ("reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul", tip)
        git.expect("compare the files", *asked, given="\0".join(same))


def _on_disk(git: Git, path: str) -> str | None:
    file = git.root / path
    return blob_of(file.read_bytes()) if file.is_file() else None
