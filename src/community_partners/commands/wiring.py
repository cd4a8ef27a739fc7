"""Gives commands the environment, the clock and the clients. Only this module reads them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..checkout.git import Git
from ..evidence.clients import Clients
from ..model.program import Program
from ..rates.bank_table import Bank
from ..rates.open_collective_rates import OpenCollectiveRates
from ..settings import Settings
from ..wire.graphql import GraphQL
from ..wire.session import Session
from ..wire.tries import Meter, Pace
from .reporting import progress

if TYPE_CHECKING:
    from ..website.fetch import Web


def read_settings() -> Settings:
    """Return the settings in the environment. Raises UserError for an invalid value."""
    return Settings.read(os.environ)


def checkout(settings: Settings, root: Path) -> Git:
    """Return a Git for the folder `root`, which may fetch with the token of GITHUB_TOKEN."""
    return Git(
        root=root,
        environ=os.environ,
        server=settings.github_server_url,
        token=settings.github_token,
    )


def now_in_utc() -> datetime:
    """Return the present moment in UTC, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def today_in_utc() -> date:
    """Return today's date in UTC, for commands without `--today`."""
    return now_in_utc().date()


@contextmanager
def asking(
    settings: Settings,
    meter: Meter | None = None,
    steps: int | None = None,
    *,
    tokenless: bool = False,
) -> Iterator[Clients]:
    """Show progress inside a `with` block, which gets the clients.

    `meter`: counts the requests, for a command that reports them. `steps`: the number of steps that
    progress will be told of, if known. Raises UserError without GITHUB_TOKEN, unless `tokenless`:
    then GitHub is not asked.
    """
    if not tokenless:
        settings.token_for_github()
    with progress(steps) as tell:
        yield clients(settings, meter or Meter(), tell, Pace.within(settings.timeout))


def clients(settings: Settings, meter: Meter, tell: Callable[[str], None], pace: Pace) -> Clients:
    """Return a client for each platform. Nothing is sent yet.

    Without a token, GitHub answers no GraphQL, so it is not asked. `tell`: shows the next step.
    """
    token = settings.sponsors_token or settings.github_token
    sponsors = _session("GitHub Sponsors", token, meter, pace)
    github = _session("GitHub", settings.github_token, meter, pace)
    personal = settings.open_collective_token
    headers = {"Personal-Token": personal} if personal else {}
    collective = GraphQL(
        Session("Open Collective", headers, meter, pace), settings.open_collective_api_url
    )
    return Clients(
        github=GraphQL(github, settings.github_graphql_url),
        rest=github,
        api_url=settings.github_api_url.rstrip("/"),
        sponsors=GraphQL(sponsors, settings.github_graphql_url),
        sponsors_rest=sponsors,
        open_collective=collective,
        rates=OpenCollectiveRates(collective),
        bank=Bank(
            session=Session("European Central Bank", {}, meter, pace),
            url=settings.exchange_rates_url,
            cache=settings.cache,
        ),
        cache=settings.cache,
        clock=now_in_utc,
        web=partial(_web, meter),
        progress=tell,
    )


def _web(meter: Meter) -> "Web":
    # This import takes a third of a second, and only an application in a thread needs it.
    from ..website.fetch import Web

    return Web(meter=meter)


def site_shown(meter: Meter) -> Callable[[Program], bool]:
    """Return the question whether a program's site shows its partners; it is asked once."""
    known: dict[str, bool] = {}

    def ask(program: Program) -> bool:
        from ..website.own_site import shows_partners

        url = program.site.url
        if url is None:
            return False
        if url not in known:
            known[url] = shows_partners(_web(meter), url, program).shown is True
        return known[url]

    return ask


def _session(name: str, token: str | None, meter: Meter, pace: Pace) -> Session:
    closed = None if token else f"{name} was not asked: no token is set (GITHUB_TOKEN)."
    headers = {"Authorization": f"bearer {token}"} if token else {}
    gate = meter.gate(token or name)
    return Session(name, headers, meter, pace, gate=gate, closed=closed)
