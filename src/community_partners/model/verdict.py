"""Findings and the verdict that follows from them. The rules make both, and `words` shows both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .application import Member
from .contribution import Contribution
from .money import Money
from .month import Month
from .plan import Plan
from .points import Points
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
        """The GitHub label for this decision, such as `not-yet` for `not yet`."""
        return self.value.replace(" ", "-")


DECISIONS = {decision.label: decision for decision in Decision}
"""All decisions, by their GitHub labels."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A page where anyone can see the fact that a finding rests on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """One of several ways to meet a criterion. `copy`: a text to take over as it is, or ""."""

    words: str
    copy: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """A maintainer's word that a criterion need not be met.

    `by`: the maintainer's login. `url`: the address of the comment with the command `/waive`.
    """

    criterion: str
    by: str
    reason: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """The outcome of one criterion.

    `reason`, `remedy`: plain text that may quote applicants, so each output must escape the text.
    `ways`: what the remedy gives a choice of, the easiest first.
    `earliest`: the first day on which a criterion that is not met could be met; None if no day can
    be given, or if a plan for all criteria together gives it (`Verdict.plan`). `waived`: the waiver
    that makes the criterion count as met; None if `outcome` is met.
    """

    criterion: str
    title: str
    outcome: Outcome
    reason: str
    remedy: str | None = None
    ways: tuple[Way, ...] = ()
    sources: tuple[Source, ...] = ()
    earliest: date | None = None
    waived: Waiver | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Required:
    """The required amount per month, in two currencies: a month is reached by either.

    `amount`: in the currency of the country. `base`: in the program's base currency, by the rate of
    the price edition; the same as `amount` if the country uses the base currency; None if no rate
    is known. `edition`: the price edition. `basis`: for people, the country whose price applies,
    such as `Germany, as part of the euro area` or `Greenland follows Denmark`. `rates`: the rates
    of the price edition, in units of each currency for one unit of the base currency.
    """

    amount: Money
    edition: str
    basis: str
    base: Money | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def other(self) -> Money | None:
        """The amount in the base currency, if that is another currency and its rate is known."""
        return None if self.base == self.amount else self.base


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """The share of a payment that covers one month: the payment's amount divided by `parts`.

    `converted`: the share in the required currency; None if the exchange rate is unknown. `why`:
    the reason if the share covers another month than the payment's own; None otherwise.
    """

    payment: Payment
    month: Month
    amount: Money
    parts: int = 1
    converted: Money | None = None
    why: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The payments of one month, compared with the required amount.

    `paid` None: the amount is private or not known. If no amount is required, `paid` is in the
    payments' own currency and `outcome` is unknown. `late_until`: the last day on which a late
    charge can still fill a short month; None if no late charge is possible.
    """

    month: Month
    outcome: Outcome
    paid: Money | None
    shares: tuple[Share, ...] = ()
    late_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A contribution that counts, with its points.

    `member`, `github`: name and login of the team member, as the application or record has them.
    `points`: fewer than the kind gives for a part of the member's time, or if a limit of the month
    was reached. `self_merged`: a pull request that its author merged, without approval by somebody
    else who may push.
    """

    contribution: Contribution
    member: str
    github: str
    points: Points
    self_merged: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncounted:
    """A contribution that does not count. `member`, `github`: as in Counted.

    `reason`: words for people, such as `review that only comments`.
    """

    contribution: Contribution
    member: str
    github: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthPoints:
    """A team's points in one month. `outcome`: unknown if too few are known, and may be more.

    `contested`: how many more there are of people whom two organizations name. `unseen`: logins
    whose work cannot be looked up. `failures`: a sentence for each source that failed. `counted`:
    the contributions that count, for an applicant.
    """

    month: Month
    points: Points
    outcome: Outcome
    contested: Points = 0
    unseen: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        """The reasons why there may be more points than counted, besides those of `contested`."""
        return (*self.unseen, *self.failures)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The verdict on one application on the day `today`.

    `application`: the slug; None if the application could not be read. `problems`: why an invalid
    application could not be read; nothing else was checked then. `earliest`: the first day on which
    the application could be eligible. `team`: as it counts, with who has confirmed. `heard`:
    somebody is shown to speak for the website. `beside`: the numbers of other applications that
    have the same people. `plan`: what makes a day possible, month by month; None if the decision is
    another one than not yet. `uncounted`: the number of the team's contributions that did not
    count, by reason. `unanswered`: one sentence per source that failed; `may_answer_later`: a retry
    may help for at least one of these sources. `evidence`: digest of the stored evidence.
    """

    application: str | None
    name: str
    decision: Decision
    today: date
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    required: Required | None = None
    earliest: date | None = None
    plan: Plan | None = None
    team: tuple[Member, ...] = ()
    beside: tuple[int, ...] = ()
    heard: bool = False
    coverage: tuple[Coverage, ...] = ()
    work: tuple[MonthPoints, ...] = ()
    uncounted: dict[str, int] | None = None
    unanswered: tuple[str, ...] = ()
    may_answer_later: bool = False
    evidence: str | None = None
