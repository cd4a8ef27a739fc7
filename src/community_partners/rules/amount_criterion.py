"""The criterion about what was paid: the required amount, in each of the closed months."""

from collections.abc import Sequence
from datetime import date

from ..model.money import Money
from ..model.month import Month, in_words, listed
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, Finding, Outcome
from .case import Case
from .criteria import AMOUNT
from .payer_link import is_usable, unusable_because
from .required_amount import NoAmount

UNREAD = "The payments could not be read: see Sponsorship."


def amount_reached(case: Case) -> Finding:
    """Was the required amount paid in each of the closed months?"""
    sponsorship = case.evidence.sponsorship.value
    unread = _why_unread(sponsorship, case)
    if unread:
        return case.found(AMOUNT, Outcome.UNKNOWN, unread)
    if isinstance(case.required, NoAmount):
        reason = "The payments can be judged as soon as the required amount is known."
        return case.found(AMOUNT, Outcome.UNKNOWN, reason)
    short = [entry for entry in case.closed if entry.outcome is Outcome.NOT_MET]
    unclear = [entry.month for entry in case.closed if entry.outcome is Outcome.UNKNOWN]
    if short:
        return _short(case, case.required.amount, short)
    if unclear:
        return case.found(
            AMOUNT, Outcome.UNKNOWN, why_unclear(sponsorship, case.evidence.rates.failure, unclear)
        )
    reason = f"{listed([entry.month.title for entry in case.closed])} paid."
    return case.found(AMOUNT, Outcome.MET, reason)


def _why_unread(sponsorship: Sponsorship | None, case: Case) -> str | None:
    """Why no payment was looked at, in a sentence; None if they were."""
    if sponsorship is None:
        return UNREAD
    if sponsorship.payer is None:
        return "No payments were looked at: see Sponsorship."
    if not is_usable(sponsorship, case.application):
        return unusable_because(sponsorship)
    return None


def _short(case: Case, amount: Money, short: Sequence[Coverage]) -> Finding:
    """A month that a late charge can still fill moves the earliest date, but nobody can plan it."""
    lost = [entry for entry in short if not _fillable(entry, case.today)]
    remedy = f"Go on paying at least {amount} every month. This can be met from "
    remedy += f"{in_words(_after(short, case))}."
    if len(lost) < len(short):
        remedy += (
            f" If the charge of {short[-1].month.title} was late and comes beside this month's by "
            f"{in_words(short[-1].late_until or case.today)}, it still counts: then "
            f"{f'from {in_words(_after(lost, case))}' if lost else 'at once'}."
        )
    earliest = _after(lost, case) if lost else case.today
    reason = f"Short of {amount}: {_amounts(short)}."
    return case.found(AMOUNT, Outcome.NOT_MET, reason, remedy, earliest=earliest)


def _fillable(entry: Coverage, today: date) -> bool:
    return entry.late_until is not None and today <= entry.late_until


def _after(short: Sequence[Coverage], case: Case) -> date:
    """The day on which as many months as asked have followed the last short one."""
    return (short[-1].month + case.program.sponsorship.months + 1).first_day


def why_unclear(
    sponsorship: Sponsorship | None, rates_failure: str | None, months: Sequence[Month]
) -> str:
    """Why these months could not be judged, in a sentence without a figure."""
    named = listed([month.title for month in months])
    doubt = sponsorship and (sponsorship.conflict or sponsorship.unexplained)
    if doubt:
        return f"{doubt} A maintainer looks at {named}."
    if sponsorship is not None and sponsorship.payments is None and not sponsorship.withheld:
        return f"{sponsorship.platform.label} does not show us the amounts of {named}."
    if rates_failure:
        return f"{named}: {rates_failure}"
    return f"{named}: a payment is not settled yet, or could not be compared."


def _amounts(short: Sequence[Coverage]) -> str:
    return listed(
        [
            f"{entry.month.title} ({entry.paid} paid)" if entry.paid else entry.month.title
            for entry in short
        ]
    )
