"""Computes the required amount: base * Big Mac price in the country / price in the United States.

Both prices are of one edition, and the amount is rounded to a whole currency unit. The price in the
country is found by `country_price.py`. A price that an applicant proposes is only shown to the
maintainer who decides.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from ..errors import UserError
from ..model.application import Application, BigMac
from ..model.country import Country
from ..model.money import Money
from ..model.month import in_words
from ..model.prices import UNITED_STATES, Edition, Price, PriceTable
from ..model.program import Comparable, Program
from ..model.verdict import Required
from .country_price import country_price


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAmount:
    """The reason why a country has no required amount; the remedy, if the applicant has one."""

    reason: str
    remedy: str | None


def required_amount(
    country: Country, program: Program, table: PriceTable, edition: str | None = None
) -> Required | NoAmount:
    """Return the required amount per month for a sponsor with headquarters in `country`.

    `edition` None: the program's edition. Raises UserError for an edition that is not in the table,
    and for a base that is not in USD.
    """
    asked = _edition(table, edition or program.sponsorship.edition)
    base = _in_dollars(program.sponsorship.base)
    found = country_price(country, program.comparable_countries, asked, table)
    if found is None:
        return _no_amount(country, asked)
    price, basis = found
    amount = _scaled(base, price, asked)
    per_dollar = price.per_dollar
    return Required(
        amount=amount,
        edition=asked.name,
        basis=basis,
        base=in_base(amount, per_dollar),
        rates={**edition_rates(asked), amount.currency: per_dollar} if per_dollar else {},
    )


def edition_rates(edition: Edition) -> dict[str, Decimal]:
    """Return the edition's units of each currency for one US dollar."""
    return {one.price.currency: one.per_dollar for one in edition.prices.values()}


def in_base(amount: Money, per_dollar: Decimal | None) -> Money | None:
    """Return the amount in US dollars, a whole number; None if the rate is not known."""
    if amount.currency == "USD":
        return amount
    return Money(_whole(amount.amount / per_dollar), "USD") if per_dollar else None


def _edition(table: PriceTable, name: str) -> Edition:
    """Return the edition. Raises UserError if the table does not have the edition."""
    try:
        return table.editions[name]
    except KeyError:
        known = ", ".join(sorted(table.editions))
        raise UserError(
            f"The Big Mac index has no edition {name!r} here. Choose one of {known}, "
            "or take a newer one with `partners prices update`."
        ) from None


def _in_dollars(base: Money) -> Money:
    """Return the base. Raises UserError unless the base is in US dollars.

    The formula divides by the price in the United States, so only a base in dollars can be scaled.
    """
    if base.currency != "USD":
        raise UserError(
            f"The base amount {base} in program.yml is what a sponsor in the United States pays. "
            "Write it in USD."
        )
    return base


def _scaled(base: Money, price: Price, edition: Edition) -> Money:
    home = edition.prices[UNITED_STATES].price.amount
    return Money(_whole(base.amount * price.price.amount / home), price.price.currency)


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def _no_amount(country: Country, edition: Edition) -> NoAmount:
    return NoAmount(
        reason=f"The Big Mac index, edition {edition.name}, has no price for {country.name}, "
        "so a maintainer decides the required amount.",
        remedy="Say in the application what a Big Mac costs there, with the date and a picture, or "
        "that none is sold and which country compares. A maintainer records the decision under "
        "comparable_countries in program.yml, for everyone after you.",
    )


def amount_asked(
    application: Application, program: Program, table: PriceTable
) -> Required | NoAmount:
    """Return the required amount of an application.

    If the country has no price, the reason also says what amount the applicant's own proposal would
    give, for the maintainer who decides.
    """
    found = required_amount(application.country, program, table)
    if isinstance(found, Required) or application.big_mac is None:
        return found
    as_if_decided = replace(program, comparable_countries=(_decision(application),))
    proposed = required_amount(application.country, as_if_decided, table)
    if isinstance(proposed, NoAmount):
        other = application.big_mac.comparable
        name = other.name if other else application.country.name
        return replace(found, reason=f"{found.reason} It has none for {name} either.")
    return replace(
        found,
        reason=f"{found.reason} {_words(application.big_mac, proposed.amount)}",
        remedy=None,
    )


def _decision(application: Application) -> Comparable:
    """Return the applicant's own price or comparable country as if a maintainer had decided so."""
    shown = application.big_mac or BigMac()
    return Comparable(
        country=application.country,
        like=shown.comparable,
        price=shown.price,
        reason="proposed by the applicant",
        date=shown.date or application.team[0].since,
        decided_by=application.slug,
    )


def _words(shown: BigMac, amount: Money) -> str:
    if shown.comparable is not None:
        return f"The application compares with {shown.comparable.name}: {amount} a month."
    day = f" on {in_words(shown.date)}" if shown.date else ""
    return f"The application shows {shown.price} for a Big Mac{day}: {amount} a month."
