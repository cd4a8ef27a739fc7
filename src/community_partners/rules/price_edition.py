"""What an accepted partner pays a month. Decides between its own terms and a later edition.

A new edition surprises nobody: `program.yml` says from which month it applies to partners. How an
edition gives an amount is decided in required_amount.
"""

from ..model.month import Month
from ..model.partner import Partner
from ..model.prices import PriceTable
from ..model.program import Program
from ..model.verdict import Required
from .required_amount import required_amount


def asked_of(partner: Partner, month: Month, program: Program, table: PriceTable) -> Required:
    """The required amount of one month: the terms of acceptance, until a later edition applies.

    A country that a later edition has no price for keeps what was asked of it before. Raises
    UserError for an edition that is not in the table.
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
    return Required(amount=terms.amount, edition=terms.edition, basis="as agreed at acceptance")
