"""The team's accounts. Decides whose work can be looked at: that of people whose login is right."""

from ..model.application import Application, Member
from ..model.evidence import AccountKind, Evidence
from ..model.program import ContributionPolicy
from .attribution import ignored


def what_is_wrong(member: Member, evidence: Evidence, policy: ContributionPolicy) -> str | None:
    """What stands in the way of this member's work, in a sentence; None where GitHub was silent."""
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
    """The logins that have to be corrected before anyone can say what these people did."""
    return tuple(
        member.github
        for member in application.team
        if what_is_wrong(member, evidence, policy) is not None
    )
