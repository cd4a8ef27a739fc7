"""Who may write to a repository, as GitHub tells it: what an account is called says nothing."""

from urllib.parse import quote

from github import GithubException

from .github_answers import object_in
from .github_client import GitHubRepository, sentences

_WRITES = ("write", "admin")  # `maintain` is told as `write`
_NOT_TOLD = (403, 404)


def may_write(there: GitHubRepository, login: str) -> bool:
    """Has this person write permission? No where GitHub does not say so. Raises UserError."""
    with sentences("asking for a person's permission", {}):
        try:
            told = there.ask("GET", f"collaborators/{quote(login, safe='')}/permission")
        except GithubException as error:
            if error.status in _NOT_TOLD:
                return False
            raise
        return object_in(told, permission=str)["permission"] in _WRITES
