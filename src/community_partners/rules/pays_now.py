"""Does the account pay now? Decides by orders and payments, whatever the amount."""

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import OrderStatus, Reached, Rhythm, Sponsorship
from ..model.verdict import Outcome
from .coverage import laid_out


def pays_now(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    """An active order is charged again; else what was paid decides. `month`: the current one.

    A single payment of last month is followed by another one, whatever became of older orders. Who
    has paused an order is not shown: it may have been the host or the platform.
    """
    orders = sponsorship.orders
    if OrderStatus.ACTIVE in orders:
        return Outcome.MET
    if sponsorship.conflict or (sponsorship.payments is None and sponsorship.withheld is None):
        return Outcome.UNKNOWN
    pays = _pays_by_payments(sponsorship, month, policy)
    doubted = sponsorship.unexplained and pays is Outcome.NOT_MET
    return Outcome.UNKNOWN if doubted else pays


def _pays_by_payments(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    orders = sponsorship.orders
    if _paid(sponsorship, month, policy):
        return Outcome.MET
    last = _paid(sponsorship, month - 1, policy)
    if last and (OrderStatus.FAILING in orders or not orders or Rhythm.ONE_TIME in last):
        return Outcome.MET
    unclear = OrderStatus.PAUSED in orders or None in last
    return Outcome.UNKNOWN if unclear else Outcome.NOT_MET


def why_not(sponsorship: Sponsorship, account: str) -> str:
    """Why it does not pay now, in a sentence."""
    if OrderStatus.FAILING in sponsorship.orders:
        return f"The last charge of {account} failed, and nothing was paid in the month before."
    if sponsorship.orders:
        return f"The sponsorship of {account} has ended."
    return f"{account} has no running sponsorship."


def why_unknown(sponsorship: Sponsorship, account: str) -> str:
    """Why nobody can tell whether it pays now, in a sentence."""
    platform = sponsorship.platform.label
    if OrderStatus.PAUSED in sponsorship.orders:
        return (
            f"{platform} shows the sponsorship of {account} as paused, but not by whom; "
            "a maintainer looks."
        )
    return f"{platform} does not show us whether {account} pays now."


def _paid(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> set[Rhythm | None]:
    """The rhythms in which the month was paid; None where they are private."""
    if sponsorship.withheld is not None:
        reached = sponsorship.withheld.months.get(month, Reached.NO)
        # An unknown month is one with a payment, unless it is only in doubt.
        paid = reached is Reached.YES or (
            reached is Reached.UNKNOWN and not sponsorship.unexplained
        )
        return {None} if paid else set()
    shares = laid_out(sponsorship, policy, month)
    return {share.payment.rhythm for share in shares if share.month == month}
