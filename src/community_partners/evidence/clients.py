"""The clients that gather evidence: one for each platform and API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.contribution import MonthOfWork
from ..model.evidence import Answer
from ..model.month import Month
from ..rates.bank_table import Bank
from ..rates.open_collective_rates import OpenCollectiveRates
from ..wire.answers import Clock
from ..wire.graphql import GraphQL
from ..wire.session import Session

if TYPE_CHECKING:
    from ..website.fetch import Web


@dataclass(frozen=True, kw_only=True)
class Clients:
    """One client for each platform and API, with the clock and the cache.

    `github`, `rest`: GitHub's GraphQL and REST APIs with GITHUB_TOKEN; `api_url`: the address of
    the REST API. `sponsors`, `sponsors_rest`: the same two APIs with SPONSORS_TOKEN, or with
    GITHUB_TOKEN if SPONSORS_TOKEN is not set.
    `open_collective`: GraphQL. `rates`: Open Collective's exchange rates. `bank`: those of the
    European Central Bank.
    `cache`: a folder for closed months and exchange rates, which holds public facts only; None: no
    cache. `web`: returns the way to applicants' websites. `progress`: called before each question
    with a few words for people. `so_far`: the work of months that are not settled yet, as GitHub
    told it in this run: it is asked for once. `listed`: the same for lists of helpers, by the first
    and the last month that was asked for.
    """

    github: GraphQL
    rest: Session
    api_url: str
    sponsors: GraphQL
    sponsors_rest: Session
    open_collective: GraphQL
    rates: OpenCollectiveRates
    bank: Bank
    cache: Path | None
    clock: Clock
    web: Callable[[], "Web"]
    progress: Callable[[str], None]
    so_far: dict[Month, Answer[MonthOfWork]] = field(default_factory=dict)
    listed: dict[tuple[Month, Month], Answer[tuple[MonthOfWork, ...]]] = field(default_factory=dict)
