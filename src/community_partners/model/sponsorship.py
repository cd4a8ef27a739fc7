"""A sponsorship as a platform shows it: payments and orders, not yet assigned to months."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .application import Platform
from .money import Money
from .month import Month


class Rhythm(StrEnum):
    MONTHLY = "monthly"
    YEARLY = "yearly"
    ONE_TIME = "one-time"


class Method(StrEnum):
    """How money is paid, as far as the months depend on it.

    CARD: the platform itself charges a card or an account on the platform's own day. On Open
    Collective this is any way of paying but the other two.
    PAYPAL_SUBSCRIPTION: PayPal charges on the order's own day of each month.
    BANK_TRANSFER: the payer sends each payment, which needs days to arrive.
    """

    CARD = "card"
    PAYPAL_SUBSCRIPTION = "PayPal subscription"
    BANK_TRANSFER = "bank transfer"


class Settlement(StrEnum):
    """The state of a payment: does the project have the money?

    SETTLED: the project has the money. PENDING: the payment is in review. VOID: the payment was
    refunded, rejected or disputed, or belongs to another payer.
    """

    SETTLED = "settled"
    PENDING = "pending"
    VOID = "void"


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """One amount on one UTC day, without tips to the platform and without taxes.

    `rhythm`: the present interval of the payment's order, which may have been another one when the
    payment was made. `order`: the id of the payment's order. `began`: the UTC day on which that
    order was created; None if the platform does not say. `method`: how this payment was made; None
    if the platform does not say: the order's own method is then taken, if the order is told.
    `in_host_currency`: the amount in the fiscal host's currency, converted by the platform at the
    rate of that day; None if the platform does not show it. `url`: where anyone can see it.
    `note`: why the payment is not settled, for people.
    """

    day: date
    amount: Money
    rhythm: Rhythm
    settlement: Settlement = Settlement.SETTLED
    order: str
    began: date | None = None
    method: Method | None = None
    in_host_currency: Money | None = None
    url: str
    note: str | None = None


class OrderStatus(StrEnum):
    """The state of a recurring order.

    ACTIVE: the platform will charge the order again. FAILING: the last charge failed, and the
    platform will retry.
    """

    ACTIVE = "active"
    FAILING = "failing"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """A recurring order as it is now.

    `id`: the same text as `Payment.order` of the order's payments. `rhythm`: the present interval,
    monthly or yearly. `began`: the UTC day on which the order was created. `method`: how the order
    is paid. `began` and `method` are None if the platform does not say.
    """

    id: str
    status: OrderStatus
    rhythm: Rhythm = Rhythm.MONTHLY
    began: date | None = None
    method: Method | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Payer:
    """The paying account.

    `organization`: the account belongs to an organization, not to a person. `hidden`: the account
    is incognito. `websites`, `github`: websites and GitHub logins from the account's profile; no
    platform verifies them.
    """

    account: str
    name: str
    url: str
    organization: bool
    hidden: bool = False
    websites: tuple[str, ...] = ()
    github: tuple[str, ...] = ()


class Reached(StrEnum):
    """The result of a month against the required amount, stored instead of private figures."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """The public remains of private payments: per month, reached or not, and no paid amount.

    `required`: the required amount that the months were compared with.
    """

    required: Money
    months: dict[Month, Reached]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sponsorship:
    """All that the platform shows of one payer.

    `payer` None: the platform has no such account. `orders`: each recurring order that has begun;
    empty if the payer has none; None if orders were not told, because nobody asked for them.
    `payments` None: the platform does not show payments to us. `public`: everyone can see them.
    `currency`: the currency in which the receiving account takes payments; None if not told.
    `receiver_paused`: the collective is frozen or archived, which is not the payer's fault.
    `conflict`: a sentence if the platform's answer contradicts itself; every month is then unknown.
    `overstated`: by how much `payments` exceed the platform's own total, in the payments' currency;
    None if they do not, or if the total is not known. `conflict` then says so in a sentence. If the
    amount is smaller than the first payment, the rules take it from the first payment and judge the
    months in spite of `conflict`.
    `unexplained`: a sentence if more was paid than `payments` show; a short month is then unknown.
    `withheld`: replaces `payments` that are private.
    """

    platform: Platform
    payer: Payer | None
    orders: tuple[Order, ...] | None = None
    payments: tuple[Payment, ...] | None = ()
    public: bool = True
    receiver_paused: bool = False
    currency: str | None = None
    conflict: str | None = None
    overstated: Money | None = None
    unexplained: str | None = None
    withheld: Withheld | None = None


RateKey = tuple[date, str, str]
"""The day, the currency and the target of an exchange rate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """An exchange rate of `day`: one `currency` is `factor` units of `target`, by `source`.

    `factor` None: every source answered, and none of them quotes one of the two currencies. The
    rules then take the rate of the price edition. If a source failed, there is no Rate at all.
    """

    day: date
    currency: str
    target: str
    factor: Decimal | None
    source: str

    @property
    def key(self) -> RateKey:
        """The day and the two currencies: there is one rate for them."""
        return self.day, self.currency, self.target


REACH = 13
"""The months before the first that matters whose payments are read, too.

A yearly payment covers twelve months, and the one before it tells how its order was paid.
"""
