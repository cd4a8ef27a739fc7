"""Read from GitHub which applications wait in a repository, and what is proposed for one of them.

One query reads branches, issues and pull requests; accounts and a thread too, if they are needed at
the same moment. If people's pull requests change application files, more queries read these files.
The package `intake` decides what the texts mean.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from typing import Any

from ..model.evidence import Answer
from ..model.funnel import (
    IS_FILE,
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
from ..wire.answers import Clock, answer, decoding, flag, follow, integer, maybe, moment, text
from ..wire.graphql import GraphQL, GraphQLResult, Pages, read_pages, refuse_errors
from ..wire.judgment import NoAnswerError
from .accounts import LOGINS_AT_ONCE
from .named import NOBODY, Named, Told, named_accounts, told_in
from .names import address, rest_login_of
from .thread_query import FRAGMENTS, THREAD, VARIABLES

FILES_AT_ONCE = 50
Node = dict[str, Any]
LISTS = ("issues", "pulls")


@dataclass(frozen=True, kw_only=True, slots=True)
class Others:
    """All that waits in a repository: open issues with applications, pull requests and their files.

    `closed`: issues with applications that were closed within twelve months. `files`: gives the
    application files in people's pull requests; raises NoAnswerError.
    """

    issues: Sequence[WaitingIssue]
    pulls: Sequence[KnownPull]
    files: Callable[[], Sequence[WaitingFile]]
    closed: Sequence[WaitingIssue] = ()


class Funnels:
    """The funnels of one repository, such as `acme/partners`; GitHub is asked once for each slug.

    A slug is the name of an application's file without `.yml`. `others`: all that waits there, if
    the caller has read it already; without it, each question asks for that too.
    """

    def __init__(
        self, graphql: GraphQL, repository: str, clock: Clock, others: Others | None = None
    ) -> None:
        self._graphql = graphql
        self._repository = repository
        self._clock = clock
        self._others = others
        self._known: dict[str, Answer[Funnel]] = {}
        self._told: dict[Named, Told] = {}

    def of(self, slug: str) -> Answer[Funnel]:
        """Return the state of one application, and all applications that wait there.

        The state is the file on the default branch and on the proposal's branch, the status of that
        branch's commit, and the pull requests from that branch.
        """
        if slug not in self._known:
            self._known[slug] = self._follow(self._asked(slug, NOBODY), slug)
        return self._known[slug]

    def accounts(self, slug: str, named: Named) -> Told:
        """Return what `named_accounts` returns; the same question reads the funnel of `slug`.

        If there is no reply, which a long list of what waits can cause, the accounts are asked for
        alone. If only one part of the reply is usable, only the others are failures.
        """
        few = len(named.logins) <= LOGINS_AT_ONCE
        if named not in self._told and slug not in self._known and few:
            told = self._asked(slug, named)
            self._known[slug] = self._follow(told, slug)
            self._keep(told, named)
        if named in self._told:
            return self._told.pop(named)
        return named_accounts(self._graphql, named, self._clock)

    def with_thread(self, slug: str, named: Named, number: int) -> GraphQLResult | None:
        """Read a funnel and accounts before they are needed, and the thread `number` with them.

        Return the reply for `ask_thread`; None if there is none, and then nothing was read.
        """
        if len(named.logins) > LOGINS_AT_ONCE:
            return None
        told = self._asked(slug, named, number)
        if told.value is None:
            return None
        self._known[slug] = self._follow(told, slug)
        self._keep(told, named)
        return _part(told.value, {"thread"})

    def _asked(self, slug: str, named: Named, thread: int | None = None) -> Answer[GraphQLResult]:
        """Ask for the first page of a funnel, for accounts, and for the first page of a thread."""
        asked = {**_variables(self._repository, slug), **named.variables}
        asked["lately"] = lately(self._clock)
        asked |= {f"{name}Asked": self._others is None for name in LISTS}
        asked |= {} if thread is None else {"number": thread}
        url = f"https://github.com/{self._repository}"
        query = funnel_query(named, thread=thread is not None)
        return answer("GitHub", url, self._clock, lambda: self._graphql.ask(query, asked))

    def _follow(self, told: Answer[GraphQLResult], slug: str) -> Answer[Funnel]:
        def read(reply: GraphQLResult) -> Funnel:
            return self._read(slug, _part(reply, {"repository"}))

        return follow(told, read)

    def _read(self, slug: str, first: GraphQLResult) -> Funnel:
        """Read the funnel from the reply for its first page, and ask for the other pages."""
        asked, lists = _variables(self._repository, slug), () if self._others else LISTS
        asked["lately"] = lately(self._clock)
        query = funnel_query(NOBODY)
        pages = read_pages(self._graphql, query, asked, lists, within="repository", first=first)
        with decoding(self._graphql.name):
            others = self._others or others_in(self._graphql, self._repository, pages)
            found = pages.first["repository"]
            own = map(known_pull, found["own"]["nodes"])
            pulls = {one.number: one for one in (*others.pulls, *own)}  # the later answer counts
            return Funnel(
                path=file_of(slug),
                main=_main(found),
                ours=_ours(branch_of(slug), found),
                pulls=tuple(pulls.values()),
                issues=tuple(others.issues),
                files=tuple(others.files()),
                closed=tuple(others.closed),
            )

    def _keep(self, told: Answer[GraphQLResult], named: Named) -> None:
        """Keep what a reply tells of those who are named until `accounts` is called."""
        if told.value is not None:
            of_github = replace(told, url="https://github.com")
            self._told[named] = told_in(self._graphql, of_github, named)


def _part(reply: GraphQLResult, fields: Collection[str]) -> GraphQLResult:
    return reply.without(reply.data.keys() - set(fields))


def _variables(repository: str, slug: str) -> Node:
    owner, _, name = repository.partition("/")
    branch, path = branch_of(slug), file_of(slug)
    return {
        "owner": owner,
        "name": name,
        "branch": branch,
        "ref": f"refs/heads/{branch}",
        "onMain": f"HEAD:{path}",
        "onBranch": f"refs/heads/{branch}:{path}",
    }


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
        closed=tuple(map(_issue, pages.first["repository"]["closed"]["nodes"])),
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
    blob, shown = _id(found["onBranch"]), _whole(found["onBranch"])
    if found["ours"] is None:
        return None
    target = found["ours"]["target"]
    return Branch(
        name=name,
        head=text(target["oid"]),
        blob=blob,
        text=shown,
        status=maybe(_known, context_of(target["status"])),
    )


def context_of(status: Node | None) -> Node | None:
    """Return our own status among those of a commit; None if there is none."""
    return maybe(itemgetter("context"), status)


def _known(told: Node) -> KnownStatus:
    return KnownStatus(
        state=text(told["state"]).lower(),
        description=maybe(text, told["description"]) or "",
        url=maybe(text, told["targetUrl"]) or "",
    )


def known_pull(node: Node) -> KnownPull:
    files = {"nodes": ()} if node["files"] is None else node["files"]
    return KnownPull(
        number=integer(node["number"]),
        url=address(node["url"]),
        title=text(node["title"]),
        body=text(node["body"]),
        state=PullState(node["state"]),
        branch=text(node["headRefName"]),
        head=text(node["headRefOid"]),
        base=text(node["baseRefName"]),
        fork=flag(node["isCrossRepository"]),
        author=maybe(rest_login_of, node["author"]),
        by_us=flag(node["viewerDidAuthor"]),
        files=tuple(text(one["path"]) for one in files["nodes"]),
    )


def _issue(node: Node) -> WaitingIssue:
    return WaitingIssue(
        number=integer(node["number"]),
        url=address(node["url"]),
        body=text(node["body"]),
        closed=maybe(_day, node["closedAt"]) if "closedAt" in node else None,
    )


def _day(shown: Any) -> date:
    return moment(shown).date()


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
        if not pull.for_issue and IS_FILE(path)
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
    return maybe(lambda there: text(there["oid"]), blob)


def _whole(blob: Node | None) -> str | None:
    """Return the text of a file; None for a folder, a binary file or a text that GitHub cut off."""
    if blob is None or blob["__typename"] != "Blob" or flag(blob["isTruncated"]):
        return None
    return maybe(text, blob["text"])


PULL = """
fragment Pull on PullRequest {
  number url title body state headRefName headRefOid baseRefName isCrossRepository viewerDidAuthor
  author { __typename login }
  files(first: 10) { nodes { path } }
}
"""

_FILE_TEXT = """
fragment File on GitObject { __typename ... on Blob { text isTruncated } }
"""

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
                  status {{ context(name: "{STATUS}") {{ state description targetUrl createdAt }} }}
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
        f"    f{at}: object(expression: $file{at}) {{ ...File }}" for at in range(count)
    )
    return f"""
