"""A contribution: a dated act that the project accepted. The rules decide points and owners."""

from dataclasses import dataclass
from datetime import date

from .month import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A GitHub account, as GitHub showed the account with the act.

    `id`: the account's number, which stays the same when the login changes; None if not shown.
    `bot`: the account belongs to a program, not to a person.
    """

    login: str
    id: int | None = None
    bot: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """One accepted act of the account `by`.

    `kind`: the name in program.yml. `day`: the UTC day on which the project accepted the act, by
    the server's clock: day of merge, of closing, of the answer. `of`: the author of the reviewed
    pull request or of the answered question; None for other kinds. `repository`: `owner/name`; None
    for an approved claim.
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
    """All contributions of one month that one source shows."""

    month: Month
    contributions: tuple[Contribution, ...]
