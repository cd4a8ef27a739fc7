"""Read from GitHub Sponsors who sponsors the project and how, as far as the token can see.

If the token cannot see a sponsorship, the answer is a failure, never "not a sponsor". GitHub lists
events, not payments: `sponsors_history` computes the payments from the events, and
`sponsors_lifetime` compares them with GitHub's total. No sentence from these modules shows an
amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from ..model.application import Platform
from ..model.evidence import Answer
from ..model.money import Money
from ..model.program import GitHubSponsors
from ..model.sponsorship import Order, OrderStatus, Payer, Payment, Rhythm, Sponsorship
from ..wire.answers import Clock, answer, brief, decoding, flag, follow, maybe, text
from ..wire.graphql import GraphQL, Pages, read_pages, refuse_errors
from ..wire.judgment import NoAnswerError
from .accounts import LOGINS_AT_ONCE, account_variables
from .batches import in_batches
from .names import login_of
from .sponsors_history import Charge, history, shows_a_price
from .sponsors_lifetime import conflict, overstated, unexplained
from .sponsors_query import SPONSORS_QUERY, profiles_query

Node = dict[str, Any]
NAMES = {"sponsorships": "sponsorEntity", "activities": "sponsor", "lifetime": "sponsor"}
"""The lists, and the field that names the sponsor of an entry."""
BLIND = (
    "The token we use cannot see all of the project's sponsors on GitHub. A maintainer will check "
    "it. (SPONSORS_TOKEN must be of an administrator of the sponsored account.)"
)
_ADMINISTERS = ("isViewer", "viewerCanAdminister")
# GitHub's codes for a missing right, also for sponsors behind an organization's single sign-on.
_HIDDEN = {"INSUFFICIENT_SCOPES", "FORBIDDEN"}


def sponsorships(
    graphql: GraphQL,
    settings: GitHubSponsors,
    accounts: Sequence[str],
    today: date,
    clock: Clock,
) -> dict[str, Answer[Sponsorship]]:
    """Return the sponsorship that each account pays to the project up to `today`, by account.

    `payer` is None if GitHub has no such account. `payments` is None if the token cannot see the
    prices. `public` is False: only the sponsor and the project may see the amounts. If the token
    sees only some of the sponsors, the answer for each account that it does not see is a failure.

    The project's sponsors are all read once: one request, and one more for each further page. It
    tells of one account's profile, too. Of several, one more looks up those that are no sponsors.
    """
    alone = accounts[0] if len(accounts) == 1 else None
    if not accounts:
        return {}
    told = answer("GitHub Sponsors", _url(settings), clock, lambda: _read(graphql, settings, alone))

    def find(account: str, pages: Pages) -> Sponsorship:
        with decoding(graphql.name):
            ours = _entries(pages, account)
            listed = (entry[who] for name, who in NAMES.items() for entry in ours[name])
            payer = pages.first["payer"] if alone else next(listed, None)
            if alone and payer is None:
                return _nobody()
            return _sponsorship(pages.first["maintainer"], ours, settings, account, payer, today)

    found = {account: follow(told, partial(find, account)) for account in accounts}
    if alone:
        return found
    without = [name for name, one in found.items() if one.value and one.value.payer is None]
    profiles = answer("GitHub Sponsors", _url(settings), clock, lambda: _profiles(graphql, without))

    def look_up(account: str, known: Mapping[str, Payer | None]) -> Sponsorship:
        shown, payer = found[account].value, known[account]
        return replace(shown, payer=payer) if shown and payer else _nobody()

    return found | {name: follow(profiles, partial(look_up, name)) for name in without}


def _nobody() -> Sponsorship:
    return Sponsorship(platform=Platform.GITHUB_SPONSORS, payer=None, public=False)


def _profiles(graphql: GraphQL, accounts: Sequence[str]) -> dict[str, Payer | None]:
    """Return each account's profile; None if GitHub has no such account. Raises NoAnswerError."""

    def ask(batch: Sequence[str]) -> Sequence[Payer | None]:
        reply = graphql.ask(profiles_query(len(batch)), account_variables(batch))
        refuse_errors(graphql, reply)
        with decoding(graphql.name):
            return [maybe(_payer, reply.data[f"a{at}"]) for at in range(len(batch))]

    return dict(zip(accounts, in_batches(ask, accounts, LOGINS_AT_ONCE), strict=True))


