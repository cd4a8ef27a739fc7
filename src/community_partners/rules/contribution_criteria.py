"""The two criteria on contributions: regular and meaningful. Each function gives one Finding."""

from ..model.month import counted, listed
from ..model.verdict import Finding, Outcome, Source
from .case import Case
from .criteria import MEANINGFUL, REGULAR, Criterion


def contributions_regular(case: Case) -> Finding:
    """Decide whether the team reaches the points asked in each closed month."""
    policy = case.program.contribution
    short = [entry for entry in case.work if entry.outcome is Outcome.NOT_MET]
    unclear = [entry for entry in case.work if entry.outcome is Outcome.UNKNOWN]
    seen = listed([f"{entry.month.title} {entry.points}" for entry in case.work])
    reason = f"{policy.points_each_month} points asked in each month; counted: {seen}."
    if short:
        few = f"Too few in {listed([entry.month.title for entry in short])}. {reason}"
        few += _left_out(case)
        return REGULAR.finding(case.program, Outcome.NOT_MET, few, sources=_guide(case))
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
    if case.gaps:
        return _unknown(MEANINGFUL, case, reason)
    reason += _left_out(case)
    return MEANINGFUL.finding(case.program, Outcome.NOT_MET, reason, sources=_guide(case))


def _left_out(case: Case) -> str:
    """Return a sentence on work that does not count, whose reasons the reply gives further on."""
    number = case.uncounted.total()
    if not number:
        return ""
    return f" {counted(number, 'contribution')} did not count: the reasons are under “Not counted”."


def _unknown(criterion: Criterion, case: Case, reason: str) -> Finding:
    """Return an unknown finding whose reason names the gaps."""
    return criterion.finding(case.program, Outcome.UNKNOWN, " ".join((reason, *case.gaps)))


def _guide(case: Case) -> tuple[Source, ...]:
    """Return the page on where help is welcome; empty if the policy names no page."""
    url = case.program.contribution.guide
    return (Source(title="Where help is welcome", url=url),) if url else ()
