"""Ask GitHub about those whom an application names: the team's accounts, and the organization.

https://docs.github.com/en/organizations/managing-organization-settings/verifying-or-approving-a-domain-for-your-organization
GitHub's badge says that the organization has proven to own the website of its profile. Strangers
see its public members only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..model.application import Application
from ..model.evidence import AccountCheck, Answer
from ..model.spokesperson import Profile
from ..wire.answers import Clock, answer, brief, decoding, flag, follow, integer, maybe
from ..wire.graphql import GraphQL, GraphQLResult, refuse_errors
from .accounts import (
    LOGINS_AT_ONCE,
    account_fields,
    account_variables,
    accounts_by_login,
    accounts_in,
    declared,
)
from .names import login

MEMBERS = 100  # in one answer
ORGANIZATION = f"""
  organization: repositoryOwner(login: $organization) {{
    __typename login
    ... on Organization {{
      databaseId isVerified websiteUrl
      membersWithRole(first: {MEMBERS}) {{ totalCount nodes {{ databaseId }} }}
    }}
  }}"""
FIELD = "organization"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """The people, and the organization, that an application names.

    `logins`: of its team. `organization`: the login of its own organization, or None.
    """

    logins: tuple[str, ...]
    organization: str | None = None

    @classmethod
    def by(cls, application: Application) -> "Named":
        """Return those whom an application names."""
        logins = tuple(dict.fromkeys(member.github for member in application.team))
        return cls(logins=logins, organization=application.github)

    @property
    def variables(self) -> Mapping[str, str]:
        """The values of the variables that `declared` and `fields` need."""
        named = {} if self.organization is None else {FIELD: self.organization}
        return {**account_variables(self.logins), **named}

    @property
    def declared(self) -> str:
        """The declarations of the variables of a query."""
        own = "" if self.organization is None else f"${FIELD}: String!"
        return f"{declared(len(self.logins))} {own}"

    @property
    def fields(self) -> str:
        """The fields of a query about them."""
        own = "" if self.organization is None else ORGANIZATION
        return f"{account_fields(len(self.logins), 'createdAt')}{own}"


NOBODY = Named(logins=())


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """GitHub's answers about those whom an application names.

    `accounts`: in the order of the logins. `organization`: None if none is named; its value is None
    if GitHub has no organization of that name.
    """

    accounts: Answer[tuple[AccountCheck, ...]]
    organization: Answer[Profile | None] | None = None


def named_accounts(graphql: GraphQL, named: Named, clock: Clock) -> Told:
    """Return what GitHub tells of a team and an organization.

    One request asks for up to 100 logins and the organization.
    """
    first = replace(named, logins=named.logins[:LOGINS_AT_ONCE])
    query = f"query ({first.declared}) {{\n  rateLimit {{ cost }}\n{first.fields}\n}}"
    told = answer(
        "GitHub", "https://github.com", clock, lambda: graphql.ask(query, first.variables)
    )
    found = told_in(graphql, told, first)
    if first == named:
        return found
    return replace(found, accounts=accounts_by_login(graphql, named.logins, clock))


def told_in(graphql: GraphQL, told: Answer[GraphQLResult], named: Named) -> Told:
    """Return what a reply to a query with `Named.fields` tells; each failure is of one part."""

    def read(reply: GraphQLResult) -> tuple[AccountCheck, ...]:
        asked = {f"a{at}" for at in range(len(named.logins))}
        part = reply.without(reply.data.keys() - asked)
        return tuple(accounts_in(graphql, part, named.logins))

    return Told(
        accounts=follow(told, read),
        organization=_profile(graphql, told) if named.organization else None,
    )


def _profile(graphql: GraphQL, told: Answer[GraphQLResult]) -> Answer[Profile | None]:
    def read(reply: GraphQLResult) -> Profile | None:
        part = reply.without(reply.data.keys() - {FIELD})
        refuse_errors(graphql, part)
        with decoding(graphql.name):
            return _of(part.data[FIELD])

    return follow(told, read)


def _of(node: Mapping[str, Any] | None) -> Profile | None:
    if node is None or node["__typename"] != "Organization":
        return None
    members = node["membersWithRole"]
    total = integer(members["totalCount"])
    shown = tuple(sorted(integer(one["databaseId"]) for one in members["nodes"]))
    if len(shown) != min(total, MEMBERS):
        raise ValueError(total)
    return Profile(
        id=integer(node["databaseId"]),
        login=login(node["login"]),
        verified=flag(node["isVerified"]),
        website=maybe(brief, node["websiteUrl"]),
        members=shown if total <= MEMBERS else None,
    )
