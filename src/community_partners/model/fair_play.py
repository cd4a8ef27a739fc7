"""Fair play: the program's thresholds, and the flags that a month raises. A flag is no penalty."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class Burst:
    """More than `percent` of a partner's points, and `contributions`, on the `last_days`."""

    last_days: int
    percent: int
    contributions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ring:
    """So many `contributions` or more, accepted by `people` or fewer outside the team."""

    contributions: int
    people: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OnePerson:
    """More than `percent` of a team's points, which are `points` or more, by one of its people."""

    percent: int
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FairPlay:
    """The thresholds from which a month raises a flag; None: no such flag is raised.

    `near_duplicates`: pull requests of one person under one title but for numbers and names of
    files. `reverted`: changes that were reverted and landed again. `shared_claims`: claims of one
    address.
    """

    near_duplicates: int | None = None
    burst: Burst | None = None
    ring: Ring | None = None
    one_person: OnePerson | None = None
    reverted: int | None = None
    shared_claims: int | None = None


class FlagKind(StrEnum):
    NEAR_DUPLICATES = "near-duplicates"
    BURST = "burst"
    RING = "ring"
    ONE_PERSON = "one person"
    REVERTED = "reverted"
    SHARED_CLAIMS = "claims without a page of their own"


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """A question about a partner's month, for a maintainer. It changes no points and no rank.

    `facts`: a sentence without a judgment. `addresses`: where to look, at most ten. `threshold`:
    from when on the flag is raised, in words.
    """

    kind: FlagKind
    facts: str
    threshold: str
    addresses: tuple[str, ...] = ()
