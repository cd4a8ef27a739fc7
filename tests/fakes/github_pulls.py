"""GitHub's side of REST: pull requests."""

from typing import Any

from .github_store import Node, Repository, Store, invalid, missing, user
from .server import Request, Response


class Pulls(Store):
    """Open or closed, from a branch of the repository or of a fork."""

    def add_pull(self, name: str, head: str, base: str, login: str, **fields: Any) -> Node:
        """Open, from a branch of the same repository unless `source` names a fork."""
        number, source = self.number(), fields.pop("source", name)
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
        self.repository(name).comments.setdefault(number, [])
        return pull

    def _branch(self, name: str, ref: str) -> Node:
        owner, _ = name.split("/")
        repo = {"full_name": name, "url": f"{self.url}/repos/{name}"}
        return {"label": f"{owner}:{ref}", "ref": ref, "user": user(owner), "repo": repo}

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
        return self.page(request, found)

    def _create_pull(self, request: Request, login: str, of: Repository) -> Response:
        if login.endswith("[bot]") and not of.bots_may_open_pulls:
            message = "GitHub Actions is not permitted to create or approve pull requests."
            return Response(status=403, body={"message": message})
        fields = {"title": request.body["title"], "body": request.body.get("body")}
        head, base = (self._branch(of.name, request.body[end]) for end in ("head", "base"))
        for one in of.pulls:
            ends = [{**one[end], "sha": None} for end in ("head", "base")]
            if (one["state"], *ends) == ("open", {**head, "sha": None}, {**base, "sha": None}):
                told = f"A pull request already exists for {head['label']}."
                return invalid("custom", resource="PullRequest", message=told)
        made = self.add_pull(of.name, head["ref"], base["ref"], login, **fields)
        made["head"]["sha"] = of.git.find(f"refs/heads/{head['ref']}") or "0" * 40
        return Response(status=201, body=made)

    def _edit_pull(self, request: Request, login: str, of: Repository, number: int) -> Response:
        for one in of.pulls:
            if one["number"] == number:
                one.update(request.body)
                return Response(body=one)
        return missing()
