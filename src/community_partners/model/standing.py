"""How a partner stands from month to month. What moves it is decided in rules."""

from dataclasses import dataclass
from enum import StrEnum

from .month import Month


class Standing(StrEnum):
    """In the order in which a partner goes down; back up it goes in one step."""

    ACTIVE = "active"
    AT_RISK = "at risk"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"


class Judged(StrEnum):
    """What became of a month: the criteria were met or missed, or nobody may say or wants to."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NEWCOMER = "newcomer"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerStanding:
    """`since`: the month that moved it here. `missed`: missed months in a row since then."""

    standing: Standing
    since: Month
    missed: int
    judged: Judged
