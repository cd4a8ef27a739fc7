"""Names the required amount in the currency in which the payer can pay.

On Open Collective, the receiving account sets the currency. On GitHub Sponsors, everybody pays in
US dollars: https://docs.github.com/en/sponsors/sponsoring-open-source-contributors
"""

from decimal import ROUND_UP, Decimal

from ..model.application import Platform
from ..model.money import Money
from ..model.sponsorship import Settlement, Sponsorship
from ..model.verdict import Required
from .rhythms import by_day


def pays_in(sponsorship: Sponsorship | None) -> str | None:
    """Return the currency of the payer's last payment, else the receiving account's; else None."""
    if sponsorship is None:
        return None
    paid = [one for one in sponsorship.payments or () if one.settlement is not Settlement.VOID]
    if paid:
        return max(paid, key=by_day).amount.currency
    github = "USD" if sponsorship.platform is Platform.GITHUB_SPONSORS else None
    return sponsorship.currency or github


def amount_in(required: Required, currency: str | None) -> Money:
    """Return the required amount in this currency, or in the local one if there is no rate.

    Any other currency than the two of the amount takes the edition's rate, rounded up, so that the
    amount is enough.
    """
    if required.base is None or currency in (None, required.amount.currency):
        return required.amount
    if currency == required.base.currency:
        return required.base
    rate = required.rates.get(currency or "")
    if not rate:
        return required.amount
    return Money((required.base.amount * rate).quantize(Decimal(1), ROUND_UP), currency or "")


def both_amounts(required: Required) -> str:
    """Return the amount in both currencies, such as `INR 3709 (USD 41)`."""
    return f"{required.amount} ({required.other})" if required.other else str(required.amount)


def amount_to_pay(required: Required, sponsorship: Sponsorship | None) -> str:
    """Return the required amount as the payer can pay it; both currencies if that is not known."""
    currency = pays_in(sponsorship)
    return str(amount_in(required, currency)) if currency else both_amounts(required)
