"""Finds the required amount a month for a country, for `partners required`."""

import json

from ..errors import UserError
from ..intake import countries
from ..intake.price_table import load_prices
from ..model.country import Country
from ..model.program import Program
from ..model.verdict import Required
from ..rules.required_amount import NoAmount, required_amount


def find_country(text: str) -> Country:
    """Return the country that a person names. Raises UserError with suggestions."""
    found = countries.find(text)
    if found is None:
        raise UserError(" ".join(countries.unknown(text)))
    return found


def required_of(country: Country, program: Program, edition: str | None) -> Required:
    """Return the required amount a month.

    `edition`: None for the program's. Raises UserError with the remedy if there is no amount.
    """
    found = required_amount(country, program, load_prices(), edition)
    if isinstance(found, NoAmount):
        raise UserError(f"{found.reason} {found.remedy}")
    return found


def describe_required(country: Country, required: Required) -> str:
    """Return the amount in words.

    Such as `India: INR 3357 a month (Big Mac index, edition 2021-01: India, about USD 46)`.
    """
    about = f", about {required.other}" if required.other else ""
    basis = f"Big Mac index, edition {required.edition}: {required.basis}{about}"
    return f"{country.name}: {required.amount} a month ({basis})"


def required_json(country: Country, required: Required) -> str:
    """Return the amount as JSON.

    Amounts are text, since most readers take a JSON number for a binary fraction.
    """
    data = {
        "country": country.code,
        "currency": required.amount.currency,
        "amount": str(required.amount.amount),
        "edition": required.edition,
        "basis": required.basis,
        "about": str(required.other) if required.other else None,
    }
    return json.dumps(data, indent=2, ensure_ascii=False)
