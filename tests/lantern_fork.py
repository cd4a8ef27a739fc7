"""A stranger's pull request to the example program, from a fork whose code would print PWNED."""

from acme import ACME
from fakes.github import FakeGitHub
from fakes.github_changes import blob
from git_world import Repository
from lantern_repository import NAME, LanternRepository
from workflows.act_log import Run

NUMBER = 40
FORK = "example-stranger/partners"
PWNED = "runs: {using: composite, steps: [{shell: bash, run: echo PWNED}]}\n"
TRAPS = {
    "action.yml": f"name: Trap\ndescription: Trap\n{PWNED}",
    "src/community_partners/__init__.py": "print('PWNED')\n",
    ".github/workflows/application.yml": """
        on: pull_request_target
        jobs: {trap: {runs-on: ubuntu-latest, steps: [{run: echo PWNED}]}}
        """,
}


class Fork:
    """A stranger's pull request, from a repository whose every file is a trap."""

    def __init__(self, lantern: LanternRepository, fake: FakeGitHub, workflow: str) -> None:
        self._lantern, self._rest, self._workflow = lantern, fake.rest, workflow
        folder = lantern.origin.path.parents[2]
        self._work = Repository(folder / "fork", lantern.seed.environ)
        self._path = folder / f"origins/{FORK}.git"
        lantern.origin.git("clone", "--quiet", ".", str(self._work.path))

    def propose(self, files: dict[str, str]) -> None:
        """Commit these files and the traps; only the files are in GitHub's list."""
        for path, text in {**TRAPS, **files}.items():
            file = self._work.path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        self._work.git("add", "--all")
        self._work.git("commit", "--quiet", "--message", "Apply")
        if not self._path.exists():
            self._work.git("clone", "--quiet", "--bare", ".", str(self._path))
        self._work.git("push", "--quiet", self._path.as_uri(), "HEAD:main")
        there = self._path.as_uri()
        self._lantern.origin.git("fetch", "--quiet", there, f"+main:refs/pull/{NUMBER}/head")
        head = self._work.git("rev-parse", "HEAD")
        self._rest.propose(NAME, NUMBER, "example-stranger", files, head, fork=FORK)

    def link(self, path: str, target: str) -> None:
        """A symbolic link among the changes: GitHub gives the text of what it leads to."""
        entry, _ = self._rest.change(NAME, NUMBER, path, ACME)
        entry["sha"] = blob(target.encode())

    def run(self, action: str = "opened") -> Run:
        base = self._lantern.origin.git("rev-parse", "main")
        pull = {
            "number": NUMBER,
            "head": {"ref": "main", "sha": self.head, "repo": {"full_name": FORK}},
            "base": {"ref": "main", "sha": base},
            "changes": [one["filename"] for one in self._lantern.rest.changes[NUMBER]],
        }
        return self._lantern.run(
            self._workflow, "pull_request_target", action=action, pull_request=pull
        )

    @property
    def head(self) -> str:
        return self._work.git("rev-parse", "HEAD")
