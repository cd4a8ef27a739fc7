"""Find the merged pull requests that brought a commit, and the verdict on each of them.

The caller names the commit that changed an application's file last. `evidence/merged.py` decides
whether we opened a pull request.
"""

from typing import Any

from ..model.evidence import Answer
from ..model.funnel import Merge, MergeVerdict, PullState
from ..wire.answers import Clock, answer, decoding, maybe, moment, text
from ..wire.graphql import GraphQL, refuse_errors
from ..wire.judgment import NoAnswerError
from .applications import MERGE_QUERY, context_of, known_pull

Node = dict[str, Any]


def merge_of(
    graphql: GraphQL, repository: str, commit: str, path: str, clock: Clock
) -> Answer[tuple[Merge, ...]]:
    """Return the pull requests that merged `commit` into the default branch, sorted by number.

    The tuple is empty if there is none. `path`: the application's file, from the repository's root.
    The answer is a failure if GitHub does not know the commit yet.
    """
    url = f"https://github.com/{repository}"
    return answer("GitHub", url, clock, lambda: _ask(graphql, repository, commit, path))


def _ask(graphql: GraphQL, repository: str, commit: str, path: str) -> tuple[Merge, ...]:
    owner, _, name = repository.partition("/")
    asked = {"owner": owner, "name": name, "commit": commit, "path": path}
    reply = graphql.ask(MERGE_QUERY, asked)
    refuse_errors(graphql, reply)
    with decoding(graphql.name):
        found = reply.data["repository"]
        if found["commit"] is None:
            raise NoAnswerError(f"GitHub does not know the commit {commit[:12]} yet.")
        main = found["defaultBranchRef"]["name"]
        merges = [_merge(node) for node in found["commit"]["associatedPullRequests"]["nodes"]]
    found_there = [
        one for one in merges if one.pull.state is PullState.MERGED and one.pull.base == main
    ]
    return tuple(sorted(found_there, key=lambda one: one.pull.number))


def _merge(node: Node) -> Merge:
    last = [one["commit"] for one in node["commits"]["nodes"]]
    pull = known_pull(node)
    head: Node = last[-1] if last else {"oid": None}
    if head["oid"] != pull.head:
        return Merge(pull=pull, blob=None, verdict=None)
    told = context_of(head["status"])
    # The status of a verdict links to its comment; the status "no application" has no link.
    verdict = None
    if told is not None and told["targetUrl"] is not None and text(told["targetUrl"]):
        verdict = MergeVerdict(
            state=text(told["state"]).lower(),
            description=maybe(text, told["description"]) or "",
            url=text(told["targetUrl"]),
            day=moment(told["createdAt"]).date(),
        )
    blob = maybe(lambda file: text(file["oid"]), head["file"])
    return Merge(pull=pull, blob=blob, verdict=verdict)
