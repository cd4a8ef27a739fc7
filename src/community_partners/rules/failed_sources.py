"""Decides what a failed source means. Missing facts never count as zero.

An applicant's verdict names each failure. In a month of all partners, a source that may answer
later stops the ranking. A lasting failure (a missing permission or setting) would stop the ranking
for ever; instead, payments from that source are unknown, which moves no partner down. Missing
contributions always stop the ranking, because ranks need the points of all partners.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ..model.evidence import Answer, Evidence, MonthEvidence
from ..model.verdict import Decision, Verdict


def failed(evidence: Evidence) -> tuple[Answer[Any], ...]:
    """Return the failed answers among all evidence of a verdict."""
    answers: tuple[Answer[Any] | None, ...] = (
        evidence.sponsorship,
        evidence.rates,
        evidence.accounts,
        *evidence.work.values(),
        evidence.claims,
        evidence.partners,
        evidence.earlier,
        evidence.others,
    )
    return tuple(answer for answer in answers if answer and answer.failure)


def told(answers: Iterable[Answer[Any]]) -> tuple[str, ...]:
    """Return a sentence for each failure, with the time of the question in UTC."""
    sentences = (
        f"{one.failure} (Asked on {one.asked_at:%Y-%m-%d at %H:%M} UTC.)" for one in answers
    )
    return tuple(dict.fromkeys(sentences))


def held(before: Decision | None, verdict: Verdict) -> bool:
    """Tell whether the daily run must keep the posted verdict, because a source failed today.

    True if a failed source may answer later and the new verdict is not eligible: nobody asked for
    the daily run, so a failed source should not change a verdict. `before`: the decision of the
    posted verdict; None before the first verdict, which is always posted.
    """
    known = verdict.decision is Decision.ELIGIBLE
    return verdict.may_answer_later and before is not None and not known


def missing(evidence: MonthEvidence) -> tuple[str, ...]:
    """Return a sentence for each source that must be asked again before the month is ranked."""
    return tuple(dict.fromkeys(f"{one.source}: {one.failure}" for one in _unranked(evidence)))


def lasting_failures(evidence: MonthEvidence) -> tuple[str, ...]:
    """Return a sentence for each source whose failure lasts until a maintainer mends it."""
    found = (one for one in _payments(evidence) if one.failure and one.lasting)
    return tuple(dict.fromkeys(f"{one.source}: {one.failure}" for one in found))


def _unranked(evidence: MonthEvidence) -> Iterator[Answer[Any]]:
    """Yield the failed answers that stop the ranking."""
    must: tuple[Answer[Any], ...] = (
        evidence.accounts,
        *evidence.identities,
        *evidence.work.values(),
        evidence.claims,
    )
    yield from (one for one in must if one.failure)
    yield from (one for one in _payments(evidence) if one.failure and not one.lasting)


def _payments(evidence: MonthEvidence) -> tuple[Answer[Any], ...]:
    """Return the answers on payments and exchange rates."""
    return (*evidence.sponsorships.values(), evidence.rates)
