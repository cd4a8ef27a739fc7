"""The criteria on the applicant's identity: team, new to the program, payer."""

from dataclasses import replace

from ..model.evidence import Answer, EarlierApplication, KnownPartner
from ..model.month import listed
from ..model.verdict import Finding, Outcome, Source
from ..model.website import website_address
from .case import Case
from .criteria import NEW_PARTNER, PAYER, TEAM
from .payer_link import payer_link
from .same_organization import same_account, same_name, same_slug, same_website, websites_alike
from .sponsorship_criteria import UNREAD, account_page
from .team_accounts import what_is_wrong


def team_exists(case: Case) -> Finding:
    """Decide whether each login exists, belongs to a person, and is in no partner's team."""
    answer = case.evidence.accounts
    if answer.value is None:
        source = (Source(title=answer.source, url=answer.url),)
        return TEAM.finding(case.program, Outcome.UNKNOWN, answer.failure or "", sources=source)
    policy = case.program.contribution
    wrong = [
        f"{member.place}: {sentence}"
        for member in case.application.team
        if (sentence := what_is_wrong(member, case.evidence, policy))
    ]
    if wrong:
        remedy = "Correct these lines: each member needs the login of a personal account."
        return TEAM.finding(
            case.program, Outcome.NOT_MET, " ".join(wrong), remedy, earliest=case.today
        )
    shared = [known for known in case.evidence.partners.value or () if known.shared]
    if shared:
        return TEAM.finding(
            case.program,
            Outcome.UNKNOWN,
            f"{' '.join(map(_shares, shared))} A person counts for one organization at a "
            "time. A maintainer will decide for which.",
            "If the person has left one of the two, enter their last day there as `until`.",
        )
    logins = [member.github for member in case.application.team]
    return TEAM.finding(
        case.program, Outcome.MET, f"All logins exist and are people's: {listed(logins)}."
    )


def not_a_partner_yet(case: Case) -> Finding:
    """Decide whether the organization is new to the program.

    A partner with the same website or paying account: not met. A partner with the same name, slug
    or a similar website, or an earlier application: unknown, so a maintainer decides.
    """
    answer = case.evidence.partners
    if answer.value is None:
        return NEW_PARTNER.finding(case.program, Outcome.UNKNOWN, answer.failure or "")
    same = next((known for known in answer.value if _same(known, case)), None)
    if same is not None:
        reason = f"{same.name} is a partner already (partners/{same.slug}.yml): it has the website "
        reason += "or paying account of this application."
        remedy = f"To change what is said of you, propose a change of partners/{same.slug}.yml."
        return NEW_PARTNER.finding(case.program, Outcome.NOT_MET, reason, remedy)
    like = next((known for known in answer.value if _like(known, case)), None)
    if like is not None:
        reason = f"{like.name}, a partner already (partners/{like.slug}.yml), has a name, short "
        reason += "name or website like this application's. A maintainer will check whether it is "
        return NEW_PARTNER.finding(case.program, Outcome.UNKNOWN, reason + "the same organization.")
    earlier = case.evidence.earlier
    if earlier is not None and (earlier.value is None or earlier.value):
        return _not_alone(earlier, case)
    return NEW_PARTNER.finding(
        case.program, Outcome.MET, f"{case.application.name} is not a partner yet."
    )


def _not_alone(earlier: Answer[tuple[EarlierApplication, ...]], case: Case) -> Finding:
    """Return a finding with the outcome `unknown` that names each earlier application.

    If the search for earlier applications failed, the reason is that failure.
    """
    if earlier.value is None:
        return NEW_PARTNER.finding(case.program, Outcome.UNKNOWN, earlier.failure or "")
    told = [f"{one.name} ({one.where}) has the same {listed(one.agrees)}." for one in earlier.value]
    finding = NEW_PARTNER.finding(
        case.program,
        Outcome.UNKNOWN,
        f"Another application was there before. {' '.join(told)} A maintainer will check which of "
        "them goes on.",
        "If the earlier one is yours, close one of the two. Once only one is open, comment "
        "/recheck.",
    )
    sources = tuple(Source(title=one.where, url=one.url) for one in earlier.value)
    return replace(finding, sources=sources)


def _shares(known: KnownPartner) -> str:
    are = "is" if len(known.shared) == 1 else "are"
    return (
        f"{listed(known.shared)} {are} in the team of {known.name} too (partners/{known.slug}.yml)."
    )


def _same(known: KnownPartner, case: Case) -> bool:
    """Tell whether the partner certainly is the applicant."""
    return same_website(known, case.application) or same_account(known, case.application)


def _like(known: KnownPartner, case: Case) -> bool:
    """Tell whether the partner may be the applicant."""
    mine = case.application
    return same_slug(known, mine) or same_name(known, mine) or websites_alike(known, mine)


def payer_is_organization(case: Case) -> Finding:
    """Decide whether the paying account belongs to the applicant's organization.

    Met only if the account's profile names the applicant's website or GitHub account, and the
    account is an organization's. Otherwise unknown, so that a maintainer decides; never not met.
    """
    sponsorship = case.evidence.sponsorship.value
    if sponsorship is None:
        return PAYER.finding(case.program, Outcome.UNKNOWN, UNREAD)
    payer = sponsorship.payer
    if payer is None:
        return PAYER.finding(case.program, Outcome.UNKNOWN, "There is no paying account yet.")
    page = account_page(payer, sponsorship.platform.label)
    if payer.hidden:
        reason = "The payer is incognito, so we cannot see whose payments these are."
        remedy = "Pay from the organization's own visible account."
        return PAYER.finding(case.program, Outcome.UNKNOWN, reason, remedy, page)
    link = payer_link(payer, case.application)
    if payer.organization and link:
        reason = f"{payer.account} is an organization's account and names {link}."
        return PAYER.finding(case.program, Outcome.MET, reason, None, page)
    if link:
        reason = (
            f"{payer.account} names {link}, but is a person's account. A maintainer will check it."
        )
        return PAYER.finding(case.program, Outcome.UNKNOWN, reason, None, page)
    kind = "an organization's" if payer.organization else "a person's"
    address = website_address(case.application.website)
    reason = f"{payer.account} is {kind} account that does not name {address}. "
    reason += "A maintainer will check it."
    remedy = (
        f"If it is yours, enter {address} as the website on its profile; or enter here the website "
        "that the profile names."
    )
    return PAYER.finding(case.program, Outcome.UNKNOWN, reason, remedy, page)
