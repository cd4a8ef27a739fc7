"""The GraphQL queries for Open Collective. `ledger` reads the answers.

https://github.com/opencollective/opencollective-api/blob/main/server/graphql/cache.js
The queries follow the open source of the API, and none of them needs a token. They have no
operation name, because Open Collective may answer a named query from a cache of five minutes.
"""

_ROW = """
fragment Row on Transaction {
  id kind createdAt clearedAt isRefund isRefunded isDisputed isInReview isOrderRejected
  amount { valueInCents currency }
  amountInHostCurrency { valueInCents currency }
  order { id frequency createdAt }
}
"""
_PROFILE = """
fragment Profile on Account {
  slug name type isIncognito website githubHandle
  socialLinks { type url }
}
"""

PAYMENTS_QUERY = f"""
query ($collective: String!, $payer: String!, $from: DateTime!, $projects: Boolean!,
       $limit: Int!, $offset: Int!) {{
  account(slug: $collective, throwIfMissing: false) {{
    slug isArchived isFrozen isActive
    orders(filter: INCOMING, oppositeAccount: {{slug: $payer}}, includeChildrenAccounts: $projects,
           limit: $limit, offset: $offset, orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      totalCount
      nodes {{ id status frequency }}
    }}
    transactions(type: CREDIT, kind: [CONTRIBUTION, ADDED_FUNDS], fromAccount: {{slug: $payer}},
                 dateFrom: $from, includeChildrenTransactions: $projects,
                 includeGiftCardTransactions: true, limit: $limit, offset: $offset,
                 orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      totalCount
      nodes {{ ...Row fromAccount {{ slug }} giftCardEmitterAccount {{ slug }} }}
    }}
  }}
  payer: account(slug: $payer, throwIfMissing: false) {{ ...Profile }}
}}
{_ROW}{_PROFILE}"""
# Reads all credits of the collective, gift cards included: `includeGiftCardTransactions` only adds
# gift cards that `fromAccount` issued. A row belongs to its payer, to the payer's parent (only
# projects and events have a parent) and to the issuer of the gift card.
LEDGER_QUERY = f"""
query ($collective: String!, $from: DateTime!, $projects: Boolean!, $limit: Int!, $offset: Int!) {{
  account(slug: $collective, throwIfMissing: false) {{
    slug isArchived isFrozen isActive
    transactions(type: CREDIT, kind: [CONTRIBUTION, ADDED_FUNDS], dateFrom: $from,
                 includeChildrenTransactions: $projects, limit: $limit, offset: $offset,
                 orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      totalCount
      nodes {{
        ...Row
        fromAccount {{ ...Profile ... on AccountWithParent {{ parent {{ ...Profile }} }} }}
        giftCardEmitterAccount {{ ...Profile }}
      }}
    }}
  }}
}}
{_ROW}{_PROFILE}"""
