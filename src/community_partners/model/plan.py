"""A plan: what is to be paid and done, month by month, so that an application can be eligible."""

from dataclasses import dataclass
from datetime import date

from .application import Platform
from .money import Money
from .month import Month
from .points import Points


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedPayment:
    """An amount to pay in `month`, beside what was paid in it already.

    `charge`: the day on which the platform charges the payer's running order in this month; None
    if the payment must be made by hand.
    """

    month: Month
    amount: Money
    charge: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedPoints:
    """The points to reach in `month`. `so_far`: those of the month that count today."""

    month: Month
    points: int
    so_far: Points = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOrder:
    """When a platform charges a monthly order that begins today.

    `skipped`: the month in which it is not charged; None if it is charged in each month. `covered`:
    the first charge covers `skipped` as well. `charges`: the days until the plan's day.
    """

    skipped: Month | None
    covered: bool
    charges: tuple[date, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A plan makes an application eligible on `day`: today, or the first day of a month.

    `platform`: the one on which the applicant pays. `has`: the points of the closed months that are
    added up with `points`. `start`: a monthly sponsorship must begin or begin again. `order`: how a
    new monthly order is charged; None if no payment needs one. `confirm`: logins of members who
    must confirm that they are in the team, since their work is needed. `organization`: the login of
    the GitHub organization of which a public membership does as well. `assumed`: titles of the
    criteria that are taken to be met, because nobody knows yet. `if_late`: the plan if the charge
    of `late_month`, which was not paid, still comes by `late_until`; None if no charge can come or
    if it changes no date.
    """

    day: date
    platform: Platform
    payments: tuple[PlannedPayment, ...] = ()
    points: tuple[PlannedPoints, ...] = ()
    has: tuple[tuple[Month, Points], ...] = ()
    start: bool = False
    order: NewOrder | None = None
    confirm: tuple[str, ...] = ()
    organization: str | None = None
    assumed: tuple[str, ...] = ()
    late_month: Month | None = None
    late_until: date | None = None
    if_late: "Plan | None" = None
