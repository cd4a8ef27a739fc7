"""GitHub's side of git: branches, files, commit statuses, in a real bare repository."""

import base64
import os
import shutil
import subprocess
import tempfile
import weakref
from pathlib import Path

from .github_store import Node, Repository, Store, missing
from .server import Request, Response

_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "GitHub"), ("EMAIL", "noreply@github.com"))
}


class GitData:
    """The bare repository at `path`; without one, a new one whose `main` has one empty commit."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None:
            path = Path(tempfile.mkdtemp())
            weakref.finalize(self, shutil.rmtree, path, ignore_errors=True)
        self.path = path
        if not (path / "HEAD").exists():
            self.git("init", "--quiet", "--bare", "--initial-branch=main")
            tree = self.git("mktree")
            self.git("update-ref", "refs/heads/main", self.git("commit-tree", "-m", "First", tree))

    def git(self, *command: str, given: bytes = b"") -> str:
        """What git prints, without the last newline."""
        return self._run(*command, given=given).decode().removesuffix("\n")

    def _run(self, *command: str, given: bytes = b"") -> bytes:
        ran = subprocess.run(  # noqa: S603  our own arguments
            ["git", "-C", str(self.path), *command],  # noqa: S607
            input=given,
            capture_output=True,
            check=True,
            env={
                **_WHO,
                "PATH": os.environ["PATH"],
                "HOME": str(self.path),
                "GIT_INDEX_FILE": str(self.path / "index-of-the-fake"),
            },
        )
        return ran.stdout

    def find(self, revision: str) -> str | None:
        """The id of what a revision stands for."""
        try:
            return self.git("rev-parse", "--verify", "--quiet", revision)
        except subprocess.CalledProcessError:
            return None

    def blob(self, revision: str, path: str) -> Node | None:
        """A file as GraphQL shows it."""
        oid = self.find(f"{revision}:{path}")
        if oid is None:
            return None
        text = self.content(oid).decode()
        return {"__typename": "Blob", "oid": oid, "text": text, "isTruncated": False}

    def content(self, oid: str) -> bytes:
        """Of a blob."""
        return self._run("cat-file", "blob", oid)

    def commit(self, branch: str, path: str, content: bytes, message: str) -> str:
        """Put one file on a branch; the new commit."""
        blob = self.git("hash-object", "-w", "--stdin", given=content)
        self.git("read-tree", branch)
        self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        tree = self.git("write-tree")
        made = self.git("commit-tree", "-p", branch, "-m", message, tree)
        self.git("update-ref", f"refs/heads/{branch}", made)
        return made


class GitRest(Store):
    """Routes of the git side."""

    def _create_ref(self, request: Request, login: str, of: Repository) -> Response:
        ref, sha = request.body["ref"], request.body["sha"]
        if of.git.find(ref):
            return _refused("Reference already exists")
        of.git.git("update-ref", ref, sha)
        return Response(status=201, body=self._ref(of, ref, sha))

    def _move_ref(self, request: Request, login: str, of: Repository, ref: str) -> Response:
        name = f"refs/heads/{ref}"
        if of.git.find(name) is None:
            return _refused("Reference does not exist")
        ahead = of.git.git("rev-list", "--count", f"{request.body['sha']}..{name}") != "0"
        if ahead and not request.body.get("force"):
            return _refused("Update is not a fast forward")
        of.git.git("update-ref", name, request.body["sha"])
        self.moved(of, ref)
        return Response(body=self._ref(of, name, request.body["sha"]))

    def _ref(self, of: Repository, ref: str, sha: str) -> Node:
        url = f"{self.url}/repos/{of.name}/git/{ref}"
        return {"ref": ref, "url": url, "object": {"type": "commit", "sha": sha}}

    def _put_file(self, request: Request, login: str, of: Repository, path: str) -> Response:
        """The blob that is replaced has to be named, and to be the one that is there."""
        body = request.body
        branch = body["branch"]
        if of.git.find(f"refs/heads/{branch}") is None:
            return missing()
        there = of.git.blob(branch, path)
        if (there or {}).get("oid") != body.get("sha"):
            told = f"{path} does not match"
            return Response(status=409 if body.get("sha") else 422, body={"message": told})
        content = base64.b64decode(body["content"], validate=True)
        made = of.git.commit(branch, path, content, body["message"])
        self.moved(of, branch)
        return Response(
            status=200 if there else 201, body={"content": {"path": path}, "commit": {"sha": made}}
        )

    def moved(self, of: Repository, branch: str) -> None:
        """Open pull requests follow their branch."""
        for pull in of.pulls:
            source = (pull["head"]["repo"] or {}).get("full_name")
            if (pull["state"], pull["head"]["ref"], source) == ("open", branch, of.name):
                pull["head"]["sha"] = of.git.find(f"refs/heads/{branch}")


def _refused(message: str) -> Response:
    return Response(status=422, body={"message": message})
