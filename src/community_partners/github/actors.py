"""Read who acted: a person, a bot, or an account that stands for somebody elsewhere.

https://docs.github.com/en/graphql/reference/interfaces#actor
"""

from collections.abc import Mapping
from typing import Any

from ..model.contribution import Account
from .accounts import database_id
from .names import login_of

AUTHOR = """
fragment Author on Actor {
  __typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
}
"""
_PERSONS = {
    "User": True,
    "EnterpriseUserAccount": True,
    "Bot": False,
    "Mannequin": False,
    "Organization": False,
}


def account_of(actor: Mapping[str, Any] | None) -> Account | None:
    """Return the account of what `...Author` was asked of; None if it was deleted."""
    if actor is None:
        return None
    person = _PERSONS[actor["__typename"]]
    return Account(login=login_of(actor), id=database_id(actor), bot=not person)
