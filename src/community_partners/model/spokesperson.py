"""The facts on who speaks for the website that an application names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A GitHub organization as anybody sees it.

    `verified`: has GitHub's badge, which says that it owns `website`. `members`: the numbers of its
    public members, in order; None if there are more than 100.
    """

    id: int
    login: str
    verified: bool
    website: str | None
    members: tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Voucher:
    """A comment by which somebody vouches for the application. `id`: the account's number."""

    id: int
    login: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Seated:
    """A comment by which somebody confirms or leaves the own seat in the team.

    `id`: the account's number. `on`: the day of the comment. `comment`: its id. `leaves`: it is
    `/leave`.
    """

    id: int
    on: date
    comment: int
    leaves: bool = False


LATEST = 2**63 - 1  # larger than the id of any comment


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """How an application was handed in.

    `author`: the number of the author's account; None if GitHub did not show it. `thread`: the
    address of its issue or pull request. `code`: the code by which a website speaks for the author;
    None without an author. `branch`: the case-folded login of whoever else owns the proposed
    branch; None if it is the author's, or the program's own. `vouchers`: those who vouch for it,
    the oldest first. `seated`: those who confirm or leave a seat, the oldest first. `named`: by
    case-folded login, the id of the newest comment when the text first named the member with all
    the days of now. `payer_known`: a maintainer has confirmed whose the paying account is.
    `vouched`: a maintainer vouches for it. `goes_on`: somebody who may change an accepted
    application changes it, and not whose it is. `country`: the code of the country that the
    application named when it was judged first.
    """

    author: int | None
    thread: str
    code: str | None
    branch: str | None = None
    vouchers: tuple[Voucher, ...] = ()
    seated: tuple[Seated, ...] = ()
    named: Mapping[str, int] = field(default_factory=dict)
    vouched: bool = False
    payer_known: bool = False
    goes_on: bool = False
    country: str
