"""Read payments to the collective from Open Collective, and decide whether an answer is complete.

`ledger` decides what a row is worth, and the package `rules` assigns payments to months. The
evidence is the collective's CREDIT transactions, not its orders: an order is only a promise. Orders
are read as well. For many accounts, the whole ledger is read once, and each account gets its rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from ..model.application import Platform
from ..model.evidence import Answer
from ..model.month import Month
from ..model.program import OpenCollective
from ..model.sponsorship import REACH, Sponsorship
from ..wire.answers import Clock, answer, decoding, follow, integer
from ..wire.graphql import GraphQL, GraphQLError, GraphQLResult
from ..wire.judgment import NoAnswerError, tells_of_rights
from ..wire.side_by_side import side_by_side
from .ledger import SITE, decode, decode_each
from .payers import PRIVATE, payers
from .queries import LEDGER_QUERY, PAYMENTS_QUERY

Node = dict[str, Any]
N = TypeVar("N", bound=Node | None)
PAGE = 1000  # rows a request; Open Collective gives no more orders at once
MOST_ROWS = 100 * PAGE


def sponsorships(
    graphql: GraphQL,
    settings: OpenCollective,
    accounts: Sequence[str],
    since: date,
    clock: Clock,
) -> dict[str, Answer[Sponsorship]]:
    """Return the sponsorship of each account, by the account as given.

    It is the account's payments to the collective, and its orders; `payer` is None if there is no
    such account, `orders` is None if the token may not see them. `since`: the first day of the
    first month that matters. Payments from `REACH` months earlier are read as well.

    One account is asked for alone. For several, one request reads 1,000 payments and 1,000 orders
    of the whole ledger; another one looks up the accounts of which the ledger has no row.
    """
    source = f"{SITE}/{settings.collective}"
    if len(accounts) == 1:
        ask = partial(_of_one, graphql, settings, accounts[0], since)
        return {accounts[0]: answer("Open Collective", source, clock, ask)}
    return _of_several(graphql, settings, accounts, since, clock) if accounts else {}


def _of_one(graphql: GraphQL, settings: OpenCollective, account: str, since: date) -> Sponsorship:
    variables = {"payer": account, **_of_all(settings, since)}
    lists = {"orders": "recurring", "transactions": "account"}
    data = _all(graphql, PAYMENTS_QUERY, variables, lists, partial(_of_payer, settings))
    if data is None:
        return Sponsorship(platform=Platform.OPEN_COLLECTIVE, payer=None)
    with decoding(graphql.name):
        return decode(data, settings)


def _of_several(
    graphql: GraphQL,
    settings: OpenCollective,
    accounts: Sequence[str],
    since: date,
    clock: Clock,
) -> dict[str, Answer[Sponsorship]]:
    def ask() -> dict[str, Sponsorship]:
        variables = _of_all(settings, since)
        lists = {"orders": "recurring", "transactions": "account"}
        data = _all(graphql, LEDGER_QUERY, variables, lists, partial(_of_ledger, settings))
        with decoding(graphql.name):
            return decode_each(data, settings, accounts)

    url = f"{SITE}/{settings.collective}"
    told = answer("Open Collective", url, clock, ask)
    without = [account for account, one in (told.value or {}).items() if one.payer is None]
    known = answer("Open Collective", url, clock, lambda: payers(graphql, without))
    sources: dict[str, Answer[Any]] = dict.fromkeys(accounts, told)
    sources |= dict.fromkeys(without, known)
    return {
        account: follow(source, partial(_of_account, account, told))
        for account, source in sources.items()
    }


def _of_account(
    account: str, told: Answer[dict[str, Sponsorship]], found: Mapping[str, Any]
) -> Sponsorship:
    """Return an account's sponsorship. `found`: what the ledger or the look-up tells of it."""
    payer = found[account]
    if isinstance(payer, Sponsorship):
        return payer
    if isinstance(payer, NoAnswerError):
        raise payer
    if payer is None or told.value is None:
        return Sponsorship(platform=Platform.OPEN_COLLECTIVE, payer=None)
    return replace(told.value[account], payer=payer)


def _of_all(settings: OpenCollective, since: date) -> Node:
    return {
        "collective": settings.collective,
        "from": f"{(Month.of(since) - REACH).first_day}T00:00:00Z",
        "projects": settings.include_projects,
    }


