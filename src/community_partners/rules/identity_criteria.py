"""The criteria about who applies: real people in the team, and an organization that is new here."""

from ..model.evidence import KnownPartner
from ..model.month import listed
from ..model.verdict import Finding, Outcome, Source
from ..model.website import website_address
from .case import Case
from .team_accounts import what_is_wrong


def team_exists(case: Case) -> Finding:
    """Does each member's login exist, and is it a person's?"""
    answer, title = case.evidence.accounts, "Team"
    if answer.value is None:
        source = (Source(title=answer.source, url=answer.url),)
        return Finding(
            criterion="team",
            title=title,
            outcome=Outcome.UNKNOWN,
            reason=answer.failure or "",
            sources=source,
        )
    policy = case.program.contribution
    wrong = [
        f"{member.place}: {sentence}"
        for member in case.application.team
        if (sentence := what_is_wrong(member, case.evidence, policy))
    ]
    if wrong:
        return Finding(
            criterion="team",
            title=title,
            outcome=Outcome.NOT_MET,
            reason=" ".join(wrong),
            remedy="Correct these lines: each member needs the login of a personal account.",
            earliest=case.today,
        )
    logins = [member.github for member in case.application.team]
    return Finding(
        criterion="team",
        title=title,
        outcome=Outcome.MET,
        reason=f"All logins exist and are people's: {listed(logins)}.",
    )


def not_a_partner_yet(case: Case) -> Finding:
    """Is the organization new, by slug, name, website and paying account?"""
    title = "New to the program"
    answer = case.evidence.partners
    if answer.value is None:
        return Finding(
            criterion="new-partner",
            title=title,
            outcome=Outcome.UNKNOWN,
            reason=answer.failure or "",
        )
    same = next((known for known in answer.value if _same(known, case)), None)
    if same is None:
        return Finding(
            criterion="new-partner",
            title=title,
            outcome=Outcome.MET,
            reason=f"{case.application.name} is not a partner yet.",
        )
    return Finding(
        criterion="new-partner",
        title=title,
        outcome=Outcome.NOT_MET,
        reason=f"{same.name} is a partner already (partners/{same.slug}.yml) and shares the slug, "
        "name, website or paying account of this application.",
        remedy=f"To change what is said of you, propose a change of partners/{same.slug}.yml.",
    )


def _same(known: KnownPartner, case: Case) -> bool:
    mine = case.application
    return (
        known.slug == mine.slug
        or known.name.casefold() == mine.name.casefold()
        or website_address(known.website) == website_address(mine.website)
        or known.account.casefold() == mine.account.casefold()
    )
