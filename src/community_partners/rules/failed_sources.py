"""Decides what follows where a source did not answer. What is not known is never taken for nothing.

For an applicant the failure is told with the verdict. In a month of all partners, a source that may
answer later stops the ranking. A failure that lasts (a missing right or setting) would stop it for
ever: it leaves a partner's payments unknown, which moves nobody. Missing work is never excused,
since without it there is no ranking at all.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ..model.evidence import Answer, Evidence, MonthEvidence
from ..model.verdict import Decision, Verdict


def failed(evidence: Evidence) -> tuple[Answer[Any], ...]:
    """Return the answers that failed, of all that a verdict rests on."""
    answers: tuple[Answer[Any] | None, ...] = (
        evidence.sponsorship,
        evidence.rates,
        evidence.accounts,
        *evidence.work.values(),
        evidence.claims,
        evidence.partners,
        evidence.earlier,
    )
    return tuple(answer for answer in answers if answer and answer.failure)


def told(answers: Iterable[Answer[Any]]) -> tuple[str, ...]:
    """Return a sentence for each failure, with the moment of asking."""
    sentences = (
        f"{one.failure} (Asked on {one.asked_at:%Y-%m-%d at %H:%M} UTC.)" for one in answers
    )
    return tuple(dict.fromkeys(sentences))


def held(before: Decision | None, verdict: Verdict) -> bool:
    """Tell whether a verdict is no news but that a source does not answer just now.

    The weekly run, which nobody asked for, leaves the verdict as it is then. `before`: the decision
    that stands; None before the first one.
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
    """The failures that stop the ranking."""
    must: tuple[Answer[Any], ...] = (
        evidence.accounts,
        *evidence.identities,
        *evidence.work.values(),
        evidence.claims,
    )
    yield from (one for one in must if one.failure)
    yield from (one for one in _payments(evidence) if one.failure and not one.lasting)


def _payments(evidence: MonthEvidence) -> tuple[Answer[Any], ...]:
    return (*evidence.sponsorships.values(), evidence.rates)
