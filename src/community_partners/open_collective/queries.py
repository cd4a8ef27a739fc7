"""What Open Collective is asked. How the answers are read is in open_collective.

Query and pitfalls are after the open source of its API; nothing needs a token. The operations have
no names, so that no answer comes from the platform's five-minute cache.
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
# All credits of the collective, gift cards among them: the flag that asks for these is about the
# cards that `fromAccount` issued. Whose a row is follows from its payer, the payer's parent (which
# only projects and events have) and the issuer.
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
