"""An accepted organization, as `partners/<slug>.yml` has it. People edit it; nothing is judged."""

from dataclasses import dataclass
from datetime import date

from .application import Application
from .money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What was asked a month when the partner was accepted: so a new edition surprises nobody."""

    edition: str
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """An announced absence, both days included."""

    since: date
    until: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """`organization`: what it applied with, kept up to date, with its members' account ids.

    `issue`: number of the application's issue or pull request, where the partner is told of
    changes. `hidden`: it does not want to be listed.
    """

    organization: Application
    accepted: date
    terms: Terms
    issue: int | None = None
    pause: Pause | None = None
    hidden: bool = False

    @property
    def slug(self) -> str:
        return self.organization.slug

    @property
    def name(self) -> str:
        return self.organization.name
