"""Payments to months. Decides which month a payment covers, and why; amounts are left to coverage.

A payment covers the month in which it was made. Two exceptions follow how the platforms charge:
a yearly payment covers twelve months at a twelfth, and a monthly order that began after the 15th
is next charged on the first of the month after next (Open Collective), so that its first payment
covers the month between as well. That holds for one start of each payer, and for an order that was
charged again or whose next charge is not overdue: who left after one payment has paid one month.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..model.month import Month
from ..model.sponsorship import Payment, Rhythm, Settlement
from ..model.verdict import Share

LAST_DAY_WITH_A_CHARGE_NEXT_MONTH = 15


def lay_out(payments: Sequence[Payment], last: Month) -> tuple[Share, ...]:
    """The shares of all payments that are or may become money, by month, then day.

    `last`: the last month looked at. A charge that failed in it may still be tried again.
    """
    counted = [payment for payment in payments if _counts(payment)]
    late = _late_starts(counted, last)
    shares = (share for payment in counted for share in _shares(payment, payment in late))
    return tuple(sorted(shares, key=lambda share: (share.month, share.payment.day)))


def _counts(payment: Payment) -> bool:
    return payment.settlement is not Settlement.VOID


def _late_starts(payments: Sequence[Payment], last: Month) -> list[Payment]:
    """The first payments that cover the next month too; all of one month, the payer's first."""
    paid: dict[str, set[Month]] = defaultdict(set)
    for payment in payments:
        paid[payment.order].add(Month.of(payment.day))
    late = [one for one in payments if _skips_a_charge(one) and _goes_on(one, paid, last)]
    first = min((Month.of(payment.day) for payment in late), default=None)
    return [payment for payment in late if Month.of(payment.day) == first]


def _goes_on(payment: Payment, paid: Mapping[str, set[Month]], last: Month) -> bool:
    """Not charged in the next month, but after it, unless that charge is still to come."""
    months, skipped = paid[payment.order], Month.of(payment.day) + 1
    again = any(month > skipped for month in months) or skipped + 1 >= last
    return again and skipped not in months


def _shares(payment: Payment, started_late: bool) -> Iterable[Share]:
    month = Month.of(payment.day)
    if payment.rhythm is Rhythm.YEARLY:
        why = f"a twelfth of the yearly payment of {payment.day}"
        for later in range(12):
            yield _share(payment, month + later, parts=12, why=why)
        return
    yield _share(payment, month)
    if started_late:
        why = "a monthly order begun after the 15th is not charged in the next month"
        yield _share(payment, month + 1, why=why)


def _skips_a_charge(payment: Payment) -> bool:
    return (
        payment.rhythm is Rhythm.MONTHLY
        and payment.began is not None
        and Month.of(payment.began) == Month.of(payment.day)
        and payment.began.day > LAST_DAY_WITH_A_CHARGE_NEXT_MONTH
    )


def _share(payment: Payment, month: Month, parts: int = 1, why: str | None = None) -> Share:
    return Share(payment=payment, month=month, amount=payment.amount / parts, parts=parts, why=why)
