"""Evidence: all facts gathered for a verdict or a month. Stored evidence can be judged again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from .application import Platform
from .contribution import MonthOfWork
from .month import Month
from .sponsorship import Rate, Sponsorship

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
    login, and `login` is empty if no account has the id.
    """

    login: str
    kind: AccountKind
    id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPartner:
    """An organization that is a partner already, from its record in `partners/`.

    `shared`: logins of the applicant's team members who were also in this partner's team on a day
    of the months that count.
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
    `website`.
    """

    where: str
    url: str
    name: str
    agrees: tuple[str, ...]


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
    `earlier` None: earlier applications were not looked up, as for a file on disk.
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
