"""What commands take from outside: the environment, the clock, the clients. Nothing else does."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ..errors import UserError

if TYPE_CHECKING:
    from ..evidence.clients import Clients
    from ..github.rest import GitHubRepository
    from ..settings import Settings
    from ..wire.session import Meter


def read_settings() -> "Settings":
    """Settings of the environment. Raises UserError for a value that means nothing."""
    from ..settings import Settings

    return Settings.read(os.environ)


def environment() -> Mapping[str, str]:
    """The process's own, for a program that we run."""
    return os.environ


def now_in_utc() -> datetime:
    """The moment of asking, in whole UTC seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def today_in_utc() -> date:
    """Today, for commands that were not told a day."""
    return now_in_utc().date()


def own_repository(settings: "Settings", meter: "Meter", who: str) -> "GitHubRepository":
    """The workflow's own; nothing is asked yet. `who` needs it: the first words of a sentence."""
    token, name = settings.github_token, settings.repository
    if token is None or name is None:
        raise UserError(
            f"{who} needs GITHUB_TOKEN and GITHUB_REPOSITORY. A workflow sets the second one and "
            "hands over the first in `env`."
        )
    return connected(settings, token, name, meter)


def connected(settings: "Settings", token: str, name: str, meter: "Meter") -> "GitHubRepository":
    """The repository `name` (owner/name). Nothing is sent yet."""
    from ..github.rest import GitHubRepository
    from ..wire.session import Pace

    pace = Pace.within(settings.timeout)
    return GitHubRepository.connect(token, settings.github_api_url, name, meter, pace)


@contextmanager
def asking(settings: "Settings", meter: "Meter", steps: int | None = None) -> "Iterator[Clients]":
    """The clients, while progress is shown. `steps`: how many there will be, if known."""
    from ..evidence.clients import Clients
    from ..wire.session import Pace
    from .progress import progress

    with progress(steps) as tell:
        yield Clients.connect(settings, meter, tell, Pace.within(settings.timeout), now_in_utc)
