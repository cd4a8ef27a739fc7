"""The table of criteria: what each is called, what decides it, and what a maintainer can waive.

The modules `*_criteria.py` decide each criterion, next to its sentences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..model.program import Program
from ..model.ranking import MonthFinding
from ..model.verdict import Finding, Outcome
from .amount_criteria import paid_in_each_month, paid_in_the_month, required_amount_known
from .applicant import Applicant
from .conclusion import Conclusion
from .contribution_criteria import (
    meaningful,
    meaningful_in_the_month,
    regular,
    regular_in_the_month,
)
from .identity_criteria import not_a_partner_yet, payer_is_organization, team_exists
from .month_case import MonthCase
from .spokesperson_criterion import spokesperson_shown
from .sponsorship_criteria import sponsorship_active


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One criterion. `id`: the name in commands, such as `amount` in `/waive amount`.

    `title`: for an applicant's finding; `{months}` is replaced by the number of closed months.
    `month_title`: for a partner's finding in one month; "" if it is the same as `title`.
    `of_applicants`, `of_partners`: decides it for an applicant, and for a partner's month; None if
    they are not asked for it. If the first returns None, the verdict has no such finding.
    `only_doubt`: a waiver can overrule the outcome `unknown`, but not `not met`, because the
    partner's record would be false. `planned`: months of payments and work meet it, and so a plan.
    """

    id: str
    title: str
    month_title: str = ""
    of_applicants: Callable[[Applicant], Conclusion | None] | None = None
    of_partners: Callable[[MonthCase], Conclusion] | None = None
    only_doubt: bool = False
    planned: bool = False

    def title_in(self, program: Program) -> str:
        """Return the title, with the number of months that this program asks for."""
        return self.title.format(months=program.sponsorship.months)

    def finding(self, program: Program, said: Conclusion) -> Finding:
        """Return an applicant's finding on this criterion."""
        return Finding(
            criterion=self.id,
            title=self.title_in(program),
            outcome=said.outcome,
            reason=said.reason,
            remedy=said.remedy,
            ways=said.ways,
            sources=said.sources,
            earliest=said.earliest,
        )

    def month_finding(self, said: Conclusion) -> MonthFinding:
        """Return a partner's finding on this criterion in one month."""
        title = self.month_title or self.title
        return MonthFinding(
            criterion=self.id, title=title, outcome=said.outcome, reason=said.reason
        )


REQUIRED_AMOUNT = Criterion(
    id="required-amount", title="Required amount", of_applicants=required_amount_known
)
SPONSORSHIP = Criterion(id="sponsorship", title="Sponsorship", of_applicants=sponsorship_active)
AMOUNT = Criterion(
    id="amount",
    title="Amount in each of {months} months",
    month_title="Required amount",
    of_applicants=paid_in_each_month,
    of_partners=paid_in_the_month,
    planned=True,
)
SPOKESPERSON = Criterion(id="spokesperson", title="Spokesperson", of_applicants=spokesperson_shown)
PAYER = Criterion(id="payer", title="Payer", of_applicants=payer_is_organization)
REGULAR = Criterion(
    id="contributions-regular",
    title="Regular contributions",
    of_applicants=regular,
    of_partners=regular_in_the_month,
    planned=True,
)
MEANINGFUL = Criterion(
    id="contributions-meaningful",
    title="Meaningful contributions",
    of_applicants=meaningful,
    of_partners=meaningful_in_the_month,
    planned=True,
)
TEAM = Criterion(id="team", title="Team", of_applicants=team_exists, only_doubt=True)
NEW_PARTNER = Criterion(
    id="new-partner", title="New to the program", of_applicants=not_a_partner_yet, only_doubt=True
)
RECORD_OWNER = Criterion(id="record-owner", title="Change of a record")
TABLE = (
    REQUIRED_AMOUNT,
    SPONSORSHIP,
    AMOUNT,
    SPOKESPERSON,
    PAYER,
    REGULAR,
    MEANINGFUL,
    TEAM,
    NEW_PARTNER,
    RECORD_OWNER,
)
"""All criteria, in the order of the verdict.

The verdict has RECORD_OWNER only if a pull request changes the file of an existing application,
and SPOKESPERSON only if somebody handed the application in.
"""

PLANNED = frozenset(one.id for one in TABLE if one.planned)
"""The criteria that are met by months of payments and work, and so by a plan."""

_ONLY_DOUBT = {criterion.id for criterion in TABLE if criterion.only_doubt}


def findings(case: Applicant) -> tuple[Finding, ...]:
    """Return the finding on each criterion of an applicant, without waivers."""
    return tuple(
        one.finding(case.program, said)
        for one in TABLE
        if one.of_applicants and (said := one.of_applicants(case))
    )


def month_findings(case: MonthCase) -> tuple[MonthFinding, ...]:
    """Return the finding on each criterion that a partner must meet in every month.

    Each sentence is published, and so holds no private figure. `standing.py` decides how the
    findings change the standing.
    """
    return tuple(one.month_finding(one.of_partners(case)) for one in TABLE if one.of_partners)


def criteria_of(program: Program) -> Mapping[str, str]:
    """Return the titles of all criteria by id, in the verdict's order."""
    return {criterion.id: criterion.title_in(program) for criterion in TABLE}


def can_be_waived(finding: Finding) -> bool:
    """Tell whether a waiver can overrule the finding; never if the criterion is met."""
    if finding.outcome is Outcome.NOT_MET:
        return finding.criterion not in _ONLY_DOUBT
    return finding.outcome is Outcome.UNKNOWN
