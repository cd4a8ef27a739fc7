"""An amount in one currency. Decides that amounts of two currencies never compare or add."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in units (not cents) of `currency`, an ISO 4217 code."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `EUR 75` or `EUR 75.50`, as `str` writes it."""
        currency, amount = text.split(" ")
        return cls(Decimal(amount), currency)

    @classmethod
    def of_cents(cls, cents: int, currency: str) -> Self:
        """Hundredths of a unit, as both platforms count, whatever the currency."""
        return cls(Decimal(cents) / 100, currency)

    def __str__(self) -> str:
        return f"{self.currency} {_plain(self.amount)}"

    def __add__(self, other: Self) -> Self:
        self._same_currency(other)
        return type(self)(self.amount + other.amount, self.currency)

    def __truediv__(self, parts: int) -> Self:
        return type(self)(self.amount / parts, self.currency)

    def __ge__(self, other: Self) -> bool:
        self._same_currency(other)
        return self.amount >= other.amount

    def times(self, factor: Decimal, currency: str) -> Self:
        """Converted at `factor` units of `currency` for one of ours."""
        return type(self)(self.amount * factor, currency)

    def _same_currency(self, other: Self) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self} and {other} are of two currencies: convert one first")


def _plain(amount: Decimal) -> str:
    whole = amount.to_integral_value()
    return f"{whole:f}" if amount == whole else f"{amount:.2f}"
