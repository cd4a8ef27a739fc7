"""Evidence: all facts gathered for a verdict or a month. Stored evidence can be judged again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from .application import Platform
from .contribution import MonthOfWork
from .month import Month
from .spokesperson import HandedIn, Profile
from .sponsorship import Rate, Sponsorship
from .website_proof import WebsiteSigns

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer(Generic[T]):
    """A source's answer to one question: a value, or a failure.

    `failure`: our own sentence for people, never text from the server. Exchange rates may have a
    value and a failure: the rates that were found, and the reason why others are missing.
    `lasting`: a permission or a setting is missing, so a retry would fail again.
    `source`: the source's name for people. `url`: the page to look at. `asked_at`: aware, in UTC.
    """

    source: str
    url: str
    asked_at: datetime
    value: T | None = None
    failure: str | None = None
    lasting: bool = False


class AccountKind(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountCheck:
    """GitHub's answer about one login or one account id.

    For a missing account, only the asked value is filled in: `id` is None if no account has the
    login, and `login` is empty if no account has the id. `created`: a person's first day on GitHub,
    in UTC; None if it was not asked for.
    """

    login: str
    kind: AccountKind
    id: int | None = None
    created: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceCheck:
    """GitHub's answer about an account or a repository that `contribution.github` names.

    `name`: as program.yml has it. `present`: the name that GitHub shows for it now; None if it
    shows nothing of that name. `private`, `fork`: such a repository's work does not count.
    """

    name: str
    present: str | None
    private: bool = False
    fork: bool = False

    @property
    def renamed(self) -> bool:
        """Tell whether GitHub has it under another name now."""
        return self.present is not None and self.present.casefold() != self.name.casefold()

    @property
    def fault(self) -> str | None:
        """Return why no work can be found in it, as a sentence; None if work can be found."""
        if self.renamed:
            return f"On GitHub, {self.name} was renamed to {self.present}: write {self.present}."
        if self.present is None and "/" not in self.name:
            return f"GitHub has no account {self.name!r}: the program's own settings are at fault."
        if self.present is None or self.private:
            return (
                f"GitHub has no public repository {self.name!r}: "
                "the program's own settings are at fault."
            )
        if self.fork:
            return f"{self.name!r} is a fork, whose work never counts: leave it out of program.yml."
        return None

    @property
    def exclusion_fault(self) -> str | None:
        """Return why to correct this name in `exclude`, as a sentence; None if it is right.

        A repository that was renamed stays excluded. One that is gone, or that nobody can see,
        holds no work that would count.
        """
        if self.renamed:
            return f"`exclude` has {self.name}, which was renamed to {self.present}: write that."
        if self.present is None:
            return f"`exclude` has {self.name}, but GitHub has no public repository of that name."
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPartner:
    """An organization that is a partner already, from its record in `partners/`.

    `shared`: logins of the applicant's team members who were also in this partner's team on one of
    their days.
    """

    slug: str
    name: str
    website: str
    platform: Platform
    account: str
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierApplication:
    """An earlier application that may come from the same organization.

    `where`: for people, such as `#12` or a path. `agrees`: what both have in common, such as
    `website`. `heard`: somebody is shown to speak for the website there.
    """

    where: str
    url: str
    name: str
    agrees: tuple[str, ...]
    heard: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherTeam:
    """Another organization's application that names some of the applicant's people.

    `number`: of its issue or pull request. `shared`: their logins. `confirmed`: those of
    them who have confirmed there; None if nobody looked.
    """

    number: int
    url: str
    name: str
    shared: tuple[str, ...]
    confirmed: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """The subject of evidence: the paying account and the team's logins, all in lower case."""

    platform: Platform
    account: str
    team: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All facts that a verdict needs, besides the application and the policy.

    `application`: the slug. `work`: contributions of the applicant's team only, by month: of the
    closed months that count, and of the current month so far. `claims`: the team's approved claims.
    `earlier`, `others` None: other applications were not looked up, as for a file on disk.
    `handed_in`: None for a file on disk, for which nobody is asked to speak. `organization`: of the
    application on GitHub; None if it names none. `website`: what its website shows; None if nobody
    looked.
    """

    application: str
    about: Subject
    today: date
    sponsorship: Answer[Sponsorship]
    rates: Answer[tuple[Rate, ...]]
    accounts: Answer[tuple[AccountCheck, ...]]
    work: dict[Month, Answer[MonthOfWork]]
    claims: Answer[tuple[MonthOfWork, ...]]
    partners: Answer[tuple[KnownPartner, ...]]
    earlier: Answer[tuple[EarlierApplication, ...]] | None = None
    others: Answer[tuple[OtherTeam, ...]] | None = None
    handed_in: HandedIn | None = None
    organization: Answer[Profile | None] | None = None
    website: Answer[WebsiteSigns] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthEvidence:
    """All facts that one month of all partners needs, besides the policy and the records.

    `today`: the day on which the sources were asked. `sponsorships`: by slug. `identities`: the
    present account behind each recorded id whose recorded login now has another id. `work`: the
    contributions of the partners' team members only, for `month` and the months before it that are
    added up.
    """

    month: Month
    today: date
    sponsorships: dict[str, Answer[Sponsorship]]
    rates: Answer[tuple[Rate, ...]]
    accounts: Answer[tuple[AccountCheck, ...]]
    identities: tuple[Answer[AccountCheck], ...]
    work: dict[Month, Answer[MonthOfWork]]
    claims: Answer[tuple[MonthOfWork, ...]]
