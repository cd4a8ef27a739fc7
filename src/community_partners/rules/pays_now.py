"""Decides whether an account sponsors now, and says why not."""

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import OrderStatus, Reached, Rhythm, Sponsorship
from ..model.verdict import Outcome
from .coverage import laid_out


def pays_now(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    """Decide whether the account sponsors now. `month`: the current month.

    An active order means yes, since the platform will charge the order again. Without an active
    order, payments decide. A platform does not show who paused an order (it may have been the
    fiscal host or the platform), so a paused order without payments is unknown.
    """
    orders = _statuses(sponsorship)
    if OrderStatus.ACTIVE in orders:
        return Outcome.MET
    if sponsorship.conflict or (sponsorship.payments is None and sponsorship.withheld is None):
        return Outcome.UNKNOWN
    pays = _pays_by_payments(sponsorship, month, policy)
    doubted = sponsorship.unexplained and pays is Outcome.NOT_MET
    return Outcome.UNKNOWN if doubted else pays


def _pays_by_payments(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    """Decide by the payments of this month and last month whether the account sponsors now.

    A payment of this month means yes. A payment of last month means yes if the order's last charge
    failed and will be retried, if the platform shows no order, or if it was a single payment, since
    another single payment may follow this month.
    """
    orders = _statuses(sponsorship)
    if _paid(sponsorship, month, policy):
        return Outcome.MET
    last = _paid(sponsorship, month - 1, policy)
    if last and (OrderStatus.FAILING in orders or not orders or Rhythm.ONE_TIME in last):
        return Outcome.MET
    unclear = OrderStatus.PAUSED in orders or None in last
    return Outcome.UNKNOWN if unclear else Outcome.NOT_MET


def why_not(sponsorship: Sponsorship, account: str) -> str:
    """Return a sentence on why the account does not sponsor now."""
    if OrderStatus.FAILING in _statuses(sponsorship):
        return f"The last charge of {account} failed, and nothing was paid in the month before."
    if sponsorship.orders:
        return f"The sponsorship of {account} has ended."
    return f"{account} has no running sponsorship."


def why_unknown(sponsorship: Sponsorship, account: str) -> str:
    """Return a sentence on why nobody can tell whether the account sponsors now."""
    platform = sponsorship.platform.label
    if OrderStatus.PAUSED in _statuses(sponsorship):
        return (
            f"{platform} shows the sponsorship of {account} as paused, but not by whom. "
            "A maintainer will check it."
        )
    return f"{platform} does not show us whether {account} pays now."


def _paid(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> set[Rhythm | None]:
    """Return the rhythms of the month's payments; {None} for private payments, empty for none."""
    if sponsorship.withheld is not None:
        reached = sponsorship.withheld.months.get(month, Reached.NO)
        # A month is unknown because of a payment in that month that cannot be compared, or because
        # of unexplained money, which tells nothing about that month.
        paid = reached is Reached.YES or (
            reached is Reached.UNKNOWN and not sponsorship.unexplained
        )
        return {None} if paid else set()
    shares = laid_out(sponsorship, policy, month)
    return {share.payment.rhythm for share in shares if share.month == month}


def _statuses(sponsorship: Sponsorship) -> set[OrderStatus]:
    return {order.status for order in sponsorship.orders or ()}
