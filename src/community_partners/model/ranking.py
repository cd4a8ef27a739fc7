"""A ranking: one month's result for all partners, the content of `rankings/<month>.json`.

The file is committed and anyone can compute the month again, so a ranking holds public facts only.
The rules make a ranking, `stored` writes the ranking, and `words` shows the ranking. The counted
contributions, which can be a million, stand line by line in files beside it, which it names.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from .fair_play import Flag
from .month import Month
from .points import Points
from .standing import PartnerStanding, Standing
from .verdict import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionFile:
    """A file with counted contributions of the month, one in each line.

    `name`: the file, in the folder of the ranking. `sha256`: of its bytes, as `sha256sum` prints
    it.
    """

    name: str
    lines: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberMonth:
    """A team member's points in the month. `github`: the login in the partner's record."""

    name: str
    github: str
    points: Points


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthFinding:
    """The outcome of one criterion in the month. `reason`: a sentence without private figures."""

    criterion: str
    title: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerMonth:
    """One partner's month.

    `rank` None: the partner is suspended, lapsed or hidden. `movement`: places gained since the
    month before, negative for places lost; None if the partner has no rank in one of the two
    months. `by_kind`: points by kind of contribution. `members`: those with counted contributions.
    `accepted`: the day of acceptance, one of the tie-breakers for the homepage. `contributions`:
    digest of the partner's lines in the files of contributions; None if there are none.
    `uncounted`: the number of contributions that did not count, by reason; None if there are none.
    `self_merged`: how many pull requests count that their author merged alone. `seats`: how many
    confirmed people were in the team on any day of the month; None in older files. `flags`: what a
    maintainer should look at, which changes nothing.
    """

    slug: str
    name: str
    accepted: date
    hidden: bool
    rank: int | None
    movement: int | None
    points: Points
    by_kind: dict[str, Points]
    members: tuple[MemberMonth, ...]
    standing: PartnerStanding
    findings: tuple[MonthFinding, ...]
    contributions: str | None = None
    uncounted: dict[str, int] | None = None
    self_merged: int = 0
    seats: int | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def points_each(self) -> Decimal | None:
        """The points for each confirmed person, with one decimal; None if nobody is known."""
        if not self.seats:
            return None
        each = Decimal(self.points) / self.seats
        return each.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)


class Concern(StrEnum):
    """The reason why a maintainer should check a team member.

    CLAIMED_TWICE: partners name the person for the same days, with shares of more than the whole
    time, and none of them gets points for these days until a maintainer decides. RENAMED: the
    recorded account has another login now. DELETED: no account has the recorded id. MISSING: no
    account has the login, and no id is recorded.
    """

    CLAIMED_TWICE = "claimed twice"
    RENAMED = "renamed"
    DELETED = "deleted"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A team member whom a maintainer should look at.

    `github`: the login in the record. `partners`: slugs of the partners that name the person.
    `now`: the present login of a renamed account.
    """

    concern: Concern
    github: str
    partners: tuple[str, ...]
    now: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """The changes, a sentence each, that a new computation of a committed month found on `day`."""

    day: date
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """The inputs of a month.

    `program`, `version`, `date`: the program's name, the policy's version and date, for people.
    `policy`, `records`, `evidence`: digests, to compare with when the month is computed again.
    """

    program: str
    version: str
    date: date
    policy: str
    records: str
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """One month's result.

    `partners`: sorted by rank, then name, partners without a rank last. `homepage`: slugs in the
    order of the slots. `people`: team members whom a maintainer should look at. `contributions`:
    the files with all counted contributions, sorted by partner, day and address.
    """

    month: Month
    basis: Basis
    homepage: tuple[str, ...]
    partners: tuple[PartnerMonth, ...]
    people: tuple[Person, ...]
    contributions: tuple[ContributionFile, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A partner whose standing has changed. `before`: the standing after the month before."""

    partner: PartnerMonth
    before: Standing

    @property
    def down(self) -> bool:
        """True if the new standing is worse than the one before."""
        order = list(Standing)
        return order.index(self.partner.standing.standing) > order.index(self.before)
