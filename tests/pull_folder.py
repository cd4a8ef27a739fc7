"""A program with a pull request on the fake GitHub, and `partners review` on its events."""

from typing import Any

from fakes.github import FakeGitHub
from fakes.github_changes import commit
from fakes.github_store import user
from fakes.open_collective import FakeOpenCollective
from program_folder import REPOSITORY, ProgramFolder, Ran

ACTIVE = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
NUMBER = 7
FORK = "example-fork/partners"
PATH = "applications/acme.yml"
ACME = """\
slug: acme
name: Acme GmbH
website: https://acme.example
country: United States
description: Acme hosts the project for schools.
services: [Hosting]
contact: https://acme.example/contact
sponsorship: {platform: open-collective, account: acme}
team:
  - {name: Ada Example, github: example-user-1, since: 2025-01-15}
consent: true
"""


class PullFolder(ProgramFolder):
    """`folder` with a pull request: proposes, reviews, and shows what came of it."""

    def propose(self, files: dict[str, Any], number: int = 1, **fields: Any) -> None:
        """The commit of that number."""
        login = fields.pop("login", "example-applicant")
        at = commit(number)
        self.github.rest.propose(REPOSITORY, NUMBER, login, files, at, **fields)

    def change(self, path: str, content: str = "x", **fields: Any) -> dict[str, Any]:
        """One more file; what its content answers, to be altered."""
        return self.github.rest.change(REPOSITORY, NUMBER, path, content, **fields)[1]

    def pull(
        self,
        *options: str,
        action: str = "synchronize",
        sender: str = "example-applicant",
        number: int = NUMBER,
        **env: str,
    ) -> Ran:
        event = {
            "action": action,
            "pull_request": {
                "number": number,
                "head": {"ref": "main", "repo": {"full_name": FORK}},
            },
            "repository": {"full_name": REPOSITORY},
            "sender": user(sender),
        }
        return self.review(event, *options, name="pull_request_target", **env)

    def statuses(self, number: int = 1) -> list[tuple[str, str, str | None]]:
        made = self.github.rest.repository(REPOSITORY).statuses.get(commit(number), [])
        assert all(one["context"] == "partners/verdict" for one in made)
        return [(one["state"], one["description"], one["target_url"]) for one in made]

    @property
    def written(self) -> list[str]:
        return [
            str(one)
            for one in self.github.requests
            if one.method != "GET" and "query" not in (one.body or {})
        ]


def make_eligible(github: FakeGitHub, open_collective: FakeOpenCollective) -> None:
    """Everything that Acme has to have done."""
    open_collective.faithful("acme", *ACTIVE)
    github.organization("project")
    github.person("example-user-1", databaseId=4711)
    for month in ("2026-08", "2026-09", "2026-10"):
        for day in ("05", "15", "25"):
            github.pull_request(f"{month}-{day}T12:00:00Z", "example-user-1")


def headline(comment: str) -> str:
    return next(line for line in comment.splitlines() if line.startswith("###"))
