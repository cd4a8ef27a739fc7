"""Commit files to a branch by the API, and make, move and compare branches of our own.

https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch
GitHub signs such a commit. It is made only if the branch is at the commit that the files rest on.
If the answer is lost, the code looks whether the branch has our commit before it asks again.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote

from github import GithubException

from ..errors import UserError
from ..model.file import File
from ..model.publication import content_of, parts
from ..wire.judgment import NoAnswerError, code_of, tells_of_rights
from .branch_rules import RuleError, asked_in
from .rest import GitHubRepository, make_one, sentences
from .rest_answers import Json, object_in, text_in

COMMIT_QUERY = """
mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}
"""
TRIES = 3  # of the first commit on a branch that was just made
MAY_NOT_WRITE = (
    "The workflow needs the permission `contents: write`. A run for a pull request from a fork "
    "never gets it."
)
_REMEDIES = {
    403: MAY_NOT_WRITE,
    404: "Check the repository and the permission `contents: write`.",
    409: "Somebody else wrote to the branch at the same moment. Run it again.",
    422: "Another run may have made the branch at the same moment. Run it again.",
}
_EXISTS = "already exists"


class MovedError(Exception):
    """The branch is not at the commit that the files rest on, so nothing was committed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnBranch:
    """A branch of our own beside a commit of another branch.

    `ahead`: the number of its commits that the other commit's history has not; `ours`: only our
    account made them. `tip`: the last of them, or that other commit; `tree`, `message`: git's id of
    its files, and what it says.
    """

    tip: str
    message: str
    ahead: int
    tree: str
    ours: bool


def commit_files(
    repository: GitHubRepository,
    branch: str,
    head: str,
    files: Sequence[File],
    message: str,
    *,
    new: bool = False,
    pause: float = 1.0,
) -> str:
    """Commit files to `branch`, which is at the commit `head`; return the branch's new commit.

    `files`: paths from the repository's root; each differs from `head`. Many files take several
    commits, in order. `new`: the branch was just made, which GitHub may not know everywhere yet.
    `pause`: seconds between the tries. Raises MovedError, RuleError, or UserError with a sentence.
    """
    split = list(parts(files))
    title, _, body = message.partition("\n")
    for number, part in enumerate(split, 1):
        last = number == len(split)
        said = title if last else f"{title} (part {number} of {len(split)})"
        told = {"headline": said, "body": body.strip() if last else ""}
        changes = {
            "additions": [
                {"path": one.path, "contents": content_of(one)}
                for one in part
                if not one.is_removal
            ],
            "deletions": [{"path": one.path} for one in part if one.is_removal],
        }
        asked = {
            "branch": {"repositoryNameWithOwner": repository.name, "branchName": branch},
            "expectedHeadOid": head,
            "message": told,
            "fileChanges": changes,
        }
        head = _patiently(repository, branch, asked, TRIES if new else 1, pause)
    return head


def _patiently(
    repository: GitHubRepository, branch: str, asked: Json, tries: int, pause: float
) -> str:
    for _ in range(tries - 1):
        with suppress(MovedError):
            return _commit(repository, branch, asked)
        time.sleep(pause)
    return _commit(repository, branch, asked)


def _commit(repository: GitHubRepository, branch: str, asked: Json) -> str:
    with _refusals(f"the commit to the branch {branch}", branch):
        return make_one(
            lambda: _create(repository, branch, asked), lambda: _stored(repository, branch, asked)
        )


def _create(repository: GitHubRepository, branch: str, asked: Json) -> str:
    answer = object_in(repository.client.graphql(COMMIT_QUERY, {"input": asked}, once=True))
    errors = answer.get("errors")
    if isinstance(errors, list) and errors:
        raise _refusal(repository, branch, object_in(errors[0]))
    made = object_in(object_in(answer.get("data")).get("createCommitOnBranch"))
    return str(object_in(made.get("commit"), oid=str)["oid"])


def _stored(repository: GitHubRepository, branch: str, asked: Json) -> str | None:
    """Return the commit that was asked for if the branch has it, and nothing after it."""
    found = own_branch(repository, branch, asked["expectedHeadOid"])
    told = asked["message"]
    said = f"{told['headline']}\n\n{told['body']}".strip()
    same = found is not None and found.ahead == 1 and found.message.strip() == said
    return found.tip if found and same and found.ours else None


