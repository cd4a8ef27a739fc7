"""Decides whether the payments of a month make the required amount, within the tolerance.

Only payments that had to be converted may fall short by the tolerance, because published exchange
rates differ; payments in the required currency must be exact.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..model.money import Money
from ..model.verdict import Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Enough:
    """The required `amount` per month, and the tolerance.

    `tolerance_percent`: of the part of the amount that was paid in other currencies.
    """

    amount: Money
    tolerance_percent: Decimal

    def reached_by(self, shares: Collection[Share]) -> bool:
        """Tell whether the shares make the amount; a share without a rate counts as zero."""
        exact = self.total(share for share in shares if not self._foreign(share))
        foreign = self.total(filter(self._foreign, shares))
        missing = self.amount.amount - exact.amount
        return foreign.amount >= missing * (1 - self.tolerance_percent / 100)

    def possible_with(self, shares: Collection[Share]) -> bool:
        """Tell whether the shares make the amount, or could if a missing rate were known."""
        return any(share.converted is None for share in shares) or self.reached_by(shares)

    def total(self, shares: Iterable[Share]) -> Money:
        """Return the sum in the required currency, without shares that could not be converted."""
        total = Money(Decimal(0), self.amount.currency)
        for share in shares:
            total = total if share.converted is None else total + share.converted
        return total

    def _foreign(self, share: Share) -> bool:
        return share.amount.currency != self.amount.currency
