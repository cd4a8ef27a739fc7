"""All that was gathered for one application. It can be stored, and decided upon again later."""

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
    """What a source said to one question: a value, or a failure (a sentence, no server's words).

    Exchange rates may have both: the rates that could be had, and why not all.
    `lasting`: the failure is of a missing right or setting, so asking again would give the same.
    `source` is its name for people, `url` where to look, `asked_at` an aware UTC moment.
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
    """What GitHub says of a login or an id that was named; of a missing one only that is known.

    So `id` is None where no account has the login, and `login` empty where none has the id.
    """

    login: str
    kind: AccountKind
    id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPartner:
    """An organization that is a partner already, as `partners/` has it.

    `shared`: the applicant's logins whose people were in its team, too, in the months that count.
    """

    slug: str
    name: str
    website: str
    platform: Platform
    account: str
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierApplication:
    """An application that was there before and may be of the same organization.

    `where` for people, such as `#12` or a path. `agrees`: in what, such as `website`.
    """

    where: str
    url: str
    name: str
    agrees: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Whom evidence is about: the paying account and the logins of the team, in small letters."""

    platform: Platform
    account: str
    team: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Everything a verdict rests on, the policy aside. `work` holds the named team's acts only.

    `earlier`: None where nobody else's applications were looked at, as for a file on one's disk.
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
    """Everything that one month of all partners rests on, the policy and their records aside.

    `today`: the day of asking. `sponsorships` by slug. `identities`: who is behind the recorded ids
    whose logins no longer are theirs. `work`: the month and those before it that contributions are
    added up over, of the partners' people only.
    """

    month: Month
    today: date
    sponsorships: dict[str, Answer[Sponsorship]]
    rates: Answer[tuple[Rate, ...]]
    accounts: Answer[tuple[AccountCheck, ...]]
    identities: tuple[Answer[AccountCheck], ...]
    work: dict[Month, Answer[MonthOfWork]]
    claims: Answer[tuple[MonthOfWork, ...]]
