"""Selects the evidence that belongs to one month, without private figures.

So a month's evidence is the same, whether the month was gathered alone or with other months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count, takewhile

from ..model.evidence import AccountCheck, Answer, MonthEvidence
from ..model.month import Month, ending
from ..model.partner import Partner
from ..model.program import Program
from ..model.sponsorship import REACH, Sponsorship
from ..model.verdict import Required
from .month_case import window
from .month_result import partners_in
from .people import members_in
from .private_figures import shown, shown_rates


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
    here, months, today = partners_in(month, partners), window(month, program), gathered.today
    paid = {one.slug: gathered.sponsorships[one.slug] for one in here}
    rates = gathered.rates.value or ()
    kept = shown(paid, required, _judged(month, program, today), rates, program, today)
    logins = {login.casefold() for login in members_in(here, months)}
    ids = {member.id for one in here for member in one.organization.team}
    return replace(
        gathered,
        month=month,
        sponsorships={slug: _in_reach(one, month) for slug, one in kept.items()},
        rates=shown_rates(gathered.rates, paid, required, (month,), program, today),
        accounts=_of(logins, gathered.accounts),
        identities=tuple(
            one for one in gathered.identities if one.value is None or one.value.id in ids
        ),
        work={one: gathered.work[one] for one in months},
        claims=replace(
            gathered.claims,
            value=tuple(one for one in gathered.claims.value or () if one.month in months),
        ),
    )


def _judged(month: Month, program: Program, today: date) -> tuple[Month, ...]:
    """Return the months of which it is kept whether private payments reached the amount."""
    later = takewhile(lambda one: one <= Month.of(today), (month + ahead for ahead in count(1)))
    return (*ending(month, program.sponsorship.months), *later)


def _of(
    logins: set[str], accounts: Answer[tuple[AccountCheck, ...]]
) -> Answer[tuple[AccountCheck, ...]]:
    if accounts.value is None:
        return accounts
    there = tuple(check for check in accounts.value if check.login.casefold() in logins)
    return replace(accounts, value=there)


def _in_reach(answer: Answer[Sponsorship], month: Month) -> Answer[Sponsorship]:
    """Leave out payments that are read only if earlier months are gathered as well."""
    if answer.value is None or answer.value.payments is None:
        return answer
    first = (month - REACH).first_day
    kept = tuple(one for one in answer.value.payments if one.day >= first)
    return replace(answer, value=replace(answer.value, payments=kept))
