"""A list of helpers, `.all-contributorsrc`, and its commits on the fake GitHub."""

import json
from collections.abc import Sequence
from typing import Any

from community_partners.model.all_contributors import FILE
from fakes.github import FakeGitHub
from fakes.github_store import user

REPOSITORY = "project/core"
BOT = "allcontributors[bot]"


def entry(login: str, *types: str, **fields: Any) -> dict[str, Any]:
    """One person, as the tools write it."""
    page = f"https://github.com/{login}"
    return {"login": login, "name": login, "profile": page, "contributions": [*types], **fields}


def listing(*entries: Any, **fields: Any) -> str:
    """The file."""
    return json.dumps({"files": ["README.md"], "contributors": entries, **fields}, indent=2)


def people(**types: Sequence[str]) -> str:
    """The file with these people, whose names have `_` for `-`."""
    return listing(*(entry(name.replace("_", "-"), *of) for name, of in types.items()))


class HelpersList:
    """The list in a repository. `at`: moments of commits, such as `2026-10-05T12:00:00Z`."""

    def __init__(self, github: FakeGitHub, repository: str = REPOSITORY) -> None:
        github.repository(repository)
        self._rest, self.repository = github.rest, repository
        self.of = github.rest.repository(repository)

    def push(self, at: str, text: str | None, *, by: str = BOT) -> str:
        """A commit on the default branch without a pull request. `text` None: no file."""
        content = None if text is None else text.encode()
        return self.of.git.commit_files("main", {FILE: content}, "List", by, when=at)

    def merge(
        self,
        at: str,
        text: str | None,
        *,
        by: str | None = "example-maintainer",
        committed: str | None = None,
        **fields: Any,
    ) -> str:
        """The squashed merge of a pull request by a bot. `committed`: the commit's time."""
        commit = self.push(committed or at, text)
        self._rest.add_pull(
            *(self.repository, "list", "main", BOT),
            state="closed",
            merged=True,
            merged_at=at,
            merged_by=user(by) if by else None,
            merge_commit_sha=commit,
            **fields,
        )
        return commit
