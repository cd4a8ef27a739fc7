"""Open, edit and close our own pull requests, with their branch, file and commit status.

Each pull request is opened once, then edited in place. The order of the writes makes it safe to
stop after any of them: a second run does the rest.

https://docs.github.com/en/rest/commits/statuses
The latest status of a context counts, so writing the same status again changes nothing.
"""

import re
from collections.abc import Sequence

from github import GithubException

from ..errors import UserError
from ..hidden_line import same_text
from ..model.changes import EditPull, MakeBranch, OpenPull, PullChange, PutFile, SetStatus, TellPull
from ..model.commit_status import NO_APPLICATION, CommitStatus
from ..model.file import File
from ..model.funnel import STATUS, KnownPull
from ..model.pull_request import OwnPull
from .branch_rules import LEAVE_OUT, RuleError
from .commits import MovedError, commit_files, make_branch, move_branch
from .rest import GitHubRepository, make_one, sentences
from .rest_answers import Json, maybe_text_in, object_in, repository_in, text_in
from .thread import GitHubComments

_REMEDIES = {
    403: "The workflow needs the permission `pull-requests: write`.",
    404: "Check the repository and the permission `pull-requests: write`.",
    422: "Check that both branches are there and differ.",
}
_NOT_ALLOWED = "not permitted to create or approve pull requests"
_ALLOW = (
    "This repository does not let workflows open pull requests. Switch on Settings > Actions > "
    "General > Workflow permissions > `Allow GitHub Actions to create and approve pull requests` "
    "(an organization's settings may have to allow that first), then run it again."
)


def open_pull(repository: GitHubRepository, pull: OwnPull, *, new: bool = False) -> str:
    """Open our pull request or edit the open one, and return its address.

    After the call, title and description are those of `pull`. If `pull.commit` is set, this commit
    gets the status "no application". `new`: the caller has looked, and no such pull request is
    open. Raises UserError with a sentence; a second run does the rest and opens no second pull
    request.
    """
    with sentences("opening the pull request", _REMEDIES):
        known = None if new else _find(repository, pull)
        found = known or make_one(
            lambda: _create(repository, pull), lambda: _find(repository, pull)
        )
        if found["title"] != pull.title or not same_text(maybe_text_in(found, "body"), pull.body):
            change = {"title": pull.title, "body": pull.body}
            _whole(repository.ask("PATCH", f"pulls/{found['number']}", change))
    if pull.commit:
        write_status(repository, pull.commit, NO_APPLICATION)
    return str(found["html_url"])


def settled_pull(repository: GitHubRepository, pull: OwnPull) -> str | None:
    """Return the address of the branch's last pull request, if that one is closed or merged.

    None if the branch has no pull request, or an open one. Raises UserError with a sentence.
    """
    with sentences("looking for the pull request", _REMEDIES):
        found = _find(repository, pull, "all")
        settled = found is not None and _find(repository, pull) is None
        return str(found["html_url"]) if found and settled else None


def close_older(repository: GitHubRepository, pull: OwnPull, url: str) -> tuple[str, ...]:
    """Close our open pull requests for earlier months, and return the addresses of those it closed.

    Their branches are named like the branch of `pull`, with an earlier month at the end, such as
    `price-table-2026-01` for `price-table-2026-07`. `url`: the address of the new pull request;
    each closed one gets its number. A pull request that we closed before and a person reopened
    stays open. Raises UserError.
    """
    closed, why = [], f"Closed: #{url.rsplit('/', 1)[-1]} proposes a newer edition."
    with sentences("closing an older pull request", _REMEDIES):
        for one in list(
            map(_whole, repository.listed("pulls", {"state": "open", "base": pull.base}))
        ):
            mark, _, said = maybe_text_in(one, "body").partition("\n")
            mine = _is_older(one["head"], repository, pull) and repository.authorship.ours(one)
            if mine and not said.startswith("Closed: #"):
                change = {"state": "closed", "body": f"{mark}\n{why}\n\n{said}"}
                _whole(repository.ask("PATCH", f"pulls/{one['number']}", change))
                closed.append(str(one["html_url"]))
    return tuple(closed)


def _is_older(head: Json, repository: GitHubRepository, pull: OwnPull) -> bool:
    branch, ours = text_in(head, "ref"), repository_in(head) or ""
    kind = re.escape(pull.head.rsplit("-", 2)[0])
    named = re.compile(f"{kind}-[0-9]{{4}}-[0-9]{{2}}")
    same = ours.casefold() == repository.name.casefold() and named.fullmatch(branch)
    return bool(same) and branch < pull.head


