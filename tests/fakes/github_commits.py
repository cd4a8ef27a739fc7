"""GitHub's side of `createCommitOnBranch`."""

import base64
from typing import Any

from graphql import GraphQLError

from .github_rest import Rest
from .github_rules import ASKS, refuse
from .github_store import Node


def create_commit(rest: Rest, login: str, asked: Node) -> Node:
    """The commit, if the branch exists, its rules allow it, and it is at the commit expected."""
    branch, changes = asked["branch"], asked.get("fileChanges") or {}
    of = rest.repositories.get(branch["repositoryNameWithOwner"].casefold())
    if of is None:
        raise _error("NOT_FOUND", "Could not resolve to a Repository.")
    name = branch["branchName"].removeprefix("refs/heads/")
    tip = of.git.find(f"refs/heads/{name}")
    if tip is None:
        raise _error("NOT_FOUND", "Could not resolve to a Ref.")
    if broken := refuse(of, name):
        kind = "BRANCH_PROTECTION_RULE_VIOLATION" if broken.classic else "UNPROCESSABLE"
        raise _error(kind, f"Repository rule violations found\n\n{ASKS[broken.asks]} Hidden words.")
    expected = asked["expectedHeadOid"]
    if tip != expected:
        told = f'Expected branch to point to "{expected}" but it did not. Pull and try again.'
        raise _error("STALE_DATA", told)
    additions, deletions = changes.get("additions") or [], changes.get("deletions") or []
    paths = [one["path"] for one in (*additions, *deletions)]
    if len(paths) != len(set(paths)):
        raise _error("UNPROCESSABLE", "A path is named twice.")
    if gone := [one["path"] for one in deletions if of.git.find(f"{tip}:{one['path']}") is None]:
        raise _error(
            "UNPROCESSABLE", f"A path was requested for deletion that is not there: {gone}"
        )
    message = asked["message"]
    body = message.get("body")
    files: dict[str, bytes | None] = {one["path"]: None for one in deletions}
    for one in additions:
        files[one["path"]] = base64.b64decode(one["contents"], validate=True)
    said = f"{message['headline']}\n\n{body}" if body else message["headline"]
    made = of.git.commit_files(name, files, said, login)
    rest.moved(of, name)
    return {"commit": {"oid": made}}


def _error(kind: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": kind})


def commits(rest: Rest, login: str) -> Node:
    """The field of Mutation, for whoever `login` is."""

    def create(_: Any, input: Node) -> Node:  # noqa: A002
        return create_commit(rest, login, input)

    return {"createCommitOnBranch": create}
