"""The criteria on the required amount: whether it is known, and whether each month reached it.

`coverage.py` decides whether a month was reached.
"""

from collections.abc import Sequence

from ..model.month import Month, in_words, listed
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, Outcome, Source
from .applicant import Applicant
from .case import Case
from .conclusion import Conclusion
from .late_charges import may_come_late
from .month_case import MonthCase
from .payable import both_amounts
from .payer_link import is_usable, unusable_because
from .required_amount import NoAmount
from .sponsorship_criteria import amount_asked, elsewhere


def required_amount_known(case: Applicant) -> Conclusion:
    """Decide whether the country of headquarters has a required amount."""
    required, country = case.required, case.organization.country.name
    if isinstance(required, NoAmount):
        return Conclusion(Outcome.UNKNOWN, required.reason, required.remedy, _picture(case))
    sponsorship = case.sponsorship.value
    if case.voice.moved and sponsorship is not None and not sponsorship.public:
        reason = (
            "This application named another country before. A maintainer will decide which of the "
            "two amounts your payments are held against."
        )
        return Conclusion(Outcome.UNKNOWN, reason)
    return Conclusion(
        Outcome.MET,
        f"Headquarters: {country}. At least {both_amounts(required)} a month "
        f"(Big Mac index, edition {required.edition}: {required.basis}).",
    )


def _picture(case: Applicant) -> tuple[Source, ...]:
    """Return the applicant's picture of a Big Mac price; empty if there is none."""
    shown = case.organization.big_mac
    if shown is None or shown.picture is None:
        return ()
    return (Source(title="Picture of the price", url=shown.picture),)


UNREAD = "The payments could not be read: see Sponsorship."


def paid_in_each_month(case: Applicant) -> Conclusion:
    """Decide whether the required amount was paid in each of the closed months."""
    sponsorship = case.sponsorship.value
    unread = _why_unread(sponsorship, case)
    if unread:
        return Conclusion(Outcome.UNKNOWN, unread)
    if isinstance(case.required, NoAmount):
        reason = "We can judge the payments as soon as we know the required amount."
        return Conclusion(Outcome.UNKNOWN, reason)
    short = [entry for entry in case.paid if entry.outcome is Outcome.NOT_MET]
    unclear = [entry.month for entry in case.paid if entry.outcome is Outcome.UNKNOWN]
    if short:
        return Conclusion(Outcome.NOT_MET, f"Short of {amount_asked(case)}: {_amounts(short)}.")
    if unclear:
        return Conclusion(Outcome.UNKNOWN, _why_unclear(case, unclear))
    return Conclusion(Outcome.MET, f"{listed([entry.month.title for entry in case.paid])} paid.")


def paid_in_the_month(case: MonthCase) -> Conclusion:
    """Decide whether the partner paid the required amount in this month.

    A month that a late charge can still fill is not short yet.
    """
    sponsorship, asked = case.sponsorship.value, f"{amount_asked(case)} asked"
    if sponsorship is None:
        return Conclusion(Outcome.UNKNOWN, case.sponsorship.failure or "")
    if not case.paid:
        return _without_account(case, sponsorship)
    [paid] = case.paid
    if paid.outcome is Outcome.UNKNOWN:
        return Conclusion(Outcome.UNKNOWN, f"{asked}. {_why_not_judged(case, sponsorship)}")
    if may_come_late(paid, case.today):
        day = in_words(paid.late_until or case.today)
        return Conclusion(Outcome.UNKNOWN, f"{asked}: a late charge may come until {day}.")
    if paid.paid is None:
        reached = "reached" if paid.outcome is Outcome.MET else "not reached"
        return Conclusion(paid.outcome, f"{asked}: {reached}.")
    return Conclusion(paid.outcome, f"{asked}, {paid.paid} paid.")


def _without_account(case: MonthCase, sponsorship: Sponsorship) -> Conclusion:
    if sponsorship.platform not in case.program.sponsorship.receivers:
        return Conclusion(Outcome.NOT_MET, elsewhere(sponsorship.platform, case.program))
    account, label = case.organization.account, sponsorship.platform.label
    reason = f"{label} shows no payment of {account}: it may be renamed or private."
    return Conclusion(Outcome.UNKNOWN, reason)


def _why_not_judged(case: MonthCase, sponsorship: Sponsorship) -> str:
    """Return a sentence on why the month's payments could not be judged."""
    if sponsorship.receiver_paused and not sponsorship.conflict:
        account, label = case.organization.account, sponsorship.platform.label
        return f"{label} has paused the project's own account; that is not {account}'s doing."
    return _why_unclear(case, (case.month,))


def _why_unread(sponsorship: Sponsorship | None, case: Applicant) -> str | None:
    """Return a sentence on why no payment was looked at; None if payments can be judged."""
    if sponsorship is None:
        return UNREAD
    if sponsorship.payer is None:
        return "No payments were looked at: see Sponsorship."
    if not is_usable(sponsorship, case.organization, case.voice):
        return unusable_because(sponsorship, case.voice)
    return None


def _why_unclear(case: Case, months: Sequence[Month]) -> str:
    """Return a sentence without figures on why these months could not be judged."""
    sponsorship = case.sponsorship.value
    named = listed([month.title for month in months])
    doubt = sponsorship and (sponsorship.conflict or sponsorship.unexplained)
    if doubt:
        return f"{doubt} A maintainer will check {named}."
    if sponsorship is not None and sponsorship.payments is None and not sponsorship.withheld:
        return f"{sponsorship.platform.label} does not show us the amounts of {named}."
    if case.rates_failure:
        return f"{named}: {case.rates_failure}"
    return f"{named}: a payment is not settled yet, or could not be compared."


def _amounts(short: Sequence[Coverage]) -> str:
    """List the short months, each with the amount paid if the amount may be shown."""
    return listed(
        [
            f"{entry.month.title} ({entry.paid} paid)" if entry.paid else entry.month.title
            for entry in short
        ]
    )
