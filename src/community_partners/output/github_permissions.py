"""Who may write to a repository, asked of GitHub. What an event says of its author is not asked.

`author_association` names a relation, not a right: a member of the organization may have none.
"""

from functools import cache
from urllib.parse import quote

from github import GithubException

from .github_answers import object_in
from .github_client import GitHubRepository, sentences

_REMEDIES = {403: "The token needs to see who may write to this repository (`metadata: read`)."}
_MAY_WRITE = ("admin", "maintain", "write")


class Permissions:
    """Of one repository, now; each login is asked about once."""

    def __init__(self, there: GitHubRepository) -> None:
        self._there = there
        self._asked = cache(self._ask)

    def may_write(self, login: str) -> bool:
        """Bots never. Raises UserError: a right that could not be checked is neither yes nor no."""
        return not login.endswith("[bot]") and self._asked(login.casefold())

    def _ask(self, login: str) -> bool:
        with sentences("asking who may write to the repository", _REMEDIES):
            path = f"collaborators/{quote(login, safe='')}/permission"
            try:
                found = object_in(self._there.ask("GET", path), permission=str)
            except GithubException as error:
                if error.status == 404:  # the account is gone
                    return False
                raise
        return found["permission"] in _MAY_WRITE
