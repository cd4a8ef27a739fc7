"""GitHub's side of REST: issues, their comments and labels."""

from typing import Any

from .github_store import Node, Repository, Store, invalid, missing, user
from .server import Request, Response

LONGEST_BODY = 65_536


class Threads(Store):
    """What was posted is there to be read, by the account of the token that posted it."""

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
            "locked": False,
            "created_at": "2026-11-20T09:00:00Z",
            "updated_at": "2026-11-20T09:00:00Z",
            "url": f"{self.url}/repos/{name}/issues/{number}",
            "html_url": f"https://github.com/{name}/issues/{number}",
            **fields,
        }
        repository.issues[number] = issue
        return issue

    def add_comment(self, name: str, number: int, login: str, body: str) -> Node:
        made = self.number()
        comment = {
            "id": made,
            "body": body,
            "user": user(login),
            "url": f"{self.url}/repos/{name}/issues/comments/{made}",
            "html_url": f"https://github.com/{name}/issues/{number}#issuecomment-{made}",
            "created_at": self.now,
            "updated_at": self.now,
        }
        self.repository(name).comments[number].append(comment)
        return comment

    def _list_issues(self, request: Request, login: str, of: Repository) -> Response:
        """Open ones and newest first, unless asked otherwise; those with all of the `labels`."""
        query = request.query
        asked = {name.casefold() for name in query.get("labels", "").split(",") if name}
        found = [
            one
            for one in sorted(of.issues.values(), key=lambda one: one["created_at"])
            if query.get("state", "open") in (one["state"], "all")
            and query.get("creator") in (one["user"]["login"], None)
            and asked <= {label["name"].casefold() for label in one["labels"]}
        ]
        ascending = query.get("direction") == "asc"
        return self.page(request, found if ascending else found[::-1])

    def _create_issue(self, request: Request, login: str, of: Repository) -> Response:
        fields = {"labels": (), "body": None, **request.body}
        refusal = _refuse_body(fields["body"] or "-")
        if refusal:
            return refusal
        issue = self.add_issue(of.name, self.number(), login, **fields)
        return Response(status=201, body=issue)

    def _get_issue(self, request: Request, login: str, of: Repository, number: int) -> Response:
        return Response(body=of.issues[number]) if number in of.issues else missing()

    def _edit_issue(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return missing()
        changes = dict(request.body)
        if "labels" in changes:
            changes["labels"] = [of.label(name) for name in changes["labels"]]
        of.issues[number].update(changes)
        return Response(body=of.issues[number])

    def _list_comments(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if not _is_thread(of, number):
            return missing()
        return self.page(request, of.comments[number])

    def _post_comment(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if not _is_thread(of, number):
            return missing()
        refusal = self.refuse_comment(of, number, request.body["body"])
        if refusal:
            return refusal
        comment = self.add_comment(of.name, number, login, request.body["body"])
        return Response(status=201, body=comment)

    def refuse_comment(self, of: Repository, number: int, body: str) -> Response | None:
        if number in of.issues and of.issues[number]["locked"]:
            message = "Unable to create comment because issue is locked."
            return Response(status=403, body={"message": message})
        return _refuse_body(body)

    def _edit_comment(self, request: Request, login: str, of: Repository, id: int) -> Response:  # noqa: A002
        for comment in [one for thread in of.comments.values() for one in thread]:
            if comment["id"] == id:
                refusal = _refuse_body(request.body["body"])
                if refusal is None:
                    comment["body"] = request.body["body"]
                return refusal or Response(body=comment)
        return missing()

    def _list_labels(self, request: Request, login: str, of: Repository) -> Response:
        return self.page(request, list(of.labels.values()))

    def _create_label(self, request: Request, login: str, of: Repository) -> Response:
        if request.body["name"].casefold() in of.labels:
            return invalid("already_exists")
        return Response(status=201, body=of.label(**request.body))

    def _list_issue_labels(
        self, request: Request, login: str, of: Repository, number: int
    ) -> Response:
        if number not in of.issues:
            return missing()
        return self.page(request, of.issues[number]["labels"])

    def _set_labels(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return missing()
        named = dict.fromkeys(_names(request.body))
        of.issues[number]["labels"] = [of.label(name) for name in named]
        return Response(body=of.issues[number]["labels"])

    def _add_labels(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if number not in of.issues:
            return missing()
        labels = of.issues[number]["labels"]
        labels += [of.label(name) for name in _names(request.body) if of.label(name) not in labels]
        return Response(body=labels)

    def _remove_label(
        self, request: Request, login: str, of: Repository, number: int, name: str
    ) -> Response:
        labels = of.issues[number]["labels"] if number in of.issues else []
        kept = [label for label in labels if label["name"].casefold() != name.casefold()]
        if len(kept) == len(labels):
            return missing()
        of.issues[number]["labels"] = kept
        return Response(body=kept)


def _is_thread(of: Repository, number: int) -> bool:
    return number in of.issues or any(pull["number"] == number for pull in of.pulls)


def _names(body: Any) -> list[str]:
    """GitHub takes a list of names, or an object that holds it."""
    return list(body["labels"] if isinstance(body, dict) else body)


def _refuse_body(body: str) -> Response | None:
    if not body.strip():
        return Response(status=422, body={"message": "Body cannot be blank"})
    if len(body) > LONGEST_BODY:
        return Response(status=422, body={"message": "Body is too long"})
    return None
