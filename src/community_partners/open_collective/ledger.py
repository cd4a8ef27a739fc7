"""Turn Open Collective's answer into sponsorships, and decide which rows of the ledger are paid.

No request is sent here: `sponsorships` hands over complete answers. Raises KeyError, TypeError,
ValueError or AttributeError for rows of another shape than the platform's schema has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..model.application import Platform
from ..model.money import Money
from ..model.program import OpenCollective
from ..model.sponsorship import OrderStatus, Payer, Payment, Rhythm, Settlement, Sponsorship
from ..wire.answers import brief, flag, text, utc_day

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
_RHYTHM = {"MONTHLY": Rhythm.MONTHLY, "YEARLY": Rhythm.YEARLY}
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
    parent = giver.get("parent") if giver and settings.include_projects else None
    return {text(one["slug"]).casefold(): one for one in (giver, parent, issuer) if one}


def _of(
    payer: Node | None, rows: Iterable[Node], collective: Node, settings: OpenCollective
) -> Sponsorship:
    return Sponsorship(
        platform=Platform.OPEN_COLLECTIVE,
        payer=_payer(payer) if payer else None,
        payments=tuple(
            _payment(row, text(payer["slug"]), settings.collective) for row in rows if payer
        ),
        receiver_paused=flag(collective["isFrozen"])
        or flag(collective["isArchived"])
        or collective["isActive"] is False,
    )


def _orders(nodes: Iterable[Node]) -> Iterator[OrderStatus]:
    """Yield the status of each recurring order that has begun.

    Raises ValueError for an unknown status, which could mean anything.
    """
    for node in nodes:
        if node["frequency"] in _RHYTHM and node["status"] not in _NOT_BEGUN:
            if node["status"] not in _STATUS:
                raise ValueError(node["status"])
            yield _STATUS[node["status"]]


def _payer(node: Node) -> Payer:
    links = [(link["type"], link["url"]) for link in node["socialLinks"] or ()]
    sites = [node["website"], *(url for kind, url in links if kind == "WEBSITE")]
    said = [node["githubHandle"], *(url for kind, url in links if kind == "GITHUB")]
    return Payer(
        account=text(node["slug"]),
        name=brief(node["name"] or node["slug"]),
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
    order = node["order"] or {"id": node["id"], "frequency": None, "createdAt": None}
    settlement, note = _settlement(node, payer)
    in_host = node["amountInHostCurrency"]
    return Payment(
        day=utc_day(node["clearedAt"] or node["createdAt"]),
        amount=_money(node["amount"]),
        rhythm=_RHYTHM.get(order["frequency"], Rhythm.ONE_TIME),
        settlement=settlement,
        note=note,
        order=text(order["id"]),
        began=utc_day(order["createdAt"]) if order["createdAt"] else None,
        in_host_currency=_money(in_host) if in_host else None,
        url=f"{SITE}/{collective}/transactions",
    )


def _settlement(node: Node, payer: str) -> tuple[Settlement, str | None]:
    giver = (node["fromAccount"] or {"slug": payer})["slug"]
    emitter = (node["giftCardEmitterAccount"] or {"slug": payer})["slug"]
    if giver == PASSES_ON:
        return Settlement.VOID, "passed on by GitHub Sponsors for others"
    if emitter != payer:
        return Settlement.VOID, f"a gift card of {emitter}"
    for name, word in _VOID.items():
        if flag(node[name]):
            return Settlement.VOID, word
    pending = flag(node["isInReview"])
    return (Settlement.PENDING, "in review") if pending else (Settlement.SETTLED, None)


def _money(node: Node) -> Money:
    currency = node["currency"]
    if not _CURRENCY.fullmatch(currency or ""):
        raise ValueError(currency)
    return Money.of_cents(round(node["valueInCents"]), currency)
