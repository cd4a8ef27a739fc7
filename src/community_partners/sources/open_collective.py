"""Open Collective: the payments of one account to the collective. Laying them out is for rules.

Evidence is the collective's CREDIT transactions, not orders: an order is a promise. One request
answers (query and pitfalls after the open source of its API); nothing needs a token.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..model.application import Platform
from ..model.evidence import Answer
from ..model.money import Money
from ..model.month import Month
from ..model.program import OpenCollective
from ..model.sponsorship import OrderStatus, Payer, Payment, Rhythm, Settlement, Sponsorship
from ..wire.graphql import GraphQL, Reply
from ..wire.session import NoAnswerError
from .answers import Clock, answer, decoding
from .utc_day import utc_day

Node = dict[str, Any]

SITE = "https://opencollective.com"
PAGE = 1000
PASSES_ON = "github-sponsors"  # others' money, in one sum: GitHub's own answer has it

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

_STATUS = {
    "ACTIVE": OrderStatus.ACTIVE,
    "PROCESSING": OrderStatus.ACTIVE,
    "ERROR": OrderStatus.FAILING,
    "PAUSED": OrderStatus.PAUSED,
    "CANCELLED": OrderStatus.ENDED,
    "EXPIRED": OrderStatus.ENDED,
    "REJECTED": OrderStatus.ENDED,
    "REFUNDED": OrderStatus.ENDED,
    "DISPUTED": OrderStatus.ENDED,
}
_VOID = {
    "isRefund": "refunded",
    "isRefunded": "refunded",
    "isOrderRejected": "rejected",
    "isDisputed": "disputed",
}
_RHYTHM = {"MONTHLY": Rhythm.MONTHLY, "YEARLY": Rhythm.YEARLY}
_HANDLE = re.compile(r"(?:(?:https?://)?(?:www\.)?github\.com/)?@?([a-z0-9-]+)(?:[/?#].*)?")
_CURRENCY = re.compile(r"[A-Z]{3}")


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


def decode(data: Node, settings: OpenCollective) -> Sponsorship:
    """The sponsorship that one whole answer shows; `account` and `payer` are there."""
    collective, payer = data["account"], data["payer"]
    return Sponsorship(
        platform=Platform.OPEN_COLLECTIVE,
        payer=_payer(payer),
        orders=tuple(
            _STATUS[order["status"]]
            for order in collective["orders"]["nodes"]
            if order["frequency"] in _RHYTHM and order["status"] in _STATUS
        ),
        payments=tuple(
            _payment(node, payer["slug"], settings.collective)
            for node in collective["transactions"]["nodes"]
        ),
        receiver_paused=bool(
            collective["isFrozen"] or collective["isArchived"] or collective["isActive"] is False
        ),
    )


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


def _payer(node: Node) -> Payer:
    links = [(link["type"], link["url"]) for link in node["socialLinks"] or ()]
    sites = [node["website"], *(url for kind, url in links if kind == "WEBSITE")]
    said = [node["githubHandle"], *(url for kind, url in links if kind == "GITHUB")]
    return Payer(
        account=node["slug"],
        name=node["name"] or node["slug"],
        url=f"{SITE}/{node['slug']}",
        organization=node["type"] == "ORGANIZATION",
        hidden=bool(node["isIncognito"]),
        websites=tuple(dict.fromkeys(site for site in sites if site)),
        github=tuple(dict.fromkeys(handle for text in said if text for handle in _handles(text))),
    )


def _handles(text: str) -> Iterator[str]:
    """`acme` of `acme`, `acme/site` and `https://github.com/acme`; none of anything else."""
    if match := _HANDLE.fullmatch(text.strip().casefold()):
        yield match[1]


def _payment(node: Node, payer: str, collective: str) -> Payment:
    order = node["order"] or {"id": node["id"], "frequency": None, "createdAt": None}
    settlement, note = _settlement(node, payer)
    in_host = node["amountInHostCurrency"]
    return Payment(
        day=utc_day(node["clearedAt"] or node["createdAt"]),
        amount=_money(node["amount"]),
        rhythm=_RHYTHM.get(order["frequency"], Rhythm.ONE_TIME),
        settlement=settlement,
        note=note,
        order=order["id"],
        began=utc_day(order["createdAt"]) if order["createdAt"] else None,
        in_host_currency=_money(in_host) if in_host else None,
        to=(node["toAccount"] or {"slug": collective})["slug"],
        url=f"{SITE}/{collective}/transactions",
    )


def _settlement(node: Node, payer: str) -> tuple[Settlement, str | None]:
    giver = (node["fromAccount"] or {"slug": payer})["slug"]
    emitter = (node["giftCardEmitterAccount"] or {"slug": payer})["slug"]
    if giver == PASSES_ON:
        return Settlement.VOID, "passed on by GitHub Sponsors for others"
    if emitter != payer:
        return Settlement.VOID, f"a gift card of {emitter}"
    for flag, word in _VOID.items():
        if node[flag]:
            return Settlement.VOID, word
    return (Settlement.PENDING, "in review") if node["isInReview"] else (Settlement.SETTLED, None)


def _money(node: Node) -> Money:
    currency = node["currency"]
    if not _CURRENCY.fullmatch(currency or ""):
        raise ValueError(currency)
    return Money.of_cents(round(node["valueInCents"]), currency)
