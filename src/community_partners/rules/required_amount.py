"""The required amount: base x local price / price in the United States, of one edition.

Decides whose price a country takes: its own, the euro area's if it was a member on the edition's
day, or what a maintainer decided for a country without one. Rounded to the whole currency unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..errors import UserError
from ..model.country import Country
from ..model.money import Money
from ..model.prices import EURO_AREA, UNITED_STATES, Edition, Price, PriceTable
from ..model.program import Comparable, Program
from ..model.verdict import Required


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAmount:
    """Why a country has no required amount, and what to do about it: two sentences or more."""

    reason: str
    remedy: str


def required_amount(
    country: Country, program: Program, table: PriceTable, edition: str | None = None
) -> Required | NoAmount:
    """What a sponsor with headquarters in `country` pays a month, by `edition` or the program's.

    Raises UserError for an edition that is not in the table.
    """
    asked = _edition(table, edition or program.sponsorship.edition)
    base = program.sponsorship.base
    decided = {entry.country: entry for entry in program.comparable_countries}.get(country.code)
    own = _price_of(country.code, asked, table.euro_since)
    if own is not None:
        price, basis = own[0], _basis(country, own[1])
    elif decided is not None:
        found = _decided(decided, asked, table.euro_since)
        if found is None:
            return _no_amount(country, asked)
        price, basis = found
    else:
        return _no_amount(country, asked)
    return Required(
        amount=_scaled(base, price, asked),
        edition=asked.name,
        basis=basis,
        about=_about(base, price, asked),
    )


def _edition(table: PriceTable, name: str) -> Edition:
    try:
        return table.editions[name]
    except KeyError:
        known = ", ".join(sorted(table.editions))
        raise UserError(
            f"The Big Mac index has no edition {name!r} here. Choose one of {known}, "
            "or take a newer one with `partners prices update`."
        ) from None


def _price_of(
    code: str, edition: Edition, euro_since: Mapping[str, object]
) -> tuple[Price, bool] | None:
    """The country's price, and whether it is the euro area's."""
    if code in edition.prices:
        return edition.prices[code], False
    joined = euro_since.get(code)
    if joined is None or str(joined) > str(edition.day) or EURO_AREA not in edition.prices:
        return None
    return edition.prices[EURO_AREA], True


def _decided(
    entry: Comparable, edition: Edition, euro_since: Mapping[str, object]
) -> tuple[Price, str] | None:
    if entry.price is not None:
        per_dollar = next(
            (
                price.per_dollar
                for price in edition.prices.values()
                if price.price.currency == entry.price.currency
            ),
            Decimal(0),
        )
        price = Price(price=entry.price, per_dollar=per_dollar)
        return price, f"{entry.price} for a Big Mac, decided on {entry.date}"
    own = _price_of(entry.like or "", edition, euro_since)
    return (own[0], f"compared with {entry.like}, decided on {entry.date}") if own else None


def _scaled(base: Money, price: Price, edition: Edition) -> Money:
    home = edition.prices[UNITED_STATES].price.amount
    amount = base.amount * price.price.amount / home
    return Money(amount.quantize(Decimal(1), ROUND_HALF_UP), price.price.currency)


def _about(base: Money, price: Price, edition: Edition) -> Money | None:
    """The same in the base currency, since many collectives can only be paid in theirs."""
    scaled = _scaled(base, price, edition)
    if base.currency != "USD" or scaled.currency == "USD" or not price.per_dollar:
        return None
    return Money((scaled.amount / price.per_dollar).quantize(Decimal(1), ROUND_HALF_UP), "USD")


def _basis(country: Country, as_euro_area: bool) -> str:
    return f"{country.name}, as part of the euro area" if as_euro_area else country.name


def _no_amount(country: Country, edition: Edition) -> NoAmount:
    return NoAmount(
        reason=f"The Big Mac index, edition {edition.name}, has no price for {country.name}, "
        "so a maintainer decides the required amount.",
        remedy="Say in the application what a Big Mac costs there, with the date and a picture, or "
        "that none is sold and which country compares. A maintainer records the decision under "
        "comparable_countries in program.yml, for everyone after you.",
    )