def _all(
    graphql: GraphQL,
    query: str,
    variables: Node,
    lists: Mapping[str, str],
    whole: Callable[[GraphQLResult], N],
) -> N:
    """Return the data of a reply with the rows of all pages, each row once, the oldest first.

    `lists`: the lists to read, all by the same offset, and the field that holds each of them. If a
    page has null for such a field, the data have null, too. `whole` returns the usable data of a
    reply, or None; after None, no further page is read.
    """
    rows: dict[str, dict[str, Node]] = {name: {} for name in lists}
    told = dict(lists)

    def ask(offset: int) -> GraphQLResult:
        return graphql.ask(query, {**variables, "limit": PAGE, "offset": offset})

    read, total = 0, 1
    while read < total <= MOST_ROWS:
        offsets = range(read, total, PAGE)  # the first page tells how many others there are
        for reply in side_by_side(ask, offsets):
            with decoding(graphql.name):
                data = whole(reply)
                if data is None:
                    return data
                told = {name: field for name, field in told.items() if data[field] is not None}
                data.update({field: None for name, field in lists.items() if name not in told})
                pages = {name: data[field][name] for name, field in told.items()}
                for name, page in pages.items():
                    rows[name] |= {node["id"]: node for node in page["nodes"]}
                total = max(integer(page["totalCount"]) for page in pages.values())
        read = offsets[-1] + PAGE
    if total > MOST_ROWS:
        raise NoAnswerError(f"{graphql.name} has more payments than can be read.")
    _complete(graphql, pages, rows)
    return data


def _complete(graphql: GraphQL, lists: dict[str, Node], rows: dict[str, dict[str, Node]]) -> None:
    """Put the rows of all pages into the last page.

    Raises NoAnswerError if a list has fewer rows than its own count says.
    """
    for name, page in lists.items():
        page["nodes"] = list(rows[name].values())
        if len(page["nodes"]) < page["totalCount"]:
            raise NoAnswerError(
                f"{graphql.name} gave {len(page['nodes'])} of {page['totalCount']} results."
            )


def _of_payer(settings: OpenCollective, reply: GraphQLResult) -> Node | None:
    """Return the data of a reply about one payer, or None if there is no such payer.

    For an unknown payer, Open Collective sends null for the whole collective, with one error
    `NotFound`.
    """
    codes = {error.code for error in reply.errors}
    if codes == {"NotFound"} and reply.data.get("payer") is None:
        return None
    data = _of_ledger(settings, reply)
    if data["payer"] is None:
        raise NoAnswerError("Open Collective answered only in part (no payer).")
    return data


def _of_ledger(settings: OpenCollective, reply: GraphQLResult) -> Node:
    """Return the data of one page of the ledger.

    The payer of a row may be private. Then Open Collective sends null with an error at that place,
    which is no failure. Orders are not told if there is any other error in their part.
    """
    reply = replace(
        reply, errors=tuple(error for error in reply.errors if not _is_of_hidden_payer(error))
    )
    data = _whole(settings, reply.without({"recurring"}))
    orders = reply.without(data)
    return {**data, "recurring": None if orders.errors else orders.data["recurring"]}


def _is_of_hidden_payer(error: GraphQLError) -> bool:
    """Tell whether an error only says that the payer of one row is private (`Forbidden`).

    If the payer were null for another reason, a payment would be lost.
    """
    match error.path:
        case ("account", "transactions", "nodes", int(), "fromAccount") | (
            "recurring",
            "orders",
            "nodes",
            int(),
            "fromAccount",
        ):
            return error.code == "Forbidden"
    return False


def _whole(settings: OpenCollective, reply: GraphQLResult) -> Node:
    codes = {error.code for error in reply.errors}
    if "Forbidden" in codes:
        raise NoAnswerError(PRIVATE, codes, lasting=tells_of_rights(codes))
    if codes:
        sentence = f"Open Collective answered only in part ({', '.join(sorted(codes))})."
        raise NoAnswerError(sentence, codes, lasting=tells_of_rights(codes))
    if reply.data["account"] is None:
        raise NoAnswerError(
            f"Open Collective has no collective {settings.collective!r}: "
            "the program's own settings are at fault.",
            lasting=True,
        )
    return reply.data
