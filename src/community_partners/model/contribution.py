"""A dated act by a person, accepted by the project. Points and attribution are decided in rules."""

from dataclasses import dataclass
from datetime import date

from .month import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A GitHub account at the time of an act; `id` survives a rename. `bot`: not a person."""

    login: str
    id: int | None = None
    bot: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """`kind` as in program.yml. `day` is the server's UTC day of acceptance: merge, close, answer.

    `of`: whose pull request was reviewed, or whose question was answered; None elsewhere.
    """

    kind: str
    day: date
    by: Account
    of: Account | None = None
    title: str
    url: str
    repository: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthOfWork:
    """All accepted work that one source shows of one month."""

    month: Month
    contributions: tuple[Contribution, ...]
