"""Open Collective on loopback: accounts, orders and the ledger of one collective, in GraphQL.

As the real server does: a payer that does not exist makes the collective null with one error, a bad
token is refused with its own text in the message, and the window for questions is ten a minute.
"""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from community_partners.wire.graphql import GraphQL
from community_partners.wire.session import Session
from community_partners.wire.tries import Meter, Pace

from .server import FakeServer, Request, Response, contract, execute

Node = dict[str, Any]


class FakeOpenCollective(FakeServer):
    """`collective` and `accounts` by slug as GraphQL shows them; `rates` by (from, to, day)."""

    def __init__(self, collective: str = "project") -> None:
        super().__init__()
        self.accounts: dict[str, Node] = {}
        self.ledger: list[Node] = []
        self.orders: list[Node] = []
        self.rates: dict[tuple[str, str, str], float] = {}
        self.tokens: set[str] = set()
        self.most_questions: int | None = None
        self.collective = self.account(collective, type="COLLECTIVE")

    def account(self, slug: str, **fields: Any) -> Node:
        """An organization, unless `type` says otherwise, with `https://<slug>.example`."""
        made = {
            "__typename": "Organization",
            "slug": slug,
            "name": slug.title(),
            "type": "ORGANIZATION",
            "currency": "USD",
            "isIncognito": False,
            "isArchived": False,
            "isFrozen": False,
            "isActive": True,
            "website": f"https://{slug}.example",
            "githubHandle": None,
            "socialLinks": [],
        }
        self.accounts[slug] = {**made, **fields}
        return self.accounts[slug]

    def project(self, slug: str, parent: str, **fields: Any) -> Node:
        """A project of another account."""
        of = {"__typename": "Project", "type": "PROJECT", "parent": self.accounts[parent]}
        return self.account(slug, **of, **fields)

    def order(self, payer: str, began: str, **fields: Any) -> Node:
        """A monthly order that is active, begun on a day."""
        made = {
            "id": f"or_{len(self.orders) + 1}",
            "payer": payer,
            "to": self.collective["slug"],
            "status": "ACTIVE",
            "frequency": "MONTHLY",
            "createdAt": f"{began}T06:00:00.000Z",
            "fromAccount": self.accounts.get(payer),
            "paymentMethod": {"service": "STRIPE", "type": "CREDITCARD"},
        }
        self.orders.append({**made, **fields})
        return self.orders[-1]

    def payment(
        self, payer: str, day: str, cents: int = 10000, order: Node | None = None, **fields: Any
    ) -> Node:
        """One credit of `cents` in US dollars on a day, of an order or of none."""
        moment = f"{day}T06:00:00.000Z"
        amount = {"valueInCents": float(cents), "currency": "USD"}
        made = {
            "__typename": "Credit",
            "id": f"tx_{len(self.ledger) + 1}",
            "kind": "CONTRIBUTION",
            "createdAt": moment,
            "clearedAt": moment,
            "isRefund": False,
            "isRefunded": False,
            "isDisputed": False,
            "isInReview": False,
            "isOrderRejected": False,
            "amount": amount,
            "amountInHostCurrency": amount,
            "taxAmount": {"valueInCents": None, "currency": amount["currency"]},
            "paymentMethod": (order or {}).get("paymentMethod"),
            "fromAccount": self.accounts.get(payer),
            "toAccount": self.collective,
            "giftCardEmitterAccount": None,
            "order": order,
        }
        self.ledger.append({**made, **fields})
        return self.ledger[-1]

    def faithful(self, payer: str, *days: str, cents: int = 10000, **fields: Any) -> Node:
        """An account with a monthly order and a payment on each of the days."""
        self.account(payer, **fields)
        order = self.order(payer, min(days))
        for day in days:
            self.payment(payer, day, cents, order)
        return order

    def answer(self, request: Request) -> Response:
        token = request.headers.get("personal-token")
        if token is not None and token not in self.tokens:
            message = f"Invalid Personal Token (Api Key): {token}"
            error = {"code": 401, "type": "unauthorized", "message": message}
            return Response(status=401, body={"error": error})
        if self.most_questions is not None and len(self.requests) > self.most_questions:
            error = {
                "message": "Rate limit exceeded. Create a Personal Token to get higher limits."
            }
            return Response(status=429, body={"error": error}, headers={"Retry-After": "0.4"})
        status, body = execute(contract("opencollective.graphql"), self._root(), request.body)
        wrong = [one for one in body.get("errors", ()) if "has invalid value" in one["message"]]
        for error in wrong:  # such as a currency that it does not know
            status, error["extensions"] = 400, {"code": "BAD_USER_INPUT"}
        return Response(status=status, body={"errors": wrong} if wrong else body)

    def _root(self) -> Node:
        return {"account": self._account, "currencyExchangeRate": self._rates}

    def _account(self, _: Any, slug: str, throwIfMissing: bool = True) -> Node | None:  # noqa: N803
        found = self.accounts.get(slug.casefold())
        if found is None:
            return None
        if found.get("isPrivate"):
            raise GraphQLError("This account is private.", extensions={"code": "Forbidden"})
        return {**found, "orders": self._orders_of, "transactions": self._transactions_of}

    def _payer(self, reference: Node) -> Node:
        found = self.accounts.get(reference["slug"].casefold())
        if found is None:
            raise GraphQLError("Account Not Found", extensions={"code": "NotFound"})
        if found.get("isPrivate"):
            raise GraphQLError("This account is private.", extensions={"code": "Forbidden"})
        return found

    def _orders_of(self, _: Any, **asked: Any) -> Node:
        mine = self.orders
        if asked.get("oppositeAccount"):
            payer = self._payer(asked["oppositeAccount"])["slug"]
            mine = [one for one in mine if one["payer"] == payer]
        if asked.get("frequency"):
            mine = [one for one in mine if one["frequency"] in asked["frequency"]]
        children = asked["includeChildrenAccounts"]
        return _page([one for one in mine if children or self._direct(one["to"])], asked)

    def _transactions_of(self, _: Any, **asked: Any) -> Node:
        """What a private account gave is left out without a word, unless it is asked for."""
        wanted = [one for one in self.ledger if self._wanted(one, asked)]
        if asked.get("fromAccount"):
            payer = self._payer(asked["fromAccount"])["slug"]
            wanted = [one for one in wanted if self._is_of(one, payer, asked)]
        wanted = [one for one in wanted if not (one["fromAccount"] or {}).get("isPrivate")]
        return _page(sorted(wanted, key=lambda one: str(one["createdAt"])), asked)

    def _wanted(self, one: Node, asked: Node) -> bool:
        return (
            one["kind"] in asked["kind"]
            and one["createdAt"] >= asked["dateFrom"]
            and (asked["includeChildrenTransactions"] or self._direct(one["toAccount"]["slug"]))
        )

    def _is_of(self, one: Node, payer: str, asked: Node) -> bool:
        """Given by the payer or, with `includeChildrenTransactions`, by one of its projects."""
        giver = one["fromAccount"] or {}
        parent = giver.get("parent") or {} if asked["includeChildrenTransactions"] else {}
        issuer = (
            (one["giftCardEmitterAccount"] or {}) if asked["includeGiftCardTransactions"] else {}
        )
        return payer in (giver.get("slug"), parent.get("slug"), issuer.get("slug"))

    def _direct(self, slug: str) -> bool:
        return bool(slug == self.collective["slug"])

    def _rates(self, _: Any, requests: Sequence[Node]) -> list[Node]:
        keys = [(one["fromCurrency"], one["toCurrency"], str(one["date"])[:10]) for one in requests]
        if not set(keys) <= set(self.rates):  # one that is unknown fails them all
            raise GraphQLError("No rate.", extensions={"code": "INTERNAL_SERVER_ERROR"})
        return [
            {
                "value": self.rates[key],
                "fromCurrency": key[0],
                "toCurrency": key[1],
                "date": f"{key[2]}T00:00:00.000Z",
            }
            for key in keys
        ]


def _page(nodes: Sequence[Node], asked: Node) -> Node:
    start = asked["offset"]
    return {"totalCount": len(nodes), "nodes": list(nodes[start : start + asked["limit"]])}


def connect(fake: FakeOpenCollective, token: str | None = None, timeout: float = 10.0) -> GraphQL:
    """The real client, pointed at the fake, without pauses between its tries."""
    pace = Pace(timeout=timeout, backoff=0, longest_wait=0)
    headers = {"Personal-Token": token} if token else {}
    return GraphQL(Session("Open Collective", headers, Meter(), pace), fake.url)
