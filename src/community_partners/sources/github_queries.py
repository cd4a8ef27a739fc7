"""What GitHub is asked about work and accounts. How the answers are read is in github."""

MONTH_QUERY = """
query ($pulls: String!, $later: String!, $issues: String!, $discussions: String!,
       $pullsAsked: Boolean!, $laterAsked: Boolean!,
       $issuesAsked: Boolean!, $discussionsAsked: Boolean!,
       $pullsAfter: String, $laterAfter: String, $issuesAfter: String, $discussionsAfter: String) {
  rateLimit { cost }
  pulls: search(type: ISSUE, query: $pulls, first: 100, after: $pullsAfter)
      @include(if: $pullsAsked) { ...Pulls }
  later: search(type: ISSUE, query: $later, first: 100, after: $laterAfter)
      @include(if: $laterAsked) { ...Pulls }
  issues: search(type: ISSUE, query: $issues, first: 100, after: $issuesAfter)
      @include(if: $issuesAsked) {
    total: issueCount
    pageInfo { hasNextPage endCursor }
    nodes { ... on Issue {
      id url title closedAt stateReason
      author { ...Author }
      repository { ...Where }
    } }
  }
  discussions: search(type: DISCUSSION, query: $discussions, first: 100, after: $discussionsAfter)
      @include(if: $discussionsAsked) {
    total: discussionCount
    pageInfo { hasNextPage endCursor }
    nodes { ... on Discussion {
      id url title answerChosenAt
      author { ...Author }
      answer { url author { ...Author } }
      repository { ...Where }
    } }
  }
}
fragment Pulls on SearchResultItemConnection {
  total: issueCount
  pageInfo { hasNextPage endCursor }
  nodes { ... on PullRequest {
    id url title mergedAt
    author { ...Author }
    repository { ...Where }
    reviews(first: 50) { ...Reviews }
  } }
}
fragment Author on Actor {
  __typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
}
fragment Where on Repository { nameWithOwner isFork isPrivate }
fragment Reviews on PullRequestReviewConnection {
  total: totalCount
  pageInfo { hasNextPage }
  nodes { url submittedAt author { ...Author } }
}
"""

REVIEWS_QUERY = """
query ($id: ID!, $reviewsAsked: Boolean!, $reviewsAfter: String) {
  rateLimit { cost }
  node(id: $id) { ... on PullRequest {
    reviews(first: 100, after: $reviewsAfter) @include(if: $reviewsAsked) {
      total: totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        url submittedAt
        author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      }
    }
  } }
}
"""


def accounts_query(count: int) -> str:
    """The question about `count` logins; they are variables, never part of the text."""
    names = ", ".join(f"$login{at}: String!" for at in range(count))
    asked = "\n".join(
        f"  a{at}: repositoryOwner(login: $login{at}) "
        "{ __typename login ... on User { databaseId } ... on Organization { databaseId } }"
        for at in range(count)
    )
    return f"query ({names}) {{\n  rateLimit {{ cost }}\n{asked}\n}}"
