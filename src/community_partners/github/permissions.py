"""Ask GitHub who may write to a repository, once for each login.

An event's `author_association` is not used: it names a relation to the repository, not a right.
"""

from functools import cache
from urllib.parse import quote

from github import GithubException

from .rest import GitHubRepository, sentences
from .rest_answers import object_in

_REMEDIES = {403: "The token needs to see who may write to this repository (`metadata: read`)."}
_MAY_WRITE = ("admin", "maintain", "write")


class Permissions:
    """Tells who may write to one repository now; GitHub is asked once for each login."""

    def __init__(self, repository: GitHubRepository) -> None:
        self._repository = repository
        self._asked = cache(self._ask)

    def may_write(self, login: str) -> bool:
        """Tell whether `login` has the right `write`, `maintain` or `admin`; never true for bots.

        False for a deleted account. Raises UserError if the right could not be checked: an unknown
        right is neither yes nor no.
        """
        return not login.endswith("[bot]") and self._asked(login.casefold())

    def _ask(self, login: str) -> bool:
        with sentences("asking who may write to the repository", _REMEDIES):
            path = f"collaborators/{quote(login, safe='')}/permission"
            try:
                found = object_in(self._repository.ask("GET", path), permission=str)
            except GithubException as error:
                if error.status == 404:  # the account was deleted
                    return False
                raise
        return found["permission"] in _MAY_WRITE
