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
    return {
        key
        for slug, asked in required.items()
        if (sponsorship := paid[slug].value) is not None
        for key in needed_rates(sponsorship, asked, months, program.sponsorship, today)
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
    found = rates.value or ()
    lacking = rates_for(paid, required, months, program, today) - {one.key for one in found}
    public = {slug for slug, one in paid.items() if one.value is not None and one.value.public}
    of_public = {slug: asked for slug, asked in required.items() if slug in public}
    needed = rates_for(paid, of_public, months, program, today)
    return replace(
        rates,
        value=tuple(one for one in found if one.key in needed),
        failure=rates.failure if lacking else None,
        lasting=rates.lasting and bool(lacking),
    )
