"""Whom evidence is asked of. Decides addresses, tokens, and what a missing token means."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ..rates.bank_table import Bank
from ..settings import Settings
from ..wire.answers import Clock
from ..wire.graphql import GraphQL
from ..wire.session import Meter, Pace, Session


@dataclass(frozen=True, kw_only=True)
class Clients:
    """`rest` asks GitHub as well, by its other API at `api_url`; `sponsors_rest` with the token of
    `sponsors`.

    `cache`: a folder for closed months and exchange rates, public facts only.
    `progress` is told, in a few words, what is asked next.
    """

    github: GraphQL
    rest: Session
    api_url: str
    sponsors: GraphQL
    sponsors_rest: Session
    open_collective: GraphQL
    bank: Bank
    cache: Path | None
    clock: Clock
    progress: Callable[[str], None]

    @classmethod
    def connect(
        cls,
        settings: Settings,
        meter: Meter,
        progress: Callable[[str], None],
        pace: Pace,
        clock: Clock,
    ) -> Self:
        """Nothing is sent yet. Without a token GitHub answers no GraphQL, so it is not asked."""
        token = settings.sponsors_token or settings.github_token
        sponsors = _session("GitHub Sponsors", token, meter, pace)
        github = _session("GitHub", settings.github_token, meter, pace)
        personal = {"Personal-Token": settings.open_collective_token or ""}
        return cls(
            github=GraphQL(github, settings.github_graphql_url),
            rest=github,
            api_url=settings.github_api_url.rstrip("/"),
            sponsors=GraphQL(sponsors, settings.github_graphql_url),
            sponsors_rest=sponsors,
            open_collective=GraphQL(
                Session(
                    "Open Collective",
                    personal if settings.open_collective_token else {},
                    meter,
                    pace,
                ),
                settings.open_collective_api_url,
            ),
            bank=Bank(
                session=Session("European Central Bank", {}, meter, pace),
                url=settings.exchange_rates_url,
                cache=settings.cache,
            ),
            cache=settings.cache,
            clock=clock,
            progress=progress,
        )


def _session(name: str, token: str | None, meter: Meter, pace: Pace) -> Session:
    closed = None if token else f"{name} was not asked: no token is set (GITHUB_TOKEN)."
    headers = {"Authorization": f"bearer {token}"} if token else {}
    return Session(name, headers, meter, pace, closed=closed)
