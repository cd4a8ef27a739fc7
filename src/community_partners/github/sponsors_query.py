"""The GraphQL query for all sponsors of one account. `sponsors` reads the answer.

GitHub has no query about one sponsor. By default, GitHub leaves out ended and private sponsorships
and events older than a month, so the query sets `activeOnly`, `includePrivate` and `period`.
"""

from .accounts import declared

_SPONSOR = """
fragment Sponsor on RepositoryOwner {
  __typename login
  ... on User { name websiteUrl }
  ... on Organization { name websiteUrl }
}
"""

SPONSORS_QUERY = (
    """
query ($login: String!, $account: String!, $accountAsked: Boolean!,
       $sponsorshipsAsked: Boolean!, $activitiesAsked: Boolean!, $lifetimeAsked: Boolean!,
       $sponsorshipsAfter: String, $activitiesAfter: String, $lifetimeAfter: String) {
  rateLimit { cost }
  payer: repositoryOwner(login: $account) @include(if: $accountAsked) { ...Sponsor }
  maintainer: repositoryOwner(login: $login) {
    __typename
    ... on User { isViewer }
    ... on Organization { viewerCanAdminister }
    ... on Sponsorable {
      sponsorships: sponsorshipsAsMaintainer(
          first: 100, after: $sponsorshipsAfter, activeOnly: false, includePrivate: true,
          orderBy: {field: CREATED_AT, direction: ASC}) @include(if: $sponsorshipsAsked) {
        total: totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          createdAt isActive isOneTimePayment paymentSource tierSelectedAt
          tier { isOneTime monthlyPriceInCents }
          sponsorEntity { ...Sponsor }
        }
      }
      activities: sponsorsActivities(
          first: 100, after: $activitiesAfter, period: ALL, includePrivate: true,
          orderBy: {field: TIMESTAMP, direction: ASC}) @include(if: $activitiesAsked) {
        total: totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          action timestamp
          sponsorsTier { isOneTime monthlyPriceInCents }
          sponsor { ...Sponsor }
        }
      }
      lifetime: lifetimeReceivedSponsorshipValues(first: 100, after: $lifetimeAfter)
          @include(if: $lifetimeAsked) {
        total: totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          amountInCents
          sponsor { ...Sponsor }
        }
      }
    }
  }
}
"""
    + _SPONSOR
)


def profiles_query(count: int) -> str:
    """Return the query for the profiles of `count` accounts; its variables are `account_variables`.

    The profiles come back as `a0`, `a1` and so on.
    """
    fields = "\n".join(
        f"  a{at}: repositoryOwner(login: $login{at}) {{ ...Sponsor }}" for at in range(count)
    )
    return f"query ({declared(count)}) {{\n  rateLimit {{ cost }}\n{fields}\n}}{_SPONSOR}"