def _url(settings: GitHubSponsors) -> str:
    return f"https://github.com/sponsors/{settings.login}"


def _read(graphql: GraphQL, settings: GitHubSponsors, account: str | None) -> Pages:
    """Return all pages of the project's sponsors, with the profile of `account` if one is given."""
    named = {"account": account or "", "accountAsked": account is not None}
    with decoding(graphql.name), _saying_what_is_hidden():
        variables = {"login": settings.login, **named}
        pages = read_pages(graphql, SPONSORS_QUERY, variables, tuple(NAMES), within="maintainer")
        if pages.first["maintainer"] is None:
            raise NoAnswerError(
                f"GitHub has no account {settings.login!r}: "
                "the program's own settings are at fault.",
                lasting=True,
            )
    return pages


@contextmanager
def _saying_what_is_hidden() -> Iterator[None]:
    try:
        yield
    except NoAnswerError as error:
        if error.codes & _HIDDEN:
            raise NoAnswerError(BLIND, error.codes, lasting=error.lasting) from error
        raise


def _sponsorship(
    maintainer: Node,
    ours: Mapping[str, list[Node]],
    settings: GitHubSponsors,
    account: str,
    payer: Node | None,
    today: date,
) -> Sponsorship:
    """Return the sponsorship of one account, from the account's own entries.

    Raises NoAnswerError if the token does not see all sponsors and these entries show no active
    monthly sponsorship.
    """
    sees_all = administers(maintainer)
    recurring = [entry for entry in ours["sponsorships"] if not flag(entry["isOneTimePayment"])]
    if not sees_all and not any(flag(entry["isActive"]) for entry in recurring):
        raise NoAnswerError(BLIND, lasting=True)
    shown = Sponsorship(
        platform=Platform.GITHUB_SPONSORS,
        payer=maybe(_payer, payer),
        orders=tuple(
            Order(
                id=f"{account.casefold()} {Rhythm.MONTHLY}",
                status=OrderStatus.ACTIVE if flag(entry["isActive"]) else OrderStatus.ENDED,
            )
            for entry in recurring
        ),
        payments=None,
        public=False,
    )
    if not sees_all or not _shows_prices(ours):
        return shown
    past = history(ours["sponsorships"], ours["activities"], today)
    payments = tuple(_payment(charge, account, settings) for charge in past.charges)
    return replace(
        shown,
        payments=payments,
        conflict=conflict(ours, past, today),
        overstated=maybe(lambda cents: Money.of_cents(cents, "USD"), overstated(ours, past, today)),
        unexplained=unexplained(ours, past),
    )


def _entries(pages: Pages, account: str) -> dict[str, list[Node]]:
    """Return the entries of one sponsor, by the name of the list.

    GitHub hides the sponsor of an entry that the token may not see.
    """
    return {
        name: [
            entry
            for entry in pages.nodes[name]
            if entry[who] is not None and login_of(entry[who]).casefold() == account.casefold()
        ]
        for name, who in NAMES.items()
    }


def administers(maintainer: Node) -> bool:
    """Tell whether the token is of the sponsored person, or of an administrator of its account."""
    return any(flag(maintainer[name]) for name in _ADMINISTERS if name in maintainer)


def _shows_prices(ours: Mapping[str, list[Node]]) -> bool:
    priced = [event["sponsorsTier"] for event in ours["activities"] if shows_a_price(event)]
    tiers = (*priced, *(entry["tier"] for entry in ours["sponsorships"]))
    return all(tier is not None for tier in tiers)


def _payment(charge: Charge, account: str, settings: GitHubSponsors) -> Payment:
    return Payment(
        day=charge.day,
        amount=Money.of_cents(charge.cents, "USD"),
        rhythm=charge.rhythm,
        order=f"{account.casefold()} {charge.rhythm}",
        url=_url(settings),
    )


def _payer(node: Node) -> Payer:
    site, login = maybe(text, node["websiteUrl"]), login_of(node)
    return Payer(
        account=login,
        name=maybe(brief, node["name"]) or login,
        url=f"https://github.com/{login}",
        organization=node["__typename"] == "Organization",
        websites=(brief(site),) if site else (),
        github=(login,),
    )
