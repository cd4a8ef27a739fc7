"""Payments to months. Decides which month a payment covers, and why; amounts are left to coverage.

A payment covers the month in which it was made. Two exceptions follow how the platforms charge:
a yearly payment covers twelve months at a twelfth, and a monthly order that began after the 15th
is next charged on the first of the month after next (Open Collective), so that its first payment
covers the month between as well.
"""

from collections.abc import Iterable, Sequence

from ..model.month import Month
from ..model.sponsorship import Payment, Rhythm, Settlement
from ..model.verdict import Share

LAST_DAY_WITH_A_CHARGE_NEXT_MONTH = 15


def lay_out(payments: Sequence[Payment]) -> tuple[Share, ...]:
    """The shares of all payments that are or may become money, by month, then day."""
    paid = {(payment.order, Month.of(payment.day)) for payment in payments if _counts(payment)}
    shares = (share for payment in payments if _counts(payment) for share in _shares(payment, paid))
    return tuple(sorted(shares, key=lambda share: (share.month, share.payment.day)))


def _counts(payment: Payment) -> bool:
    return payment.settlement is not Settlement.VOID


def _shares(payment: Payment, paid: set[tuple[str, Month]]) -> Iterable[Share]:
    month = Month.of(payment.day)
    if payment.rhythm is Rhythm.YEARLY:
        why = f"a twelfth of the yearly payment of {payment.day}"
        for later in range(12):
            yield _share(payment, month + later, parts=12, why=why)
        return
    yield _share(payment, month)
    if _skips_a_charge(payment) and (payment.order, month + 1) not in paid:
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
