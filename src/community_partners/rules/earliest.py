"""Decides from which day on an application could be eligible, and is worth another look."""

from collections.abc import Iterable
from datetime import date

from ..model.verdict import Decision, Finding, Outcome, Verdict


def eligible_from(findings: Iterable[Finding]) -> date | None:
    """The day on which all could be met; None where one of them never can."""
    missing = [one for one in findings if one.outcome is Outcome.NOT_MET and not one.waived]
    days = [finding.earliest for finding in missing]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def look_again(verdict: Verdict) -> date | None:
    """From which day on another look may say something else, though nobody edits anything.

    That of the earliest date; at once, where a source did not answer. None: an edit is needed.
    """
    if verdict.decision is Decision.NOT_YET:
        return verdict.earliest
    if verdict.decision is Decision.NEEDS_REVIEW and verdict.unanswered:
        return verdict.today
    return None
