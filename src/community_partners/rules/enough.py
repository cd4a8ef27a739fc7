"""Decides what a payment counts in one of the two currencies of the required amount.

In the base currency, the amount that the fiscal host received counts as it is, and any other amount
by the rate of the price edition. In the local currency, the rate of the payment's day counts, and
the tolerance with it: published exchange rates differ, so converted amounts may fall short by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Self

from ..model.money import Money
from ..model.sponsorship import Payment, RateKey
from ..model.verdict import Required, Share

Rates = Mapping[RateKey, Decimal | None]
"""The factor by (day, currency, target); None if nobody quotes one of the two currencies."""

BOUNDLESS = Fraction(10**30)  # more than anybody pays: what an amount without a rate may be worth


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A scale for amounts, as whole numbers: exact, and quicker to add than fractions.

    `worth`: of each payment; a twelfth of it is whole, too. `needed`: the sum that payments of a
    month must count together.
    """

    worth: Mapping[Payment, int]
    needed: int

    @classmethod
    def of(cls, worth: Mapping[Payment, Fraction], needed: Fraction = Fraction(0)) -> Self:
        """Return the scale on which all of these are whole."""
        times = 12 * lcm(*(one.denominator for one in (needed, *worth.values())))

        def whole(one: Fraction) -> int:
            return one.numerator * (times // one.denominator)

        return cls(worth={key: whole(one) for key, one in worth.items()}, needed=whole(needed))


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One of the two currencies of a required amount.

    `asked`: the required amount in it. `edition`: see Required.rates. `rates`: the rates of the
    days of payments; None: only the edition's rates count. `tolerance`: the part by which amounts
    in other currencies may fall short, such as 0.03.
    """

    asked: Money
    edition: Mapping[str, Decimal]
    rates: Rates | None = None
    tolerance: Fraction = Fraction(0)

    def worth(self, payment: Payment) -> Fraction | None:
        """Return the payment in this currency; None if its rate is not known."""
        known = self.exactly(payment)
        if known is not None:
            return known
        key = (payment.day, payment.amount.currency, self.asked.currency)
        if self.rates is not None and key not in self.rates:
            return None
        factor = self.rates[key] if self.rates is not None else None
        if factor is not None:
            return Fraction(payment.amount.amount) * Fraction(factor)
        own, target = (self.edition.get(currency) for currency in key[1:])
        if own and target:
            return Fraction(payment.amount.amount) / Fraction(own) * Fraction(target)
        return None if self.rates is not None else Fraction(0)

    def exactly(self, payment: Payment) -> Fraction | None:
        """Return the payment in this currency as the platform gives it; None if it does not."""
        for money in (payment.amount, payment.in_host_currency):
            if money is not None and money.currency == self.asked.currency:
                return Fraction(money.amount)
        return None

    def scale(self, payments: Iterable[Payment], *, best: bool) -> Scale:
        """Return what each of the payments counts, and the sum that a month needs.

        Amounts in this currency count less by the tolerance, which the sum leaves out as well: so
        only the rest, which had to be converted, may fall short. `best`: an amount without a rate
        may be worth anything; else it counts nothing.
        """
        unknown, own = BOUNDLESS if best else Fraction(0), 1 - self.tolerance

        def counted(payment: Payment) -> Fraction:
            worth = self.worth(payment)
            if worth is None:
                return unknown
            return worth * own if payment.amount.currency == self.asked.currency else worth

        needed = Fraction(self.asked.amount) * own
        return Scale.of({one: counted(one) for one in payments}, needed)

    def part(self, share: Share) -> Money | None:
        """Return the share in this currency; None if its rate is not known."""
        worth = self.worth(share.payment)
        return None if worth is None else self._money(worth / share.parts)

    def total(self, shares: Iterable[Share]) -> Money:
        """Return the sum in this currency, without shares that could not be converted."""
        known = ((self.worth(one.payment), one.parts) for one in shares)
        return self._money(sum((worth / parts for worth, parts in known if worth), Fraction(0)))

    def _money(self, amount: Fraction) -> Money:
        exact = Decimal(amount.numerator) / Decimal(amount.denominator)
        return Money(exact, self.asked.currency)


def faces(required: Required, rates: Rates, tolerance_percent: Decimal) -> Iterator[Face]:
    """Yield the currencies in which a month may reach the amount: the base currency comes first."""
    if required.base is not None:
        yield Face(asked=required.base, edition=required.rates)
    tolerance = Fraction(tolerance_percent) / 100
    yield Face(asked=required.amount, edition=required.rates, rates=rates, tolerance=tolerance)
