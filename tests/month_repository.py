"""The example program in a repository with real git, and its months in a checkout."""

import os
import shutil
from pathlib import Path

from example_world import EXAMPLES
from fakes.github import FakeGitHub
from git_world import Repository, World
from processes import Ended, Processes

SITE = "  url: https://partners.lantern.example/\n"
REPOSITORY = "lantern-project/partners"
EVIDENCE = EXAMPLES / "evidence/2026-10.json"
NEW = [
    "rankings/2026-10.contributions.jsonl",
    "rankings/2026-10.json",
    "rankings/2026-10.repositories.json",
    "rankings/README.md",
]
PAGES_GONE = ["directory/long-gone.md", "directory/long-gone.svg"]
GONE = [*PAGES_GONE, "rankings/2026-10.contributions-2.jsonl"]
THEIRS = ["directory/README.md", "directory/logo.svg", "directory/how-to.md", "directory/über.md"]


class Program:
    """The example program in a repository, as a workflow has it; partners have their issues.

    It has no site: `test_month_site.py` is about that.
    """

    def __init__(self, folder: Path, github: FakeGitHub, processes: Processes) -> None:
        self.world, self.github = World(folder, os.environ["PATH"]), github
        self._processes = processes
        self.outputs = folder / "outputs"
        self.clone = self.world.clone("workflow")
        for name in ("program.yml", "partners", "rankings", "directory"):
            source, target = EXAMPLES / name, self.clone.path / name
            copy = shutil.copytree if source.is_dir() else shutil.copyfile
            shutil.rmtree(target, ignore_errors=True)
            copy(source, target)
        policy = self.clone.path / "program.yml"
        text = policy.read_text("utf-8")
        policy.write_text(text.replace(SITE, ""), "utf-8")
        for path, like in zip(PAGES_GONE, ("inlet-partners.md", "inlet-partners.svg"), strict=True):
            text = (EXAMPLES / "directory" / like).read_text("utf-8")
            moved = text.replace("inlet-partners", "long-gone")
            (self.clone.path / path).write_text(moved, "utf-8")  # whose record was deleted
        (self.clone.path / GONE[-1]).write_text("{}\n")  # of a month that was cut off
        for path in THEIRS:
            (self.clone.path / path).write_text("What a maintainer wrote.\n")
        self.clone.git("add", "--all")
        self.clone.git("commit", "--quiet", "--message", "The example program")
        self.clone.git("push", "--quiet", "origin", "main")
        self.start = self.clone.git("rev-parse", "HEAD")
        self.rest = github.rest.repository(REPOSITORY)
        self.rest.origin = self.origin.path
        for number in (9, 10, 11, 12, 13, 14, 15, 16, 18, 31):
            github.rest.add_issue(REPOSITORY, number, "example-applicant", state="closed")

    @property
    def origin(self) -> Repository:
        return self.world.origin

    def run(self, *options: str, kill_at: int = 0, evidence: Path = EVIDENCE) -> Ended:
        return self.month("--evidence", str(evidence), "--commit", *options, kill_at=kill_at)

    def judge(self, folder: Path) -> Ended:
        """The half that has the secrets: it leaves October in `folder`."""
        return self.month("--evidence", str(EVIDENCE), "--hand-on", str(folder))

    def publish(self, folder: Path) -> Ended:
        """The half that may write files."""
        return self.month("--handed-on", str(folder), "--commit")

    def month(self, *options: str, kill_at: int = 0) -> Ended:
        return self._processes.run(
            *("month", "--today", "2026-11-26", *options),
            folder=self.clone.path,
            environ={
                **self.world.environ,
                "GITHUB_TOKEN": "ghs_0123456789",
                "GITHUB_API_URL": self.github.url,
                "GITHUB_REPOSITORY": REPOSITORY,
                "GITHUB_OUTPUT": str(self.outputs),
                "PARTNERS_TIMEOUT": "5",
            },
            kill_at=kill_at,
        )

    def told(self) -> dict[str, list[str]]:
        """All comments and issues that the bot has written, by issue: its title, or its number."""
        rest = self.github.rest.repository(REPOSITORY)
        said = {
            f"#{number}": [one["body"] for one in comments]
            for number, comments in rest.comments.items()
            if comments
        }
        digests = {
            str(issue["title"]): [str(issue["body"])]
            for issue in rest.issues.values()
            if issue["user"]["login"] == "github-actions[bot]"
        }
        return said | digests

    def state(self) -> tuple[dict[str, str], list[str], dict[str, list[str]], list[str]]:
        """Files and log of the origin, what was said, and what lies about in the checkout."""
        about = self.clone.git("status", "--porcelain", "--untracked-files=all").splitlines()
        return self.origin.files("main"), self.origin.log("main"), self.told(), about
