"""Decides whether an account sponsors now, and says why not."""

from collections.abc import Sequence
from datetime import date

from ..model.month import Month
from ..model.program import SponsorshipPolicy
from ..model.sponsorship import OrderStatus, Reached, Rhythm, Sponsorship
from ..model.verdict import Outcome, Share
from .layout import unconverted
from .totals import contradicts


def pays_now(sponsorship: Sponsorship, policy: SponsorshipPolicy, today: date) -> Outcome:
    """Decide whether the account sponsors now.

    An active order means yes, since the platform will charge the order again. Without an active
    order, payments decide, at their worst and at their best. A platform does not show who paused an
    order (it may have been the fiscal host or the platform), so a paused order without payments is
    unknown; so are orders that were not told.
    """
    if OrderStatus.ACTIVE in _statuses(sponsorship):
        return Outcome.MET
    if contradicts(sponsorship):
        return Outcome.UNKNOWN
    if sponsorship.payments is None:
        return _by_withheld(sponsorship, Month.of(today))
    worst = unconverted(sponsorship, policy, today, best=False)
    if worst and all(_pays(sponsorship, shares, Month.of(today)) for shares in worst):
        return Outcome.MET
    paused = OrderStatus.PAUSED in _statuses(sponsorship)
    if sponsorship.orders is None or paused or sponsorship.unexplained:
        return Outcome.UNKNOWN
    best = unconverted(sponsorship, policy, today, best=True)
    possible = any(_pays(sponsorship, shares, Month.of(today)) for shares in best)
    return Outcome.UNKNOWN if possible or not best else Outcome.NOT_MET


def _pays(sponsorship: Sponsorship, shares: Sequence[Share], this: Month) -> bool:
    """Tell whether the payments of this month or last month show that the account sponsors now.

    A payment that covers this month means yes. One of last month means yes if the order's last
    charge failed and will be retried, if the payer has no order, or if it was a single payment,
    since another single payment may follow this month.
    """
    if any(share.month == this for share in shares):
        return True
    last = {share.payment.rhythm for share in shares if share.month == this - 1}
    again = OrderStatus.FAILING in _statuses(sponsorship) or sponsorship.orders == ()
    return bool(last) and (again or Rhythm.ONE_TIME in last)


def _by_withheld(sponsorship: Sponsorship, this: Month) -> Outcome:
    """Decide by the months that are kept of private payments.

    A month is unknown because of a payment in that month that cannot be compared, or because of
    unexplained money, which tells nothing about that month.
    """
    if sponsorship.withheld is None:
        return Outcome.UNKNOWN
    paid = {Reached.YES} if sponsorship.unexplained else {Reached.YES, Reached.UNKNOWN}
    here, last = (sponsorship.withheld.months.get(one, Reached.NO) for one in (this, this - 1))
    again = OrderStatus.FAILING in _statuses(sponsorship) or sponsorship.orders == ()
    if here is Reached.YES or (last is Reached.YES and again):
        return Outcome.MET
    unclear = OrderStatus.PAUSED in _statuses(sponsorship) or sponsorship.orders is None
    unclear = unclear or here in paid or last in paid
    return Outcome.UNKNOWN if unclear or sponsorship.unexplained else Outcome.NOT_MET


def _statuses(sponsorship: Sponsorship) -> set[OrderStatus]:
    return {order.status for order in sponsorship.orders or ()}


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
