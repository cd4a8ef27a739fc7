"""What an organization says of itself when it applies. Claims only: evidence is elsewhere."""

import datetime as dt
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .country import Country
from .money import Money
from .problem import Place

LABEL = "application"  # of an issue or pull request that applies


class DoorKind(StrEnum):
    """How an application comes: a form in an issue, a file on disk, a file in a pull request."""

    FORM = "form"
    FILE = "file"
    PULL = "pull"


class Platform(StrEnum):
    OPEN_COLLECTIVE = "open-collective"
    GITHUB_SPONSORS = "github-sponsors"

    @property
    def label(self) -> str:
        return {"open-collective": "Open Collective", "github-sponsors": "GitHub Sponsors"}[self]


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A team member; counts from `since` to `until`, both included. `place`: where named.

    `id`: the account's number, kept since acceptance: a login can be renamed.
    """

    name: str
    github: str
    id: int | None = None
    since: date
    until: date | None = None
    place: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class BigMac:
    """For a country without a price: what one costs there, or which country compares."""

    price: Money | None = None
    date: dt.date | None = None
    picture: str | None = None
    comparable: Country | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """One organization's application, valid in shape. `account` is the payer's on `platform`."""

    slug: str
    name: str
    website: str
    country: Country
    description: str
    services: tuple[str, ...]
    contact: str
    logo: str | None = None
    github: str | None = None
    platform: Platform
    account: str
    team: tuple[Member, ...]
    big_mac: BigMac | None = None
