"""The criteria about money: is an amount known, is it paid now, was it paid. By whom is payer's.

Each function gives one Finding; the sentence that an applicant reads stands beside the rule.
"""

from collections.abc import Sequence

from ..model.month import Month, in_words, listed
from ..model.sponsorship import OrderStatus, Payer, Reached, Sponsorship
from ..model.verdict import Coverage, Finding, Outcome, Source
from .case import Case
from .coverage import counted_payments
from .layout import lay_out
from .required_amount import NoAmount

UNREAD = "The payments could not be read: see Sponsorship."


def required_amount_known(case: Case) -> Finding:
    """Has the country of headquarters a required amount?"""
    required, country = case.required, case.application.country.name
    if isinstance(required, NoAmount):
        return _finding(
            "required-amount",
            Outcome.UNKNOWN,
            required.reason,
            remedy=required.remedy,
            sources=_picture(case),
        )
    about = f", about {required.about}" if required.about else ""
    return _finding(
        "required-amount",
        Outcome.MET,
        f"Headquarters: {country}. At least {required.amount} a month "
        f"(Big Mac index, edition {required.edition}: {required.basis}{about}).",
    )


def sponsorship_active(case: Case) -> Finding:
    """Does the account pay now, and will it be charged again?"""
    answer = case.evidence.sponsorship
    if answer.value is None:
        page = Source(title=answer.source, url=answer.url)
        reason = answer.failure or ""
        return _finding("sponsorship", Outcome.UNKNOWN, reason, sources=(page,))
    sponsorship, account = answer.value, case.application.account
    platform = sponsorship.platform.label
    if sponsorship.payer is None:
        return _not_yet(
            "sponsorship",
            case,
            f"{platform} has no account named {account}.",
            f"Check the name of the paying account on {platform} and correct it here.",
        )
    source = account_page(sponsorship.payer, platform)
    if sponsorship.receiver_paused:
        reason = f"{platform} has paused the project's own account; that is not {account}'s doing."
        return _finding("sponsorship", Outcome.UNKNOWN, reason, sources=source)
    pays = _pays_now(sponsorship, case)
    if pays is Outcome.MET:
        reason = f"{account} sponsors on {platform}."
        return _finding("sponsorship", Outcome.MET, reason, sources=source)
    if pays is Outcome.UNKNOWN:
        reason = f"{platform} does not show us whether {account} pays now."
        return _finding("sponsorship", Outcome.UNKNOWN, reason, sources=source)
    return _not_yet(
        "sponsorship",
        case,
        _why_inactive(sponsorship, account),
        f"Start or resume a monthly sponsorship of at least {_amount(case)} on {platform} "
        f"from the account {account}.",
        sources=source,
    )


def amount_reached(case: Case) -> Finding:
    """Was the required amount paid in each of the closed months?"""
    answer = case.evidence.sponsorship
    months = case.program.sponsorship.months
    if answer.value is None:
        return _finding("amount", Outcome.UNKNOWN, UNREAD, title=_amount_title(months))
    if isinstance(case.required, NoAmount):
        reason = "The payments can be judged as soon as the required amount is known."
        return _finding("amount", Outcome.UNKNOWN, reason, title=_amount_title(months))
    short = [entry for entry in case.closed if entry.outcome is Outcome.NOT_MET]
    unclear = [entry for entry in case.closed if entry.outcome is Outcome.UNKNOWN]
    if short:
        return _not_yet(
            "amount",
            case,
            f"Short of {case.required.amount}: {_amounts(short)}.",
            f"Go on paying at least {case.required.amount} every month.",
            last_short=short[-1].month,
            title=_amount_title(months),
        )
    if unclear:
        return _finding(
            "amount",
            Outcome.UNKNOWN,
            why_unclear(
                answer.value, case.evidence.rates.failure, [entry.month for entry in unclear]
            ),
            title=_amount_title(months),
        )
    reason = f"{listed([entry.month.title for entry in case.closed])} paid."
    return _finding("amount", Outcome.MET, reason, title=_amount_title(months))


