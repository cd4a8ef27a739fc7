"""Decides whether a team member's login is an account whose work can be looked up."""

from ..model.application import Application, Member
from ..model.evidence import AccountKind, Evidence
from ..model.program import ContributionPolicy
from .roster import ignored


def what_is_wrong(member: Member, evidence: Evidence, policy: ContributionPolicy) -> str | None:
    """Return a sentence on why this member's work cannot be looked up; None if nothing is wrong.

    Also returns None if GitHub did not answer, since then nothing is known.
    """
    if evidence.accounts.value is None:
        return None
    kinds = {check.login.casefold(): check.kind for check in evidence.accounts.value}
    kind = kinds.get(member.github.casefold())
    if ignored(member.github, policy):
        return f"{member.github} is an account that never counts."
    if kind is AccountKind.ORGANIZATION:
        return f"{member.github} is an organization, not a person."
    if kind is not AccountKind.PERSON:
        return f"GitHub has no account named {member.github}."
    return None


def unseen(
    application: Application, evidence: Evidence, policy: ContributionPolicy
) -> tuple[str, ...]:
    """Return the team's logins that must be corrected before their work can be looked up."""
    return tuple(
        member.github
        for member in application.team
        if what_is_wrong(member, evidence, policy) is not None
    )
