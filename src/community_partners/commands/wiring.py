"""What commands take from outside: the environment, the clock, the clients. Nothing else does."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from ..evidence.clients import Clients
from ..settings import Settings
from ..wire.session import Meter, Pace
from .progress import progress


def read_settings() -> Settings:
    """Settings of the environment. Raises UserError for a value that means nothing."""
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


@contextmanager
def asking(settings: Settings, meter: Meter, steps: int | None = None) -> Iterator[Clients]:
    """The clients, while progress is shown. `steps`: how many there will be, if known."""
    with progress(steps) as tell:
        pace = Pace.within(settings.timeout)
        yield Clients.connect(settings, meter, tell, pace, now_in_utc)
