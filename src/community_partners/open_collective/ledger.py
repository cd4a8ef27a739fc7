"""Turn Open Collective's answer into sponsorships, and decide which rows of the ledger are paid.

No request is sent here: `sponsorships` hands over complete answers. Raises KeyError, TypeError,
ValueError or AttributeError for rows of another shape than the platform's schema has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from ..model.application import Platform
from ..model.money import Money
from ..model.program import OpenCollective
from ..model.sponsorship import Payer, Payment, Settlement, Sponsorship
from ..wire.answers import brief, flag, maybe, number, text, utc_day
from .orders import by_giver, method_of_payment, recurring_orders, rhythm_of

Node = dict[str, Any]
SITE = "https://opencollective.com"
# GitHub Sponsors pays many sponsors' money from this account; GitHub's own answer counts it.
PASSES_ON = "github-sponsors"
_VOID = {
    "isRefund": "refunded",
    "isRefunded": "refunded",
    "isOrderRejected": "rejected",
    "isDisputed": "disputed",
}
_HANDLE = re.compile(r"(?:(?:https?://)?(?:www\.)?github\.com/)?@?([a-z0-9-]+)(?:[/?#].*)?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def decode(data: Node, settings: OpenCollective) -> Sponsorship:
    """Return the sponsorship of one payer, with its orders, from a complete answer.

    `data`: neither `account` nor `payer` is null; `recurring` is if the orders were not told.
    """
    collective = data["account"]
    shown = _of(data["payer"], collective["transactions"]["nodes"], collective, settings)
    orders = maybe(lambda told: tuple(recurring_orders(told["orders"]["nodes"])), data["recurring"])
    return replace(shown, orders=orders)


def decode_each(
    data: Node, settings: OpenCollective, accounts: Iterable[str]
) -> dict[str, Sponsorship]:
    """Return the sponsorship of each account from the collective's whole ledger and its orders.

    `data`: `recurring` is null if the orders were not told.
    """
    collective = data["account"]
    told = maybe(lambda given: by_giver(given["orders"]["nodes"]), data["recurring"])
    payers: dict[str, Node] = {}
    rows: dict[str, list[Node]] = {}
    for row in collective["transactions"]["nodes"]:
        for slug, payer in _listed_under(row, settings).items():
            payers[slug] = payer
            rows.setdefault(slug, []).append(row)
    slugs = {account: account.casefold() for account in accounts}
    return {
        account: replace(
            _of(payers.get(slug), rows.get(slug, ()), collective, settings),
            orders=None if told is None else tuple(recurring_orders(told.get(slug, ()))),
        )
        for account, slug in slugs.items()
    }


def _listed_under(row: Node, settings: OpenCollective) -> dict[str, Node]:
    """Return the payers, by slug, for whom Open Collective would list this row.

    Open Collective's own code lists a row for the account that gave the money, for the parent of a
    giver that is a project or an event, and for the account that issued the gift card.
    `_settlement` decides whether the row counts for each of them.
    """
    giver, issuer = row["fromAccount"], row["giftCardEmitterAccount"]
    parent = giver.get("parent") if giver is not None and settings.include_projects else None
    there = (one for one in (giver, parent, issuer) if one is not None)
    return {text(one["slug"]).casefold(): one for one in there}


def _of(
    payer: Node | None, rows: Iterable[Node], collective: Node, settings: OpenCollective
) -> Sponsorship:
    slug = maybe(lambda known: text(known["slug"]), payer)
    active = maybe(flag, collective["isActive"])
    return Sponsorship(
        platform=Platform.OPEN_COLLECTIVE,
        payer=maybe(payer_of, payer),
        payments=tuple(
            _payment(row, slug, settings.collective) for row in rows if slug is not None
        ),
        currency=_currency(collective["currency"]),
        receiver_paused=any((flag(collective["isFrozen"]), flag(collective["isArchived"])))
        or active is False,
    )


def payer_of(node: Node) -> Payer:
    """Return the paying account, from its profile."""
    links = [(text(link["type"]), text(link["url"])) for link in node["socialLinks"]]
    site, handle = maybe(text, node["website"]), maybe(text, node["githubHandle"])
    sites = [site, *(url for kind, url in links if kind == "WEBSITE")]
    said = [handle, *(url for kind, url in links if kind == "GITHUB")]
    return Payer(
        account=text(node["slug"]),
        name=maybe(brief, node["name"]) or brief(node["slug"]),
        url=f"{SITE}/{text(node['slug'])}",
        organization=node["type"] == "ORGANIZATION",
        hidden=flag(node["isIncognito"]),
        websites=tuple(dict.fromkeys(brief(site) for site in sites if site)),
        github=tuple(dict.fromkeys(name for one in said if one for name in _handles(brief(one)))),
    )


def _handles(said: str) -> Iterator[str]:
    """Yield the GitHub login in a handle or address, or nothing if the text is something else.

    `acme`, `acme/site` and `https://github.com/acme` all give `acme`.
    """
    if match := _HANDLE.fullmatch(said.strip().casefold()):
        yield match[1]


def _payment(node: Node, payer: str, collective: str) -> Payment:
    order = node["order"]
    if order is None:
        order = {"id": node["id"], "frequency": None, "createdAt": None}
    tax, paid = _tax(node), _money(node["amount"])
    settlement, note = _settlement(node, payer)
    in_host = maybe(_money, node["amountInHostCurrency"])
    return Payment(
        day=maybe(utc_day, node["clearedAt"]) or utc_day(node["createdAt"]),
        amount=_without_tax(paid, tax, paid),
        rhythm=rhythm_of(order["frequency"]),
        settlement=settlement,
        note=note,
        order=text(order["id"]),
        began=maybe(utc_day, order["createdAt"]),
        method=method_of_payment(node),
        in_host_currency=in_host and _without_tax(in_host, tax, paid),
        url=f"{SITE}/{collective}/transactions",
    )


def _settlement(node: Node, payer: str) -> tuple[Settlement, str | None]:
    slug_of = partial(maybe, lambda account: text(account["slug"]))
    giver = slug_of(node["fromAccount"])
    emitter = slug_of(node["giftCardEmitterAccount"])
    if giver == PASSES_ON:
        return Settlement.VOID, "passed on by GitHub Sponsors for others"
    if emitter not in (None, payer):
        return Settlement.VOID, f"a gift card of {emitter}"
    for name, word in _VOID.items():
        if maybe(flag, node[name]):
            return Settlement.VOID, word
    pending = maybe(flag, node["isInReview"])
    return (Settlement.PENDING, "in review") if pending else (Settlement.SETTLED, None)


def _tax(node: Node) -> Decimal:
    """Return the tax in a payment, 0 or more. The ledger has it below 0, and null or 0 for none.

    https://github.com/opencollective/opencollective-api/blob/main/server/models/Transaction.ts
    (createFromContributionPayload): the tax of a contribution is stored as a negative number; a TAX
    row of its own is a debit of the collective, so `fetchTax` gives its negative amount as well.
    https://github.com/opencollective/opencollective-api/blob/main/server/lib/payments.ts
    (refundTransaction and what it calls): only a refund turns the sign, and a refund is void.
    """
    cents = maybe(number, node["taxAmount"]["valueInCents"]) or 0
    if not cents or maybe(flag, node["isRefund"]):
        return Decimal(0)
    tax = _money(node["taxAmount"])
    if tax.currency != node["amount"]["currency"] or tax.amount > 0:
        raise ValueError(tax)
    return -tax.amount


def _without_tax(money: Money, tax: Decimal, paid: Money) -> Money:
    """Return what is left of an amount without its tax.

    `tax`: of `paid`, which is the same amount in the payer's currency. Raises ValueError or
    ArithmeticError for a tax that is more than the payment.
    """
    if not tax:
        return money
    if tax > paid.amount:
        raise ValueError(tax)
    left = money.amount * (paid.amount - tax) / paid.amount
    return Money(amount=left.quantize(Decimal("0.01")), currency=money.currency)


def _money(node: Node) -> Money:
    return Money.of_cents(round(number(node["valueInCents"])), _currency(node["currency"]))


def _currency(value: Any) -> str:
    if not _CURRENCY.fullmatch(value):
        raise ValueError(value)
    return str(value)
