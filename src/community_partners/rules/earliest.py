"""Decides from which day an application could be eligible, and when to check it again."""

from collections.abc import Iterable
from datetime import date

from ..model.verdict import Decision, Finding, Outcome, Verdict


def eligible_from(findings: Iterable[Finding]) -> date | None:
    """Return the first day on which all criteria could be met; None if a criterion has no day."""
    missing = [one for one in findings if one.outcome is Outcome.NOT_MET and not one.waived]
    days = [finding.earliest for finding in missing]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def look_again(verdict: Verdict) -> date | None:
    """Return the first day on which another check may give another verdict without an edit.

    For `not yet`, the day is the earliest date of the verdict. For `needs review`, the day is today
    if a source did not answer. Returns None if only an edit or a maintainer can change the verdict.
    """
    if verdict.decision is Decision.NOT_YET:
        return verdict.earliest
    if verdict.decision is Decision.NEEDS_REVIEW and verdict.unanswered:
        return verdict.today
    return None
