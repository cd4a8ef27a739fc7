"""Open Collective: the payments of one account to the collective. Decides what is a whole answer.

What its rows are worth is for open_collective_ledger; laying them out on months is for rules.
Evidence is the collective's CREDIT transactions, not orders: an order is a promise. One request
answers (query and pitfalls after the open source of its API); nothing needs a token.
"""

from datetime import date
from typing import Any

from ..model.application import Platform
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import OpenCollective
from ..model.sponsorship import Sponsorship
from ..wire.graphql import GraphQL, Reply
from ..wire.session import NoAnswerError
from .answers import Clock, answer, decoding
from .open_collective_ledger import SITE, decode

Node = dict[str, Any]

PAGE = 1000

# The operation has no name, so that no answer comes from their five-minute cache.
PAYMENTS_QUERY = """
query ($collective: String!, $payer: String!, $from: DateTime!, $projects: Boolean!,
       $limit: Int!, $offset: Int!) {
  account(slug: $collective, throwIfMissing: false) {
    slug isArchived isFrozen isActive
    orders(filter: INCOMING, oppositeAccount: {slug: $payer}, includeChildrenAccounts: $projects,
           limit: $limit, offset: $offset, orderBy: {field: CREATED_AT, direction: ASC}) {
      totalCount
      nodes { id status frequency }
    }
    transactions(type: CREDIT, kind: [CONTRIBUTION, ADDED_FUNDS], fromAccount: {slug: $payer},
                 dateFrom: $from, includeChildrenTransactions: $projects,
                 includeGiftCardTransactions: true, limit: $limit, offset: $offset,
                 orderBy: {field: CREATED_AT, direction: ASC}) {
      totalCount
      nodes {
        id kind createdAt clearedAt isRefund isRefunded isDisputed isInReview isOrderRejected
        amount { valueInCents currency }
        amountInHostCurrency { valueInCents currency }
        fromAccount { slug }
        toAccount { slug }
        giftCardEmitterAccount { slug }
        order { id frequency createdAt }
      }
    }
  }
  payer: account(slug: $payer, throwIfMissing: false) {
    slug name type isIncognito website githubHandle
    socialLinks { type url }
  }
}
"""


def sponsorship(
    graphql: GraphQL, settings: OpenCollective, account: str, since: date, clock: Clock
) -> Answer[Sponsorship]:
    """What `account` paid. `since`: the first day of the first month that matters.

    Asks for thirteen months more: a yearly payment reaches that far.
    """
    url = f"{SITE}/{settings.collective}"

    def ask() -> Sponsorship:
        variables = {
            "collective": settings.collective,
            "payer": account,
            "from": f"{(Month.of(since) - 13).first_day}T00:00:00Z",
            "projects": settings.include_projects,
        }
        return _all(graphql, variables, settings)

    return answer("Open Collective", url, clock, ask)


def _all(graphql: GraphQL, variables: Node, settings: OpenCollective) -> Sponsorship:
    """Every page; the lists grow together, each row once."""
    rows: dict[str, dict[str, Node]] = {"orders": {}, "transactions": {}}
    for offset in range(0, 100 * PAGE, PAGE):
        reply = graphql.ask(PAYMENTS_QUERY, {**variables, "limit": PAGE, "offset": offset})
        with decoding(graphql.name):
            if _no_such_payer(reply):
                return Sponsorship(platform=Platform.OPEN_COLLECTIVE, payer=None)
            data = _whole(reply, settings)
            lists = {name: data["account"][name] for name in rows}
            for name, page in lists.items():
                rows[name] |= {node["id"]: node for node in page["nodes"]}
            if all(page["totalCount"] <= offset + PAGE for page in lists.values()):
                _complete(graphql, lists, rows)
                return decode(data, settings)
    raise NoAnswerError(f"{graphql.name} has more payments of this account than can be read.")


def _complete(graphql: GraphQL, lists: dict[str, Node], rows: dict[str, dict[str, Node]]) -> None:
    """Put the rows of all pages into the last one; a list short of its own count is no answer."""
    for name, page in lists.items():
        page["nodes"] = list(rows[name].values())
        if len(page["nodes"]) < page["totalCount"]:
            raise NoAnswerError(
                f"{graphql.name} gave {len(page['nodes'])} of {page['totalCount']} results."
            )


def _no_such_payer(reply: Reply) -> bool:
    """An unknown payer makes the whole collective null, with this one error."""
    codes = {error.code for error in reply.errors}
    return codes == {"NotFound"} and reply.data.get("payer") is None


def _whole(reply: Reply, settings: OpenCollective) -> Node:
    codes = ", ".join(sorted({error.code for error in reply.errors}))
    if "Forbidden" in codes:
        raise NoAnswerError(
            "Open Collective does not let us see these payments: the account is private, "
            "or OPENCOLLECTIVE_TOKEN has not the scope 'transactions'."
        )
    if codes:
        raise NoAnswerError(f"Open Collective answered only in part ({codes}).")
    if reply.data["account"] is None:
        raise NoAnswerError(
            f"Open Collective has no collective {settings.collective!r}: "
            "the program's own settings are at fault."
        )
    if reply.data["payer"] is None:
        raise NoAnswerError("Open Collective answered only in part (no payer).")
    return reply.data
