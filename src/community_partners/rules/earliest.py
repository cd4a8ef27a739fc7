"""Decides from which day an application could be eligible, and when to check it again."""

from collections.abc import Iterable
from datetime import date, timedelta

from ..model.month import Month, ending
from ..model.verdict import Decision, Finding, Outcome, Verdict

A_WEEK = timedelta(days=7)


def after_short(short: Month, count: int) -> date:
    """Return the first day on which `count` closed months follow the month `short`."""
    return (short + count + 1).first_day


def months_to_come(short: Month, count: int, today: date) -> tuple[Month, ...]:
    """Return those of the `count` months after `short` that are not closed yet."""
    return tuple(month for month in ending(short + count, count) if month >= Month.of(today))


def eligible_from(findings: Iterable[Finding]) -> date | None:
    """Return the first day on which all criteria could be met; None if a criterion has no day."""
    missing = [one for one in findings if one.outcome is Outcome.NOT_MET and not one.waived]
    days = [finding.earliest for finding in missing]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def look_again(verdict: Verdict) -> date | None:
    """Return the first day on which another check may give another verdict without an edit.

    For `not yet`, the day is the earliest date of the verdict. For `needs review` because a source
    did not answer, the day is today, so that the next daily run asks again. If no day is to be
    waited for, but somebody's act elsewhere, the day is in a week: an applicant could be eligible
    at once with an account that is made or paid, or a maintainer sets a token that is missing.
    A verdict on which a maintainer may merge holds until another month has closed. Returns None if
    only an edit or a maintainer can change the verdict.
    """
    today, earliest = verdict.today, verdict.earliest
    if verdict.decision is Decision.NOT_YET and earliest:
        return earliest if earliest > today else today + A_WEEK
    if verdict.decision is Decision.NEEDS_REVIEW and verdict.unanswered:
        return today if verdict.may_answer_later else today + A_WEEK
    if verdict.decision in (Decision.ELIGIBLE, Decision.NEEDS_REVIEW):
        return (Month.of(today) + 1).first_day
    return None
