"""The table of criteria: the id and title of each, and what of it a maintainer can waive.

What each criterion asks is decided beside its sentence, in the modules of criteria.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..model.program import Program
from ..model.ranking import MonthFinding
from ..model.verdict import Finding, Outcome, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """`title`: of an applicant's finding; `{months}` stands for the closed months that are asked.

    `month_title`: of a partner's finding in one month. `only_doubt`: a maintainer can waive that it
    could not be checked, not that it is not met, since the record would be false.
    """

    id: str
    title: str
    month_title: str = ""
    only_doubt: bool = False

    def title_in(self, program: Program) -> str:
        """Return the title in this program."""
        return self.title.format(months=program.sponsorship.months)

    def finding(
        self,
        program: Program,
        outcome: Outcome,
        reason: str,
        remedy: str | None = None,
        sources: tuple[Source, ...] = (),
        earliest: date | None = None,
    ) -> Finding:
        """Return what was found of an applicant; for the fields see `Finding`."""
        return Finding(
            criterion=self.id,
            title=self.title_in(program),
            outcome=outcome,
            reason=reason,
            remedy=remedy,
            sources=sources,
            earliest=earliest,
        )

    def month_finding(self, outcome: Outcome, reason: str) -> MonthFinding:
        """Return what was found of a partner in one month."""
        title = self.month_title or self.title
        return MonthFinding(criterion=self.id, title=title, outcome=outcome, reason=reason)


REQUIRED_AMOUNT = Criterion(id="required-amount", title="Required amount")
SPONSORSHIP = Criterion(id="sponsorship", title="Sponsorship")
AMOUNT = Criterion(
    id="amount", title="Amount in each of {months} months", month_title="Required amount"
)
PAYER = Criterion(id="payer", title="Payer")
REGULAR = Criterion(id="contributions-regular", title="Regular contributions")
MEANINGFUL = Criterion(id="contributions-meaningful", title="Meaningful contributions")
TEAM = Criterion(id="team", title="Team", only_doubt=True)
NEW_PARTNER = Criterion(id="new-partner", title="New to the program", only_doubt=True)
RECORD_OWNER = Criterion(id="record-owner", title="Change of a record")
TABLE = (
    REQUIRED_AMOUNT,
    SPONSORSHIP,
    AMOUNT,
    PAYER,
    REGULAR,
    MEANINGFUL,
    TEAM,
    NEW_PARTNER,
    RECORD_OWNER,
)
"""In the verdict's order; the last one only where a pull request changes an application."""

_ONLY_DOUBT = {criterion.id for criterion in TABLE if criterion.only_doubt}


def criteria_of(program: Program) -> Mapping[str, str]:
    """Return the titles of all criteria by id, in the verdict's order."""
    return {criterion.id: criterion.title_in(program) for criterion in TABLE}


def can_be_waived(finding: Finding) -> bool:
    """Tell whether a waiver can overrule a finding. A criterion that is met needs none."""
    if finding.outcome is Outcome.NOT_MET:
        return finding.criterion not in _ONLY_DOUBT
    return finding.outcome is Outcome.UNKNOWN
