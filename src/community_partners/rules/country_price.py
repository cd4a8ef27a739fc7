"""Finds the price of a Big Mac that applies to a country in one edition, and whose price it is.

The first of these applies: the country's own price; the euro area's price, if the country was a
member on the edition's day; the price that a maintainer decided; for a territory that uses its
state's currency, the state's price.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ..model.country import Country
from ..model.month import in_words
from ..model.prices import EURO_AREA, UNITED_STATES, Edition, Price, PriceTable
from ..model.program import Comparable


def country_price(
    country: Country, decisions: Sequence[Comparable], edition: Edition, table: PriceTable
) -> tuple[Price, str] | None:
    """Return the price that applies to a country, and whose it is in words; None without a price.

    `decisions`: of the maintainers, for countries without a price in the index.
    """
    if (indexed := _indexed(country.code, edition, table)) is not None:
        return indexed, f"{country.name}{_through_euro(country, edition)}"
    for entry in decisions:
        if entry.country == country:
            return _decided(country, entry, edition, table)
    return _followed(country, edition, table)


def _indexed(code: str, edition: Edition, table: PriceTable) -> Price | None:
    """Return the country's own price, or the euro area's for a member on the edition's day."""
    if table.euro_since.get(code, date.max) <= edition.day:
        return edition.prices.get(code) or edition.prices.get(EURO_AREA)
    return edition.prices.get(code)


def _through_euro(country: Country, edition: Edition) -> str:
    return "" if country.code in edition.prices else ", as part of the euro area"


def _decided(
    country: Country, entry: Comparable, edition: Edition, table: PriceTable
) -> tuple[Price, str] | None:
    """Return the price that a maintainer decided, and whose it is; None without a price."""
    when = f"as decided on {in_words(entry.date)} by {entry.decided_by}"
    if entry.like is not None:
        found = country_price(entry.like, (), edition, table)
        return (
            (found[0], f"{country.name}, compared with {entry.like.name} {when}") if found else None
        )
    if entry.price is not None:
        rate = entry.per_dollar or _rate(entry.price.currency, edition)
        basis = f"{country.name}, at {entry.price} for a Big Mac {when}"
        return Price(price=entry.price, per_dollar=rate), basis
    return None


def _rate(currency: str, edition: Edition) -> Decimal:
    """Return units of a currency per US dollar, from any country with that currency.

    Returns 0 if no country of the edition has the currency.
    """
    rates = (one.per_dollar for one in edition.prices.values() if one.price.currency == currency)
    return next(rates, Decimal(0))


def _followed(country: Country, edition: Edition, table: PriceTable) -> tuple[Price, str] | None:
    """Return the price of a territory's state, if it is in the currency that both use.

    None if the country is no territory of the table, or if its state has no such price.
    """
    territory = table.territories.get(country.code)
    price = _indexed(territory.state.code, edition, table) if territory else None
    if territory is None or price is None or price.price.currency != territory.currency:
        return None
    state = territory.state
    name = f"the {state.name}" if state.code == UNITED_STATES else state.name
    return price, f"{country.name} follows {name}{_through_euro(state, edition)}"
