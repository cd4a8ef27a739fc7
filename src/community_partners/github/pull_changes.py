"""Read a pull request from GitHub: its data, the list of changed files, and one file as bytes.

The content is neither judged nor run here. Data of two different commits are never mixed: if
somebody pushed during the reading, the result is None.
"""

from base64 import b64decode
from urllib.parse import parse_qs, quote, urlsplit

from github import GithubException

from ..errors import UserError
from ..model.pull_request import MOST_LISTED, ChangedFile, FileAt, PullRequest
from ..wire.judgment import OddAnswerError
from .rest import GitHubRepository, sentences
from .rest_answers import (
    Json,
    is_open,
    login_in,
    maybe_text_in,
    object_in,
    repository_in,
    text_in,
)

_REMEDIES = {
    403: "The workflow needs the permissions `contents: read` and `pull-requests: read`.",
    404: "Check the repository and the pull request's number.",
}
_READING = "reading the pull request"


def read_pull(repository: GitHubRepository, number: int) -> PullRequest | None:
    """Return a pull request with its changed files, or None if somebody pushed during the reading.

    https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
    GitHub lists at most 3,000 files (`MOST_LISTED`); `whole` is False if the pull request changes
    more. `body` is None unless we wrote it. Raises UserError.
    """
    with sentences(_READING, _REMEDIES):
        told = _asked(repository, number)
        head, base = object_in(told["head"], sha=str), object_in(told["base"], repo=dict)
        listed = [object_in(one, filename=str, status=str) for one in _listed(repository, number)]
        commit = head["sha"]
        short = len(listed) < min(told["changed_files"], MOST_LISTED)
        if short or any(_commit(one) not in (commit, None) for one in listed):
            if read_head(repository, number) == commit:
                raise OddAnswerError
            return None
        return PullRequest(
            title=text_in(told, "title"),
            url=told["html_url"],
            open=is_open(told),
            author=login_in(told),
            base=text_in(base, "ref"),
            default_branch=text_in(base["repo"], "default_branch"),
            head=commit,
            fork=repository_in(head),
            labels=tuple(text_in(object_in(one), "name").casefold() for one in told["labels"]),
            files=tuple(map(_file, listed)),
            whole=len(listed) >= told["changed_files"],
            body=maybe_text_in(told, "body") if repository.authorship.ours(told) else None,
        )


def read_head(repository: GitHubRepository, number: int) -> str:
    """Return the commit that a pull request proposes now: 40 hexadecimal digits.

    Raises UserError with a sentence.
    """
    with sentences(_READING, _REMEDIES):
        return str(object_in(_asked(repository, number)["head"], sha=str)["sha"])


def read_file(repository: GitHubRepository, pull: PullRequest, file: ChangedFile) -> FileAt | None:
    """Return a file as it is in the pull request's commit, or None if GitHub has nothing there.

    https://docs.github.com/en/rest/repos/contents
    GitHub follows symbolic links, and sends the content of files up to 1 MB; for a larger file,
    `content` is empty. A fork shares its commits with the base repository, so the base is asked
    first, then the fork. Raises UserError, also if GitHub's list does not tell the file's blob id:
    nobody could tell then whether the content is the one that is proposed.
    """
    path = file.path
    if file.blob is None:
        raise UserError(
            f"GitHub does not tell which content of {path} is proposed, so the file could not be "
            "read. Run this again in a while."
        )
    with sentences(_READING, _REMEDIES):
        found = _content(repository, path, pull.head)
        if found is None and pull.fork and pull.fork.casefold() != repository.name.casefold():
            found = _content(repository.beside(pull.fork), path, pull.head)
        return found


def _asked(repository: GitHubRepository, number: int) -> Json:
    shape = {"html_url": str, "head": dict, "base": dict, "labels": list}
    return object_in(repository.ask("GET", f"pulls/{number}"), changed_files=int, **shape)


def _listed(repository: GitHubRepository, number: int) -> list[Json]:
    return list(repository.listed(f"pulls/{number}/files", {}))


def _commit(file: Json) -> str | None:
    """Return the commit of a listed file, from its `contents_url`; None for a removed file."""
    query = parse_qs(urlsplit(str(file.get("contents_url"))).query)
    return query.get("ref", [None])[0] if file["status"] != "removed" else None


def _file(file: Json) -> ChangedFile:
    return ChangedFile(
        path=text_in(file, "filename"),
        status=file["status"],
        previous=maybe_text_in({"previous_filename": None, **file}, "previous_filename") or None,
        blob=maybe_text_in(file, "sha") or None,
    )


def _content(of: GitHubRepository, path: str, commit: str) -> FileAt | None:
    try:
        answer = of.ask("GET", f"contents/{quote(path)}", query={"ref": commit})
    except GithubException as error:
        if error.status == 404:
            return None
        raise
    if isinstance(answer, list):
        for one in answer:
            object_in(one, type=str, path=str)
        return FileAt(kind="folder", size=0, content=b"")
    told = object_in(answer, type=str, size=int)
    content = _decoded(told) if told["type"] == "file" else b""
    return FileAt(kind=told["type"], size=told["size"], content=content)


def _decoded(file: Json) -> bytes:
    """Return the content of a file; nothing if GitHub sends none because the file is too large.

    https://docs.github.com/en/rest/repos/contents#get-repository-content
    Above 1 MB the content is empty, and `encoding` is `none`. Raises OddAnswerError or ValueError.
    """
    content = text_in(file, "content")
    match file.get("encoding"):
        case "base64":
            return b64decode("".join(content.split()), validate=True)
        case "none" if not content:
            return b""
    raise OddAnswerError
