"""Read from GitHub which applications wait in a repository, and what is proposed for one of them.

One query reads branches, issues and pull requests; if people's pull requests change application
files, more queries read these files. The package `intake` decides what the texts mean.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..model.evidence import Answer
from ..model.funnel import (
    FOLDER,
    STATUS,
    Branch,
    Funnel,
    KnownPull,
    KnownStatus,
    PullState,
    WaitingFile,
    WaitingIssue,
    branch_of,
    file_of,
)
from ..wire.answers import Clock, answer, decoding, flag, text
from ..wire.graphql import GraphQL, Pages, read_pages, refuse_errors
from ..wire.session import NoAnswerError

FILES_AT_ONCE = 50
_FILE = re.compile(rf"{FOLDER}/[^/]+\.yml")
Node = dict[str, Any]
_WITHIN = "repository"


@dataclass(frozen=True, kw_only=True, slots=True)
class Others:
    """All that waits in a repository: open issues with applications, pull requests and their files.

    `files`: gives the application files in people's pull requests; raises NoAnswerError.
    """

    issues: Sequence[WaitingIssue]
    pulls: Sequence[KnownPull]
    files: Callable[[], Sequence[WaitingFile]]


def funnel(
    graphql: GraphQL, repository: str, slug: str, clock: Clock, others: Others | None = None
) -> Answer[Funnel]:
    """Return the state of one application in a repository, and all applications that wait there.

    `repository`: such as `acme/partners`. `slug`: the name of the application's file without
    `.yml`. The state is the file on the default branch and on the proposal's branch, the status of
    that branch's commit, and the pull requests from that branch. `others`: what waits there, if
    the caller has read that already.
    """
    url = f"https://github.com/{repository}"
    return answer("GitHub", url, clock, lambda: _ask(graphql, repository, slug, others))


def _ask(graphql: GraphQL, repository: str, slug: str, others: Others | None) -> Funnel:
    owner, _, name = repository.partition("/")
    branch, path = branch_of(slug), file_of(slug)
    asked = {
        "owner": owner,
        "name": name,
        "branch": branch,
        "ref": f"refs/heads/{branch}",
        "onMain": f"HEAD:{path}",
        "onBranch": f"refs/heads/{branch}:{path}",
    }
    with decoding(graphql.name):
        if others:
            found = _one(graphql, asked)
        else:
            pages = read_pages(graphql, FUNNEL_QUERY, asked, ["issues", "pulls"], within=_WITHIN)
            found = pages.first[_WITHIN]
            others = others_in(graphql, repository, pages)
        own = map(known_pull, found["own"]["nodes"])
        pulls = {one.number: one for one in (*others.pulls, *own)}  # the later answer counts
        return Funnel(
            path=path,
            main=_main(found),
            ours=_ours(branch, found),
            pulls=tuple(pulls.values()),
            issues=tuple(others.issues),
            files=tuple(others.files()),
        )


def _one(graphql: GraphQL, asked: Node) -> Node:
    """Return the state of one application, without the lists of all that waits."""
    neither = {"issuesAsked": False, "pullsAsked": False}
    reply = graphql.ask(FUNNEL_QUERY, {**asked, **neither})
    refuse_errors(graphql, reply)
    found: Node = reply.data[_WITHIN]
    return found


def others_in(graphql: GraphQL, repository: str, pages: Pages) -> Others:
    """Return all that waits, from the connections `issues` and `pulls` of a query.

    The files are not read yet.
    """
    owner, _, name = repository.partition("/")
    pulls = tuple(map(known_pull, pages.nodes["pulls"]))
    return Others(
        issues=tuple(map(_issue, pages.nodes["issues"])),
        pulls=pulls,
        files=partial(_files, graphql, {"owner": owner, "name": name}, pulls),
    )


def _main(found: Node) -> Branch:
    if found["defaultBranchRef"] is None:
        raise NoAnswerError("The repository is empty.")
    ref = found["defaultBranchRef"]
    return Branch(
        name=text(ref["name"]),
        head=text(ref["target"]["oid"]),
        blob=_id(found["onMain"]),
        text=_whole(found["onMain"]),
    )


def _ours(name: str, found: Node) -> Branch | None:
    if found["ours"] is None:
        return None
    target = found["ours"]["target"]
    told = (target.get("status") or {}).get("context")
    status = told and KnownStatus(
        state=text(told["state"]).lower(),
        description=text(told["description"] or ""),
        url=text(told["targetUrl"] or ""),
    )
    return Branch(
        name=name,
        head=text(target["oid"]),
        blob=_id(found["onBranch"]),
        text=_whole(found["onBranch"]),
        status=status or None,
    )


def known_pull(node: Node) -> KnownPull:
    author, files = node["author"], node["files"] or {"nodes": ()}
    bot = "[bot]" if author and author["__typename"] == "Bot" else ""
    return KnownPull(
        number=int(node["number"]),
        url=text(node["url"]),
        title=text(node["title"]),
        body=text(node["body"]),
        state=PullState(node["state"]),
        branch=text(node["headRefName"]),
        head=text(node["headRefOid"]),
        base=text(node["baseRefName"]),
        fork=flag(node["isCrossRepository"]),
        author=text(author["login"]) + bot if author else None,
        by_us=flag(node["viewerDidAuthor"]),
        files=tuple(text(one["path"]) for one in files["nodes"]),
    )


def _issue(node: Node) -> WaitingIssue:
    return WaitingIssue(
        number=int(node["number"]), url=text(node["url"]), body=text(node["body"] or "")
    )


def _files(
    graphql: GraphQL, repository: Node, pulls: Sequence[KnownPull]
) -> tuple[WaitingFile, ...]:
    """Return the application files in people's pull requests, each as of the head commit.

    Pull requests that we opened for an issue are left out: the issue says the same.
    """
    asked = [
        (pull, path)
        for pull in pulls
        for path in pull.files
        if not pull.for_issue and _FILE.fullmatch(path)
    ]
    found: list[WaitingFile] = []
    for start in range(0, len(asked), FILES_AT_ONCE):
        batch = asked[start : start + FILES_AT_ONCE]
        named = {f"file{at}": f"{pull.head}:{path}" for at, (pull, path) in enumerate(batch)}
        reply = graphql.ask(files_query(len(batch)), {**repository, **named})
        refuse_errors(graphql, reply)
        for at, (pull, _) in enumerate(batch):
            shown = _whole(reply.data["repository"][f"f{at}"])
            found.append(WaitingFile(number=pull.number, url=pull.url, text=shown))
    return tuple(found)


def _id(blob: Node | None) -> str | None:
    return text(blob["oid"]) if blob else None


def _whole(blob: Node | None) -> str | None:
    """Return the text of a file; None for a folder, a binary file or a text that GitHub cut off."""
    if not blob or blob.get("text") is None or blob["isTruncated"]:
        return None
    return text(blob["text"])


PULL = """
fragment Pull on PullRequest {
  number url title body state headRefName headRefOid baseRefName isCrossRepository viewerDidAuthor
  author { __typename login }
  files(first: 10) { nodes { path } }
}
"""

FUNNEL_QUERY = f"""
query (
  $owner: String!, $name: String!, $branch: String!, $ref: String!
  $onMain: String!, $onBranch: String!
  $issuesAsked: Boolean!, $issuesAfter: String, $pullsAsked: Boolean!, $pullsAfter: String
) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    defaultBranchRef {{ name target {{ oid }} }}
    onMain: object(expression: $onMain) {{ oid ... on Blob {{ text isTruncated }} }}
    ours: ref(qualifiedName: $ref) {{
      target {{ oid ... on Commit {{
        status {{ context(name: "{STATUS}") {{ state description targetUrl }} }}
      }} }}
    }}
    onBranch: object(expression: $onBranch) {{ oid ... on Blob {{ text isTruncated }} }}
    own: pullRequests(first: 20, headRefName: $branch, states: [OPEN, CLOSED, MERGED]) {{
      nodes {{ ...Pull }}
    }}
    issues(
      first: 100, after: $issuesAfter, states: [OPEN], labels: ["application"]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $issuesAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ number url body }}
    }}
    pulls: pullRequests(
      first: 100, after: $pullsAfter, states: [OPEN]
      orderBy: {{field: CREATED_AT, direction: ASC}}
    ) @include(if: $pullsAsked) {{
      total: totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...Pull }}
    }}
  }}
}}
{PULL}"""

MERGE_QUERY = f"""
query ($owner: String!, $name: String!, $commit: String!, $path: String!) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
    defaultBranchRef {{ name }}
    commit: object(expression: $commit) {{
      ... on Commit {{
        associatedPullRequests(first: 20) {{
          nodes {{
            ...Pull
            commits(last: 1) {{
              nodes {{
                commit {{
                  oid
                  status {{ context(name: "{STATUS}") {{ state targetUrl }} }}
                  file(path: $path) {{ oid }}
                }}
              }}
            }}
          }}
        }}
      }}
    }}
  }}
}}
{PULL}"""


def files_query(count: int) -> str:
    """Return the GraphQL query for the text of `count` files.

    The variables `file0`, `file1` and so on are `<commit>:<path>`. The files come back as `f0`,
    `f1` and so on.
    """
    variables = " ".join(f"$file{at}: String!" for at in range(count))
    files = "\n".join(
        f"    f{at}: object(expression: $file{at}) {{ ... on Blob {{ text isTruncated }} }}"
        for at in range(count)
    )
    return f"""
query ($owner: String!, $name: String!, {variables}) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
{files}
  }}
}}
"""
