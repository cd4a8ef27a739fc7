"""A partner's standing from month to month. `rules/standing.py` decides how a partner moves."""

from dataclasses import dataclass
from enum import StrEnum

from .month import Month


class Standing(StrEnum):
    """The four standings, from best to worst.

    A partner moves down one step at a time, and back up to ACTIVE in one step.
    """

    ACTIVE = "active"
    AT_RISK = "at risk"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"


class Judged(StrEnum):
    """The result of one month for one partner.

    MET: all criteria were met. MISSED: at least one was not met. UNKNOWN: at least one could not be
    checked. NEWCOMER: the partner was accepted after the month's first day. PAUSED: the partner has
    announced an absence. Only MISSED can move a partner down.
    """

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NEWCOMER = "newcomer"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerStanding:
    """A partner's standing after one month.

    `since`: the month that moved the partner to this standing. `missed`: missed months in a row
    since then. `judged`: how this month was judged.
    """

    standing: Standing
    since: Month
    missed: int
    judged: Judged
