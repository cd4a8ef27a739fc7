"""GitHub's side of GraphQL for the funnel: branches, files, pull requests as REST keeps them."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

from .github_graphql import connection
from .github_store import Node, Repository, actor, user

_MAIN = "main"
WEB_FLOW = "web-flow"
"""The committer of all commits in a fake repository: each came by the website, or by the API."""
_SILENT: Node = {
    "labels": lambda _, first: connection((), first, None),
    "comments": lambda _, first: connection((), first, None),
    "timelineItems": {"nodes": ()},
    "commits": {"nodes": ()},
    "createdAt": "2026-11-20T09:00:00Z",
}


def funnel(of: Repository, login: str, thread: Callable[[int], Node]) -> Node:
    """Fields of Repository, for whoever `login` is. `thread`: what an issue has as one."""

    def pulls(_: Any, first: int, after: str | None = None, **asked: Any) -> Node:
        found = [
            pull
            for pull in of.pulls
            if _state(pull) in asked["states"]
            and asked.get("headRefName") in (None, pull["head"]["ref"])
        ]
        page = connection(found, first, after)
        return {**page, "nodes": [_talked(of, one, login, thread) for one in page["nodes"]]}

    def issues(
        _: Any,
        first: int,
        after: str | None = None,
        labels: Any = (),
        filterBy: Node | None = None,  # noqa: N803
        **asked: Any,
    ) -> Node:
        found = [
            one
            for one in sorted(of.issues.values(), key=lambda one: one["created_at"])
            if one["state"].upper() in asked["states"]
            and "pull_request" not in one
            and {label["name"] for label in one["labels"]} >= set(labels)
            and one.get("closed_at", "9") >= (filterBy or {}).get("since", "")
        ]
        page = connection(found, first, after)
        nodes = [
            {
                "number": one["number"],
                "url": one["html_url"],
                "closedAt": one.get("closed_at"),
                **thread(one["number"]),
            }
            for one in page["nodes"]
        ]
        return {**page, "nodes": nodes}

    def ref(_: Any, qualifiedName: str) -> Node | None:  # noqa: N803
        head = of.git.find(qualifiedName)
        return {"name": qualifiedName, "target": _commit(of, head, login)} if head else None

    return {
        "defaultBranchRef": lambda _: ref(_, f"refs/heads/{_MAIN}") and _named(of, login),
        "object": lambda _, expression: _object(of, expression, login),
        "ref": ref,
        "issues": issues,
        "pullRequests": pulls,
    }


def _talked(of: Repository, pull: Node, login: str, thread: Callable[[int], Node]) -> Node:
    """A pull request with its conversation, which REST keeps where it keeps an issue's."""
    shown, number = _pull(of, pull, login), pull["number"]
    if number not in of.issues:
        return {**shown, **_SILENT, "id": f"PR_{number}"}
    kept = thread(number)
    return {**kept, **shown, "commits": kept["commits"]}


def _named(of: Repository, login: str) -> Node:
    head = of.git.git("rev-parse", f"refs/heads/{_MAIN}")
    return {"name": _MAIN, "target": _commit(of, head, login)}


def _object(of: Repository, expression: str, login: str) -> Node | None:
    revision, _, path = expression.partition(":")
    if path:
        return _proposed(of, revision, path) or of.git.blob(revision, path)
    head = of.git.find(revision)
    return _commit(of, head, login) if head else None


def _proposed(of: Repository, commit: str, path: str) -> Node | None:
    """A file of a pull request whose commits no repository has."""
    found = of.contents.get((commit, path))
    if found is None:
        return None
    text = b64decode(found["content"]).decode()
    return {"__typename": "Blob", "oid": found["sha"], "text": text, "isTruncated": False}


def _commit(of: Repository, oid: str, login: str) -> Node:
    def file(_: Any, path: str) -> Node | None:
        blob = of.git.blob(oid, path)
        return blob and {**blob, "object": blob}

    def history(
        _: Any,
        first: int,
        path: str,
        after: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Node:
        """The commits that changed the file, the newest first, as `git log` lists them."""
        bounds = [f"--{name}={at}" for name, at in (("since", since), ("until", until)) if at]
        changed = of.git.git("rev-list", *bounds, oid, "--", path)
        return connection([_commit(of, one, login) for one in changed.splitlines()], first, after)

    def associated(_: Any, first: int) -> Node:
        """Those that brought the commit in: by a merge, or as what they were merged to."""
        found = [
            _pull(of, pull, login)
            for pull in of.pulls
            if oid == pull.get("merge_commit_sha") or oid == pull["head"].get("sha")
        ]
        return connection(found, first, None)

    told = of.statuses.get(oid, [])
    return {
        "__typename": "Commit",
        "oid": oid,
        "committedDate": lambda _: of.git.git("show", "--no-patch", "--format=%cI", oid),
        "history": history,
        "status": {"context": lambda _, name: _context(told, name)} if told else None,
        "file": file,
        "associatedPullRequests": associated,
        "author": lambda _: {"user": _user(of, of.git.author(oid))},
        "committer": {"user": _user(of, WEB_FLOW)},
    }


def _user(of: Repository, login: str | None) -> Node | None:
    """The account of a commit's address; a bot has none there."""
    return None if login is None or login.endswith("[bot]") else actor(of, user(login))


def _context(told: list[Node], name: str) -> Node | None:
    """The latest one of that name counts."""
    for one in reversed(told):
        if one["context"] == name:
            url = one.get("target_url")
            return {
                "state": one["state"].upper(),
                "description": one.get("description"),
                "targetUrl": url,
                "createdAt": one.get("created_at", "2026-11-24T09:00:00Z"),
            }
    return None


def _state(pull: Node) -> str:
    return "MERGED" if pull.get("merged") else str(pull["state"]).upper()


def _pull(of: Repository, pull: Node, login: str) -> Node:
    source = (pull["head"]["repo"] or {}).get("full_name")
    author = pull["user"]
    shown = actor(of, author)
    return {
        "__typename": "PullRequest",
        "number": pull["number"],
        "url": pull["html_url"],
        "title": pull["title"],
        "body": pull.get("body") or "",
        "state": _state(pull),
        "headRefName": pull["head"]["ref"],
        "headRefOid": pull["head"].get("sha", "0" * 40),
        "baseRefName": pull["base"]["ref"],
        "isCrossRepository": source != of.name,
        "viewerDidAuthor": bool(author) and author["login"] == login,
        "author": shown,
        "mergedAt": pull.get("merged_at"),
        "mergedBy": actor(of, pull.get("merged_by")),
        "repository": {"nameWithOwner": of.name},
        "files": lambda _, first: connection(_files(of, pull), first, None),
        "commits": lambda _, last: {
            "nodes": [{"commit": _commit(of, pull["head"]["sha"], login)}][:last]
        },
    }


def _files(of: Repository, pull: Node) -> list[Node]:
    if pull["number"] in of.changes:
        return [{"path": one["filename"]} for one in of.changes[pull["number"]]]
    head = pull["head"].get("sha", "0" * 40)
    if of.git.find(f"{head}^{{commit}}") is None:
        return []
    base = of.git.git("merge-base", _MAIN, head)
    if pull.get("merged"):
        base = of.git.git("rev-parse", f"{head}^")
    return [{"path": one} for one in of.git.git("diff", "--name-only", base, head).splitlines()]
