"""The content of the public site: all partners, past and present, and the committed months.

Hidden partners are in none of these values, and neither is what a partner paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .application import Application
from .country import Country
from .month import Month
from .naming import NOBODY, Naming
from .partner import Pause
from .points import Points
from .program import Program
from .ranking import PartnerMonth, Ranking
from .standing import Standing
from .verdict import Required

CORRECTION_FORM = ".github/ISSUE_TEMPLATE/correction.yml"
"""The form of an issue that tells of a mistake, below a program's folder."""


class TieBreak(StrEnum):
    """The reasons that put one partner before another, in the order in which they are looked at."""

    POINTS = "points"
    CONTRIBUTORS = "contributors"
    KINDS = "kinds"
    ACCEPTED = "accepted"
    NAME = "name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbor:
    """The partner next to another one in a month's order.

    `by`: what puts one of the two before the other. `difference`: of points, contributors or kinds;
    0 for a day or a name. `shares`: both have the same rank.
    """

    slug: str
    name: str
    by: TieBreak
    difference: Points
    shares: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """A partner's position in one month. `of`: how many partners were ranked.

    `ahead`: the partner in front of it, `behind`: the partner after it; None at either end, and
    without a rank.
    """

    month: Month
    line: PartnerMonth
    of: int
    ahead: Neighbor | None = None
    behind: Neighbor | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OneMore:
    """The result if the partner had one more contribution of a kind that counts in full.

    `points`: those that it would add, 0 above the limit of the kind. `rank`: the rank then; None
    for a partner that is not ranked. `passes`: the names of the partners that would be behind.
    """

    kind: str
    points: Points
    rank: int | None
    passes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A partner, past or present, as the site shows it.

    `organization`, `pause`: None if the record is gone. `accepted`: the day of the last acceptance.
    `naming`: whom the site names; the others are not in the team of `organization`, `unnamed` is
    their number. `left_out`: logins and names of those of all partners, who are not named as
    approvers. `until`: the last month as a partner; None for a partner. `positions`: the months
    since the acceptance, the latest first. `one_more`: for the latest month, by today's policy.
    `logo`: the path of the logo below the site; None without one.
    """

    slug: str
    name: str
    accepted: date
    organization: Application | None = None
    pause: Pause | None = None
    naming: Naming = NOBODY
    unnamed: int = 0
    left_out: frozenset[str] = frozenset()
    until: Month | None = None
    positions: tuple[Position, ...] = ()
    one_more: tuple[OneMore, ...] = ()
    logo: str | None = None

    @property
    def latest(self) -> Position | None:
        """The position in the last committed month that has the partner."""
        return self.positions[0] if self.positions else None

    @property
    def standing(self) -> Standing:
        """The standing of the latest month; active before a partner's first one."""
        return self.latest.line.standing.standing if self.latest else Standing.ACTIVE

    def named(self, lines: "Sequence[Line]", person: str | None = None) -> "Sequence[Line]":
        """Return contributions without the logins of people who are not named.

        An address that has such a login or name in it is left out, too. `person`: only those of
        this login.
        """
        asked = person.casefold() if person else None
        # Those of whom all may be named are the usual case.
        usual = frozenset() if self.naming.unlisted else self.naming.listed
        return [
            line if line.member.casefold() in usual and not line.approved_by else self._named(line)
            for line in lines
            if asked is None or line.member.casefold() == asked
        ]

    def _named(self, line: "Line") -> "Line":
        hidden = self.naming.hides(line.url, line.member)
        known = self.naming.names(line.member)
        approver = line.approved_by
        return replace(
            line,
            member=line.member if known else "",
            url="" if hidden else line.url,
            approved_by=None if approver and approver.casefold() in self.left_out else approver,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One contribution of a committed month, as the month's file names it.

    `member`: the login; "" for a member who is not named. `url`: "" if the address names one.
    `not_counted`: the reason why it brought no points; None if it counted. `alone`: its author
    merged it, and nobody else approved it. `source`: the dashboard from whose export it came; None
    for all else. `approved_by`: the login of who approved the claim; None for all else, and for
    somebody who is not named.
    `agent`: the login of the coding agent that did it for the member; None if the member did.
    """

    day: date
    kind: str
    member: str
    points: Points
    url: str
    not_counted: str | None = None
    alone: bool = False
    source: str | None = None
    approved_by: str | None = None
    agent: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CountryAmount:
    """The amount that a country's sponsors pay a month; `required` None: it has no price."""

    country: Country
    required: Required | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Directory:
    """All that the pages are made of, without the contributions, which are read one by one.

    `partners`: partners by rank of the last month, then by name; `former`: by the month of leaving,
    the latest first. `months`: the committed months, the latest first, with the ranked partners in
    the order of the tie rule. `amounts`: of all countries, by name. `repository`: the address of
    the program's repository for people; None if it is not known. `folder`: of the program in it, ""
    or with a slash at the end. `correction_form`, `claim_form`: the repository has
    this form. `today`: the day of the rendering.
    """

    program: Program
    partners: tuple[Listed, ...]
    former: tuple[Listed, ...]
    months: tuple[Ranking, ...]
    amounts: tuple[CountryAmount, ...]
    repository: str | None
    folder: str
    correction_form: bool
    claim_form: bool
    today: date

    @property
    def latest(self) -> Ranking | None:
        """The last committed month."""
        return self.months[0] if self.months else None
