"""An application: what an organization says of itself. Nothing here is checked yet."""

import datetime as dt
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .country import Country
from .money import Money
from .problem import Place

LABEL = "application"  # on each issue or pull request that is an application
WHOLE = 100
"""The share of a seat, in percent, that says of none."""


class DoorKind(StrEnum):
    """The three ways to apply: a form in an issue, a file on disk, a file in a pull request."""

    FORM = "form"
    FILE = "file"
    PULL = "pull"


class Platform(StrEnum):
    OPEN_COLLECTIVE = "open-collective"
    GITHUB_SPONSORS = "github-sponsors"

    @property
    def label(self) -> str:
        return {"open-collective": "Open Collective", "github-sponsors": "GitHub Sponsors"}[self]

    def receiver_page(self, account: str) -> str:
        """Return the address of the page on which people sponsor `account`."""
        room = "opencollective.com" if self is Platform.OPEN_COLLECTIVE else "github.com/sponsors"
        return f"https://{room}/{account}"


class ConfirmedBy(StrEnum):
    """How a team member is shown to agree to the seat.

    AUTHOR: handed the application in. MEMBER: is a public member of the GitHub organization that
    speaks for the website. COMMENT: wrote `/confirm` in the thread. NOBODY: is not shown to.
    """

    AUTHOR = "author"
    MEMBER = "member"
    COMMENT = "comment"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """How a team member has confirmed the seat, and on which day (`on`)."""

    by: ConfirmedBy
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmedSeat:
    """A confirmed seat of an application. `id`: the account's number. `since`: as it counts."""

    id: int
    since: date
    how: Confirmation


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A team member. The member's work counts from `since` to `until`, both days included.

    `github`: the login. `id`: the number of the GitHub account, recorded at acceptance because a
    login can be renamed; None in an application. `until` None: the member is still in the team.
    `confirmation`: None if nobody was asked, as for a file on disk or a record that a maintainer
    wrote: then the seat is taken as it stands. `share`: the part of the person's time that is this
    organization's, in percent. `listed`: the public site may name the person. `place`: where the
    file or form names the member.
    """

    name: str
    github: str
    id: int | None = None
    since: date
    until: date | None = None
    confirmation: Confirmation | None = None
    share: int = WHOLE
    listed: bool = True
    place: Place

    @property
    def confirmed(self) -> bool:
        """Tell whether the seat counts: the member has confirmed it, or was not asked."""
        return self.confirmation is None or self.confirmation.by is not ConfirmedBy.NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class BigMac:
    """An applicant's proposal for a country without a Big Mac price: a price, or a similar country.

    `price`: what one Big Mac costs in the country on `date`; `picture`: the address of a photo of
    that price. `comparable`: the country whose price the applicant proposes instead.
    """

    price: Money | None = None
    date: dt.date | None = None
    picture: str | None = None
    comparable: Country | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """One organization's application, valid by the JSON Schema.

    `account`: the slug or login of the account that pays on `platform`. `github`: the login of the
    organization's own GitHub account.
    """

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
