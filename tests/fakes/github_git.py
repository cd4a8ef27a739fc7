"""GitHub's side of git: branches and commits, in a real bare repository."""

import base64
import os
import re
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from .github_rules import ASKS, refuse
from .github_store import Node, Repository, Store, missing, user
from .server import Request, Response

_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "GitHub"), ("EMAIL", "noreply@github.com"))
}
NO_TEMPLATE = {"GIT_TEMPLATE_DIR": ""}
"""Of git: a new repository then has no examples of hooks, which cost more than all else in it."""
_EMAIL = "41898282+{}@users.noreply.github.com"
_OF_AN_ACCOUNT = re.compile(r"[0-9]+\+(.+)@users\.noreply\.github\.com")


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

    def git(self, *command: str, given: bytes = b"", who: str = "", when: str = "") -> str:
        """What git prints, without the last newline. `who`: the account that is the author."""
        return self._run(*command, given=given, who=who, when=when).decode().removesuffix("\n")

    def _run(self, *command: str, given: bytes = b"", who: str = "", when: str = "") -> bytes:
        ran = subprocess.run(  # noqa: S603  our own arguments
            ["git", "-C", str(self.path), *command],  # noqa: S607
            input=given,
            capture_output=True,
            check=True,
            env={
                **_WHO,
                **({"GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": _EMAIL.format(who)} if who else {}),
                **({"GIT_COMMITTER_DATE": when} if when else {}),
                "PATH": os.environ["PATH"],
                "HOME": str(self.path),
                **NO_TEMPLATE,
                "GIT_INDEX_FILE": str(self.path / "index-of-the-fake"),
            },
        )
        return ran.stdout

    def find(self, revision: str) -> str | None:
        """The id of what a revision stands for."""
        if revision.startswith("refs/heads/") and (self.path / revision).is_file():
            return (self.path / revision).read_text("utf-8").strip()
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

    def commit(
        self, branch: str, path: str, content: bytes, message: str, *, when: str = ""
    ) -> str:
        """Put one file on a branch; the new commit. `when`: its moment; else now."""
        return self.commit_files(branch, {path: content}, message, "", when=when)

    def commit_files(
        self,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str,
        login: str,
        *,
        when: str = "",
    ) -> str:
        """Put files on a branch, or take them out (None); the new commit. An empty one is a bug."""
        parent = self.find(f"refs/heads/{branch}")
        assert parent
        self.git("read-tree", parent)
        lines = []
        for path, content in files.items():
            blob = content is not None and self.git("hash-object", "-w", "--stdin", given=content)
            lines.append(f"{'100644' if blob else '0'} {blob or '0' * 40}\t{path}\0")
        self.git("update-index", "-z", "--index-info", given="".join(lines).encode())
        tree = self.git("write-tree")
        assert tree != self.git("rev-parse", f"{parent}^{{tree}}"), "Nobody knows what GitHub does."
        made = self.git(
            *("commit-tree", "-p", parent, "-F", "-", tree),
            given=message.encode(),
            who=login,
            when=when,
        )
        self.git("update-ref", f"refs/heads/{branch}", made)
        return made

    def author(self, commit: str) -> str | None:
        """The login of a commit's author; None for an address of no account."""
        account = _OF_AN_ACCOUNT.fullmatch(self.git("show", "--no-patch", "--format=%ae", commit))
        return account[1] if account else None

    def shown(self, commit: str) -> Node:
        """A commit as REST shows it; the author is null for an address of no account."""
        told = self.git("show", "--no-patch", "--format=%T%n%ae%n%B", commit)
        tree, email, message = told.split("\n", 2)
        account = _OF_AN_ACCOUNT.fullmatch(email)
        author = user(account[1]) if account else None
        return {
            "sha": commit,
            "commit": {"tree": {"sha": tree}, "message": message},
            "author": author,
        }


class GitRest(Store):
    """Routes of the git side."""

    def _create_ref(self, request: Request, login: str, of: Repository) -> Response:
        ref, sha = request.body["ref"], request.body["sha"]
        if of.git.find(ref):
            return _refused("Reference already exists")
        if of.git.find(f"{sha}^{{commit}}") is None:
            return _refused("Object does not exist")
        if refuse(of, ref.removeprefix("refs/heads/"), made=True):
            return _refused("Reference update failed")
        of.git.git("update-ref", ref, sha)
        return Response(status=201, body=self._ref(of, ref, sha))

    def _put_file(self, request: Request, login: str, of: Repository, path: str) -> Response:
        """For builds of before November 2026, which benchmarks/round_trips.py compares with.

        The blob that is replaced has to be named, and to be the one that is there.
        """
        body = request.body
        branch = body["branch"]
        if of.git.find(f"refs/heads/{branch}") is None:
            return missing()
        there = of.git.blob(branch, path)
        if (there or {}).get("oid") != body.get("sha"):
            told = f"{path} does not match"
            return Response(status=409 if body.get("sha") else 422, body={"message": told})
        content = base64.b64decode(body["content"], validate=True)
        made = of.git.commit_files(branch, {path: content}, body["message"], login)
        self.moved(of, branch)
        return Response(
            status=200 if there else 201, body={"content": {"path": path}, "commit": {"sha": made}}
        )

    def _move_ref(self, request: Request, login: str, of: Repository, ref: str) -> Response:
        name = f"refs/heads/{ref}"
        if of.git.find(name) is None:
            return _refused("Reference does not exist")
        ahead = of.git.git("rev-list", "--count", f"{request.body['sha']}..{name}") != "0"
        if ahead and not request.body.get("force"):
            return _refused("Update is not a fast forward")
        if broken := refuse(of, ref):
            return _refused(f"Repository rule violations found\n\n{ASKS[broken.asks]}")
        of.git.git("update-ref", name, request.body["sha"])
        self.moved(of, ref)
        return Response(body=self._ref(of, name, request.body["sha"]))

    def _ref(self, of: Repository, ref: str, sha: str) -> Node:
        url = f"{self.url}/repos/{of.name}/git/{ref}"
        return {"ref": ref, "url": url, "object": {"type": "commit", "sha": sha}}

    def _get_ref(self, request: Request, login: str, of: Repository, ref: str) -> Response:
        ref = unquote(ref)
        tip = of.git.find(f"refs/heads/{ref}")
        return Response(body=self._ref(of, f"refs/heads/{ref}", tip)) if tip else missing()

    def _delete_ref(self, request: Request, login: str, of: Repository, ref: str) -> Response:
        of.git.git("update-ref", "-d", f"refs/heads/{ref}")
        return Response(status=204, body=b"")

    def _compare(
        self, request: Request, login: str, of: Repository, base: str, head: str
    ) -> Response:
        ends = [of.git.find(f"{one}^{{commit}}") for one in (base, f"refs/heads/{head}")]
        if None in ends:
            return missing()
        ahead = of.git.git("rev-list", "--reverse", "--topo-order", f"{ends[0]}..{ends[1]}")
        commits = [of.git.shown(one) for one in ahead.splitlines()]
        shown = {"ahead_by": len(commits), "base_commit": of.git.shown(str(ends[0]))}
        return Response(body={**shown, "commits": commits[:250]})

    def moved(self, of: Repository, branch: str) -> None:
        """Open pull requests follow their branch."""
        for pull in of.pulls:
            source = (pull["head"]["repo"] or {}).get("full_name")
            if (pull["state"], pull["head"]["ref"], source) == ("open", branch, of.name):
                pull["head"]["sha"] = of.git.find(f"refs/heads/{branch}")


def _refused(message: str) -> Response:
    return Response(status=422, body={"message": message})
