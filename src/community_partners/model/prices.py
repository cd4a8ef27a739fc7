"""Big Mac prices by edition, and who used the euro when. What follows is decided in rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .money import Money

EURO_AREA = "EUZ"
UNITED_STATES = "USA"


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """What one Big Mac cost, and units of its currency for one US dollar, on the edition's day."""

    price: Money
    per_dollar: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One edition: `name` as `2021-01`, prices by alpha-3 code, `USA` as first published."""

    name: str
    day: date
    prices: Mapping[str, Price]


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceTable:
    """All editions by name, and the day on which each member joined the euro area."""

    editions: Mapping[str, Edition]
    euro_since: Mapping[str, date]
