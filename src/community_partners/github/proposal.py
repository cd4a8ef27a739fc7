"""Writes what a proposal lacks, by GitHub's REST. Decides nothing of its content.

In order, and safe to stop after any step: a second run finds what is there and adds the rest.
"""

import base64
from collections.abc import Sequence

from github import GithubException

from ..model.changes import EditPull, MakeBranch, OpenPull, PullChange, PutFile, SetStatus, TellPull
from ..model.funnel import KnownPull
from ..model.pull_request import OwnPull
from .comments import GitHubComments
from .pulls import open_pull, write_status
from .rest import GitHubRepository, sentences
from .rest_answers import object_in

_BRANCH_REMEDIES = {
    403: "The workflow needs the permission `contents: write`.",
    404: "Check the repository and the permission `contents: write`.",
    409: "Somebody else wrote to the branch at the same moment. Run it again.",
    422: "Run it again: another run may have made the branch at the same moment. If it stays so, "
    "check that no rule keeps branches named application-* from being made and written to.",
}


_PULL_REMEDIES = {
    403: "The workflow needs the permission `pull-requests: write`.",
    404: "Check the repository and the permission `pull-requests: write`.",
    422: "Its branch was deleted or overwritten: delete it, then run this again.",
}


_EXISTS = "already exists"


def ours(repository: GitHubRepository, pulls: Sequence[KnownPull]) -> tuple[KnownPull, ...]:
    """Those that begin as ours do, and that our account opened."""
    return tuple(
        pull
        for pull in pulls
        if repository.authorship.ours(
            {
                "user": pull.author and {"login": pull.author},
                "body": pull.body,
                "viewerDidAuthor": pull.by_us,
            }
        )
    )


def apply(repository: GitHubRepository, writes: Sequence[PullChange]) -> str | None:
    """Write, in order; the address of the pull request that was opened, if one was.

    Raises UserError with a sentence; a second run does the rest.
    """
    head, opened = None, None
    for write in writes:
        match write:
            case MakeBranch():
                _make_branch(repository, write)
            case PutFile():
                head = _put_file(repository, write)
            case OpenPull():
                opened = _open(repository, write)
            case EditPull():
                _edit(repository, write)
            case TellPull():
                with sentences(f"commenting on pull request #{write.number}", _PULL_REMEDIES):
                    GitHubComments(repository, write.number).post(write.body)
            case SetStatus():
                write_status(repository, write.head or head or "", write.status)
    return opened


def _make_branch(repository: GitHubRepository, write: MakeBranch) -> None:
    with sentences(f"making the branch {write.name}", _BRANCH_REMEDIES):
        if not write.forced:
            try:
                new = {"ref": f"refs/heads/{write.name}", "sha": write.head}
                repository.ask("POST", "git/refs", new)
                return
            except GithubException as error:
                if error.status != 422 or _EXISTS not in str(error.data):
                    raise
        # One that another run has written to meanwhile is ahead, and refuses.
        moved = {"sha": write.head, "force": write.forced}
        repository.ask("PATCH", f"git/refs/heads/{write.name}", moved)


def _put_file(repository: GitHubRepository, write: PutFile) -> str:
    """The commit's id."""
    content = base64.b64encode(write.text.encode()).decode()
    new = {"message": write.message, "content": content, "branch": write.branch}
    if write.replaces:
        new["sha"] = write.replaces
    with sentences(f"writing {write.path} to the branch {write.branch}", _BRANCH_REMEDIES):
        answer = object_in(repository.ask("PUT", f"contents/{write.path}", new), commit=dict)
        return str(object_in(answer["commit"], sha=str)["sha"])


def _open(repository: GitHubRepository, write: OpenPull) -> str:
    pull = OwnPull(head=write.branch, base=write.base, title=write.title, body=write.body)
    return open_pull(repository, pull, new=True)


def _edit(repository: GitHubRepository, write: EditPull) -> None:
    change = {"title": write.title, "body": write.body, "state": write.state}
    with sentences(f"changing pull request #{write.number}", _PULL_REMEDIES):
        object_in(repository.ask("PATCH", f"pulls/{write.number}", change), number=int)