_TITLES = {
    "required-amount": "Required amount",
    "sponsorship": "Sponsorship",
}


def _amount_title(months: int) -> str:
    return f"Amount in each of {months} months"


def _finding(
    criterion: str,
    outcome: Outcome,
    reason: str,
    *,
    title: str | None = None,
    remedy: str | None = None,
    sources: tuple[Source, ...] = (),
) -> Finding:
    return Finding(
        criterion=criterion,
        title=title or _TITLES[criterion],
        outcome=outcome,
        reason=reason,
        remedy=remedy,
        sources=sources,
    )


def _not_yet(
    criterion: str,
    case: Case,
    reason: str,
    remedy: str,
    *,
    last_short: Month | None = None,
    title: str | None = None,
    sources: tuple[Source, ...] = (),
) -> Finding:
    """Met again once as many months as asked have followed the last short one."""
    last = last_short or Month.of(case.today) - 1
    earliest = (last + case.program.sponsorship.months + 1).first_day
    return Finding(
        criterion=criterion,
        title=title or _TITLES[criterion],
        outcome=Outcome.NOT_MET,
        reason=reason,
        remedy=f"{remedy} This can be met from {in_words(earliest)}.",
        sources=sources,
        earliest=earliest,
    )


def _picture(case: Case) -> tuple[Source, ...]:
    shown = case.application.big_mac
    if shown is None or shown.picture is None:
        return ()
    return (Source(title="Picture of the price", url=shown.picture),)


def account_page(payer: Payer, platform: str) -> tuple[Source, ...]:
    """Where anyone can see the account."""
    return (Source(title=f"{payer.account} on {platform}", url=payer.url),)


def _amount(case: Case) -> str:
    if isinstance(case.required, NoAmount):
        return "the required amount"
    return str(case.required.amount)


def _pays_now(sponsorship: Sponsorship, case: Case) -> Outcome:
    """An active order is charged again; else what was paid decides, whatever the amount."""
    if OrderStatus.ACTIVE in sponsorship.orders:
        return Outcome.MET
    if sponsorship.payments is None and sponsorship.withheld is None:
        return Outcome.UNKNOWN
    paid, current = _paid_months(sponsorship, case), Month.of(case.today)
    between = OrderStatus.FAILING in sponsorship.orders or not sponsorship.orders
    pays = current in paid or (between and current - 1 in paid)
    return Outcome.MET if pays else Outcome.NOT_MET


def _paid_months(sponsorship: Sponsorship, case: Case) -> set[Month]:
    if sponsorship.withheld is not None:
        kept = sponsorship.withheld.months.items()
        return {month for month, reached in kept if reached is not Reached.NO}
    shares = lay_out(counted_payments(sponsorship, case.program.sponsorship))
    return {share.month for share in shares}


def _why_inactive(sponsorship: Sponsorship, account: str) -> str:
    if OrderStatus.PAUSED in sponsorship.orders:
        return f"The sponsorship of {account} is paused."
    if OrderStatus.FAILING in sponsorship.orders:
        return f"The last charge of {account} failed, and nothing was paid in the month before."
    if sponsorship.orders:
        return f"The sponsorship of {account} has ended."
    return f"{account} has no running sponsorship."


def _amounts(short: Sequence[Coverage]) -> str:
    return listed(
        [
            f"{entry.month.title} ({entry.paid} paid)" if entry.paid else entry.month.title
            for entry in short
        ]
    )


def why_unclear(
    sponsorship: Sponsorship | None, rates_failure: str | None, unclear: Sequence[Month]
) -> str:
    """Why these months could not be judged, in a sentence without a figure."""
    months = listed([month.title for month in unclear])
    if sponsorship is not None and sponsorship.conflict:
        return f"{sponsorship.conflict} A maintainer looks at {months}."
    if sponsorship is not None and sponsorship.payments is None and not sponsorship.withheld:
        return f"{sponsorship.platform.label} does not show us the amounts of {months}."
    if rates_failure:
        return f"{months}: {rates_failure}"
    return f"{months}: a payment is not settled yet, or could not be compared."
