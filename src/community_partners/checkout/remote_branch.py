"""A branch of a remote: pushing to it and fetching it. Decides what an answer to a push means."""

from dataclasses import dataclass
from enum import Enum, auto

from ..errors import UserError
from .git import Git, remedy

# What a remote says when another push was faster by less than a second.
_RACES = ("cannot lock ref", "failed to update ref", "incorrect old value")


class PushResult(Enum):
    """Of a remote to a push. MOVED: the branch is not where we thought; DECLINED: for its rules."""

    TAKEN = auto()
    KNOWN = auto()
    MOVED = auto()
    DECLINED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteBranch:
    """Such as `main` of `origin`."""

    remote: str
    name: str

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.name}"

    @property
    def tracking(self) -> str:
        """Where git keeps what it last saw of it; there may be no such thing."""
        return f"refs/remotes/{self.remote}/{self.name}"

    def push(self, git: Git, commit: str) -> PushResult:
        """Without force. UserError where the remote could not be asked."""
        return self._push(git, commit)

    def overwrite(self, git: Git, commit: str, known: str) -> PushResult:
        """Only if it is at the commit `known`; an empty one: if there is no such branch."""
        return self._push(git, commit, f"--force-with-lease={self.ref}:{known}")

    def fetch(self, git: Git) -> str:
        """Its tip, which is here then, with its history as far as the checkout has one."""
        quiet = ("--quiet", "--no-tags", "--no-recurse-submodules")
        git.expect(f"fetch the branch {self.name}", "fetch", *quiet, self.remote, self.ref)
        return git.expect("read what it fetched", "rev-parse", "FETCH_HEAD")

    def tip(self, git: Git) -> str:
        """Its commit, without fetching it; empty if there is no such branch."""
        listed = git.expect("ask the remote", "ls-remote", self.remote, self.ref)
        return listed.split("\t")[0]

    def _push(self, git: Git, commit: str, *options: str) -> PushResult:
        plain = ("--porcelain", "--no-follow-tags", *options)
        ran = git.run("push", *plain, self.remote, f"{commit}:{self.ref}")
        lines = [line.split("\t") for line in ran.stdout.splitlines()]
        for flag, refs, summary in (line for line in lines if len(line) == 3):
            if refs.endswith(f":{self.ref}"):
                return _answer(flag, summary)
        raise UserError(f"git could not push. {remedy(ran, 'push')}")


def _answer(flag: str, summary: str) -> PushResult:
    """From a line of `git push --porcelain`."""
    if flag != "!":
        return PushResult.KNOWN if flag == "=" else PushResult.TAKEN
    if summary.startswith("[remote rejected]") and not any(race in summary for race in _RACES):
        return PushResult.DECLINED
    return PushResult.MOVED
