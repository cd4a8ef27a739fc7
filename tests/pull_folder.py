"""A program with a pull request on the fake GitHub, and `partners review` on its events."""

from typing import Any

from fakes.github_changes import commit
from fakes.github_store import user
from program_folder import REPOSITORY, ProgramFolder, Ran

NUMBER = 7
FORK = "example-applicant/partners"


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
