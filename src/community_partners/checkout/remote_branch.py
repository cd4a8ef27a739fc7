"""Push a branch of a remote, fetch it, and decide what git's answer to a push means."""

from dataclasses import dataclass
from enum import Enum, auto

from ..errors import UserError
from .git import Git, remedy

# Words of a remote that refuses a push because another push takes place at the same moment.
_RACES = ("cannot lock ref", "failed to update ref", "incorrect old value")


class PushResult(Enum):
    """The outcome of a push.

    TAKEN: the branch is at our commit now. KNOWN: the branch was there already. MOVED: the branch
    is not at the commit that we expected. DECLINED: the rules of the branch refuse the push.
    """

    TAKEN = auto()
    KNOWN = auto()
    MOVED = auto()
    DECLINED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteBranch:
    """A branch of a remote, such as `main` of `origin`."""

    remote: str
    name: str

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.name}"

    @property
    def tracking(self) -> str:
        """The ref that holds the branch as of the last fetch or push; this ref may not exist."""
        return f"refs/remotes/{self.remote}/{self.name}"

    def push(self, git: Git, commit: str) -> PushResult:
        """Push `commit` without force. Raises UserError if the remote could not be asked."""
        return self._push(git, commit)

    def overwrite(self, git: Git, commit: str, known: str) -> PushResult:
        """Push with lease: only if the branch is at `known`.

        `known=''` means that the branch must not exist. Raises UserError if the remote could not be
        asked.
        """
        return self._push(git, commit, f"--force-with-lease={self.ref}:{known}")

    def fetch(self, git: Git) -> str:
        """Fetch the branch, and return its last commit.

        The history comes along as far as the checkout has one (a shallow checkout stays shallow).
        """
        quiet = ("--quiet", "--no-tags", "--no-recurse-submodules")
        git.expect(f"fetch the branch {self.name}", "fetch", *quiet, self.remote, self.ref)
        return git.expect("read what it fetched", "rev-parse", "FETCH_HEAD")

    def tip(self, git: Git) -> str:
        """Return the last commit of the branch on the remote, without fetching it.

        The result is empty if there is no such branch.
        """
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
    """Return the meaning of one line of `git push --porcelain`."""
    if flag != "!":
        return PushResult.KNOWN if flag == "=" else PushResult.TAKEN
    if summary.startswith("[remote rejected]") and not any(race in summary for race in _RACES):
        return PushResult.DECLINED
    return PushResult.MOVED
