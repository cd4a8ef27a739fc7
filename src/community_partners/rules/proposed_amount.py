"""What an applicant proposes for a country without a price. It never decides: a maintainer does."""

from dataclasses import replace

from ..model.application import Application, BigMac
from ..model.money import Money
from ..model.month import in_words
from ..model.prices import PriceTable
from ..model.program import Comparable, Program
from ..model.verdict import Required
from .required_amount import NoAmount, required_amount


def amount_asked(
    application: Application, program: Program, table: PriceTable
) -> Required | NoAmount:
    """The required amount; where there is none, what the application's own proposal would give."""
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
        remedy="Nothing more from you: a maintainer decides and records it under "
        "comparable_countries in program.yml, for everyone after you.",
    )


def _decision(application: Application) -> Comparable:
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