def _find(repository: GitHubRepository, pull: OwnPull, state: str = "open") -> Json | None:
    """Return the pull request in this `state` between the two branches of `pull`, or None.

    GitHub ignores a `head` that it cannot read and lists all pull requests, so the branches of each
    are compared.
    """
    owner = repository.name.split("/")[0]
    asked = {"state": state, "head": f"{owner}:{pull.head}", "base": pull.base}
    for one in map(_whole, repository.listed("pulls", asked)):
        ours = (repository_in(one["head"]) or "").casefold() == repository.name.casefold()
        if ours and (one["head"].get("ref"), one["base"].get("ref")) == (pull.head, pull.base):
            return one
    return None


def _create(repository: GitHubRepository, pull: OwnPull) -> Json:
    new = {"base": pull.base, "head": pull.head, "title": pull.title, "body": pull.body}
    try:
        return _whole(repository.make("pulls", new))
    except GithubException as error:
        if _NOT_ALLOWED in str(error.data):
            raise UserError(_ALLOW) from None
        # Another run may have opened it: GitHub allows one pull request between two branches.
        found = _find(repository, pull) if error.status == 422 else None
        if found is None:
            raise
        return found


def _whole(pull: Json) -> Json:
    """Return the pull request as given. Raises OddAnswerError if a needed field is missing."""
    return object_in(pull, number=int, html_url=str, title=str, head=dict, base=dict)


_STATUS_REMEDIES = {403: "The workflow needs the permission `statuses: write`."}


def read_status(repository: GitHubRepository, commit: str) -> CommitStatus | None:
    """Return our latest status on a commit, or None if there is none. Raises UserError."""
    with sentences("reading the commit's status", _STATUS_REMEDIES):
        for one in repository.listed(f"commits/{commit}/statuses", {}):
            if one.get("context") == STATUS:
                return CommitStatus(
                    state=text_in(one, "state"),
                    description=maybe_text_in(one, "description"),
                    url=maybe_text_in(one, "target_url") or None,
                )
        return None


def write_status(
    repository: GitHubRepository, commit: str, status: CommitStatus, context: str = STATUS
) -> None:
    """Set our status on a commit, in one of our contexts. Raises UserError.

    A second status with the same content does no harm, so the request is retried after a server
    error.
    """
    body = {"state": status.state, "description": status.description, "context": context}
    if status.url:
        body["target_url"] = status.url
    with sentences("writing the commit's status", _STATUS_REMEDIES):
        object_in(repository.ask("POST", f"statuses/{commit}", body), state=str)


_PULL_REMEDIES = {
    403: "The workflow needs the permission `pull-requests: write`.",
    404: "Check the repository and the permission `pull-requests: write`.",
    422: "Its branch was deleted or overwritten: delete it, then run this again.",
}


def ours(repository: GitHubRepository, pulls: Sequence[KnownPull]) -> tuple[KnownPull, ...]:
    """Return the pull requests whose text our account wrote, with our hidden line at its start."""
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
    """Carry out the changes in order; return the address of the opened pull request, or None.

    A status without a commit is set on the commit of the last file that was written. Raises
    UserError with a sentence; a second run does the rest.
    """
    head, opened = None, None
    for write in writes:
        match write:
            case MakeBranch():
                _make_branch(repository, write)
            case PutFile():
                head = _put_file(repository, write)
            case OpenPull():
                opened = _open_proposal(repository, write)
            case EditPull():
                _edit(repository, write)
            case TellPull():
                with sentences(f"commenting on pull request #{write.number}", _PULL_REMEDIES):
                    GitHubComments(repository, write.number).post_once(write.kind, write.body)
            case SetStatus():
                write_status(repository, write.head or head or "", write.status)
    return opened


def _make_branch(repository: GitHubRepository, write: MakeBranch) -> None:
    if write.forced:
        move_branch(repository, write.name, write.head, force=True)
    else:
        make_branch(repository, write.name, write.head)


def _put_file(repository: GitHubRepository, write: PutFile) -> str:
    """Write one file to a branch as a commit, and return the id of this commit."""
    file = File(path=write.path, text=write.text)
    asked = (repository, write.branch, write.head, [file], write.message)
    try:
        return commit_files(*asked, new=write.new)
    except MovedError:
        raise UserError(
            f"Somebody else wrote to the branch {write.branch} at the same moment. Run it again."
        ) from None
    except RuleError as error:
        raise UserError(f"{error} {LEAVE_OUT}") from None


def _open_proposal(repository: GitHubRepository, write: OpenPull) -> str:
    pull = OwnPull(head=write.branch, base=write.base, title=write.title, body=write.body)
    return open_pull(repository, pull, new=True)


def _edit(repository: GitHubRepository, write: EditPull) -> None:
    change = {"title": write.title, "body": write.body, "state": write.state}
    with sentences(f"changing pull request #{write.number}", _PULL_REMEDIES):
        object_in(repository.ask("PATCH", f"pulls/{write.number}", change), number=int)
