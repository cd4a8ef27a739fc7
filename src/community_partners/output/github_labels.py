"""Labels of a repository: made where they are missing."""

from collections.abc import Mapping

from github import GithubException

from .github_answers import object_in
from .github_client import GitHubRepository

Look = tuple[str, str]  # color, six hexadecimal digits; description
LABELS: Mapping[str, Look] = {
    "application": ("0e8a16", "An organization applies to become a partner"),
    "eligible": ("2ea44f", "Meets all criteria; a maintainer confirms"),
    "not-yet": ("fbca04", "Criteria are missing; the comment says which"),
    "needs-review": ("d93f0b", "Something could not be checked; a person looks"),
    "invalid": ("b60205", "Some details cannot be read"),
}
_PLAIN: Look = ("ededed", "")


def make_label(there: GitHubRepository, name: str) -> None:
    """With our color and description; one that is there already stays as it is."""
    color, description = LABELS.get(name, _PLAIN)
    body = {"name": name, "color": color, "description": description}
    try:
        object_in(there.ask("POST", "labels", body), name=str)
    except GithubException as error:
        if not _exists(error):
            raise


def _exists(error: GithubException) -> bool:
    """Another run was faster, or the first try was stored after all."""
    errors = error.data.get("errors") if isinstance(error.data, dict) else None
    codes = [one.get("code") for one in errors or () if isinstance(one, dict)]
    return error.status == 422 and "already_exists" in codes
