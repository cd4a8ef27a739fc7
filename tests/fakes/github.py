"""GitHub on loopback: a world that tests fill, asked over GraphQL and REST by the real clients.

GraphQL is executed on the contract, so a question that GitHub would refuse is refused. The REST API
is at `url`, GraphQL at `url/graphql`.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from graphql import GraphQLError

from community_partners.wire.graphql import GraphQL
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace

from .github_agents import AGENTS, NOTHING_SAID
from .github_commits import commits
from .github_conversation import conversation
from .github_graphql import Node, connection, points, search
from .github_people import GHOST, nodes
from .github_rest import Rest
from .github_rights import needed
from .github_store import number_of, user
from .server import FakeServer, Request, Response, contract, document_of, execute, refused

ACTIONS_BOT = "github-actions[bot]"
SITE = "https://github.com"
CONTRACT = (
    "github.graphql",
    "github_sponsors.graphql",
    "github_applications.graphql",
    "github_commits.graphql",
    "github_work.graphql",
)
NO_RIGHT = "Resource not accessible by integration"
MAINTAINER = "example-maintainer"
LONG_AGO = "2000-01-01T00:00:00Z"
TEAM = tuple(f"example-user-{number}" for number in range(1, 11))


class FakeGitHub(FakeServer):
    """`owners`: people and organizations by case-folded login, as GraphQL shows them; their fields
    may be values or functions of (info, **arguments). `nodes`: all that can be searched, newest
    last. `viewers`: the login behind a token; others are `example-maintainer`'s, and those like a
    workflow's (`ghs_...`) are its bot's. `readers`: tokens that may write nothing, as a run for a
    fork's pull request has them. `rights`: permissions that a job's token has for writing; any
    other token may write all. `scopes` of classic tokens. `budget`: GraphQL points left.
    `largest`: the number of results that a question may ask for in all, as its variables say;
    `too_large`: how a larger question is refused. `without_rights`: nobody may push any more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.owners: dict[str, Node] = {}
        self.nodes: list[Node] = []
        self.viewers: dict[str, str] = {}
        self.revoked: set[str] = set()
        self.readers: set[str] = set()
        self.rights: dict[str, frozenset[str]] = {}
        self.scopes: dict[str, str] = {}
        self.budget = 1000
        self.spent = 0
        self.largest: int | None = None
        self.without_rights = False
        self.too_large = refused({"type": "RESOURCE_LIMITS_EXCEEDED", "message": "Too much."})
        self.rest = Rest(self.url, self.owners)
        self._repositories: dict[str, Node] = {}
        self._numbers = count(1)
        self._owner_numbers = count(1)
        self._schema = contract(*CONTRACT)
        self.person("ghost", databaseId=GHOST)

    # The world: each builder returns what it made, to be altered by a test that needs it odd.

    def person(self, login: str, **fields: Any) -> Node:
        return self._owner("User", login, fields)

    def organization(self, login: str, *, members: Sequence[str] = (), **fields: Any) -> Node:
        """Without GitHub's badge, unless `isVerified` says so. `members`: the public ones."""

        def public(_: Any, **__: Any) -> Node:
            known = (self.owners.get(one.casefold()) for one in members)
            shown = [
                {"databaseId": owner["databaseId"] if owner else number_of(one)}
                for one, owner in zip(members, known, strict=True)
            ]
            return {"totalCount": len(shown), "nodes": shown[:100]}

        made = {"isVerified": False, "websiteUrl": None, "membersWithRole": public, **fields}
        return self._owner("Organization", login, made)

    def spokesperson(self, *logins: str, team: Sequence[str] = TEAM) -> None:
        """Whoever has one of these logins speaks for acme.example: by default the applicant.

        `team`: more public members, who need not confirm that they are in Acme's team.
        """
        who = (*(logins or ("example-applicant",)), *team)
        website = "https://acme.example"
        self.organization("acme", isVerified=True, websiteUrl=website, members=who)

    def _owner(self, kind: str, login: str, fields: Node) -> Node:
        number = fields.get("databaseId") or next(self._owner_numbers)
        made = {"__typename": kind, "id": f"{kind}_{number}", "login": login, "databaseId": number}
        made["createdAt"] = LONG_AGO
        self.owners[login.casefold()] = {**made, "url": f"{SITE}/{login}", **fields}
        return self.owners[login.casefold()]

    def rename(self, login: str, new: str) -> Node:
        """The same account under another login; anyone may take the old one."""
        owner = self.owners.pop(login.casefold())
        owner.update(login=new, url=f"{SITE}/{new}")
        self.owners[new.casefold()] = owner
        for of in self.rest.repositories.values():
            for comment in (one for thread in of.comments.values() for one in thread):
                if comment["user"]["login"] == login:
                    comment["user"]["login"] = new
        return owner

    def delete(self, login: str) -> None:
        """An account that is gone; its work stays, without an author."""
        owner = self.owners.pop(login.casefold())
        for node in self.nodes:
            if node["author"] is owner:
                node["author"] = None

    def repository(self, name: str, **fields: Any) -> Node:
        """Public and no fork, unless `isPrivate` or `isFork` say so."""
        made: Node = {"nameWithOwner": name, "isFork": False, "isPrivate": False}
        made |= {"defaultBranchRef": {"name": "main"}, **fields}
        if name.casefold() not in self._repositories:
            self.places(name.split("/", maxsplit=1)[0])
        return self._repositories.setdefault(name.casefold(), made)

    def places(self, *names: str) -> None:
        """An organization or a repository (`owner/name`) of each name, unless it is there."""
        for name in names:
            if "/" in name:
                self.repository(name)
            elif name.casefold() not in self.owners:
                self.organization(name)

    def rename_repository(self, name: str, new: str) -> None:
        """The same repository under another name, to which its old name leads on."""
        of = self._repositories[name.casefold()]
        of["nameWithOwner"] = new
        self._repositories[new.casefold()] = of

    def pull_request(
        self,
        merged: str,
        by: str | None,
        *,
        reviews: Sequence[Node] = (),
        repository: str = "project/core",
        **fields: Any,
    ) -> Node:
        """Merged at a moment such as `2026-10-05T12:00:00Z`. `by` None: the account is gone.

        The maintainer merged it from a fork into the default branch, unless `mergedBy`,
        `isCrossRepository`, `headRefName` or `baseRefName` say otherwise.
        """

        def placed() -> Sequence[Node]:
            for one in reviews:
                one.setdefault("url", f"{pull['url']}#pullrequestreview-{one['number']}")
            return reviews

        def paged(info: Any, first: int, after: str | None = None) -> Node:
            return connection(placed(), first, after)

        dated = {"mergedAt": merged, "updatedAt": merged, "reviews": paged}
        merge = {"mergedBy": self.actor(MAINTAINER), "baseRefName": "main"}
        branch = {"headRefName": "mend", "isCrossRepository": True}
        made = {**dated, **merge, **branch, **NOTHING_SAID, **fields}
        pull = self._node("PullRequest", "pull", by, repository, made)
        placed()
        return pull

    def review(self, by: str | None, submitted: str | None = LONG_AGO, **fields: Any) -> Node:
        """To be given to a pull request, which gives it its address.

        `submitted` None: its author is still writing. An approval by somebody with push rights,
        unless the fields say otherwise.
        """
        number = self._number()
        made: Node = {"id": f"Review_{number}", "number": number}
        made |= {"state": "APPROVED", "isMinimized": False}
        made["authorCanPushToRepository"] = lambda _: not self.without_rights
        return {**made, "submittedAt": submitted, "author": self.actor(by), **fields}

    def closed_issue(
        self, closed: str, by: str | None, *, repository: str = "project/core", **fields: Any
    ) -> Node:
        """Closed as completed, unless `stateReason` says otherwise.

        The maintainer closed it by hand, unless `actor` and `closer` say otherwise.
        """
        dated = {"closedAt": closed, "updatedAt": closed, "stateReason": "COMPLETED"}
        event = {"__typename": "ClosedEvent", "actor": self.actor(MAINTAINER), "closer": None}
        event |= {key: fields.pop(key) for key in ("actor", "closer") if key in fields}
        last = {"timelineItems": lambda _, **__: {"nodes": [event]}}
        return self._node("Issue", "issues", by, repository, {**dated, **last, **fields})

    def discussion(
        self,
        answered: str | None,
        by: str | None,
        answer_by: str | None,
        *,
        repository: str = "project/core",
        **fields: Any,
    ) -> Node:
        """A question of `by`, with an answer that was chosen at `answered`; None: not yet.

        The maintainer chose it, unless `answerChosenBy` says otherwise.
        """
        number = self._number()
        answer = {
            "__typename": "DiscussionComment",
            "id": f"Answer_{number}",
            "url": f"{SITE}/{repository}/discussions/answer-{number}",
            "author": self.actor(answer_by),
        }
        dated = {"answerChosenAt": answered, "updatedAt": answered, "answer": answer}
        chosen = {"answerChosenBy": self.actor(MAINTAINER) if answered else None}
        made = {**dated, **chosen, **fields}
        return self._node("Discussion", "discussions", by, repository, made)

    def _node(self, kind: str, path: str, by: str | None, where: str, fields: Node) -> Node:
        number = self._number()
        labels = [{"name": name} for name in fields.pop("labels", ())]
        self.nodes.append(
            {
                "__typename": kind,
                "labels": lambda _, first, after=None: connection(labels, first, after),
                "id": f"{kind}_{number}",
                "url": f"{SITE}/{where}/{path}/{number}",
                "title": f"Mend number {number}",
                "author": self.actor(by),
                "repository": self.repository(where),
                **fields,
            }
        )
        return self.nodes[-1]

    def actor(self, login: str | None) -> Node | None:
        """Whoever acts: a known owner, a bot (`dependabot[bot]`), or a new person."""
        if login is None:
            return None
        if login.endswith("[bot]"):
            name = login.removesuffix("[bot]")
            number = AGENTS.get(name, 49)
            return {"__typename": "Bot", "id": f"Bot_{name}", "login": name, "databaseId": number}
        return self.owners.get(login.casefold()) or self.person(login)

    def _number(self) -> int:
        return next(self._numbers)

    # The server's side.

    def answer(self, request: Request) -> Response:
        if request.token is None or request.token in self.revoked:
            return Response(status=401, body={"message": "Bad credentials"})
        login = self._viewer(request.token)
        if request.path == "/graphql":
            return self._graphql(request, login)
        if not self._may(request):
            return Response(status=403, body={"message": NO_RIGHT})
        if request.path == "/user":
            if login.endswith("[bot]"):
                return Response(status=403, body={"message": NO_RIGHT})
            scopes = self.scopes.get(request.token)
            headers = {} if scopes is None else {"X-OAuth-Scopes": scopes}
            return Response(body=user(login), headers=headers)
        return self.rest.answer(request, login)

    def _may(self, request: Request) -> bool:
        asked = needed(request)
        allowed = () if request.token in self.readers else self.rights.get(str(request.token))
        return not asked or allowed is None or not asked.isdisjoint(allowed)

    def _viewer(self, token: str) -> str:
        usual = ACTIONS_BOT if token.startswith("ghs_") else MAINTAINER
        return self.viewers.get(token, usual)

    def _graphql(self, request: Request, login: str) -> Response:
        asked = sum(_size(name, value) for name, value in request.variables.items())
        if self.largest is not None and asked > self.largest:
            return self.too_large(Response)
        if not self._may(request):
            error = {"type": "FORBIDDEN", "message": NO_RIGHT}
            return Response(body={"data": None, "errors": [error]})
        cost = self._cost(request)
        if cost > self.budget:
            error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded."}
            return Response(body={"errors": [error]})
        self.budget -= cost
        self.spent += cost
        _, body = execute(self._schema, self._root(cost, login), request.body)
        return Response(body={**body, **_with_types(body)})

    def _cost(self, request: Request) -> int:
        try:
            return points(document_of(request.body["query"]), request.variables)
        except GraphQLError:
            return 1

    def _root(self, cost: int, login: str) -> Node:
        known = (*self.nodes, *self.owners.values())
        by_id = {node["id"]: node for node in known}
        return {
            **conversation(self.rest, login),
            **commits(self.rest, login),
            "repository": self._named(login),
            "viewer": {"login": login},
            "rateLimit": {"cost": cost, "remaining": self.budget},
            "repositoryOwner": lambda _, login: self.owners.get(login.casefold()),
            "node": lambda _, id: by_id.get(id),  # noqa: A006
            "nodes": lambda _, ids: nodes(known, ids),
            "search": lambda _, query, type, first=None, after=None: search(  # noqa: A006
                self.nodes[::-1], query, type, first, after
            ),
        }

    def _named(self, login: str) -> Any:
        """A repository with its thread and branches, or one that only has work, or both."""
        home = conversation(self.rest, login)["repository"]

        def repository(info: Any, owner: str, name: str) -> Node:
            of = self._repositories.get(f"{owner}/{name}".casefold(), {})
            try:
                return {**of, **home(info, owner, name)}
            except GraphQLError:
                if not of:
                    raise
                return of

        return repository


def _size(name: str, value: Any) -> int:
    """How many results a variable asks for: a `first`, or a list of ids."""
    if isinstance(value, list):
        return len(value)
    return int(value) if name.startswith("first") else 0


def connect(fake: FakeGitHub, meter: Meter | None = None, timeout: float = 10.0) -> GraphQL:
    """The real client, pointed at the fake, without pauses between its tries."""
    headers = {"Authorization": "bearer example-token"}
    session = Session("GitHub", headers, meter or Meter(), Pace(timeout=timeout, backoff=0))
    return GraphQL(session, f"{fake.url}/graphql")


def _with_types(body: Node) -> Node:
    """GitHub names the kind of an error beside its message, not under `extensions`."""
    if "errors" not in body:
        return {}
    return {
        "errors": [
            {**error, "type": error.pop("extensions", {}).get("code", "undefinedField")}
            for error in body["errors"]
        ]
    }
