"""Selects the evidence that belongs to one month, without private figures.

So a month's evidence is the same, whether the month was gathered alone or with other months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count, takewhile

from ..model.evidence import Answer, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import Rate, Sponsorship
from ..model.verdict import Required
from .coverage import needed_rates, rates_by_day, withhold
from .month_case import window
from .month_result import partners_in
from .people import members_in


def rates_for(
    paid: Mapping[str, Answer[Sponsorship]],
    month: Month,
    required: Mapping[str, Required],
    program: Program,
    today: date,
) -> set[tuple[date, str, str]]:
    """Return the (day, currency, target) of each rate for this month's payments, also late ones."""
    return {
        key
        for slug, asked in required.items()
        if (sponsorship := paid[slug].value) is not None
        for key in needed_rates(
            _near(sponsorship, month), asked, (month,), program.sponsorship, today
        )
    }


def of_month(
    gathered: MonthEvidence,
    month: Month,
    partners: Sequence[Partner],
    required: Mapping[str, Required],
    program: Program,
) -> MonthEvidence:
    """Return the evidence of `month` alone, without figures that a platform keeps private.

    `required`: the required amounts of the month's partners, by slug.
    """
    here = partners_in(month, partners)
    months = window(month, program)
    rates = gathered.rates.value or ()
    shown = {
        partner.slug: _shown(
            *(gathered.sponsorships[partner.slug], month, required[partner.slug], rates, program),
            gathered.today,
        )
        for partner in here
    }
    today = gathered.today
    lacking = rates_for(gathered.sponsorships, month, required, program, today)
    lacking -= set(map(_key, rates))
    public = {slug: one for slug, one in shown.items() if one.value and one.value.public}
    needed = rates_for(public, month, {slug: required[slug] for slug in public}, program, today)
    logins = {login.casefold() for login in members_in(here, months)}
    accounts = gathered.accounts.value
    if accounts is not None:
        accounts = tuple(check for check in accounts if check.login.casefold() in logins)
    ids = {member.id for one in here for member in one.organization.team}
    return MonthEvidence(
        month=month,
        today=gathered.today,
        sponsorships=shown,
        rates=replace(
            gathered.rates,
            value=tuple(one for one in rates if _key(one) in needed),
            failure=gathered.rates.failure if lacking else None,
            lasting=gathered.rates.lasting and bool(lacking),
        ),
        accounts=replace(gathered.accounts, value=accounts),
        identities=tuple(
            one for one in gathered.identities if one.value is None or one.value.id in ids
        ),
        work={one: gathered.work[one] for one in months},
        claims=replace(
            gathered.claims,
            value=tuple(one for one in gathered.claims.value or () if one.month in months),
        ),
    )


def _shown(
    answer: Answer[Sponsorship],
    month: Month,
    required: Required,
    rates: Sequence[Rate],
    program: Program,
    today: date,
) -> Answer[Sponsorship]:
    if answer.value is None:
        return answer
    by_day, policy = rates_by_day(rates), program.sponsorship
    later = takewhile(lambda one: one <= Month.of(today), (month + ahead for ahead in count(1)))
    months = (*ending(month, policy.months), *later)
    value = withhold(_near(answer.value, month), required, months, by_day, policy, today)
    return replace(answer, value=value)


def _near(sponsorship: Sponsorship, month: Month) -> Sponsorship:
    """Keep only the payments that can cover this month.

    A yearly payment can be up to twelve months earlier, a late payment one month later.
    """
    if sponsorship.payments is None:
        return sponsorship
    first, last = (month - 12).first_day, (month + 1).last_day
    kept = (one for one in sponsorship.payments if first <= one.day <= last)
    return replace(sponsorship, payments=tuple(kept))


def _key(rate: Rate) -> tuple[date, str, str]:
    return rate.day, rate.currency, rate.target
