"""GitHub's side of REST: what a pull request changes, files at a commit, statuses."""

import hashlib
from base64 import encodebytes
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .github_store import Node, Repository, missing, user
from .github_threads import Threads
from .server import Request, Response

MOST_LISTED = 3000
LARGEST_SHOWN = 1_048_576


def blob(content: bytes) -> str:
    """Git's id of a content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def commit(number: int) -> str:
    """A commit's name that can be told from another's, by its first digits too."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:40]


def shown(path: str, data: bytes) -> Node:
    """A plain file as the contents API gives it: above a megabyte without its bytes."""
    small = len(data) <= LARGEST_SHOWN
    return {
        "type": "file",
        "path": path,
        "size": len(data),
        "sha": blob(data),
        "encoding": "base64" if small else "none",
        "content": encodebytes(data).decode() if small else "",
    }


class Changes(Threads):
    """A pull request is an issue too. `propose` opens one, or pushes to one that is open."""

    def propose(
        self,
        name: str,
        number: int,
        login: str,
        files: Mapping[str, str | bytes],
        head: str = commit(1),
        *,
        fork: str | None = "",
        **fields: Any,
    ) -> Node:
        """From the author's fork, or from `fork`; None: it is gone. `files`: added, by path."""
        fork = f"{login}/partners" if fork == "" else fork
        of, base = self.repository(name), {"full_name": name, "default_branch": "main"}
        if number not in of.issues:
            self.add_issue(name, number, login, title="Our application", pull_request={})
        url = f"https://github.com/{name}/pull/{number}"
        pull = {
            "number": number,
            "title": "Our application",
            "state": "open",
            "body": None,
            "user": {**user(login), "id": 4711},
            "html_url": url,
            "head": {"ref": "main", "sha": head, "repo": {"full_name": fork} if fork else None},
            "base": {"ref": "main", "repo": base},
            "draft": False,
            **fields,
        }
        of.pulls = [*(one for one in of.pulls if one["number"] != number), pull]
        of.changes[number] = []
        for path, content in files.items():
            self.change(name, number, path, content)
        return pull

    def change(
        self, name: str, number: int, path: str, content: str | bytes, **fields: Any
    ) -> tuple[Node, Node]:
        """One more file: its entry in the list, and what its content answers, to be altered."""
        of = self.repository(name)
        data = content.encode() if isinstance(content, str) else content
        head = self._pull(of, number)["head"]["sha"]
        there = f"{self.url}/repos/{name}/contents/{quote(path)}?ref={head}"
        entry = {"filename": path, "status": "added", "sha": blob(data), "contents_url": there}
        of.changes[number].append({**entry, **fields})
        of.contents[head, path] = answer = shown(path, data)
        return of.changes[number][-1], answer

    def _pull(self, of: Repository, number: int) -> Node:
        return next((one for one in of.pulls if one["number"] == number), {})

    def _get_pull(self, request: Request, login: str, of: Repository, number: int) -> Response:
        pull = self._pull(of, number)
        if not pull:
            return missing()
        counted = {
            "changed_files": len(of.changes.get(number, ())),
            "labels": of.issues[number]["labels"] if number in of.issues else [],
        }
        return Response(body={**counted, **pull})

    def _list_changes(self, request: Request, login: str, of: Repository, number: int) -> Response:
        if not self._pull(of, number):
            return missing()
        return self.page(request, of.changes.get(number, ())[:MOST_LISTED])

    def _get_content(self, request: Request, login: str, of: Repository, path: str) -> Response:
        found = of.contents.get((request.query.get("ref", ""), path))
        return missing() if found is None else Response(body=found)

    def _list_statuses(self, request: Request, login: str, of: Repository, at: str) -> Response:
        """Newest first."""
        return self.page(request, of.statuses.get(at, [])[::-1])

    def _create_status(self, request: Request, login: str, of: Repository, at: str) -> Response:
        body = request.body
        description = body.get("description") or ""
        if len(description) > 140:
            return Response(status=422, body={"message": "description is too long"})
        if any(ord(character) > 0xFFFF for character in description):
            message = "description doesn't accept 4-byte Unicode"
            return Response(status=422, body={"message": message})
        made = {"target_url": None, "description": None, **body, "creator": user(login)}
        made["created_at"] = self.now
        of.statuses.setdefault(at, []).append(made)
        return Response(status=201, body=made)
