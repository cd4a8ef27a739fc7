"""The criteria about work: regular, meaningful. One Finding each, with its sentence."""

from math import ceil
from typing import Any

from ..model.evidence import Answer
from ..model.month import Month, in_words, listed
from ..model.verdict import Finding, MonthPoints, Outcome, Source
from .case import Case


def contributions_regular(case: Case) -> Finding:
    """Does the team reach the points asked in each of the closed months?"""
    policy = case.program.contribution
    short = [entry for entry in case.work if entry.outcome is Outcome.NOT_MET]
    unclear = [entry for entry in case.work if entry.outcome is Outcome.UNKNOWN]
    title = "Regular contributions"
    seen = listed([f"{entry.month.title} {entry.points}" for entry in case.work])
    reason = f"{policy.points_each_month} points asked in each month; counted: {seen}."
    if short:
        earliest = (short[-1].month + policy.months + 1).first_day
        needed = [(short[-1].month + later).title for later in range(1, policy.months + 1)]
        return Finding(
            criterion="contributions-regular",
            title=title,
            outcome=Outcome.NOT_MET,
            reason=f"Too few in {listed([entry.month.title for entry in short])}. {reason}",
            remedy=f"With {policy.points_each_month} points or more in each of {listed(needed)} "
            f"this can be met from {in_words(earliest)}.",
            sources=_guide(case),
            earliest=earliest,
        )
    if unclear:
        return _unknown("contributions-regular", title, case, reason)
    return Finding(
        criterion="contributions-regular", title=title, outcome=Outcome.MET, reason=reason
    )


def contributions_meaningful(case: Case) -> Finding:
    """Does the team reach the points asked in all the closed months together?"""
    policy = case.program.contribution
    points = sum(entry.points for entry in case.work)
    title = "Meaningful contributions"
    reason = f"{points} points in {policy.months} months, {policy.points_in_all} asked."
    if points >= policy.points_in_all:
        return Finding(
            criterion="contributions-meaningful", title=title, outcome=Outcome.MET, reason=reason
        )
    if _failures(case):
        return _unknown("contributions-meaningful", title, case, reason)
    earliest, needed = _enough(case.work, policy.points_in_all, policy.points_each_month)
    return Finding(
        criterion="contributions-meaningful",
        title=title,
        outcome=Outcome.NOT_MET,
        reason=reason,
        remedy=f"With {needed} points in every month from now on "
        f"this can be met from {in_words(earliest.first_day)}.",
        sources=_guide(case),
        earliest=earliest.first_day,
    )


def _enough(work: tuple[MonthPoints, ...], asked: int, each_month: int) -> tuple[Month, int]:
    """The first month that could follow enough points, and the points that each month until then
    needs: no more than an even share, or than the team's own best month."""
    points = [entry.points for entry in work]
    possible = max(each_month, ceil(asked / len(work)), *points)
    for later in range(1, len(work) + 1):
        needed = max(each_month, ceil((asked - sum(points[later:])) / later))
        if needed <= possible:
            break
    return work[-1].month + later + 1, needed


def _failures(case: Case) -> tuple[str, ...]:
    answers: tuple[Answer[Any], ...] = (*case.evidence.work.values(), case.evidence.claims)
    return tuple(dict.fromkeys(answer.failure for answer in answers if answer.failure))


def _unknown(criterion: str, title: str, case: Case, reason: str) -> Finding:
    return Finding(
        criterion=criterion,
        title=title,
        outcome=Outcome.UNKNOWN,
        reason=" ".join((reason, *_failures(case))),
    )


def _guide(case: Case) -> tuple[Source, ...]:
    url = case.program.contribution.guide
    return (Source(title="Where help is welcome", url=url),) if url else ()
