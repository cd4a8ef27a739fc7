"""The conclusion of a criterion on one case. `criteria.py` adds id and title: a finding."""

from dataclasses import dataclass
from datetime import date

from ..model.verdict import Outcome, Source, Way


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The outcome of a criterion, with its reason. `Finding` says what each field means."""

    outcome: Outcome
    reason: str
    remedy: str | None = None
    sources: tuple[Source, ...] = ()
    earliest: date | None = None
    ways: tuple[Way, ...] = ()
