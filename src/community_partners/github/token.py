"""Read from GitHub which account a token belongs to, and what the token can see.

The package `rules` decides whether that is enough.
"""

import requests

from ..model.evidence import Answer
from ..model.setup import SponsorsView
from ..wire.answers import Clock, answer, decoding
from ..wire.graphql import GraphQL, refuse_errors
from ..wire.judgment import NoAnswerError
from ..wire.session import Session
from .names import login as login_like
from .sponsors import BLIND, administers

OWNER_QUERY = "query { viewer { login } }"
SPONSORED_QUERY = """
query ($login: String!) {
  viewer { login }
  maintainer: repositoryOwner(login: $login) {
    __typename
    ... on User { isViewer }
    ... on Organization { viewerCanAdminister }
  }
}
"""


def token_owner(graphql: GraphQL, clock: Clock) -> Answer[str]:
    """Return the login of the token's account; `github-actions[bot]` for a workflow's token."""

    @decoding(graphql.name)
    def ask() -> str:
        reply = graphql.ask(OWNER_QUERY, {})
        refuse_errors(graphql, reply)
        return login_like(reply.data["viewer"]["login"])

    return answer(graphql.name, "https://github.com/settings/tokens", clock, ask)


def sponsors_view(
    graphql: GraphQL, rest: Session, api_url: str, login: str, clock: Clock
) -> Answer[SponsorsView]:
    """Return what one token can see of the sponsors of `login`.

    `graphql` and `rest` both use that token. `api_url`: the address of GitHub's REST API, without a
    slash at the end.
    """

    @decoding(graphql.name)
    def ask() -> SponsorsView:
        reply = graphql.ask(SPONSORED_QUERY, {"login": login})
        refuse_errors(graphql, reply)
        owner = reply.data["maintainer"]
        if owner is None:
            raise NoAnswerError(BLIND, lasting=True)
        return SponsorsView(
            login=login_like(reply.data["viewer"]["login"]),
            administers=administers(owner),
            organization=owner["__typename"] == "Organization",
            scopes=_scopes(rest.get(f"{api_url}/user")),
        )

    return answer(graphql.name, f"https://github.com/sponsors/{login}", clock, ask)


def _scopes(response: requests.Response) -> frozenset[str] | None:
    """Return the scopes of a classic token, or None for a token of another kind.

    GitHub tells the scopes of classic tokens only, in a header of every answer by REST.
    """
    named = response.headers.get("X-OAuth-Scopes")
    if named is None:
        return None
    return frozenset(one.strip() for one in named.split(",") if one.strip())
