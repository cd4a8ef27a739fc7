"""Lists the payments by month if no required amount is known, for a maintainer to judge."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Settlement, Sponsorship
from ..model.verdict import Coverage, Outcome, Share
from .layout import unconverted


def without_amount(
    sponsorship: Sponsorship, months: Sequence[Month], policy: SponsorshipPolicy, today: date
) -> tuple[Coverage, ...]:
    """Return the payments of each month in their own currency, with the outcome unknown.

    Returns nothing if the payments are private or not known.
    """
    if not sponsorship.public or sponsorship.payments is None:
        return ()
    shares = next(iter(unconverted(sponsorship, policy, today, best=True)), ())
    return tuple(_month(month, [one for one in shares if one.month == month]) for month in months)


def _month(month: Month, shares: Sequence[Share]) -> Coverage:
    """Return one month. `paid`: the sum of settled payments if all have one currency; else None."""
    settled = [one.amount for one in shares if one.payment.settlement is Settlement.SETTLED]
    one_currency = len({amount.currency for amount in settled}) == 1
    paid = reduce(add, settled) if one_currency else None
    return Coverage(month=month, outcome=Outcome.UNKNOWN, paid=paid, shares=tuple(shares))
