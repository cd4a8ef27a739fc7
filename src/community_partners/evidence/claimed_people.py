"""Finds the accounts of the people for whom something is claimed, by their logins of today."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..github.accounts import checked_accounts
from ..intake.handed_in import HandedIn
from ..model.evidence import AccountKind
from .clients import Clients


def with_numbers(handed: HandedIn, known: Mapping[str, int], clients: Clients) -> HandedIn:
    """Return the claims with the number of each person's account.

    A login can be renamed and taken by somebody else, the number stays. `known`: the numbers by
    login, of claims that were valid when they were seen first; all others are asked for at once.
    Raises UserError if GitHub does not answer.
    """
    people = {one.claim.person for one in handed.claims}
    numbers = {**known, **_asked_for(sorted(people - known.keys()), clients)}
    return replace(
        handed,
        claims=tuple(
            replace(one, claim=replace(one.claim, number=numbers.get(one.claim.person)))
            for one in handed.claims
        ),
    )


def _asked_for(logins: Sequence[str], clients: Clients) -> dict[str, int]:
    if not logins:
        return {}
    checks = checked_accounts(clients.github, logins, clients.clock)
    people = (one for one in checks if one.kind is AccountKind.PERSON)
    return {one.login: one.id for one in people if one.id is not None}
