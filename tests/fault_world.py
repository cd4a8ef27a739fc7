"""A program in a world that is made once, and is as it was at first in a moment: for many runs.

A `Story` makes the world and says which run is looked at. All of its runs are in this process, with
real HTTP and real git, on a clock that moves forward when they pause.
"""

import copy
import io
import json
import os
import re
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from currency_converter import CurrencyConverter

from community_partners import cli
from community_partners.rates import exchange_rates
from community_partners.rates.bank_table import Table
from community_partners.wire import session  # noqa: F401  before its clock is another
from fakes.bank import FakeBank, history
from fakes.github import FakeGitHub
from fakes.github_git import NO_TEMPLATE
from fakes.github_store import Repository
from fakes.open_collective import FakeOpenCollective
from fakes.server import FakeServer
from program_folder import Ran
from virtual_time import VirtualTime

TOKENS = {
    "GITHUB_TOKEN": "ghs_exampleTokenOfTheWorkflow0123456789",
    "SPONSORS_TOKEN": "ghp_exampleTokenOfAnAdministrator012345",
    "OPENCOLLECTIVE_TOKEN": "exampleTokenOfOpenCollective0123456789",
}
_CHANGE = re.compile(r'"change": \d+, ')
_MADE = re.compile(r"(?<=[#/ -])1\d{3}\b")
_SHA = re.compile(r"\b[0-9a-f]{40}\b")


@dataclass(frozen=True, kw_only=True)
class Start:
    """A run of `partners`: its arguments, the event that starts it, the variables it sees."""

    arguments: tuple[str, ...]
    event: Any = None
    env: Mapping[str, str]


class World:
    """`folder/live` is all that a run sees: `checkout`, its folder, and `origin.git`, if any."""

    def __init__(self, folder: Path, servers: "Servers") -> None:
        self.folder, self.servers = folder, servers
        self.github, self.open_collective = servers.github, servers.open_collective
        self.bank = servers.bank
        self.time = VirtualTime()
        self.live.mkdir(parents=True)
        self._kept: dict[str, Any] = {}

    @property
    def live(self) -> Path:
        return self.folder / "live"

    @property
    def checkout(self) -> Path:
        return self.live / "checkout"

    @property
    def origin(self) -> Path:
        return self.live / "origin.git"

    def keep(self) -> None:
        """What is here now is what `renew` brings back."""
        for of in self.github.rest.repositories.values():
            of.origin = self._moved(of)
        shutil.copytree(self.live, self.folder / "kept", symlinks=True)
        self._kept = _state_of(self.github.rest)

    def _moved(self, of: Repository) -> Path:
        """The repository's git data, from wherever they were made to `live`."""
        there = self.live / f"{of.name.replace('/', '+')}.git"
        if of.origin:
            return of.origin
        shutil.copytree(of.git.path, there)
        of.__dict__.pop("git")
        return there

    def renew(self) -> None:
        shutil.rmtree(self.live)
        shutil.copytree(self.folder / "kept", self.live, symlinks=True)
        self.github.rest.__dict__.update(_copied(self._kept))
        self.github.budget, self.github.spent = 1000, 0
        self.forget()

    def forget(self) -> None:
        """What the servers were asked, and how they were to fail."""
        for one in self.servers.all:
            one.recover()
            one.requests.clear()
            one.arrived.clear()
            one.worked.clear()
            one.silent.clear()
            one.intercept = lambda _: None

    def run(self, start: Start) -> Ran:
        """With the environment of `start` and no other, in a fresh clone if there is an origin."""
        if self.origin.exists():
            shutil.rmtree(self.checkout, ignore_errors=True)
            _git(self.live, "clone", "--quiet", str(self.origin), str(self.checkout))
        for name in ("summary.md", "outputs"):
            (self.live / name).write_text("")
        (self.live / "event.json").write_text(json.dumps(start.event), "utf-8")
        out, err = _stream(), _stream()
        with ExitStack() as stack:
            environ = {"PATH": os.environ["PATH"], **self._variables(), **start.env}
            stack.enter_context(patch.dict(os.environ, environ, clear=True))
            stack.enter_context(patch.object(sys, "argv", ["partners", *start.arguments]))
            stack.enter_context(patch.object(sys, "stdout", out))
            stack.enter_context(patch.object(sys, "stderr", err))
            stack.enter_context(_within(self.checkout))
            stack.enter_context(self.time.passing(*(one.silent for one in self.servers.all)))
            if self.bank.rates:  # it is asked, however new the library's own table is
                stack.enter_context(patch.object(exchange_rates, "shipped", _old_table))
            code = _call()
        return Ran(
            code=code,
            out=_text(out),
            err=_text(err),
            summary=(self.live / "summary.md").read_text("utf-8"),
            outputs=(self.live / "outputs").read_text("utf-8"),
        )

    def _variables(self) -> dict[str, str]:
        return {
            **TOKENS,
            "GITHUB_API_URL": self.github.url,
            "OPENCOLLECTIVE_API_URL": self.open_collective.url,
            "EXCHANGE_RATES_URL": self.bank.url,
            "GITHUB_EVENT_PATH": str(self.live / "event.json"),
            "GITHUB_STEP_SUMMARY": str(self.live / "summary.md"),
            "GITHUB_OUTPUT": str(self.live / "outputs"),
            "PARTNERS_CACHE": str(self.live / "cache"),
            "PARTNERS_TIMEOUT": "5",
            "HOME": str(self.live),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            **NO_TEMPLATE,
        }


