"""Decides from which day an application could be eligible, and when to check it again."""

from collections.abc import Iterable
from datetime import date, timedelta

from ..model.month import Month
from ..model.plan import Plan
from ..model.verdict import Decision, Finding, Outcome, Verdict
from .criteria import PLANNED

A_WEEK = timedelta(days=7)


def eligible_from(findings: Iterable[Finding], plan: Plan | None) -> date | None:
    """Return the day of the plan; None if a missing criterion has no day and no plan meets it."""
    missing = [one for one in findings if one.outcome is Outcome.NOT_MET and not one.waived]
    if plan is None or any(
        one.earliest is None and one.criterion not in PLANNED for one in missing
    ):
        return None
    return plan.day


def look_again(verdict: Verdict) -> date | None:
    """Return the first day on which another check may give another verdict without an edit.

    For `not yet`, the day is the earliest date of the verdict. For `needs review` because a source
    did not answer, the day is today, so that the next daily run asks again. If no day is to be
    waited for, but somebody's act elsewhere, the day is in a week: an applicant could be eligible
    at once with an account that is made or paid, or a maintainer sets a token that is missing.
    A verdict on which a maintainer may merge holds until another month has closed. Returns None if
    only an edit or a maintainer can change the verdict.
    """
    today, earliest, plan = verdict.today, verdict.earliest, verdict.plan
    if verdict.decision is Decision.NOT_YET and earliest:
        if plan and plan.if_late:  # the charge may come on any day
            return min(earliest, today + A_WEEK)
        return earliest if earliest > today else today + A_WEEK
    if verdict.decision is Decision.NEEDS_REVIEW and verdict.unanswered:
        return today if verdict.may_answer_later else today + A_WEEK
    if verdict.decision in (Decision.ELIGIBLE, Decision.NEEDS_REVIEW):
        return (Month.of(today) + 1).first_day
    return None
