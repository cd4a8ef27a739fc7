"""What was paid, month by month, where no required amount is known: for a person to judge."""

from collections.abc import Sequence
from functools import reduce
from operator import add

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import Settlement, Sponsorship
from ..model.verdict import Coverage, Outcome, Share
from .coverage import laid_out


def without_amount(
    sponsorship: Sponsorship, months: Sequence[Month], policy: SponsorshipPolicy
) -> tuple[Coverage, ...]:
    """Each payment in its own currency, unjudged; nothing of what not everyone can see."""
    if not sponsorship.public or sponsorship.payments is None:
        return ()
    shares = laid_out(sponsorship, policy, max(months))
    return tuple(_month(month, [one for one in shares if one.month == month]) for month in months)


def _month(month: Month, shares: Sequence[Share]) -> Coverage:
    """The sum is told where all is of one currency."""
    settled = [one.amount for one in shares if one.payment.settlement is Settlement.SETTLED]
    one_currency = len({amount.currency for amount in settled}) == 1
    paid = reduce(add, settled) if one_currency else None
    return Coverage(month=month, outcome=Outcome.UNKNOWN, paid=paid, shares=tuple(shares))
