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
  taxAmount(fetchTax: true) { valueInCents currency }
  paymentMethod { service type }
  order { id frequency createdAt }
}
"""
_PROFILE = """
fragment Profile on Account {
  slug name type isIncognito website githubHandle
  socialLinks { type url }
}
"""

_ORDER = """
fragment Promise on Order {
  id status frequency createdAt
  paymentMethod { service type }
}
"""

PAYMENTS_QUERY = f"""
query ($collective: String!, $payer: String!, $from: DateTime!, $projects: Boolean!,
       $limit: Int!, $offset: Int!) {{
  account(slug: $collective, throwIfMissing: false) {{
    slug currency isArchived isFrozen isActive
    transactions(type: CREDIT, kind: [CONTRIBUTION, ADDED_FUNDS], fromAccount: {{slug: $payer}},
                 dateFrom: $from, includeChildrenTransactions: $projects,
                 includeGiftCardTransactions: true, limit: $limit, offset: $offset,
                 orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      totalCount
      nodes {{ ...Row fromAccount {{ slug }} giftCardEmitterAccount {{ slug }} }}
    }}
  }}
  recurring: account(slug: $collective, throwIfMissing: false) {{
    orders(filter: INCOMING, oppositeAccount: {{slug: $payer}}, includeChildrenAccounts: $projects,
           limit: $limit, offset: $offset, orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      totalCount
      nodes {{ ...Promise }}
    }}
  }}
  payer: account(slug: $payer, throwIfMissing: false) {{ ...Profile }}
}}
{_ROW}{_ORDER}{_PROFILE}"""
# Reads all credits of the collective, gift cards included: `includeGiftCardTransactions` only adds
# gift cards that `fromAccount` issued. A row belongs to its payer, to the payer's parent (only
# projects and events have a parent) and to the issuer of the gift card. The orders stand apart: if
# a token may not see them, the payments are told all the same.
LEDGER_QUERY = f"""
query ($collective: String!, $from: DateTime!, $projects: Boolean!, $limit: Int!, $offset: Int!) {{
  account(slug: $collective, throwIfMissing: false) {{
    slug currency isArchived isFrozen isActive
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
  recurring: account(slug: $collective, throwIfMissing: false) {{
    orders(filter: INCOMING, frequency: [MONTHLY, YEARLY], includeChildrenAccounts: $projects,
           limit: $limit, offset: $offset, orderBy: {{field: CREATED_AT, direction: ASC}}) {{
      totalCount
      nodes {{ ...Promise fromAccount {{ slug }} }}
    }}
  }}
}}
{_ROW}{_ORDER}{_PROFILE}"""


def accounts_query(count: int) -> str:
    """Return the query for `count` profiles, which come back as `a0`, `a1` and so on.

    The slugs are the variables `slug0`, `slug1` and so on, because strangers write them.
    """
    declared = ", ".join(f"$slug{at}: String!" for at in range(count))
    fields = "\n".join(
        f"  a{at}: account(slug: $slug{at}, throwIfMissing: false) {{ ...Profile }}"
        for at in range(count)
    )
    return f"query ({declared}) {{\n{fields}\n}}\n{_PROFILE}"
