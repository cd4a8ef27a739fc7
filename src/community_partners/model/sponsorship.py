"""The paying relation as a platform shows it: payments and orders, not yet laid out on months."""

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


class Settlement(StrEnum):
    """`pending`: in review, so not yet money; `void`: refunded, rejected, disputed, not theirs."""

    SETTLED = "settled"
    PENDING = "pending"
    VOID = "void"


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """One amount on one UTC day, without tips.

    `order`: the id of the order that it belongs to; `began`: the day on which that order began.
    `in_host_currency`: the same at the platform's rate of that day, where the platform says it.
    `note`: why it is not settled, for people.
    """

    day: date
    amount: Money
    rhythm: Rhythm
    settlement: Settlement = Settlement.SETTLED
    order: str
    began: date | None = None
    in_host_currency: Money | None = None
    url: str
    note: str | None = None


class OrderStatus(StrEnum):
    """`active`: will be charged again; `failing`: the last charge failed and is tried again."""

    ACTIVE = "active"
    FAILING = "failing"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Payer:
    """The paying account. Websites and GitHub handles are what it says of itself, not verified.

    `organization`: an account of an organization, not of a person.
    """

    account: str
    name: str
    url: str
    organization: bool
    hidden: bool = False
    websites: tuple[str, ...] = ()
    github: tuple[str, ...] = ()


class Reached(StrEnum):
    """Did a month reach the required amount? All that is kept where figures are private."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """What may be said of payments that the platform does not show to everyone: no figure.

    `required`: the amount that the months were held against.
    """

    required: Money
    months: dict[Month, Reached]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sponsorship:
    """What the platform shows of one payer.

    `payer` None: the platform has no such account. `orders`: recurring ones only, by status.
    `payments` None: the platform does not show them to us. `public`: everyone can see them.
    `receiver_paused`: the collective itself is frozen or archived, through no fault of the payer.
    Sentences on the platform's own answer: `conflict`, what does not add up, so that no month is
    certain; `unexplained`, why more was paid than `payments` show, so that no short one is.
    """

    platform: Platform
    payer: Payer | None
    orders: tuple[OrderStatus, ...] = ()
    payments: tuple[Payment, ...] | None = ()
    public: bool = True
    receiver_paused: bool = False
    conflict: str | None = None
    unexplained: str | None = None
    withheld: Withheld | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """`factor` units of `target` for one of `currency` on `day`, by `source`."""

    day: date
    currency: str
    target: str
    factor: Decimal
    source: str
