"""A partner: an accepted organization, with the content of its record `partners/<slug>.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .application import Application
from .money import Money
from .month import Month
from .points import Points


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The price edition and the required amount per month at the time of acceptance.

    The record keeps them, so that a new price edition surprises no partner. `base`: the amount in
    the program's base currency; None in older records: the edition's own rate then gives it.
    """

    edition: str
    amount: Money
    base: Money | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchedLogo:
    """The answer from the address of a logo, which was asked once, at admission.

    `on`: the day. `file`: where the image is kept, below the program's folder, and `sha256` of its
    content then; a person may have replaced the file since. Both are None if no image was taken:
    `refused` says why, with the remedy.
    """

    on: date
    file: str | None = None
    sha256: str | None = None
    refused: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """An announced absence from `since` to `until`, both days included."""

    since: date
    until: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """An accepted organization.

    `organization`: the application, kept up to date, with the account ids of the team members.
    `accepted`: the day of acceptance. `issue`: the number of the application's issue or pull
    request, where we tell the partner about changes. `hidden`: the partner does not want to be
    listed. `work`: the team's points in the closed months that were judged at admission; empty in a
    record that was written without them. `logo`: None if no address was asked.
    """

    organization: Application
    accepted: date
    terms: Terms
    issue: int | None = None
    pause: Pause | None = None
    hidden: bool = False
    work: Mapping[Month, Points] = field(default_factory=dict)
    logo: FetchedLogo | None = None

    @property
    def slug(self) -> str:
        return self.organization.slug

    @property
    def name(self) -> str:
        return self.organization.name
