"""A stranger's fork: a real git repository, and what GitHub tells of a commit in it.

The list of changes tells of a link its own text; the contents give what the link leads to, where
that is a file of the same commit.
"""

import posixpath
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .github_changes import Changes, shown
from .github_git import GitData
from .github_store import Node

_STATUS = {"A": "added", "M": "modified", "D": "removed", "R": "renamed", "C": "copied"}
_LINK, _SUBMODULE = "120000", "160000"
_DEEP = 5  # links that lead to links


class Fork:
    """Bare, at `path`, with all that `origin` has. Edits first, then `propose`."""

    def __init__(self, path: Path, origin: Path) -> None:
        subprocess.run(  # noqa: S603  our own arguments
            ["git", "clone", "--quiet", "--bare", str(origin), str(path)],  # noqa: S607
            check=True,
        )
        self.path, self._git = path, GitData(path)
        self._base = self._git.git("rev-parse", "HEAD")
        self._git.git("read-tree", "HEAD")

    def put(self, path: str, content: str | bytes = "PWNED\n", mode: str = "100644") -> None:
        """A file, whatever is there; or a link, by its mode."""
        data = content.encode() if isinstance(content, str) else content
        self._add(mode, self._git.git("hash-object", "-w", "--stdin", given=data), path)

    def link(self, path: str, target: str) -> None:
        self.put(path, target, _LINK)

    def submodule(self, path: str) -> None:
        self._add(_SUBMODULE, self._base, path)

    def take(self, path: str) -> None:
        """Away, with all that is in it."""
        inside = self._git.git("ls-files", "-z", "--", path).split("\0")
        gone = "".join(f"0 {'0' * 40}\t{one}\0" for one in inside if one)
        self._git.git("update-index", "-z", "--index-info", given=gone.encode())

    def move(self, path: str, to: str) -> None:
        mode, oid = self._entry(path, "HEAD")
        self.take(path)
        self._add(mode, oid, to)

    def propose(self, rest: Changes, name: str, number: int, login: str) -> str:
        """Commit, and open the pull request, or push to it; the commit."""
        tree = self._git.git("write-tree")
        head = self._git.git("commit-tree", "-p", self._base, "-m", "Apply", tree)
        self._git.git("update-ref", "refs/heads/main", head)
        rest.propose(name, number, login, {}, head)
        for status, path, before, oid in self._changes(head):
            more = {"status": status, "sha": oid}
            if before:
                more["previous_filename"] = before
            rest.change(name, number, path, b"", **more)
            rest.repository(name).contents[head, path] = self._content(path, head)
        return head

    def _changes(self, head: str) -> Iterator[tuple[str, str, str, str]]:
        """Status, path, path before, and id of the content; a change of kind alone is `changed`."""
        shown = self._git.git("diff", "--raw", "-z", "--no-abbrev", "-M", self._base, head)
        fields = iter(shown.split("\0"))
        for words in filter(None, fields):
            before_mode, mode, _, oid, letter = words.split(" ")
            path = next(fields)
            before, path = (path, next(fields)) if letter[0] in "RC" else ("", path)
            kept = letter != "M" or before_mode.removeprefix(":") == mode
            yield _STATUS.get(letter[0], "changed") if kept else "changed", path, before, oid

    def _content(self, path: str, head: str) -> Node | None:
        mode, oid = self._entry(path, head)
        if mode == _SUBMODULE:
            return {"type": "submodule", "size": 0, "submodule_git_url": "https://x.example"}
        if mode == _LINK:
            end = self._end_of(path, oid, head)
            return shown(path, end) if end is not None else {"type": "symlink", "size": 0}
        return shown(path, self._git.content(oid)) if mode else None

    def _end_of(self, path: str, oid: str, head: str) -> bytes | None:
        """What a link leads to, if that is a file of this commit."""
        for _ in range(_DEEP):
            target = posixpath.join(posixpath.dirname(path), self._git.content(oid).decode())
            path = posixpath.normpath(target)
            mode, oid = self._entry(path, head)
            if mode != _LINK:
                return self._git.content(oid) if mode else None
        return None

    def _entry(self, path: str, revision: str) -> tuple[str, str]:
        """Mode and id of what is at a path itself; empty for a folder, and where nothing is."""
        if path.startswith(("/", "../")):
            return "", ""
        listed = self._git.git("--literal-pathspecs", "ls-tree", "-z", revision, "--", path)
        mode, kind, rest = (listed or "  ").split(" ", 2)
        return ("", "") if kind == "tree" else (mode, rest.split("\t")[0])

    def _add(self, mode: str, oid: str, path: str) -> None:
        self._git.git("update-index", "--add", "--replace", "--cacheinfo", mode, oid, path)
