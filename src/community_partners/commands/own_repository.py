"""The repository on GitHub that a command writes to."""

from ..errors import UserError
from ..github.rest import GitHubRepository
from ..settings import Settings
from ..wire.session import Meter, Pace


def own_repository(settings: Settings, meter: Meter, who: str) -> GitHubRepository:
    """The workflow's own; nothing is asked yet. `who` needs it: the first words of a sentence."""
    if settings.github_token is None or settings.repository is None:
        raise UserError(
            f"{who} needs GITHUB_TOKEN and GITHUB_REPOSITORY. A workflow sets the second one and "
            "hands over the first in `env`."
        )
    return named_repository(settings, settings.repository, meter)


def named_repository(settings: Settings, name: str, meter: Meter) -> GitHubRepository:
    """The repository `name` (owner/name). Nothing is sent yet. Raises UserError without a token."""
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    pace = Pace.within(settings.timeout)
    return GitHubRepository.connect(
        settings.github_token, settings.github_api_url, name, meter, pace
    )
