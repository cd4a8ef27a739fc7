"""The place that a run publishes to: a checkout, and its repository on GitHub."""

from dataclasses import dataclass

from ..checkout.git import Git
from ..github.rest import GitHubRepository
from ..model.publication import Proposed, Published


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """`git` works in the program's folder. `web_url`: the repository's address for people."""

    git: Git
    repository: GitHubRepository
    web_url: str


def address(place: Place, published: Published, path: str, *, raw: bool = False) -> str:
    """Return the address on GitHub of a published file. `path`: below the program's folder.

    `raw`: of the file itself, such as an image, not of the page that shows it.
    """
    branch = published.own if isinstance(published, Proposed) else published.branch
    kind = "raw" if raw else "blob"
    return f"{place.web_url}/{kind}/{branch}/{place.git.prefix()}{path}"
