"""Real git repositories: a bare origin, and clones of it as people and workflows have them."""

import atexit
import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from community_partners.checkout.git import Git
from fakes.github_git import NO_TEMPLATE

PERSON = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")


class Repository:
    """A repository at `path`, used with a home and a configuration of its own."""

    def __init__(self, path: Path, environ: dict[str, str]) -> None:
        self.path, self.environ = path, environ

    def git(self, *command: str, given: str = "") -> str:
        """What git prints; it must not fail. Whoever commits is Ada Example."""
        git = Git(root=self.path, environ=self.environ, options=PERSON)
        return git.expect("do what a test needs", *command, given=given).strip()

    def log(self, ref: str = "HEAD") -> list[str]:
        """Subjects, oldest first."""
        return self.git("log", "--reverse", "--format=%s", ref).splitlines()

    def files(self, ref: str = "HEAD") -> dict[str, str]:
        """Text by path, without spaces and line breaks around it."""
        names = [one for one in self.git("ls-tree", "-rz", "--name-only", ref).split("\0") if one]
        ran = subprocess.run(  # noqa: S603  our own arguments
            ["git", "-C", str(self.path), "cat-file", "--batch=%(objectsize)"],  # noqa: S607
            input="".join(f"{ref}:{name}\n" for name in names).encode(),
            env=self.environ,
            stdout=subprocess.PIPE,
            check=True,
        )
        told, found = io.BytesIO(ran.stdout), {}
        for name in names:
            size = int(told.readline())
            found[name] = told.read(size + 1).decode("utf-8", errors="replace").strip()
        return found

    def hook(self, name: str, *lines: str) -> Path:
        """A program of the repository; of a bare one, it can decline a push."""
        folder = self.path / ("hooks" if (self.path / "HEAD").exists() else ".git/hooks")
        folder.mkdir(exist_ok=True)
        file = folder / name
        file.write_text("\n".join(("#!/bin/sh", *lines, "")))
        file.chmod(0o755)
        return file


class Clone(Repository):
    def write(self, **texts: str) -> None:
        """`ranking="1. Acme"` writes rankings/ranking.json."""
        (self.path / "rankings").mkdir(exist_ok=True)
        for name, text in texts.items():
            (self.path / "rankings" / f"{name}.json").write_text(f"{text}\n")

    def commit(self, subject: str, **texts: str) -> None:
        """By a person."""
        self.write(**texts)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def state(self) -> tuple[Sequence[str], Sequence[str]]:
        """What is staged, changed or unknown to git; and the stashes and other working trees."""
        changes = self.git("status", "--porcelain", "--untracked-files=all").splitlines()
        trees = self.git("worktree", "list").splitlines()[1:]
        return changes, [*self.git("stash", "list").splitlines(), *trees]


class World:
    """An origin whose branch `main` has rankings/old.json, and as many clones as are asked for.

    `files`: what a person has pushed since from the clone `person`, by path. The repositories are
    made once and copied: to make them takes git a dozen processes.
    """

    def __init__(self, folder: Path, path: str, files: Mapping[str, str] | None = None) -> None:
        made = _made(path, tuple(sorted((files or {}).items())))
        shutil.copytree(made, folder, dirs_exist_ok=True, symlinks=True)
        for config in folder.glob("*/.git/config"):
            config.write_text(config.read_text("utf-8").replace(str(made), str(folder)), "utf-8")
        self.environ = _environ(folder, path)
        self.folder = folder
        self.origin = Repository(folder / "origin.git", self.environ)
        self.person = Clone(folder / "person", self.environ)

    def clone(self, name: str, *options: str) -> Clone:
        return _clone(self.origin, self.folder / name, *options)


def _environ(folder: Path, path: str) -> dict[str, str]:
    return {
        "PATH": path,
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        **NO_TEMPLATE,
    }


@cache
def _made(path: str, files: tuple[tuple[str, str], ...]) -> Path:
    """The folder of a world that nobody changes."""
    folder = Path(tempfile.mkdtemp(prefix="git-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environ = _environ(folder, path)
    origin = Repository(folder / "origin.git", environ)
    origin.path.mkdir()
    origin.git("init", "--quiet", "--bare", "--initial-branch=main")
    first = _clone(origin, folder / "first")
    first.git("checkout", "--quiet", "-B", "main")
    first.commit("First", old="old", other="other")
    first.git("push", "--quiet", "--set-upstream", "origin", "main")
    if files:
        person = _clone(origin, folder / "person")
        for name, text in files:
            (person.path / name).parent.mkdir(parents=True, exist_ok=True)
            (person.path / name).write_text(text, encoding="utf-8")
        person.commit("The program")
        person.git("push", "--quiet", "origin", "HEAD:main")
    return folder


def _clone(origin: Repository, there: Path, *options: str) -> Clone:
    above = Repository(there.parent, origin.environ)
    above.git("clone", "--quiet", *options, origin.path.as_uri(), str(there))
    return Clone(there, origin.environ)
