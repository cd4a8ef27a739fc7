"""Is a month's evidence whole? What a source failed to answer is never ranked as nothing.

A failure that lasts (a right or a setting is missing) leaves a partner's payments unknown, which
moves nobody; it cannot excuse missing work, without which there is no ranking at all.
"""

from collections.abc import Iterator
from typing import Any

from ..model.evidence import Answer, MonthEvidence


def missing(evidence: MonthEvidence) -> tuple[str, ...]:
    """A sentence for each source that has to be asked again before the month can be ranked."""
    return tuple(dict.fromkeys(f"{one.source}: {one.failure}" for one in _failed(evidence)))


def lasting_failures(evidence: MonthEvidence) -> tuple[str, ...]:
    """A sentence for each source whose failure will last until a maintainer mends it."""
    failed = (one for one in _payments(evidence) if one.failure and one.lasting)
    return tuple(dict.fromkeys(f"{one.source}: {one.failure}" for one in failed))


def _failed(evidence: MonthEvidence) -> Iterator[Answer[Any]]:
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
