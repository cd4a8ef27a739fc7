"""An application that names the project's own account as the payer's: a slip, not a claim.

Decided here and not by a criterion, since no evidence is needed: the address of a payment, such as
`opencollective.com/mautic/contributions/acme`, begins with the account that receives it. Nobody is
asked about an account that could not be meant, and the applicant reads the line to mend.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..model.application import Platform
from ..model.problem import Problem
from ..model.program import Program
from .yaml_document import Locate


def own_account(sponsorship: Any, locate: Locate, program: Program) -> Iterator[Problem]:
    """The problem of a `sponsorship` whose account is the receiver; its shape is the schema's."""
    if not isinstance(sponsorship, Mapping):
        return
    platform, account = sponsorship.get("platform"), sponsorship.get("account")
    own = _receivers(program).get(platform) if isinstance(platform, str) else None
    if own and isinstance(account, str) and account.casefold() == own.casefold():
        yield Problem(
            place=locate(("sponsorship", "account")),
            message=f"{account} is the account of {program.organization}, which receives payments.",
            remedy="Write the account from which you pay, by its name alone.",
        )


def _receivers(program: Program) -> dict[str, str]:
    """By platform, the account that collects there."""
    collective, sponsors = program.sponsorship.open_collective, program.sponsorship.github_sponsors
    own = {}
    if collective:
        own[Platform.OPEN_COLLECTIVE.value] = collective.collective
    if sponsors:
        own[Platform.GITHUB_SPONSORS.value] = sponsors.login
    return own
