"""Big Mac prices by edition, members of the euro area, territories. The rules compute amounts.

https://github.com/TheEconomist/big-mac-data
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .country import Country
from .money import Money

EURO_AREA = "EUZ"
UNITED_STATES = "USA"


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """The price of one Big Mac in one country, on the day of the edition.

    `per_dollar`: units of the price's currency for one US dollar on that day.
    """

    price: Money
    per_dollar: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One edition of the index. `name`: such as `2021-01`. `prices`: by alpha-3 country code.

    The price of `USA` is the one that was published first, without later corrections.
    """

    name: str
    day: date
    prices: Mapping[str, Price]


@dataclass(frozen=True, slots=True)
class Territory:
    """The state that a territory belongs to, and the currency that both use."""

    state: Country
    currency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceTable:
    """All editions by name; by alpha-3 code, who joined the euro area when, and the territories."""

    editions: Mapping[str, Edition]
    euro_since: Mapping[str, date]
    territories: Mapping[str, Territory]
