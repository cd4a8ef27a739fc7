"""The two criteria on contributions: regular and meaningful. Each function gives one Finding."""

from math import ceil
from typing import Any

from ..model.evidence import Answer
from ..model.month import counted, each_of, in_words, listed
from ..model.verdict import Finding, Outcome, Source
from .case import Case
from .criteria import MEANINGFUL, REGULAR, Criterion
from .earliest import after_short, months_to_come


def contributions_regular(case: Case) -> Finding:
    """Decide whether the team reaches the points asked in each closed month."""
    policy = case.program.contribution
    short = [entry for entry in case.work if entry.outcome is Outcome.NOT_MET]
    unclear = [entry for entry in case.work if entry.outcome is Outcome.UNKNOWN]
    seen = listed([f"{entry.month.title} {entry.points}" for entry in case.work])
    reason = f"{policy.points_each_month} points asked in each month; counted: {seen}."
    if short:
        last = short[-1].month
        earliest = after_short(last, policy.months)
        needed = [month.title for month in months_to_come(last, policy.months, case.today)]
        few = f"Too few in {listed([entry.month.title for entry in short])}. {reason}"
        few += _left_out(case)
        remedy = (
            f"With {policy.points_each_month} points or more in {each_of(needed)} "
            f"this can be met from {in_words(earliest)}."
        )
        return REGULAR.finding(case.program, Outcome.NOT_MET, few, remedy, _guide(case), earliest)
    if unclear:
        return _unknown(REGULAR, case, reason)
    return REGULAR.finding(case.program, Outcome.MET, reason)


def contributions_meaningful(case: Case) -> Finding:
    """Decide whether the team reaches the points asked in all closed months together."""
    policy = case.program.contribution
    points = sum(entry.points for entry in case.work)
    reason = f"{points} points in {policy.months} months, {policy.points_in_all} asked."
    if points >= policy.points_in_all:
        return MEANINGFUL.finding(case.program, Outcome.MET, reason)
    if _gaps(case):
        return _unknown(MEANINGFUL, case, reason)
    now = case.work[-1].month + 1
    earliest = (now + 1).first_day
    needed = policy.points_in_all - sum(entry.points for entry in case.work[1:])
    remedy = (
        f"With {needed} points in {now.title} this can be met from {in_words(earliest)}"
        f"{_or_slower(case)}."
    )
    reason += _left_out(case)
    return MEANINGFUL.finding(case.program, Outcome.NOT_MET, reason, remedy, _guide(case), earliest)


def _left_out(case: Case) -> str:
    """Return a sentence on work that does not count, whose reasons the reply gives further on."""
    number = case.uncounted.total()
    if not number:
        return ""
    return f" {counted(number, 'contribution')} did not count: the reasons are under “Not counted”."


def _or_slower(case: Case) -> str:
    """Return words on a slower pace in points per month, and the date to which the pace leads.

    The pace is at most the largest of: the points asked in each month, an even share of all points
    asked, and the team's own best month. Returns "" if one month at such a pace is enough.
    """
    policy, points = case.program.contribution, [entry.points for entry in case.work]
    best = max(policy.points_each_month, ceil(policy.points_in_all / len(points)), *points)
    for months in range(1, len(points) + 1):
        missing = policy.points_in_all - sum(points[months:])
        pace = max(policy.points_each_month, ceil(missing / months))
        if pace <= best:
            break
    if months == 1:
        return ""
    day = (case.work[-1].month + months + 1).first_day
    return f"; with {pace} points in every month from now on, from {in_words(day)}"


def _gaps(case: Case) -> tuple[str, ...]:
    """Return one sentence for each reason why the team may have more points than counted."""
    seen = case.evidence
    answers: tuple[Answer[Any], ...] = (*seen.work.values(), seen.claims, seen.accounts)
    gaps = [answer.failure for answer in answers if answer.failure]
    if case.unseen:
        gaps.append(f"The work of {listed(case.unseen)} was not looked at: see Team.")
    return tuple(dict.fromkeys(gaps))


def _unknown(criterion: Criterion, case: Case, reason: str) -> Finding:
    """Return an unknown finding whose reason names the gaps."""
    return criterion.finding(case.program, Outcome.UNKNOWN, " ".join((reason, *_gaps(case))))


def _guide(case: Case) -> tuple[Source, ...]:
    """Return the page on where help is welcome; empty if the policy names no page."""
    url = case.program.contribution.guide
    return (Source(title="Where help is welcome", url=url),) if url else ()
