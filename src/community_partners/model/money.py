"""An amount of money. Amounts in two currencies cannot be compared or added."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

_PATTERN = re.compile(r"([A-Z]{3}) (-?[0-9]+(?:\.[0-9]+)?)")  # digits as in day.py


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency: `amount` units (not cents) of `currency`, an ISO 4217 code.

    Adding or comparing amounts in two currencies raises ValueError.
    """

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount such as `EUR 75` or `EUR 75.50`, the form that `str` writes.

        Raises ValueError for any other text.
        """
        match = _PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"{text[:40]!r} is not an amount: write it as EUR 75.50.")
        return cls(Decimal(match[2]), match[1])

    @classmethod
    def of_cents(cls, cents: int, currency: str) -> Self:
        """Return the amount for `cents` hundredths of a unit.

        Both platforms count in hundredths for every currency, also for yen: JPY 500 is 50000.
        """
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
        """Return the amount converted to `currency`. `factor`: units of `currency` per own unit."""
        return type(self)(self.amount * factor, currency)

    def _same_currency(self, other: Self) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self} and {other} are of two currencies: convert one first")


def _plain(amount: Decimal) -> str:
    whole = amount.to_integral_value()
    return f"{whole:f}" if amount == whole else f"{amount:.2f}"
