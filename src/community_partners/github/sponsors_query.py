"""What GitHub is asked about the sponsors of one account. How it is read is in github_sponsors.

All of them are asked for, whoever it is about: the platform has no question about one sponsor.
"""

SPONSORS_QUERY = """
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
fragment Sponsor on RepositoryOwner {
  __typename login
  ... on User { name websiteUrl }
  ... on Organization { name websiteUrl }
}
"""