query ($owner: String!, $name: String!, {variables}) {{
  rateLimit {{ cost }}
  repository(owner: $owner, name: $name) {{
{files}
  }}
}}
{_FILE_TEXT}"""


CLOSED = """
    closed: issues(
      first: 100, states: [CLOSED], labels: ["application"], filterBy: {since: $lately}
      orderBy: {field: CREATED_AT, direction: DESC}
    ) @include(if: $issuesAsked) { nodes { number url body closedAt } }"""
"""The applications that were closed within the time since `$lately`, or changed afterwards.

https://docs.github.com/en/graphql/reference/input-objects#issuefilters
"""


def lately(clock: Clock) -> str:
    """Return the moment twelve months ago, as GraphQL takes it."""
    return (clock() - timedelta(days=366)).isoformat()


def funnel_query(named: Named, *, thread: bool = False) -> str:
    """Return the query for one page of a funnel, and for those who are named.

    `thread`: the query is also for the first page of a thread.
    """
    return f"""
query (
  {named.declared} {VARIABLES if thread else ""}
  $owner: String!, $name: String!, $branch: String!, $ref: String!
  $onMain: String!, $onBranch: String!, $lately: DateTime!
  $issuesAsked: Boolean!, $issuesAfter: String, $pullsAsked: Boolean!, $pullsAfter: String
) {{
  rateLimit {{ cost }}
{named.fields}
{THREAD if thread else ""}
  repository(owner: $owner, name: $name) {{
    defaultBranchRef {{ name target {{ oid }} }}
    onMain: object(expression: $onMain) {{ oid ...File }}
    ours: ref(qualifiedName: $ref) {{
      target {{ oid ... on Commit {{
        status {{ context(name: "{STATUS}") {{ state description targetUrl }} }}
      }} }}
    }}
    onBranch: object(expression: $onBranch) {{ oid ...File }}
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
{CLOSED}
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
{PULL}{_FILE_TEXT}{FRAGMENTS if thread else ""}"""
