"""The criteria on the sponsorship: required amount known, pays now, paid in each closed month.

`identity_criteria.py` decides whose account pays, and `coverage.py` whether a month was reached.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from ..model.application import Platform
from ..model.money import Money
from ..model.month import Month, each_of, in_words, listed
from ..model.program import Program, SponsorshipPolicy
from ..model.sponsorship import OrderStatus, Payer, Reached, Rhythm, Sponsorship
from ..model.verdict import Coverage, Finding, Outcome, Source
from .case import Case
from .coverage import laid_out
from .criteria import AMOUNT, REQUIRED_AMOUNT, SPONSORSHIP
from .earliest import after_short, months_to_come
from .payer_link import is_usable, unusable_because
from .required_amount import NoAmount


def required_amount_known(case: Case) -> Finding:
    """Decide whether the country of headquarters has a required amount."""
    required, country = case.required, case.application.country.name
    if isinstance(required, NoAmount):
        return REQUIRED_AMOUNT.finding(
            case.program, Outcome.UNKNOWN, required.reason, required.remedy, _picture(case)
        )
    about = f", about {required.about}" if required.about else ""
    return REQUIRED_AMOUNT.finding(
        case.program,
        Outcome.MET,
        f"Headquarters: {country}. At least {required.amount} a month "
        f"(Big Mac index, edition {required.edition}: {required.basis}{about}).",
    )


def sponsorship_active(case: Case) -> Finding:
    """Decide whether the account sponsors now, by active orders or recent payments."""
    answer = case.evidence.sponsorship
    if answer.value is None:
        page = Source(title=answer.source, url=answer.url)
        reason = answer.failure or ""
        return SPONSORSHIP.finding(case.program, Outcome.UNKNOWN, reason, sources=(page,))
    sponsorship, account = answer.value, case.application.account
    platform = sponsorship.platform.label
    if sponsorship.platform not in case.program.sponsorship.receivers:
        return _elsewhere(sponsorship.platform, case)
    if sponsorship.payer is None:
        return _not_yet(
            case,
            f"{platform} has no account named {account}.",
            f"Check the name of the paying account on {platform} and correct it here.",
        )
    source = account_page(sponsorship.payer, platform)
    pays, reason = _pays(sponsorship, case)
    if pays is Outcome.NOT_MET:
        remedy = (
            f"Start or resume a monthly sponsorship of at least {_amount(case)} on {platform} "
            f"from the account {account}: this is met as soon as it pays."
        )
        return _not_yet(case, reason, remedy, source)
    return SPONSORSHIP.finding(case.program, pays, reason, sources=source)


def _elsewhere(platform: Platform, case: Case) -> Finding:
    """Return the finding for a platform through which the program does not collect."""
    taken = _taken(case.program)
    name = case.program.organization
    remedy = f"Sponsor on {_where(taken)}, then name that platform and your account here."
    pages = tuple(Source(title=f"{name} on {label}", url=url) for label, url in taken.items())
    reason = f"{name} does not collect through {platform.label}."
    return _not_yet(case, reason, remedy, pages)


def elsewhere(platform: Platform, program: Program) -> str:
    """Return a sentence on a platform that the program does not use, and on those that it uses."""
    where = _where(_taken(program))
    return f"{program.organization} does not collect through {platform.label}, but on {where}."


def _taken(program: Program) -> dict[str, str]:
    """Return the page of the account that receives the payments, by the name of the platform."""
    receivers = program.sponsorship.receivers
    return {one.label: one.receiver_page(account) for one, account in receivers.items()}


def _where(taken: Mapping[str, str]) -> str:
    return " or ".join(f"{name} ({url.removeprefix('https://')})" for name, url in taken.items())


def _pays(sponsorship: Sponsorship, case: Case) -> tuple[Outcome, str]:
    """Return whether the account sponsors now, and the reason in a sentence."""
    platform, account = sponsorship.platform.label, case.application.account
    if not is_usable(sponsorship, case.application):
        return Outcome.UNKNOWN, unusable_because(sponsorship)
    if sponsorship.receiver_paused:
        reason = f"{platform} has paused the project's own account; {account} did nothing wrong."
        return Outcome.UNKNOWN, reason
    pays = pays_now(sponsorship, Month.of(case.today), case.program.sponsorship)
    if pays is Outcome.MET:
        return pays, f"{account} sponsors on {platform}."
    explain = why_unknown if pays is Outcome.UNKNOWN else why_not
    return pays, explain(sponsorship, account)


def account_page(payer: Payer, platform: str) -> tuple[Source, ...]:
    """Return the page where anyone can see the account."""
    return (Source(title=f"{payer.account} on {platform}", url=payer.url),)


def _not_yet(case: Case, reason: str, remedy: str, sources: tuple[Source, ...] = ()) -> Finding:
    """Return a finding that is not met, with today as the earliest day.

    The applicant can start to pay today; the criterion `amount` judges the months before.
    """
    return SPONSORSHIP.finding(case.program, Outcome.NOT_MET, reason, remedy, sources, case.today)


def _picture(case: Case) -> tuple[Source, ...]:
    """Return the applicant's picture of a Big Mac price; empty if there is none."""
    shown = case.application.big_mac
    if shown is None or shown.picture is None:
        return ()
    return (Source(title="Picture of the price", url=shown.picture),)


