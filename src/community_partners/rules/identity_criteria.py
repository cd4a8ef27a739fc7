"""The criteria on the applicant's identity: team, new to the program, payer."""

from collections.abc import Iterator, Sequence

from ..model.evidence import Answer, EarlierApplication, KnownPartner, OtherTeam
from ..model.month import in_words, listed
from ..model.program import Asked
from ..model.verdict import Outcome, Source
from ..model.website import website_address
from .amount_criteria import UNREAD
from .applicant import Applicant
from .conclusion import Conclusion
from .confirmed_team import contested_by, unconfirmed
from .payer_link import payer_link
from .same_organization import same_account, same_name, same_slug, same_website, websites_alike
from .sponsorship_criteria import account_page
from .team_accounts import what_is_wrong

MOST_NAMED = 5
"""The number of other applications that a sentence names."""


def team_exists(case: Applicant) -> Conclusion:
    """Decide whether each login exists, belongs to a person, and is in no partner's team."""
    answer = case.evidence.accounts
    if answer.value is None:
        source = (Source(title=answer.source, url=answer.url),)
        return Conclusion(Outcome.UNKNOWN, answer.failure or "", sources=source)
    policy = case.program.contribution
    wrong = [
        f"{member.place}: {sentence}"
        for member in case.organization.team
        if (sentence := what_is_wrong(member, case.evidence, policy))
    ]
    if wrong:
        remedy = "Correct these lines: each member needs the login of a personal account."
        return Conclusion(Outcome.NOT_MET, " ".join(wrong), remedy, earliest=case.today)
    shared = [known for known in case.evidence.partners.value or () if known.shared]
    if shared:
        return Conclusion(
            Outcome.UNKNOWN,
            f"{' '.join(map(_shares, shared))} A person counts for one organization at a "
            "time. A maintainer will decide for which.",
            "If the person has left one of the two, enter their last day there as `until`. If the "
            "person works for both, enter a `share` of the time in both, at most 100 together.",
        )
    others = case.evidence.others
    if others is not None and others.value is None:
        return Conclusion(Outcome.UNKNOWN, others.failure or "")
    known = (others and others.value) or ()
    if contested := tuple(contested_by(case.organization.team, known)):
        return _also_elsewhere(contested)
    logins = list(dict.fromkeys(member.github for member in case.organization.team))
    reason = f"All logins exist and are people's: {listed(logins)}."
    return Conclusion(Outcome.MET, " ".join((reason, *_on_seats(case))))


def _also_elsewhere(contested: Sequence[tuple[OtherTeam, Sequence[str]]]) -> Conclusion:
    """Conclude `unknown`: people have confirmed to be in another applicant's team as well."""
    told = [
        f"{one.name} (#{one.number}) has {listed(both)} in its team as well."
        for one, both in sorted(contested, key=lambda pair: pair[0].confirmed is None)
    ][:MOST_NAMED]
    return Conclusion(
        Outcome.UNKNOWN,
        f"{' '.join(told)} A person counts for one organization at a time. A maintainer will "
        "decide for which.",
        "The person writes /leave in the application of the organization that is not theirs; or "
        "correct the days in the team.",
        tuple(Source(title=f"#{one.number}", url=one.url) for one, _ in contested),
    )


def _on_seats(case: Applicant) -> Iterator[str]:
    """Yield a sentence on those who have not confirmed, and on days before an account's first."""
    if waiting := unconfirmed(case.organization.team):
        yield (
            f"Not confirmed yet: {listed(waiting)}. Whoever comments /confirm here counts then, "
            "and stands in the partner's record."
        )
    if case.program.contribution.confirmation is Asked.ADVISED and case.evidence.handed_in:
        yield "This program counts the work of everybody whom you name, confirmed or not."
    for other in (case.evidence.others and case.evidence.others.value) or ():
        named = f"{other.name} (#{other.number}) names {listed(other.shared)}"
        yield f"{named} as well: not both count."
    known = {check.login.casefold(): check.created for check in case.evidence.accounts.value or ()}
    for member in case.organization.team:
        if member.since == known.get(member.github.casefold()):
            yield f"{member.github} counts from {in_words(member.since)}, the account's first day."


