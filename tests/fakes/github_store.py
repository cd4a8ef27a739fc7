"""What GitHub's REST keeps of a repository, and how it answers: pages, refusals, accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zlib import crc32

from .server import Request, Response

if TYPE_CHECKING:
    from .github_git import GitData
    from .github_rules import BranchRule

Node = dict[str, Any]


@dataclass(kw_only=True)
class Repository:
    """`issues` and `labels` as REST shows them; `comments` by the issue's number, oldest first.

    `accounts`: people and organizations by case-folded login. `editors`: who has edited a comment
    last, by its id.
    `edited`, `reopened`, `pushed`: when that happened last to one, which only GraphQL tells.
    `edits`: of an issue's text, as GraphQL shows them.
    `roles`: of collaborators, by case-folded login: admin, maintain, write, triage or read; anyone
    else may read. `reactions` by the comment's id, oldest first.
    `pulls`: oldest first. `bots_may_open_pulls`: the setting of that name, more or less; only
    `administrators` are shown it. `protected`, `checks` that it requires, `rules`: of the default
    branch. `actions`: whether they are on, and which may be used.
    `workflow_states`: `active` or another word by path. `pages`: the setting, if on.
    `changes`: files of each pull request by its number. `contents` by commit and path,
    `statuses` by commit. `origin`: a bare git repository; unless a test has one, `git` makes it.
    """

    name: str
    accounts: Mapping[str, Node] = field(default_factory=dict)
    issues: dict[int, Node] = field(default_factory=dict)
    comments: dict[int, list[Node]] = field(default_factory=dict)
    labels: dict[str, Node] = field(default_factory=dict)
    edited: dict[int, str] = field(default_factory=dict)
    edits: dict[int, list[Node]] = field(default_factory=dict)
    editors: dict[int, str] = field(default_factory=dict)
    reopened: dict[int, str] = field(default_factory=dict)
    pushed: dict[int, str] = field(default_factory=dict)
    pulls: list[Node] = field(default_factory=list)
    bots_may_open_pulls: bool = True
    roles: dict[str, str] = field(default_factory=dict)
    reactions: dict[int, list[Node]] = field(default_factory=dict)
    administrators: set[str] = field(default_factory=set)
    has_issues: bool = True
    default_branch: str = "main"
    protected: bool = False
    checks: list[str] = field(default_factory=list)
    rules: list[Node] = field(default_factory=list)
    branch_rules: list["BranchRule"] = field(default_factory=list)
    actions: Node = field(default_factory=lambda: {"enabled": True, "allowed_actions": "all"})
    workflow_states: dict[str, str] = field(default_factory=dict)
    pages: Node | None = None
    changes: dict[int, list[Node]] = field(default_factory=dict)
    contents: dict[tuple[str, str], Any] = field(default_factory=dict)
    statuses: dict[str, list[Node]] = field(default_factory=dict)
    origin: Path | None = None

    @property
    def number(self) -> int:
        """The number of the repository."""
        return 1 + crc32(self.name.casefold().encode()) % 10**6

    @cached_property
    def git(self) -> "GitData":
        from .github_git import GitData  # noqa: PLC0415  that module needs this one

        return GitData(self.origin)

    def label(self, name: str, **fields: Any) -> Node:
        """The label of that name in any case, made if there is none, as GitHub does."""
        made = {"name": name, "color": "ededed", "description": None, "default": False, **fields}
        made["node_id"] = f"LA_{name.casefold()}"
        return self.labels.setdefault(name.casefold(), made)


def number_of(login: str) -> int:
    """The number of an account that no test has made."""
    return 10**7 + crc32(login.casefold().encode()) % 10**6


def user(login: str) -> Node:
    """An account as REST shows it: bots end in `[bot]`."""
    kind = "Bot" if login.endswith("[bot]") else "User"
    shown = {"login": login, "type": kind, "id": number_of(login)}
    return {**shown, "html_url": f"https://github.com/{login}"}


def actor(of: Repository, author: Node | None) -> Node | None:
    """An account as GraphQL shows it, with its number."""
    if author is None:
        return None
    login = author["login"].removesuffix("[bot]")
    known = of.accounts.get(login.casefold(), {"databaseId": number_of(login)})
    return {"__typename": author["type"], "login": login, "databaseId": known["databaseId"]}


class Store:
    """`url` is where we are served: links in answers lead back to us. `now`: of what is made."""

    def __init__(self, url: str, accounts: Mapping[str, Node]) -> None:
        self.url, self.accounts = url, accounts
        self.repositories: dict[str, Repository] = {}
        self.teams: dict[str, dict[str, str]] = {}  # state by login, by `organization/team`
        self.next_id = 1000
        self.now = "2026-11-24T09:00:00Z"

    def number(self) -> int:
        """Of what is made next."""
        self.next_id += 1
        return self.next_id

    def repository(self, name: str) -> Repository:
        """The repository of that name, made if there is none."""
        return self.repositories.setdefault(
            name.casefold(), Repository(name=name, accounts=self.accounts)
        )

    def page(self, request: Request, items: Sequence[Node]) -> Response:
        """Thirty to a page unless asked for up to a hundred; `Link` leads to the next."""
        size = min(int(request.query.get("per_page", 30)), 100)
        page = int(request.query.get("page", 1))
        headers = {}
        if page * size < len(items):
            kept = {name: value for name, value in request.query.items() if name != "page"}
            there = f"{self.url}{request.path}?{urlencode({**kept, 'per_page': size})}&page="
            last = -(-len(items) // size)
            headers["Link"] = f'<{there}{page + 1}>; rel="next", <{there}{last}>; rel="last"'
        return Response(body=list(items[(page - 1) * size : page * size]), headers=headers)


def missing() -> Response:
    return Response(status=404, body={"message": "Not Found"})


def invalid(code: str, **fields: str) -> Response:
    errors = [{"resource": "Label", "code": code, "field": "name", **fields}]
    return Response(status=422, body={"message": "Validation Failed", "errors": errors})
