"""GitHub's side of REST: issues and threads, labels, pull requests, accounts; stored, and paged.

What was posted is there to be read, by the account of the token that posted it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .server import Request, Response

Node = dict[str, Any]

LONGEST_BODY = 65_536


@dataclass(kw_only=True)
class Repository:
    """`issues` and `labels` as REST shows them; `comments` by the issue's number, oldest first.

    `pulls`: oldest first. `bots_may_open_pulls`: the setting of that name, more or less.
    """

    name: str
    issues: dict[int, Node] = field(default_factory=dict)
    comments: dict[int, list[Node]] = field(default_factory=dict)
    labels: dict[str, Node] = field(default_factory=dict)
    pulls: list[Node] = field(default_factory=list)
    bots_may_open_pulls: bool = True

    def label(self, name: str, **fields: Any) -> Node:
        """The label of that name in any case, made if there is none, as GitHub does."""
        made = {"name": name, "color": "ededed", "description": None, "default": False, **fields}
        return self.labels.setdefault(name.casefold(), made)


def user(login: str) -> Node:
    """An account as REST shows it: bots end in `[bot]`."""
    kind = "Bot" if login.endswith("[bot]") else "User"
    return {"login": login, "type": kind, "html_url": f"https://github.com/{login}"}


class Rest:
    """The routes. `url` is where we are served: links in answers lead back to us.

    `accounts`: people and organizations as GraphQL shows them.
    """

    def __init__(self, url: str, accounts: Mapping[str, Node]) -> None:
        self.url = url
        self._accounts = accounts
        self.repositories: dict[str, Repository] = {}
        self._next_id = 1000
        repo, number = r"/repos/([^/]+/[^/]+)", r"/issues/(\d+)"
        self._routes: list[tuple[str, str, Callable[..., Response]]] = [
            ("GET", repo, self._get_repository),
            ("GET", repo + number, self._get_issue),
            ("PATCH", repo + number, self._edit_issue),
            ("GET", repo + number + "/comments", self._list_comments),
            ("POST", repo + number + "/comments", self._post_comment),
            ("PATCH", repo + r"/issues/comments/(\d+)", self._edit_comment),
            ("GET", repo + "/labels", self._list_labels),
            ("POST", repo + "/labels", self._create_label),
            ("GET", repo + number + "/labels", self._list_issue_labels),
            ("POST", repo + number + "/labels", self._add_labels),
            ("PUT", repo + number + "/labels", self._set_labels),
            ("DELETE", repo + number + "/labels/([^/]+)", self._remove_label),
            ("GET", repo + "/pulls", self._list_pulls),
            ("POST", repo + "/pulls", self._create_pull),
            ("PATCH", repo + r"/pulls/(\d+)", self._edit_pull),
        ]

    def answer(self, request: Request, login: str) -> Response:
        """`login`: whose token it is."""
        if match := re.fullmatch(r"/user/(\d+)", request.path):
            return self._get_account(int(match[1]))
        for method, pattern, route in self._routes:
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                name, *rest = match.groups()
                repository = self.repositories.get(name.casefold())
                if repository is None:
                    return _missing()
                numbers = [int(part) if part.isdigit() else part for part in rest]
                return route(request, login, repository, *numbers)
        return _missing()

    def repository(self, name: str) -> Repository:
        """The repository of that name, made if there is none."""
        return self.repositories.setdefault(name.casefold(), Repository(name=name))

    def add_issue(self, name: str, number: int, login: str, **fields: Any) -> Node:
        repository = self.repository(name)
        labels = [repository.label(label) for label in fields.pop("labels", ())]
        repository.comments.setdefault(number, [])
        issue = {
            "number": number,
            "title": "An application",
            "body": "",
            "state": "open",
            "user": user(login),
            "labels": labels,
            "url": f"{self.url}/repos/{name}/issues/{number}",
            "html_url": f"https://github.com/{name}/issues/{number}",
            **fields,
        }
        repository.issues[number] = issue
        return issue

    def add_comment(self, name: str, number: int, login: str, body: str) -> Node:
        self._next_id += 1
        comment = {
            "id": self._next_id,
            "body": body,
            "user": user(login),
            "url": f"{self.url}/repos/{name}/issues/comments/{self._next_id}",
            "html_url": f"https://github.com/{name}/issues/{number}#issuecomment-{self._next_id}",
            "created_at": "2026-11-24T09:00:00Z",
            "updated_at": "2026-11-24T09:00:00Z",
        }
        self.repository(name).comments[number].append(comment)
        return comment

    def _get_account(self, number: int) -> Response:
        """By its id, whatever its login is by now."""
        for one in self._accounts.values():
            if one["databaseId"] == number:
                shown = {**user(one["login"]), "id": number, "type": one["__typename"]}
                return Response(body=shown)
        return _missing()

    def add_pull(self, name: str, head: str, base: str, login: str, **fields: Any) -> Node:
        """Open, from a branch of the same repository unless `source` names a fork."""
        self._next_id += 1
        number, source = self._next_id, fields.pop("source", name)
        pull = {
            "number": number,
            "title": "A pull request",
            "body": None,
            "state": "open",
            "user": user(login),
            "head": self._branch(source, head),
            "base": self._branch(name, base),
            "url": f"{self.url}/repos/{name}/pulls/{number}",
            "html_url": f"https://github.com/{name}/pull/{number}",
            **fields,
        }
        self.repository(name).pulls.append(pull)
        return pull

    def _branch(self, name: str, ref: str) -> Node:
        owner, _ = name.split("/")
        repo = {"full_name": name, "url": f"{self.url}/repos/{name}"}
        return {"label": f"{owner}:{ref}", "ref": ref, "user": user(owner), "repo": repo}

    def _get_repository(self, request: Request, login: str, repository: Repository) -> Response:
        url = f"{self.url}/repos/{repository.name}"
        return Response(body={"full_name": repository.name, "url": url})

    def _get_issue(self, request: Request, login: str, of: Repository, number: int) -> Response:
        return Response(body=of.issues[number]) if number in of.issues else _missing()

    def _edit_issue(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return _missing()
        changes = dict(request.body)
        if "labels" in changes:
            changes["labels"] = [of.label(name) for name in changes["labels"]]
        of.issues[number].update(changes)
        return Response(body=of.issues[number])

    def _list_comments(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return _missing()
        return self._page(request, of.comments[number])

    def _post_comment(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return _missing()
        refusal = _refuse_body(request.body["body"])
        if refusal:
            return refusal
        comment = self.add_comment(of.name, number, login, request.body["body"])
        return Response(status=201, body=comment)

    def _edit_comment(self, request: Request, login: str, of: Repository, id: int) -> Response:  # noqa: A002
        for comment in [one for thread in of.comments.values() for one in thread]:
            if comment["id"] == id:
                refusal = _refuse_body(request.body["body"])
                if refusal is None:
                    comment["body"] = request.body["body"]
                return refusal or Response(body=comment)
        return _missing()

    def _list_labels(self, request: Request, login: str, of: Repository) -> Response:
        return self._page(request, list(of.labels.values()))

    def _create_label(self, request: Request, login: str, of: Repository) -> Response:
        if request.body["name"].casefold() in of.labels:
            return _invalid("already_exists")
        return Response(status=201, body=of.label(**request.body))

    def _list_issue_labels(
        self, request: Request, login: str, of: Repository, number: int
    ) -> Response:
        if number not in of.issues:
            return _missing()
        return self._page(request, of.issues[number]["labels"])

    def _set_labels(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return _missing()
        named = dict.fromkeys(_names(request.body))
        of.issues[number]["labels"] = [of.label(name) for name in named]
        return Response(body=of.issues[number]["labels"])

    def _add_labels(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return _missing()
        labels = of.issues[number]["labels"]
        labels += [of.label(name) for name in _names(request.body) if of.label(name) not in labels]
        return Response(body=labels)

    def _remove_label(
        self, request: Request, login: str, of: Repository, number: int, name: str
    ) -> Response:
        labels = of.issues[number]["labels"] if number in of.issues else []
        kept = [label for label in labels if label["name"].casefold() != name.casefold()]
        if len(kept) == len(labels):
            return _missing()
        of.issues[number]["labels"] = kept
        return Response(body=kept)

    def _list_pulls(self, request: Request, login: str, of: Repository) -> Response:
        """Newest first. A `head` without an owner is ignored."""
        head, base = request.query.get("head", ""), request.query.get("base")
        state = request.query.get("state", "open")
        found = [
            one
            for one in reversed(of.pulls)
            if state in (one["state"], "all")
            and (":" not in head or one["head"]["label"] == head)
            and base in (one["base"]["ref"], None)
        ]
        return self._page(request, found)

    def _create_pull(self, request: Request, login: str, of: Repository) -> Response:
        if login.endswith("[bot]") and not of.bots_may_open_pulls:
            message = "GitHub Actions is not permitted to create or approve pull requests."
            return Response(status=403, body={"message": message})
        fields = {"title": request.body["title"], "body": request.body.get("body")}
        head, base = (self._branch(of.name, request.body[end]) for end in ("head", "base"))
        for one in of.pulls:
            if (one["state"], one["head"], one["base"]) == ("open", head, base):
                told = f"A pull request already exists for {head['label']}."
                return _invalid("custom", resource="PullRequest", message=told)
        made = self.add_pull(of.name, head["ref"], base["ref"], login, **fields)
        return Response(status=201, body=made)

    def _edit_pull(self, request: Request, login: str, of: Repository, number: int) -> Response:
        for one in of.pulls:
            if one["number"] == number:
                one.update(request.body)
                return Response(body=one)
        return _missing()

    def _page(self, request: Request, items: Sequence[Node]) -> Response:
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


def _names(body: Any) -> list[str]:
    """GitHub takes a list of names, or an object that holds it."""
    return list(body["labels"] if isinstance(body, dict) else body)


def _missing() -> Response:
    return Response(status=404, body={"message": "Not Found"})


def _invalid(code: str, **fields: str) -> Response:
    errors = [{"resource": "Label", "code": code, "field": "name", **fields}]
    return Response(status=422, body={"message": "Validation Failed", "errors": errors})


def _refuse_body(body: str) -> Response | None:
    if not body.strip():
        return Response(status=422, body={"message": "Body cannot be blank"})
    if len(body) > LONGEST_BODY:
        return Response(status=422, body={"message": "Body is too long"})
    return None
