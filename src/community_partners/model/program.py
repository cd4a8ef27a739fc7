"""The program: the settings of `program.yml`, with all numbers of the policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .application import Platform
from .country import Country
from .fair_play import FairPlay
from .money import Money
from .month import Month
from .site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The policy's text: version, date and address, which stand under every verdict."""

    version: str
    date: date
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCollective:
    """The collective that receives the payments; `collective` is the slug.

    `include_projects`: payments to the collective's projects and events count, too.
    """

    collective: str
    include_projects: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubSponsors:
    """The sponsored account on GitHub that receives the payments."""

    login: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerEdition:
    """A price edition that also applies, from the month `since`, to partners with older terms."""

    edition: str
    since: Month


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorshipPolicy:
    """The policy's numbers on payments.

    `base`: the required amount per month in the United States. `edition`: the price edition for new
    applications; `partner_editions`: later editions for accepted partners. `months`: how many
    closed months an applicant must have paid. `tolerance_percent`: how much a converted amount may
    fall short; amounts in the required currency may not. `one_time_payments`: whether these count.
    """

    base: Money
    edition: str
    months: int
    tolerance_percent: Decimal
    one_time_payments: bool
    open_collective: OpenCollective | None = None
    github_sponsors: GitHubSponsors | None = None
    partner_editions: tuple[PartnerEdition, ...] = ()

    @property
    def receivers(self) -> dict[Platform, str]:
        """The accounts that receive the payments, by platform; only platforms that are used."""
        found = {}
        if self.open_collective:
            found[Platform.OPEN_COLLECTIVE] = self.open_collective.collective
        if self.github_sponsors:
            found[Platform.GITHUB_SPONSORS] = self.github_sponsors.login
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class GitHubScope:
    """The places on GitHub where contributions count.

    `organizations`: all their repositories count, except those in `exclude`. `repositories` and
    `exclude`: `owner/name`. `branches`: patterns such as `[0-9]*`, of the branches that count
    besides each repository's default branch.
    """

    organizations: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()

    @property
    def owners(self) -> list[str]:
        """The logins of the accounts whose repositories count, each once."""
        names = (*self.organizations, *(name.split("/")[0] for name in self.repositories))
        return list(dict.fromkeys(names))

    def has(self, owner: str, name: str) -> bool:
        """Tell whether a repository counts by its name of today, in whatever case."""
        whole = f"{owner}/{name}".casefold()
        listed = {one.casefold() for one in (*self.organizations, *self.repositories)}
        return bool({owner.casefold(), whole} & listed) and whole not in map(
            str.casefold, self.exclude
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """An export of a dashboard whose rows are contributions, such as Savannah's.

    `file`: its name in the folder `imports` below the folder of claims. `source`: the dashboard's
    name. `approved_by`: the login of who answers for the export. `columns`: names of columns by
    what they hold: `person`, `date`, `kind`, `url`, `title`. `kinds`: the program's kind by the
    export's; None: not counted, and not told.
    """

    file: str
    source: str
    approved_by: str
    columns: dict[str, str]
    kinds: dict[str, str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class AllContributors:
    """A repository whose `.all-contributorsrc` names people who did what GitHub does not show.

    `repository`: `owner/name`. `approved_by`: the login of who answers for an entry if GitHub shows
    nobody who accepted it, or a bot. `kinds`: the program's kind by the file's type, such as `doc`;
    None, and a type that is not here: not counted.
    """

    repository: str
    approved_by: str
    kinds: dict[str, str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """The policy on claims: contributions that no API shows, such as a talk.

    `folder`: of the approved ones. `approvers`: by kind, the logins and teams (`@acme/events`) of
    those who may approve a claim in an issue; a kind without them is not claimed there.
    `months_back`: how many months before the present one such a claim may be of. `imports`: the
    exports that are read besides. `all_contributors`: the repositories whose lists are.
    """

    folder: str
    approvers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    months_back: int = 1
    imports: tuple[Import, ...] = ()
    all_contributors: tuple[AllContributors, ...] = ()


class Once(StrEnum):
    """How often a page that only claims name counts: once for a firm, for each person, or a month.

    MONTH: once for a firm in each month, such as the page of a team that somebody leads.
    """

    FIRM = "firm"
    PERSON = "person"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True, slots=True)
class KindOfContribution:
    """The points that one contribution of a kind brings.

    `most_each_month`: the points of this kind that count in a month for a person, and for an
    organization; None: all of them. `once`: how often a claimed page counts.
    """

    points: int
    most_each_month: int | None = None
    once: Once = Once.FIRM


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfMerged:
    """Pull requests that their author merged, without approval by somebody else who may push.

    `most_each_month`: the points of these that count in a month for a person; None: all of them.
    """

    most_each_month: int | None


class Asked(StrEnum):
    """Whether team members must confirm that they are in the team before their work counts."""

    REQUIRED = "required"
    ADVISED = "advised"


class Agents(StrEnum):
    """For whom a coding agent's pull request counts: nobody, or the person who asked for it."""

    NOBODY = "nobody"
    REQUESTER = "requester"


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionPolicy:
    """The policy's numbers on contributions.

    `months`: how many months are added up. `points_each_month`: points asked in each of these
    months; `points_in_all`: points asked in all of these months together. `points`: by kind; an
    unlisted kind gives no points. `ignored_accounts`: logins that never count. `guide`: the address
    of a page on where help is welcome. `confirmation`: of an applicant's team by its members.
    `agents`: for whom a coding agent's pull request counts.
    """

    months: int
    points_each_month: int
    points_in_all: int
    points: dict[str, KindOfContribution]
    self_merged: SelfMerged
    github: GitHubScope
    claims: Claims | None = None
    ignored_accounts: tuple[str, ...] = ()
    guide: str | None = None
    confirmation: Asked = Asked.REQUIRED
    agents: Agents = Agents.NOBODY

    @property
    def claims_folder(self) -> str:
        """The folder of the claims, as it is named below that of the program."""
        return self.claims.folder if self.claims else "contributions"

    @property
    def approvers(self) -> Mapping[str, tuple[str, ...]]:
        """By kind, who may approve claims, as in Claims; none without claims."""
        return self.claims.approvers if self.claims else {}

    @property
    def all_contributors(self) -> tuple[AllContributors, ...]:
        """The lists of helpers that are read; none without claims."""
        return self.claims.all_contributors if self.claims else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RankingPolicy:
    """The number of partners that the homepage shows."""

    homepage_slots: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingPolicy:
    """The numbers of missed months in a row that move a partner one step down.

    `at_risk_after`: from active to at risk. `suspended_after`: from at risk to suspended.
    `lapsed_after`: from suspended to lapsed.
    """

    at_risk_after: int
    suspended_after: int
    lapsed_after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingPolicy:
    """Days of silence before the reminder, and days from the reminder to the closing."""

    remind_after_days: int
    close_after_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparable:
    """A maintainer's decision on the Big Mac price of a country that the index does not have.

    Either `like`: the country whose price applies, or `price`: the price of a Big Mac in `country`.
    `per_dollar`: units of the price's currency for one US dollar on the day of the decision.
    """

    country: Country
    like: Country | None = None
    price: Money | None = None
    per_dollar: Decimal | None = None
    reason: str
    date: date
    decided_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """One program. `organization`: the name of who runs the program. `home`: the program's page.

    `waiting` None: nobody is reminded, and no application is closed. `repository`: `owner/name` of
    the repository in which the program publishes; None or empty: in every one (`rules/home.py`).
    `site`: the texts of the public site; it decides nothing else. `fair_play`: from when on a month
    raises a flag, which changes nothing.
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
    repository: str | None = None
    site: Site = field(default_factory=Site)
    fair_play: FairPlay = field(default_factory=FairPlay)

    @property
    def accounts_on_github(self) -> list[str]:
        """The logins of the accounts that the policy names: of repositories, and the sponsored."""
        sponsored = self.sponsorship.github_sponsors
        names = (*self.contribution.github.owners, *([sponsored.login] if sponsored else ()))
        return list(dict.fromkeys(names))
