"""The criteria about who applies: real people in the team, and an organization that is new here."""

from ..model.application import Member, website_host
from ..model.evidence import AccountKind, KnownPartner
from ..model.month import listed
from ..model.verdict import Finding, Outcome, Source
from .attribution import ignored
from .case import Case


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
    kinds = {check.login.casefold(): check.kind for check in answer.value}
    wrong = [
        sentence
        for member in case.application.team
        if (sentence := _wrong(member, kinds.get(member.github.casefold()), case))
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


def _wrong(member: Member, kind: AccountKind | None, case: Case) -> str | None:
    if ignored(member.github, case.program.contribution):
        return f"{member.place}: {member.github} is an account that never counts."
    if kind is AccountKind.ORGANIZATION:
        return f"{member.place}: {member.github} is an organization, not a person."
    if kind is not AccountKind.PERSON:
        return f"{member.place}: GitHub has no account named {member.github}."
    return None


def _same(known: KnownPartner, case: Case) -> bool:
    mine = case.application
    return (
        known.slug == mine.slug
        or known.name.casefold() == mine.name.casefold()
        or website_host(known.website) == website_host(mine.website)
        or known.account.casefold() == mine.account.casefold()
    )