def not_a_partner_yet(case: Applicant) -> Conclusion:
    """Decide whether the organization is new to the program.

    A partner with the same website or paying account: not met. A partner with the same name, slug
    or a similar website, or an earlier application: unknown, so a maintainer decides.
    """
    answer = case.evidence.partners
    if answer.value is None:
        return Conclusion(Outcome.UNKNOWN, answer.failure or "")
    same = next((known for known in answer.value if _same(known, case)), None)
    if same is not None:
        reason = f"{same.name} is a partner already (partners/{same.slug}.yml): it has the website "
        reason += "or paying account of this application."
        remedy = f"To change what is said of you, propose a change of partners/{same.slug}.yml."
        return Conclusion(Outcome.NOT_MET, reason, remedy)
    like = next((known for known in answer.value if _like(known, case)), None)
    if like is not None:
        reason = f"{like.name}, a partner already (partners/{like.slug}.yml), has a name, short "
        reason += "name or website like this application's. A maintainer will check whether it is "
        return Conclusion(Outcome.UNKNOWN, reason + "the same organization.")
    earlier = case.evidence.earlier
    if earlier is not None and (earlier.value is None or _holds_up(earlier.value, case)):
        return _not_alone(earlier, case)
    reason = f"{case.organization.name} is not a partner yet."
    for one in ((earlier and earlier.value) or ())[:MOST_NAMED]:
        reason += f" {one.name} ({one.where}) has the same {listed(one.agrees)}, and nobody is "
        reason += "shown to speak for it."
    return Conclusion(Outcome.MET, reason)


def _holds_up(earlier: Sequence[EarlierApplication], case: Applicant) -> bool:
    """Tell whether an earlier application holds up this one.

    Anybody can open one in any name: so one for which nobody is shown to speak holds up nobody for
    whom somebody is.
    """
    return any(one.heard for one in earlier) or bool(earlier and not case.voice.is_heard)


def _not_alone(earlier: Answer[tuple[EarlierApplication, ...]], case: Applicant) -> Conclusion:
    """Conclude `unknown` with a reason that names each earlier application.

    If the search for earlier applications failed, the reason is that failure.
    """
    if earlier.value is None:
        return Conclusion(Outcome.UNKNOWN, earlier.failure or "")
    told = [
        f"{one.name} ({one.where}) has the same {listed(one.agrees)}."
        for one in sorted(earlier.value, key=lambda one: not one.heard)[:MOST_NAMED]
    ]
    return Conclusion(
        Outcome.UNKNOWN,
        f"Another application was there before. {' '.join(told)} A maintainer will check which of "
        "them goes on.",
        "If the earlier one is yours, close one of the two. Once only one is open, comment "
        "/recheck.",
        tuple(Source(title=one.where, url=one.url) for one in earlier.value),
    )


def _shares(known: KnownPartner) -> str:
    are = "is" if len(known.shared) == 1 else "are"
    return (
        f"{listed(known.shared)} {are} in the team of {known.name} too (partners/{known.slug}.yml)."
    )


def _same(known: KnownPartner, case: Applicant) -> bool:
    """Tell whether the partner certainly is the applicant."""
    return same_website(known, case.organization) or same_account(known, case.organization)


def _like(known: KnownPartner, case: Applicant) -> bool:
    """Tell whether the partner may be the applicant."""
    mine = case.organization
    return same_slug(known, mine) or same_name(known, mine) or websites_alike(known, mine)


def payer_is_organization(case: Applicant) -> Conclusion:
    """Decide whether the paying account belongs to the applicant's organization.

    Met only if the account's profile names the applicant's website or GitHub account, and the
    account is an organization's. Otherwise unknown, so that a maintainer decides; never not met.
    """
    sponsorship = case.sponsorship.value
    if sponsorship is None:
        return Conclusion(Outcome.UNKNOWN, UNREAD)
    payer = sponsorship.payer
    if payer is None:
        return Conclusion(Outcome.UNKNOWN, "There is no paying account yet.")
    page = account_page(payer, sponsorship.platform.label)
    if payer.hidden:
        reason = "The payer is incognito, so we cannot see whose payments these are."
        remedy = "Pay from the organization's own visible account."
        return Conclusion(Outcome.UNKNOWN, reason, remedy, page)
    link = payer_link(payer, case.organization, case.voice.owner)
    if payer.organization and link:
        reason = f"{payer.account} is an organization's account and names {link}."
        return Conclusion(Outcome.MET, reason, None, page)
    if link:
        reason = (
            f"{payer.account} names {link}, but is a person's account. A maintainer will check it."
        )
        return Conclusion(Outcome.UNKNOWN, reason, None, page)
    kind = "an organization's" if payer.organization else "a person's"
    address = website_address(case.organization.website)
    reason = f"{payer.account} is {kind} account that does not name {address}. "
    reason += "A maintainer will check it."
    remedy = (
        f"If it is yours, enter {address} as the website on its profile; or enter here the website "
        "that the profile names."
    )
    return Conclusion(Outcome.UNKNOWN, reason, remedy, page)
