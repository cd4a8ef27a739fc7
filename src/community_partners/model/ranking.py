"""One month's result for all partners: what `rankings/<month>.json` holds and anyone can recompute.

Public facts only: it is committed. Made by rules, written by stored, shown by output.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .month import Month
from .standing import PartnerStanding, Standing
from .verdict import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class RankedContribution:
    """A contribution that counted: where anyone can see it, and what it gave."""

    day: date
    kind: str
    points: int
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberMonth:
    """A member's counted contributions by day, then address; `github` as the record has it."""

    name: str
    github: str
    points: int
    contributions: tuple[RankedContribution, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthFinding:
    """A criterion's outcome in this month, in a sentence without private figures."""

    criterion: str
    title: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerMonth:
    """One partner's month. `rank` None: not ranked (suspended, lapsed or hidden).

    `movement`: places won since the month before, negative for lost; None if it was not ranked
    then. `by_kind`: points by kind of contribution. `accepted`: its day, one of the tie-breakers.
    """

    slug: str
    name: str
    accepted: date
    hidden: bool
    rank: int | None
    movement: int | None
    points: int
    by_kind: dict[str, int]
    members: tuple[MemberMonth, ...]
    standing: PartnerStanding
    findings: tuple[MonthFinding, ...]


class Concern(StrEnum):
    """Why a maintainer should look at a person: `claimed twice` counts for nobody until then."""

    CLAIMED_TWICE = "claimed twice"
    RENAMED = "renamed"
    DELETED = "deleted"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """`github` as the record has it; `now`: the present login of a renamed account."""

    concern: Concern
    github: str
    partners: tuple[str, ...]
    now: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What became different when a committed month was computed again on `day`, a sentence each."""

    day: date
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """What a month was computed from: versions for people, digests for whoever recomputes it."""

    program: str
    version: str
    date: date
    policy: str
    records: str
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """`partners` by rank, then name, the unranked last; `homepage`: slugs in order of slots."""

    month: Month
    basis: Basis
    homepage: tuple[str, ...]
    partners: tuple[PartnerMonth, ...]
    people: tuple[Person, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A partner whose standing is another than `before`, the month before."""

    partner: PartnerMonth
    before: Standing

    @property
    def down(self) -> bool:
        """Did it get worse?"""
        order = list(Standing)
        return order.index(self.partner.standing.standing) > order.index(self.before)
