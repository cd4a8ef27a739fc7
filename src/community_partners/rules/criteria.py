"""The table of criteria: ids, titles, and which outcomes a maintainer can waive.

The modules `*_criteria.py` decide each criterion, next to its sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..model.program import Program
from ..model.ranking import MonthFinding
from ..model.verdict import Finding, Outcome, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One criterion. `id`: the name in commands, such as `amount` in `/waive amount`.

    `title`: for an applicant's finding; `{months}` is replaced by the number of closed months.
    `month_title`: for a partner's finding in one month; "" if it is the same as `title`.
    `only_doubt`: a waiver can overrule the outcome `unknown`, but not `not met`, because the
    partner's record would be false.
    """

    id: str
    title: str
    month_title: str = ""
    only_doubt: bool = False

    def title_in(self, program: Program) -> str:
        """Return the title, with the number of months that this program asks for."""
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
        """Return an applicant's finding on this criterion. See `Finding` for the fields."""
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
        """Return a partner's finding on this criterion in one month."""
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
"""All criteria, in the order of the verdict.

The verdict has RECORD_OWNER only if a pull request changes the file of an existing application.
"""

PLANNED = frozenset({AMOUNT.id, REGULAR.id, MEANINGFUL.id})
"""The criteria that are met by months of payments and work, and so by a plan."""

_ONLY_DOUBT = {criterion.id for criterion in TABLE if criterion.only_doubt}


def criteria_of(program: Program) -> Mapping[str, str]:
    """Return the titles of all criteria by id, in the verdict's order."""
    return {criterion.id: criterion.title_in(program) for criterion in TABLE}


def can_be_waived(finding: Finding) -> bool:
    """Tell whether a waiver can overrule the finding; never if the criterion is met."""
    if finding.outcome is Outcome.NOT_MET:
        return finding.criterion not in _ONLY_DOUBT
    return finding.outcome is Outcome.UNKNOWN
