"""Keeps figures that a platform does not show to everyone out of the evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import Program
from ..model.sponsorship import Rate, RateKey, Sponsorship
from ..model.verdict import Required
from .coverage import needed_rates, rates_by_day, withhold

Paid = Mapping[str, Answer[Sponsorship]]


def rates_for(
    paid: Paid,
    required: Mapping[str, Required],
    months: Sequence[Month],
    program: Program,
    today: date,
) -> set[RateKey]:
    """Return the key of each rate that can change the outcome of one of `months`.

    `paid`, `required`: by slug; who has no required amount needs no rates.
    """
    each = _rates_of_each(paid, required, months, program, today)
    return set[RateKey]().union(*each.values())


def _rates_of_each(
    paid: Paid,
    required: Mapping[str, Required],
    months: Sequence[Month],
    program: Program,
    today: date,
) -> dict[str, set[RateKey]]:
    """Return what `rates_for` does, by slug."""
    return {
        slug: needed_rates(sponsorship, asked, months, program.sponsorship, today)
        for slug, asked in required.items()
        if (sponsorship := paid[slug].value) is not None
    }


def shown(
    paid: Paid,
    required: Mapping[str, Required],
    months: Sequence[Month],
    rates: Sequence[Rate],
    program: Program,
    today: date,
) -> dict[str, Answer[Sponsorship]]:
    """Return the sponsorships without private figures: of these, whether each month was reached."""
    by_day, policy = rates_by_day(rates), program.sponsorship
    return {
        slug: answer
        if answer.value is None
        else replace(
            answer,
            value=withhold(answer.value, required.get(slug), months, by_day, policy, today),
        )
        for slug, answer in paid.items()
    }


def shown_rates(
    rates: Answer[tuple[Rate, ...]],
    paid: Paid,
    required: Mapping[str, Required],
    months: Sequence[Month],
    program: Program,
    today: date,
) -> Answer[tuple[Rate, ...]]:
    """Return the rates that public payments need. Any other rate would tell of a private payment.

    The failure stays if a rate is missing that one of these payments needs, private or not.
    """
    found, each = rates.value or (), _rates_of_each(paid, required, months, program, today)
    lacking = set[RateKey]().union(*each.values()) - {one.key for one in found}
    public = {slug for slug, one in paid.items() if one.value is not None and one.value.public}
    shown_keys = set[RateKey]().union(*(keys for slug, keys in each.items() if slug in public))
    return replace(
        rates,
        value=tuple(one for one in found if one.key in shown_keys),
        failure=rates.failure if lacking else None,
        lasting=rates.lasting and bool(lacking),
    )
