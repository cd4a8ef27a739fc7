"""Whom evidence is asked of: a client for each platform."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..rates.bank_table import Bank
from ..wire.answers import Clock
from ..wire.graphql import GraphQL
from ..wire.session import Session


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