def _refusal(repository: GitHubRepository, branch: str, error: Json) -> Exception:
    """Return the exception for an error of GraphQL: its type decides, else its message."""
    kind, told = code_of(error), text_in(error, "message")
    if kind == "STALE_DATA":
        return MovedError()
    if tells_of_rights({kind}):
        return UserError(MAY_NOT_WRITE)
    if asks := asked_in(f"{kind} {told}"):
        return RuleError(branch, asks)
    if kind == "NOT_FOUND":
        return UserError(
            f"{repository.name} has no branch {branch}, or the token does not see it. Check the "
            "name of the branch and GITHUB_REPOSITORY."
        )
    return GithubException(422)


@contextmanager
def _refusals(doing: str, branch: str) -> Iterator[None]:
    """Turn refusals by GitHub into RuleError, if a rule of the branch refuses, else UserError."""
    with sentences(doing, _REMEDIES):
        try:
            yield
        except GithubException as error:
            asks = asked_in(str(error.data)) if error.status in (403, 409, 422) else None
            if asks is None:
                raise
            raise RuleError(branch, asks) from None


def make_branch(repository: GitHubRepository, name: str, head: str, *, force: bool = False) -> None:
    """Make the branch `name` at the commit `head`; one that exists is moved there.

    It is moved only if `head` has all of its commits, or by `force`. Raises RuleError, or UserError
    with a sentence.
    """
    with _refusals(f"making the branch {name}", name):
        try:
            repository.ask("POST", "git/refs", {"ref": f"refs/heads/{name}", "sha": head})
            return
        except GithubException as error:
            if error.status != 422 or _EXISTS not in str(error.data):
                raise
    move_branch(repository, name, head, force=force)


def move_branch(repository: GitHubRepository, name: str, head: str, *, force: bool) -> None:
    """Move the branch `name` to the commit `head`. Raises RuleError, or UserError with a sentence.

    Without `force`, GitHub refuses if another run has added commits to the branch.
    """
    with _refusals(f"moving the branch {name}", name):
        repository.ask("PATCH", f"git/refs/heads/{name}", {"sha": head, "force": force})


def replace_branch(
    repository: GitHubRepository, name: str, head: str, files: Sequence[File], message: str
) -> str:
    """Make our branch `name` anew, as commits of `files` on top of `head`; return its new commit.

    The commits are made on a branch beside it, and then the branch is moved once: GitHub closes a
    pull request whose branch is where its base is, if only for a moment, for good.
    """
    aside = f"{name}-next"
    make_branch(repository, aside, head, force=True)
    commit = commit_files(repository, aside, head, files, message, new=True)
    move_branch(repository, name, commit, force=True)
    with suppress(GithubException, NoAnswerError):
        repository.ask("DELETE", f"git/refs/heads/{aside}")  # a branch that is left does no harm
    return commit


def own_branch(repository: GitHubRepository, name: str, head: str) -> OwnBranch | None:
    """Compare our branch `name` with the commit `head`; None if there is no such branch.

    https://docs.github.com/en/rest/commits/commits#compare-two-commits
    Raises UserError with a sentence.
    """
    with sentences(f"reading the branch {name}", _REMEDIES):
        try:
            answer = repository.ask("GET", f"compare/{head}...{name}")
        except GithubException as error:
            if error.status == 404:
                return None
            raise
        found = object_in(answer, ahead_by=int, commits=list, base_commit=dict)
        commits = [object_in(one, sha=str, commit=dict) for one in found["commits"]]
        last = commits[-1] if commits else object_in(found["base_commit"], sha=str, commit=dict)
        commit = object_in(last["commit"], tree=dict, message=str)
        return OwnBranch(
            tip=last["sha"],
            message=text_in(commit, "message"),
            ahead=found["ahead_by"],
            tree=object_in(commit["tree"], sha=str)["sha"],
            ours=len(commits) == found["ahead_by"]
            and all(repository.authorship.by_us(one) for one in commits),
        )


def branch_head(repository: GitHubRepository, name: str) -> str:
    """Return the last commit of a branch. Raises UserError with a sentence."""
    with sentences(f"reading the branch {name}", _REMEDIES):
        answer = object_in(repository.ask("GET", f"git/ref/heads/{quote(name)}"), object=dict)
        return str(object_in(answer["object"], sha=str)["sha"])
