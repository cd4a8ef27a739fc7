"""The criteria about money: is an amount known, is it paid now, was it paid, and by whom.

Each function gives one Finding; the sentence that an applicant reads stands beside the rule.
"""

from collections.abc import Sequence

from ..model.application import Platform, website_host
from ..model.month import Month, in_words, listed
from ..model.sponsorship import OrderStatus, Payer, Sponsorship
from ..model.verdict import Coverage, Finding, Outcome, Source
from .case import Case
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
    source = _account_source(sponsorship.payer, platform)
    if sponsorship.receiver_paused:
        reason = f"{platform} has paused the project's own account; that is not {account}'s doing."
        return _finding("sponsorship", Outcome.UNKNOWN, reason, sources=source)
    if _pays_now(sponsorship, case):
        reason = f"{account} sponsors on {platform}."
        return _finding("sponsorship", Outcome.MET, reason, sources=source)
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
            _why_unclear(case, unclear),
            title=_amount_title(months),
        )
    reason = f"{listed([entry.month.title for entry in case.closed])} paid."
    return _finding("amount", Outcome.MET, reason, title=_amount_title(months))


def payer_is_organization(case: Case) -> Finding:
    """Does the paying account belong to the organization? Otherwise a person looks.

    An account's website links it. Its GitHub handle does where it names no website: on GitHub
    Sponsors the handle is the account itself and proves nothing.
    """
    answer = case.evidence.sponsorship
    if answer.value is None:
        return _finding("payer", Outcome.UNKNOWN, UNREAD)
    payer, application = answer.value.payer, case.application
    if payer is None:
        return _finding("payer", Outcome.UNKNOWN, "There is no account to look at yet.")
    source = _account_source(payer, answer.value.platform.label)
    if payer.hidden:
        reason = "The payer is incognito, so that nobody can see whose payments these are."
        remedy = "Pay from the organization's own visible account."
        return _finding("payer", Outcome.UNKNOWN, reason, remedy=remedy, sources=source)
    host = website_host(application.website)
    by_handle = (
        application.platform is Platform.OPEN_COLLECTIVE
        and not payer.websites
        and application.github is not None
        and application.github.casefold() in {handle.casefold() for handle in payer.github}
    )
    if payer.organization and (by_handle or host in map(website_host, payer.websites)):
        how = f"the GitHub account {application.github}" if by_handle else f"the website {host}"
        reason = f"{payer.account} is an organization's account and names {how}."
        return _finding("payer", Outcome.MET, reason, sources=source)
    kind = "an organization's" if payer.organization else "a person's"
    return _finding(
        "payer",
        Outcome.UNKNOWN,
        f"{payer.account} is {kind} account that does not name {host}; a maintainer looks.",
        remedy=f"If it is yours, enter {host} as the website on its profile.",
        sources=source,
    )


_TITLES = {
    "required-amount": "Required amount",
    "sponsorship": "Sponsorship",
    "payer": "Payer",
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


def _account_source(payer: Payer, platform: str) -> tuple[Source, ...]:
    return (Source(title=f"{payer.account} on {platform}", url=payer.url),)


def _amount(case: Case) -> str:
    if isinstance(case.required, NoAmount):
        return "the required amount"
    return str(case.required.amount)


def _pays_now(sponsorship: Sponsorship, case: Case) -> bool:
    if OrderStatus.ACTIVE in sponsorship.orders:
        return True
    if not case.paid:
        return False
    *closed, current = case.paid
    paid_last = closed[-1].outcome is Outcome.MET
    between = OrderStatus.FAILING in sponsorship.orders or not sponsorship.orders
    return current.outcome is Outcome.MET or (paid_last and between)


def _why_inactive(sponsorship: Sponsorship, account: str) -> str:
    if OrderStatus.PAUSED in sponsorship.orders:
        return f"The sponsorship of {account} is paused."
    if OrderStatus.FAILING in sponsorship.orders:
        return f"The last charge of {account} failed, and the month before was not paid."
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


def _why_unclear(case: Case, unclear: Sequence[Coverage]) -> str:
    sponsorship = case.evidence.sponsorship.value
    months = listed([entry.month.title for entry in unclear])
    if sponsorship is not None and sponsorship.conflict:
        return f"{sponsorship.conflict} A maintainer looks at {months}."
    if sponsorship is not None and sponsorship.payments is None and not sponsorship.withheld:
        return f"{sponsorship.platform.label} does not show us the amounts of {months}."
    if case.evidence.rates.failure:
        return f"{months}: {case.evidence.rates.failure}"
    return f"{months}: a payment is not settled yet, or could not be compared."