class Servers:
    """The platforms, which serve while this is entered."""

    def __init__(self) -> None:
        self.github, self.open_collective = FakeGitHub(), FakeOpenCollective()
        self.bank = FakeBank()
        self.github.spokesperson()
        self.all: tuple[FakeServer, ...] = (self.github, self.open_collective, self.bank)
        self._stack = ExitStack()
        self.open_collective.tokens.add(TOKENS["OPENCOLLECTIVE_TOKEN"])

    def __enter__(self) -> "Servers":
        for one in self.all:
            self._stack.enter_context(one)
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)


def _state_of(rest: Any) -> dict[str, Any]:
    """All that GitHub's REST keeps, but for the routes and the accounts, which no run changes."""
    return _copied({k: v for k, v in vars(rest).items() if k not in ("_routes", "accounts")})


def _copied(kept: Mapping[str, Any]) -> dict[str, Any]:
    found = {k: copy.deepcopy(v) for k, v in kept.items() if k != "repositories"}
    of = {name: _copy(one) for name, one in kept["repositories"].items()}
    return {**found, "repositories": of}


def _copy(of: Repository) -> Repository:
    """Without the git data that it may have opened."""
    own = {one.name: getattr(of, one.name) for one in fields(of) if one.name != "accounts"}
    return Repository(**copy.deepcopy(own), accounts=of.accounts)


@cache
def _old_table() -> Table:
    table = CurrencyConverter(None)
    table.load_lines(history({"2026-01-02": ("1.10", "0.86", "170")}).splitlines())
    return Table(rates=table)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def _call() -> int:
    try:
        cli.main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except BaseException:  # noqa: BLE001  as the interpreter would
        traceback.print_exc()
        return 99
    return 0


@contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _git(folder: Path, *command: str) -> str:
    ran = subprocess.run(  # noqa: S603  our own arguments
        ["git", "-C", str(folder), *command],  # noqa: S607
        capture_output=True,
        check=True,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            **NO_TEMPLATE,
        },
    )
    return ran.stdout.decode()


def plain(text: str) -> str:
    """Without numbers that depend on what was made before, and how often a verdict has changed."""
    return _MADE.sub("N", _SHA.sub("SHA", _CHANGE.sub("", text)))


def seen(world: World) -> dict[str, Any]:
    """All that people see on GitHub, in an order that does not depend on when it was made."""
    return {name: _seen(of) for name, of in sorted(world.github.rest.repositories.items())}


def _seen(of: Repository) -> dict[str, Any]:
    threads = {}
    for number, issue in of.issues.items():
        key = str(number) if number < 1000 else plain(str(issue["title"]))
        threads[f"{key} of {issue['user']['login']}"] = {
            "state": issue["state"],
            "body": plain(issue["body"] or ""),
            "labels": sorted(label["name"] for label in issue["labels"]),
            "comments": _comments(of, number),
        }
    return {
        "threads": threads,
        "labels": sorted(one["name"] for one in of.labels.values()),
        "pulls": _pulls(of),
        "branches": _branches(of),
    }


def _comments(of: Repository, number: int) -> list[str]:
    return sorted(
        json.dumps(
            [
                one["user"]["login"] if one["user"] else None,
                plain(one["body"]),
                sorted(
                    f"{r['user']['login']} {r['content']}" for r in of.reactions.get(one["id"], ())
                ),
            ]
        )
        for one in of.comments.get(number, ())
    )


def _pulls(of: Repository) -> dict[str, Any]:
    """By branch; a second one of a branch is told apart."""
    found: dict[str, Any] = {}
    for pull in of.pulls:
        branch = pull["head"]["ref"]
        found[f"{branch}, again" if branch in found else branch] = _pull(of, pull)
    return found


def _pull(of: Repository, pull: Mapping[str, Any]) -> dict[str, Any]:
    told = of.statuses.get(str(pull["head"].get("sha")), [])[-1:]
    body = plain(pull.get("body") or "")
    return {
        "state": pull["state"],
        "title": pull["title"],
        # The verdict below it is that of the day on which the pull request was closed.
        "body": body if pull["state"] == "open" else body.partition("\n")[0],
        "status": [[one["state"], one["description"]] for one in told],
        # Those of a person's are told by its thread.
        "comments": [] if pull["number"] in of.issues else _comments(of, pull["number"]),
    }


_COMMITS: dict[str, list[list[str]]] = {}


def _branches(of: Repository) -> dict[str, Any]:
    told = of.git.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/")
    return {name: _tree_and_log(of, tip) for name, tip in map(str.split, told.splitlines())}


def _tree_and_log(of: Repository, commit: str) -> list[list[str]]:
    """A commit never changes, so git is asked once."""
    if commit not in _COMMITS:
        tree = of.git.git("ls-tree", "-r", "--format=%(path) %(objectname)", commit)
        log = of.git.git("log", "--format=%B%x00", commit)
        _COMMITS[commit] = [tree.splitlines(), sorted(log.split("\0"))]
    return _COMMITS[commit]


def standings(world: World) -> dict[str, str]:
    """Of each partner in the newest month that is committed on main."""
    found: dict[str, str] = {}
    for of in world.github.rest.repositories.values():
        paths = of.git.git("ls-tree", "-r", "--name-only", "main").splitlines()
        months = [one for one in paths if re.fullmatch(r"rankings/\d{4}-\d\d\.json", one)]
        for path in sorted(months)[-1:]:
            told = json.loads(of.git.git("show", f"main:{path}"))
            found |= {one["slug"]: one["standing"]["standing"] for one in told["partners"]}
    return found


@dataclass(frozen=True, kw_only=True)
class Story:
    """`make` makes the world, up to the run that is looked at, whose start it returns.

    `fair`: the run is about an eligible applicant, and says nothing worse than *needs review*.
    `once_a_day`: a second run on the day does not look again at what lacks a right.
    """

    name: str
    make: Callable[[World], Start]
    fair: bool = True
    once_a_day: bool = False
