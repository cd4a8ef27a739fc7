"""Tells on which days the platforms charge a monthly order.

https://github.com/opencollective/opencollective-api/blob/main/server/lib/recurring-contributions.js
(getNextChargeAndPeriodStartDates): Open Collective charges a monthly order on the first day of each
month. An order that began after the 15th is not charged in the next month.
https://github.com/opencollective/opencollective-api/blob/main/server/paymentProviders/paypal/subscription.ts
(isManagedExternally): PayPal charges its subscriptions itself, on their own day of each month.
https://github.com/github/docs/blob/main/data/reusables/sponsors/sponsorship-details.md
GitHub charges on the billing day of the paying account.
"""

from collections.abc import Iterable
from datetime import date

from ..model.application import Platform
from ..model.month import Month
from ..model.sponsorship import Method, Payment

LAST_DAY_WITH_A_CHARGE_NEXT_MONTH = 15


def skipped_month(platform: Platform, method: Method | None, began: date | None) -> Month | None:
    """Return the month in which the platform does not charge an order of this first day, or None.

    `method` None: nobody knows, so no month is skipped for certain.
    """
    by_platform = platform is Platform.OPEN_COLLECTIVE and method is Method.CARD
    if not by_platform or began is None or began.day <= LAST_DAY_WITH_A_CHARGE_NEXT_MONTH:
        return None
    return Month.of(began) + 1


def charge_day(
    platform: Platform, method: Method | None, began: date | None, own_day: int, month: Month
) -> date | None:
    """Return the day on which an order is charged in a month after its first; None: on no day.

    `own_day`: the day of the month on which the order began or is billed. A bank transfer is
    charged on no day, because the payer sends it.
    """
    if method is Method.BANK_TRANSFER or month == skipped_month(platform, method, began):
        return None
    if platform is Platform.OPEN_COLLECTIVE and method is not Method.PAYPAL_SUBSCRIPTION:
        return month.first_day
    return month.on(own_day)


def own_day(charges: Iterable[Payment]) -> int:
    """Return the day of the month on which an order is billed, from its charges.

    The last charge of a short month was on the month's last day; then the charge of the month
    before it tells the day.
    """
    last, *before = sorted(charges, key=lambda one: one.day, reverse=True)
    month = Month.of(last.day)
    if last.day != month.last_day:
        return last.day.day
    earlier = [one.day.day for one in before if Month.of(one.day) == month - 1]
    return max([last.day.day, *earlier])
