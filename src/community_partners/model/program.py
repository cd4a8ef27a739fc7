"""The policy of one program, as `program.yml` says it: numbers and lists, no decisions."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .country import Country
from .money import Money
from .month import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The text that the numbers follow: shown under every verdict."""

    version: str
    date: date
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCollective:
    """Where the project collects.

    `include_projects`: do payments to its projects and events count?
    """

    collective: str
    include_projects: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubSponsors:
    login: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerEdition:
    """From the month `since`, partners accepted on an older edition pay by this one."""

    edition: str
    since: Month


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorshipPolicy:
    """`tolerance_percent` applies to amounts that had to be converted, and to no other.

    `edition` is for who applies now, `partner_editions` for who was accepted before.
    """

    base: Money
    edition: str
    months: int
    tolerance_percent: Decimal
    one_time_payments: bool
    open_collective: OpenCollective | None = None
    github_sponsors: GitHubSponsors | None = None
    partner_editions: tuple[PartnerEdition, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubScope:
    """Whose repositories count. `exclude` names repositories of theirs that don't (owner/name)."""

    organizations: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """The folder of approved claims: work that no API shows."""

    folder: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionPolicy:
    """`points` by kind of contribution; a kind that is not listed gives none."""

    months: int
    points_each_month: int
    points_in_all: int
    points: dict[str, int]
    github: GitHubScope
    claims: Claims | None = None
    ignored_accounts: tuple[str, ...] = ()
    guide: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RankingPolicy:
    homepage_slots: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingPolicy:
    """Missed months in a row that move a partner one step: from active, at risk, suspended."""

    at_risk_after: int
    suspended_after: int
    lapsed_after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingPolicy:
    """Days of silence until an application is reminded, and from then until it is closed."""

    remind_after_days: int
    close_after_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparable:
    """A maintainer's decision for a country without a price: take `like`'s, or a `price` shown."""

    country: Country
    like: Country | None = None
    price: Money | None = None
    reason: str
    date: date
    decided_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """`organization` runs the program, `home` is its page.

    `waiting` None: silent applications are left as they are.
    """

    name: str
    organization: str
    home: str
    policy: Policy
    sponsorship: SponsorshipPolicy
    contribution: ContributionPolicy
    ranking: RankingPolicy
    standing: StandingPolicy
    comparable_countries: tuple[Comparable, ...] = field(default=())
    waiting: WaitingPolicy | None = None
