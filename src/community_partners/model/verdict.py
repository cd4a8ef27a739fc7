"""What was found and what follows from it. Made by rules, shown by output."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .contribution import Contribution
from .money import Money
from .month import Month
from .problem import Problem
from .sponsorship import Payment


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


class Decision(StrEnum):
    ELIGIBLE = "eligible"
    NOT_YET = "not yet"
    NEEDS_REVIEW = "needs review"
    INVALID = "invalid"

    @property
    def label(self) -> str:
        """The label of an issue with this verdict: `not-yet` for `not yet`."""
        return self.value.replace(" ", "-")


DECISIONS = {decision.label: decision for decision in Decision}
"""All decisions by their labels."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A page where anyone can see the fact."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """A maintainer's word that a criterion need not be met. `by`: a login; `url`: the comment's."""

    criterion: str
    by: str
    reason: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One criterion's outcome. `reason` and `remedy` are plain text and may hold outside words.

    `earliest`: the first day on which it could be met, for a criterion that is not met.
    `waived`: it counts as met; never of one that is met.
    """

    criterion: str
    title: str
    outcome: Outcome
    reason: str
    remedy: str | None = None
    sources: tuple[Source, ...] = ()
    earliest: date | None = None
    waived: Waiver | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Required:
    """The required amount a month. `about`: the same in the base currency at the edition's rate.

    `basis`: whose price it follows, for people, such as `Germany, as part of the euro area`.
    """

    amount: Money
    edition: str
    basis: str
    about: Money | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """The part of a payment that covers one month: one of `parts` equal ones.

    `converted`: the same in the required currency, where known. `why`: the reason if the month is
    not that of the payment.
    """

    payment: Payment
    month: Month
    amount: Money
    parts: int = 1
    converted: Money | None = None
    why: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """One month's payments. `paid` None: no figure may or can be given.

    Where no amount is required, `paid` is in the payments' own currency and the outcome unknown.

    `late_until`: the last day on which a charge can still come that fills a short month.
    """

    month: Month
    outcome: Outcome
    paid: Money | None
    shares: tuple[Share, ...] = ()
    late_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A contribution that counts, for the member who made it: name and login of the record."""

    contribution: Contribution
    member: str
    github: str
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthPoints:
    """One month's points of a team; `outcome` unknown where a source failed."""

    month: Month
    points: int
    outcome: Outcome
    counted: tuple[Counted, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer to one application on one day.

    `application`: its slug, where it could be read. `problems` for an invalid one; then nothing
    else was looked at. `uncounted`: how many of the team's contributions did not count, by reason.
    `unanswered`: the sources that failed, a sentence each; `may_answer_later`: asking one of
    them again may help.
    `evidence`: digest of what was gathered.
    """

    application: str | None
    name: str
    decision: Decision
    today: date
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    required: Required | None = None
    earliest: date | None = None
    coverage: tuple[Coverage, ...] = ()
    work: tuple[MonthPoints, ...] = ()
    uncounted: dict[str, int] | None = None
    unanswered: tuple[str, ...] = ()
    may_answer_later: bool = False
    evidence: str | None = None