def _amount(case: Case) -> str:
    if isinstance(case.required, NoAmount):
        return "the required amount"
    return str(case.required.amount)


def pays_now(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    """Decide whether the account sponsors now. `month`: the current month.

    An active order means yes, since the platform will charge the order again. Without an active
    order, payments decide. A platform does not show who paused an order (it may have been the
    fiscal host or the platform), so a paused order without payments is unknown.
    """
    orders = sponsorship.orders
    if OrderStatus.ACTIVE in orders:
        return Outcome.MET
    if sponsorship.conflict or (sponsorship.payments is None and sponsorship.withheld is None):
        return Outcome.UNKNOWN
    pays = _pays_by_payments(sponsorship, month, policy)
    doubted = sponsorship.unexplained and pays is Outcome.NOT_MET
    return Outcome.UNKNOWN if doubted else pays


def _pays_by_payments(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> Outcome:
    """Decide by the payments of this month and last month whether the account sponsors now.

    A payment of this month means yes. A payment of last month means yes if the order's last charge
    failed and will be retried, if the platform shows no order, or if it was a single payment, since
    another single payment may follow this month.
    """
    orders = sponsorship.orders
    if _paid(sponsorship, month, policy):
        return Outcome.MET
    last = _paid(sponsorship, month - 1, policy)
    if last and (OrderStatus.FAILING in orders or not orders or Rhythm.ONE_TIME in last):
        return Outcome.MET
    unclear = OrderStatus.PAUSED in orders or None in last
    return Outcome.UNKNOWN if unclear else Outcome.NOT_MET


def why_not(sponsorship: Sponsorship, account: str) -> str:
    """Return a sentence on why the account does not sponsor now."""
    if OrderStatus.FAILING in sponsorship.orders:
        return f"The last charge of {account} failed, and nothing was paid in the month before."
    if sponsorship.orders:
        return f"The sponsorship of {account} has ended."
    return f"{account} has no running sponsorship."


def why_unknown(sponsorship: Sponsorship, account: str) -> str:
    """Return a sentence on why nobody can tell whether the account sponsors now."""
    platform = sponsorship.platform.label
    if OrderStatus.PAUSED in sponsorship.orders:
        return (
            f"{platform} shows the sponsorship of {account} as paused, but not by whom. "
            "A maintainer will check it."
        )
    return f"{platform} does not show us whether {account} pays now."


def _paid(sponsorship: Sponsorship, month: Month, policy: SponsorshipPolicy) -> set[Rhythm | None]:
    """Return the rhythms of the month's payments; {None} for private payments, empty for none."""
    if sponsorship.withheld is not None:
        reached = sponsorship.withheld.months.get(month, Reached.NO)
        # A month is unknown because of a payment in that month that cannot be compared, or because
        # of unexplained money, which tells nothing about that month.
        paid = reached is Reached.YES or (
            reached is Reached.UNKNOWN and not sponsorship.unexplained
        )
        return {None} if paid else set()
    shares = laid_out(sponsorship, policy, month)
    return {share.payment.rhythm for share in shares if share.month == month}


UNREAD = "The payments could not be read: see Sponsorship."


def amount_reached(case: Case) -> Finding:
    """Decide whether the required amount was paid in each of the closed months."""
    sponsorship = case.evidence.sponsorship.value
    unread = _why_unread(sponsorship, case)
    if unread:
        return AMOUNT.finding(case.program, Outcome.UNKNOWN, unread)
    if isinstance(case.required, NoAmount):
        reason = "We can judge the payments as soon as we know the required amount."
        return AMOUNT.finding(case.program, Outcome.UNKNOWN, reason)
    short = [entry for entry in case.closed if entry.outcome is Outcome.NOT_MET]
    unclear = [entry.month for entry in case.closed if entry.outcome is Outcome.UNKNOWN]
    if short:
        return _short(case, case.required.amount, short)
    if unclear:
        return AMOUNT.finding(
            case.program,
            Outcome.UNKNOWN,
            why_unclear(sponsorship, case.evidence.rates.failure, unclear),
        )
    reason = f"{listed([entry.month.title for entry in case.closed])} paid."
    return AMOUNT.finding(case.program, Outcome.MET, reason)


def _why_unread(sponsorship: Sponsorship | None, case: Case) -> str | None:
    """Return a sentence on why no payment was looked at; None if payments can be judged."""
    if sponsorship is None:
        return UNREAD
    if sponsorship.payer is None:
        return "No payments were looked at: see Sponsorship."
    if not is_usable(sponsorship, case.application):
        return unusable_because(sponsorship)
    return None


def _short(case: Case, amount: Money, short: Sequence[Coverage]) -> Finding:
    """Return the finding on months that fall short of the required amount.

    A late charge can still fill some of these months. So the earliest date counts only the months
    that no late charge can fill, while the remedy names the later date, too: nobody can plan a late
    charge.
    """
    lost = [entry for entry in short if not _fillable(entry, case.today)]
    needed = [month.title for month in _to_pay(short[-1].month, case)]
    pay = f"Pay at least {amount} in {each_of(needed)}." if needed else "Keep the sponsorship."
    remedy = f"{pay} This can be met from {in_words(_after_short(short, case))}."
    if len(lost) < len(short):
        remedy += (
            f" If the charge for {short[-1].month.title} is late and comes by "
            f"{in_words(short[-1].late_until or case.today)}, beside this month's, it still "
            f"counts: then {f'from {in_words(_after_short(lost, case))}' if lost else 'at once'}."
        )
    earliest = _after_short(lost, case) if lost else case.today
    reason = f"Short of {amount}: {_amounts(short)}."
    return AMOUNT.finding(case.program, Outcome.NOT_MET, reason, remedy, earliest=earliest)


def _fillable(entry: Coverage, today: date) -> bool:
    """Tell whether a late charge can still fill the short month."""
    return entry.late_until is not None and today <= entry.late_until


def _to_pay(short: Month, case: Case) -> Sequence[Month]:
    """Return the months that must be paid after the last short month and are not paid yet.

    A yearly payment, or the first payment of an order, may cover some of them already.
    """
    ahead = months_to_come(short, case.program.sponsorship.months, case.today)
    return [month for month in ahead if not case.covers(month)]


def _after_short(short: Sequence[Coverage], case: Case) -> date:
    """Return the first day after as many closed months as asked follow the last short month."""
    return after_short(short[-1].month, case.program.sponsorship.months)


def why_unclear(
    sponsorship: Sponsorship | None, rates_failure: str | None, months: Sequence[Month]
) -> str:
    """Return a sentence without figures on why these months could not be judged."""
    named = listed([month.title for month in months])
    doubt = sponsorship and (sponsorship.conflict or sponsorship.unexplained)
    if doubt:
        return f"{doubt} A maintainer will check {named}."
    if sponsorship is not None and sponsorship.payments is None and not sponsorship.withheld:
        return f"{sponsorship.platform.label} does not show us the amounts of {named}."
    if rates_failure:
        return f"{named}: {rates_failure}"
    return f"{named}: a payment is not settled yet, or could not be compared."


def _amounts(short: Sequence[Coverage]) -> str:
    """List the short months, each with the amount paid if the amount may be shown."""
    return listed(
        [
            f"{entry.month.title} ({entry.paid} paid)" if entry.paid else entry.month.title
            for entry in short
        ]
    )
