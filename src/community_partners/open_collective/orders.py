"""Turn Open Collective's orders into recurring orders, and read how money is paid.

https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
Raises KeyError, TypeError or ValueError for an order of another shape than the platform's schema.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ..model.sponsorship import Method, Order, OrderStatus, Rhythm
from ..wire.answers import maybe, text, utc_day

Node = dict[str, Any]
_STATUS = {
    "ACTIVE": OrderStatus.ACTIVE,
    "PROCESSING": OrderStatus.ACTIVE,
    "ERROR": OrderStatus.FAILING,
    "PAUSED": OrderStatus.PAUSED,
    "CANCELLED": OrderStatus.ENDED,
    "EXPIRED": OrderStatus.ENDED,
    "REJECTED": OrderStatus.ENDED,
    "REFUNDED": OrderStatus.ENDED,
    "DISPUTED": OrderStatus.ENDED,
}
_NOT_BEGUN = ("NEW", "REQUIRE_CLIENT_CONFIRMATION", "PENDING", "IN_REVIEW", "PAID")
_RHYTHM = {
    "MONTHLY": Rhythm.MONTHLY,
    "YEARLY": Rhythm.YEARLY,
    "ONETIME": Rhythm.ONE_TIME,
}
_RECURRING = (Rhythm.MONTHLY, Rhythm.YEARLY)
# PayPal charges a subscription itself; a host confirms a transfer by hand.
_METHODS = {
    ("paypal", "subscription"): Method.PAYPAL_SUBSCRIPTION,
    ("opencollective", "manual"): Method.BANK_TRANSFER,
    ("stripe", "bank_transfer"): Method.BANK_TRANSFER,
}


def recurring_orders(nodes: Iterable[Node]) -> Iterator[Order]:
    """Yield each recurring order that has begun.

    Raises ValueError for an unknown status, which could mean anything.
    """
    for node in nodes:
        rhythm = rhythm_of(node["frequency"])
        if rhythm in _RECURRING and node["status"] not in _NOT_BEGUN:
            if node["status"] not in _STATUS:
                raise ValueError(node["status"])
            yield Order(
                id=text(node["id"]),
                status=_STATUS[node["status"]],
                rhythm=rhythm,
                began=maybe(utc_day, node["createdAt"]),
                method=maybe(method_of, node["paymentMethod"]),
            )


def by_giver(nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """Return orders by the slug of the account that gave them, in lower case.

    Open Collective hides the account if it is private.
    """
    found: dict[str, list[Node]] = {}
    for node in nodes:
        giver = maybe(lambda account: text(account["slug"]), node["fromAccount"])
        if giver is not None:
            found.setdefault(giver.casefold(), []).append(node)
    return found


def rhythm_of(frequency: Any) -> Rhythm:
    """Return the rhythm of an order; an order without a known interval is a one-time one."""
    return maybe(_RHYTHM.__getitem__, frequency) or Rhythm.ONE_TIME


def method_of(node: Node) -> Method:
    """Return how money is paid; anything that is not known is charged by Open Collective itself.

    https://github.com/opencollective/opencollective-api/blob/main/server/constants/paymentMethods.ts
    """
    service, kind = maybe(text, node["service"]), maybe(text, node["type"])
    return _METHODS.get(((service or "").casefold(), (kind or "").casefold()), Method.CARD)


def method_of_payment(row: Node) -> Method:
    """Return how a payment was made.

    A payment without a method was promised, and confirmed by the host when the transfer had come.
    Funds that a host adds have no day of a promise: they count as charged.
    """
    method = maybe(method_of, row["paymentMethod"])
    if method is None and row["kind"] == "CONTRIBUTION":
        return Method.BANK_TRANSFER
    return method or Method.CARD
