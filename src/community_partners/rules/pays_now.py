"""Does the account pay now? Decides by orders and payments, whatever the amount."""

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import OrderStatus, Reached, Sponsorship
from ..model.verdict import Outcome
from .coverage import counted_payments
from .layout import lay_out


def pays_now(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    """An active order is charged again; else what was paid decides. `month`: the current one."""
    if OrderStatus.ACTIVE in sponsorship.orders:
        return Outcome.MET
    if sponsorship.payments is None and sponsorship.withheld is None:
        return Outcome.UNKNOWN
    paid = _paid_months(sponsorship, policy)
    between = OrderStatus.FAILING in sponsorship.orders or not sponsorship.orders
    pays = month in paid or (between and month - 1 in paid)
    return Outcome.MET if pays else Outcome.NOT_MET


def why_not(sponsorship: Sponsorship, account: str) -> str:
    """Why it does not pay now, in a sentence."""
    if OrderStatus.PAUSED in sponsorship.orders:
        return f"The sponsorship of {account} is paused."
    if OrderStatus.FAILING in sponsorship.orders:
        return f"The last charge of {account} failed, and nothing was paid in the month before."
    if sponsorship.orders:
        return f"The sponsorship of {account} has ended."
    return f"{account} has no running sponsorship."


def _paid_months(sponsorship: Sponsorship, policy: SponsorshipPolicy) -> set[Month]:
    if sponsorship.withheld is not None:
        kept = sponsorship.withheld.months.items()
        return {month for month, reached in kept if reached is not Reached.NO}
    return {share.month for share in lay_out(counted_payments(sponsorship, policy))}
