"""Turn Open Collective's answer into sponsorships, and decide which rows of the ledger are paid.

No request is sent here: `sponsorships` hands over complete answers. Raises KeyError, TypeError,
ValueError or AttributeError for rows of another shape than the platform's schema has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from ..model.application import Platform
from ..model.money import Money
from ..model.program import OpenCollective
from ..model.sponsorship import (
    Order,
    OrderStatus,
    Payer,
    Payment,
    Rhythm,
    Settlement,
    Sponsorship,
)
from ..wire.answers import brief, flag, maybe, number, text, utc_day

Node = dict[str, Any]
SITE = "https://opencollective.com"
# GitHub Sponsors pays many sponsors' money from this account; GitHub's own answer counts it.
PASSES_ON = "github-sponsors"
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
_NOT_BEGUN = ("NEW", "REQUIRE_CLIENT_CONFIRMATION", "PENDING", "IN_REVIEW", "PAID")
_VOID = {
    "isRefund": "refunded",
    "isRefunded": "refunded",
    "isOrderRejected": "rejected",
    "isDisputed": "disputed",
}
_RHYTHM = {
    "MONTHLY": Rhythm.MONTHLY,
    "YEARLY": Rhythm.YEARLY,
    "ONETIME": Rhythm.ONE_TIME,
}
_RECURRING = (Rhythm.MONTHLY, Rhythm.YEARLY)
_HANDLE = re.compile(r"(?:(?:https?://)?(?:www\.)?github\.com/)?@?([a-z0-9-]+)(?:[/?#].*)?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def decode(data: Node, settings: OpenCollective) -> Sponsorship:
    """Return the sponsorship of one payer, with its orders, from a complete answer.

    `data`: neither `account` nor `payer` is null.
    """
    collective = data["account"]
    shown = _of(data["payer"], collective["transactions"]["nodes"], collective, settings)
    return replace(shown, orders=tuple(_orders(collective["orders"]["nodes"])))


def decode_each(
    data: Node, settings: OpenCollective, accounts: Iterable[str]
) -> dict[str, Sponsorship]:
    """Return the sponsorship of each account from the collective's whole ledger, without orders."""
    collective = data["account"]
    payers: dict[str, Node] = {}
    rows: dict[str, list[Node]] = {}
    for row in collective["transactions"]["nodes"]:
        for slug, payer in _listed_under(row, settings).items():
            payers[slug] = payer
            rows.setdefault(slug, []).append(row)
    slugs = {account: account.casefold() for account in accounts}
    return {
        account: _of(payers.get(slug), rows.get(slug, ()), collective, settings)
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
        payer=maybe(_payer, payer),
        payments=tuple(
            _payment(row, slug, settings.collective) for row in rows if slug is not None
        ),
        receiver_paused=any((flag(collective["isFrozen"]), flag(collective["isArchived"])))
        or active is False,
    )


def _orders(nodes: Iterable[Node]) -> Iterator[Order]:
    """Yield each recurring order that has begun.

    Raises ValueError for an unknown status, which could mean anything.
    """
    for node in nodes:
        rhythm = _rhythm(node["frequency"])
        if rhythm in _RECURRING and node["status"] not in _NOT_BEGUN:
            if node["status"] not in _STATUS:
                raise ValueError(node["status"])
            yield Order(id=text(node["id"]), status=_STATUS[node["status"]], rhythm=rhythm)


def _rhythm(frequency: Any) -> Rhythm:
    return maybe(_RHYTHM.__getitem__, frequency) or Rhythm.ONE_TIME


def _payer(node: Node) -> Payer:
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
    settlement, note = _settlement(node, payer)
    in_host = node["amountInHostCurrency"]
    return Payment(
        day=maybe(utc_day, node["clearedAt"]) or utc_day(node["createdAt"]),
        amount=_money(node["amount"]),
        rhythm=_rhythm(order["frequency"]),
        settlement=settlement,
        note=note,
        order=text(order["id"]),
        began=maybe(utc_day, order["createdAt"]),
        in_host_currency=maybe(_money, in_host),
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


def _money(node: Node) -> Money:
    currency = node["currency"]
    if not _CURRENCY.fullmatch(currency):
        raise ValueError(currency)
    return Money.of_cents(round(number(node["valueInCents"])), currency)
