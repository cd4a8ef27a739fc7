"""Decides the required amount of a partner: by the terms of acceptance, or by a later edition.

A new edition surprises no partner: `program.yml` says from which month the edition applies to
partners. `required_amount.py` computes the amount of an edition.
"""

from ..model.month import Month
from ..model.partner import Partner
from ..model.prices import PriceTable
from ..model.program import Program
from ..model.verdict import Required
from .required_amount import edition_rates, in_base, required_amount


def asked_of(partner: Partner, month: Month, program: Program, table: PriceTable) -> Required:
    """Return the required amount of one month.

    The terms of acceptance apply until program.yml names a later edition for `month`. If a later
    edition has no price for the partner's country, the amount asked before stays. Raises UserError
    for an edition that is not in the table.
    """
    later = (
        entry
        for entry in program.sponsorship.partner_editions
        if entry.since <= month and entry.edition > partner.terms.edition
    )
    for entry in sorted(later, key=lambda one: (one.since, one.edition), reverse=True):
        found = required_amount(partner.organization.country, program, table, entry.edition)
        if isinstance(found, Required):
            return found
    terms = partner.terms
    named = table.editions.get(terms.edition)
    rates = edition_rates(named) if named else {}
    return Required(
        amount=terms.amount,
        edition=terms.edition,
        basis="as agreed at acceptance",
        base=terms.base or in_base(terms.amount, rates.get(terms.amount.currency)),
        rates=rates,
    )
