"""The example program as a repository on GitHub: a bare origin, and its real workflows run by act.

Its files are those of the work tree, committed or not: the example program at the root, beside the
action and what it needs, so that `uses: ./` finds it. A test may give it other files, and say which
folder stands for an action that they use.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from example_world import EXAMPLES
from fakes.github import FakeGitHub
from fakes.github_git import NO_TEMPLATE
from fakes.github_rules import rule
from fakes.open_collective import FakeOpenCollective
from fakes.server import Request
from git_world import Repository
from workflows.act import Act, token_of
from workflows.act_log import Run
from workflows.permissions import written
from workflows.uv_cache import UvCache
from workflows.workflow_file import WorkflowFile

ROOT = Path(__file__).parents[1]
NAME = "lantern-project/partners"
ACTION = ("action.yml", "requirements", "schemas", "src")
OURS = (".github", *ACTION)
PROGRAM = ("applications", "partners", "program.yml", "rankings")
TOKENS = {
    "GITHUB_TOKEN": "ghs_exampleTokenOfTheWorkflow0123456789",
    "SPONSORS_TOKEN": "ghp_exampleTokenOfAnAdministrator012345",
    "OPENCOLLECTIVE_TOKEN": "exampleTokenOfOpenCollective0123456789",
}
ISSUES = range(9, 32)  # the partners' own, as their records name them
# Where a machine has certificates of its own, git and uv need to know them.
_HANDED_THROUGH = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def write_action(folder: Path) -> None:
    """The action alone, as it comes with `uses: OWNER/community-partners@v1`."""
    _copy(ROOT, ACTION, folder)


def write_example(folder: Path) -> None:
    _copy(ROOT, OURS, folder)
    _copy(EXAMPLES, PROGRAM, folder)


def _copy(source: Path, names: Iterable[str], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        if (source / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source / name, target / name, ignore=ignored)
        else:
            shutil.copyfile(source / name, target / name)


class LanternRepository:
    """`origin` holds the branch main, `rest` what GitHub shows of the repository.

    `servers`: their addresses, by variable. `used`: scopes that runs have written to, so far.
    `write_files`: what is in it at first. `actions`: as of `Act`. `refuses`: the test wants to see
    how GitHub refuses what a job may not do.
    """

    def __init__(
        self,
        folder: Path,
        github: FakeGitHub,
        open_collective: FakeOpenCollective,
        uv: UvCache,
        *,
        write_files: Callable[[Path], None] = write_example,
        actions: Mapping[str, Path] | None = None,
    ) -> None:
        for name in ("home", "origins/lantern-project", "seed", "runs"):
            (folder / name).mkdir(parents=True)
        self._folder, self._github, self._uv = folder, github, uv
        self._actions = actions or {}
        self._environ = _bare_environment(folder / "home")
        self.servers = {
            "GITHUB_API_URL": github.url,
            "GITHUB_GRAPHQL_URL": f"{github.url}/graphql",
            "OPENCOLLECTIVE_API_URL": open_collective.url,
            "EXCHANGE_RATES_URL": f"{open_collective.url}/no-rates-here",
            "BIG_MAC_PRICES_URL": f"{open_collective.url}/no-prices-here",
        }
        self.seed = Repository(folder / "seed", self._environ)
        self.origin = Repository(folder / f"origins/{NAME}.git", self._environ)
        github.rest.now = f"{datetime.now(UTC).date()}T09:00:00Z"  # as the workflows' own clock
        self.rest = github.rest.repository(NAME)
        self.rest.origin = self.origin.path
        self.used: frozenset[str] = frozenset()
        self.refuses = False
        open_collective.tokens.add(TOKENS["OPENCOLLECTIVE_TOKEN"])
        for number in ISSUES:
            github.rest.add_issue(NAME, number, "example-applicant", title="Our application")
        write_files(self.seed.path)
        self.seed.git("init", "--quiet", "--initial-branch=main")
        self.seed.git("clone", "--quiet", "--bare", ".", str(self.origin.path))
        self.seed.git("remote", "add", "origin", self.origin.path.as_uri())
        self.push("The program")

    def published(self) -> Any:
        """The list of partners on the site, as the last run that published it has it."""
        text = (self._folder / "artifacts/github-pages/v1/partners.json").read_text("utf-8")
        return json.loads(text)

    def push(self, subject: str, branch: str = "main") -> None:
        """All that has changed in `seed`, if anything, by a person."""
        self.seed.git("add", "--all")
        self.seed.git("commit", "--quiet", "--allow-empty", "--message", subject)
        self.seed.git("push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")

    def command(self, *arguments: str) -> None:
        """`partners ...` by a person, in `seed`."""
        subprocess.run(  # noqa: S603  our own arguments
            [sys.executable, "-m", "community_partners", *arguments],
            cwd=self.seed.path,
            env={**self._environ, **self.servers, **TOKENS},
            capture_output=True,
            check=True,
        )

    def run(
        self, workflow: str, event: str, branch: str = "main", *, at: str = "", **payload: Any
    ) -> Run:
        """The workflow as it is at the tip of `branch` in the origin, started by an event there.

        `at`: the commit of a run that has waited since, or is started again.
        """
        number = len(list((self._folder / "runs").iterdir()))
        folder = self._folder / f"runs/{number}"
        folder.mkdir()
        checkout = folder / "checkout"
        self.origin.git("clone", "--quiet", "--branch", branch, ".", str(checkout))
        if at:
            Repository(checkout, self._environ).git("reset", "--quiet", "--hard", at)
        act = Act(
            checkout=checkout,
            folder=folder,
            environ=self._environ,
            variables=self._variables(),
            secrets=TOKENS,
            actions=self._actions,
        )
        whole = {"ref": f"refs/heads/{branch}", "repository": _REPOSITORY, "sender": _SENDER}
        if event == "schedule":
            whole = {}  # the clock tells of nothing but itself
        file = WorkflowFile.read(checkout / ".github/workflows" / workflow)
        self._github.rights = {token_of(job): file.may_write(job) for job in file.jobs}
        asked = len(self._github.requests)
        run = act.run(workflow, event, {**whole, **payload})
        self._check(file, run, self._github.requests[asked:])
        return run

    def schedule(self, workflow: str, at: str = "", line: int = 0) -> Run:
        """Started by the clock, at the hours of one `line` of the schedule. `at`: as of `run`."""
        file = WorkflowFile.read(self.seed.path / ".github/workflows" / workflow)
        cron = file.triggers["schedule"][line]["cron"]
        return self.run(workflow, "schedule", at=at, schedule=cron)

    def dispatch(self, workflow: str, **inputs: str) -> Run:
        """Started by a person, with a click."""
        return self.run(workflow, "workflow_dispatch", inputs=inputs)

    def protect(self) -> None:
        """main takes pull requests only."""
        rule(self.rest, "pull request")

    def merge(self, branch: str) -> None:
        """A person merges the pull request of `branch`, which the rules of main allow."""
        self.origin.git("update-ref", "refs/heads/main", f"refs/heads/{branch}")

    def _check(self, file: WorkflowFile, run: Run, requests: Sequence[Request]) -> None:
        """What GitHub would have refused, and what it would have shown to everybody."""
        known = {*TOKENS.values(), *map(token_of, file.jobs), None}
        assert {one.token for one in requests} <= known
        assert TOKENS["GITHUB_TOKEN"] not in [one.token for one in requests], "each job has its own"
        for job in file.jobs:
            used = written(requests, token_of(job), file.may_write(job))
            assert self.refuses or used <= file.may_write(job), (
                f"{file.name}: {job} may not write {used}"
            )
            self.used |= used
        # act masks what it knows to be secret: so a mask is a secret that was printed.
        tokens = (*TOKENS.values(), *map(token_of, file.jobs), "***")
        assert not [one for one in tokens if one in run.raw]

    def _variables(self) -> dict[str, str]:
        return {
            **self.servers,
            **self._uv.variables,
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_RUN_ID": "4242",
            "STUB_ARTIFACTS": str(self._folder / "artifacts"),
            "STUB_ORIGINS": str(self._folder / "origins"),
            "STUB_UV": str(self._uv.bin),
        }


_REPOSITORY = {"full_name": NAME, "name": "partners", "default_branch": "main"}
_SENDER = {"login": "example-maintainer", "type": "User"}


def _bare_environment(home: Path) -> dict[str, str]:
    """act hands its whole environment to every step: so there is nothing of the machine in it."""
    kept = {name: os.environ[name] for name in _HANDED_THROUGH if name in os.environ}
    ours = {"HOME": str(home), "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", **NO_TEMPLATE}
    # act gives steps a terminal, GitHub does not: a dumb one is the nearest to none.
    return {**kept, **ours, "PATH": os.environ["PATH"], "TERM": "dumb", "NO_COLOR": "1"}
