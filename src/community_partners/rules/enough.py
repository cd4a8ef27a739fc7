"""Decides whether payments make the required amount, and what the tolerance is for.

Only what had to be converted may fall short by it: exchange rates differ, amounts do not.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..model.money import Money
from ..model.verdict import Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Enough:
    """`amount` a month. `tolerance_percent`: of the part that came in other currencies."""

    amount: Money
    tolerance_percent: Decimal

    def reached_by(self, shares: Collection[Share]) -> bool:
        """Do they make the amount, as far as they could be converted?"""
        exact = self.total(share for share in shares if not self._foreign(share))
        foreign = self.total(filter(self._foreign, shares))
        missing = self.amount.amount - exact.amount
        return foreign.amount >= missing * (1 - self.tolerance_percent / 100)

    def possible_with(self, shares: Collection[Share]) -> bool:
        """Could they, with the rates that we lack?"""
        return any(share.converted is None for share in shares) or self.reached_by(shares)

    def total(self, shares: Iterable[Share]) -> Money:
        """Their sum in the required currency, without what could not be converted."""
        total = Money(Decimal(0), self.amount.currency)
        for share in shares:
            total = total if share.converted is None else total + share.converted
        return total

    def _foreign(self, share: Share) -> bool:
        return share.amount.currency != self.amount.currency
