"""Run git in one folder: no shell, no prompts, a time limit, and errors as sentences of ours.

The output of git is searched for known causes, but never shown: an address in it may hold a token.
"""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import UserError

Ran = subprocess.CompletedProcess[str]
_MAY_NOT_READ = (
    "The token may not read the repository: the workflow needs the permission `contents: read` or "
    "`contents: write`."
)
_LATER = "The server did not answer, or has no such repository. Run it again in a while."
_NO_REMOTE = "The checkout's remote is no repository: `git remote --verbose` shows its address."
_CAUSES = (
    ("dubious ownership", "It is another user's: add its path to git's setting `safe.directory`."),
    ("index.lock", "Another git is at work there; if none is, delete index.lock in its .git."),
    ("could not read Username", _MAY_NOT_READ),
    ("Authentication failed", _MAY_NOT_READ),
    ("returned error: 403", _MAY_NOT_READ),
    ("Permission denied (publickey", _MAY_NOT_READ),
    ("does not appear to be a git repository", _NO_REMOTE),
    ("unable to access", _LATER),
    ("Could not read from remote", _LATER),
)
# A git hook sets these variables; they would make git work elsewhere than in `root`.
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Git:
    """Runs git in the folder `root`.

    `environ`: the environment of the process, for PATH, HOME and the like. `timeout`: seconds for
    each command. `options` stand before each command; `extra` variables are set for each.
    `token`: for `git fetch` from addresses of `server`, such as `https://github.com`.
    """

    root: Path
    environ: Mapping[str, str] = field(repr=False)
    timeout: float = 120.0
    options: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)
    server: str = ""
    token: str | None = field(default=None, repr=False)

    def run(self, *command: str, given: str = "") -> Ran:
        """Run a git command, and return its result, whatever its exit code.

        `given`: the command's input. Raises UserError if there is no git, or the time limit is
        over.
        """
        program = shutil.which("git", path=self.environ.get("PATH", ""))
        if program is None:
            raise UserError("There is no git on the PATH. Install it.")
        try:
            return subprocess.run(  # noqa: S603  no shell; what is not ours comes after options
                [program, "-C", str(self.root), *self.options, *command],
                env=self._environ(),
                input=given,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=self.timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            late = f"`git {command[0]}` did not end within {self.timeout:g} seconds."
            raise UserError(f"{late} Run it again.") from None

    def expect(self, doing: str, *command: str, given: str = "") -> str:
        """Run a git command, and return its output without the last newline.

        Raises UserError `git could not {doing}` if the command fails.
        """
        ran = self.run(*command, given=given)
        if ran.returncode:
            raise UserError(f"git could not {doing}. {remedy(ran, command[0])}")
        return ran.stdout.removesuffix("\n")

    def succeeds(self, *command: str) -> bool:
        """Tell whether a git command ends with exit code 0."""
        return self.run(*command).returncode == 0

    def prefix(self) -> str:
        """Return the path from the repository's root to `root`: `some/folder/`, or empty."""
        return self.expect("find the folder", "rev-parse", "--show-prefix")

    def _environ(self) -> dict[str, str]:
        """Return the environment for git, without prompts and with messages in English.

        Known causes of failure are told apart by these messages.
        """
        kept = {name: value for name, value in self.environ.items() if name not in _ELSEWHERE}
        return {**kept, **self.extra, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def remedy(ran: Ran, command: str) -> str:
    """Return a sentence on why a git command failed and what to do, or on how to find out."""
    return cause(ran) or f"Run by hand, `git {command}` says why."


def cause(ran: Ran) -> str | None:
    """Return a sentence on why a git command failed, if we know the cause; else None."""
    return next((sentence for words, sentence in _CAUSES if words in ran.stderr), None)
