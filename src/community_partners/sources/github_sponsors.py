"""GitHub Sponsors: one account's sponsorship of the project, as far as the token may see it.

Decides what the token can see: what it cannot is a failure, never "not a sponsor". GitHub lists
events, not payments: sponsors_history puts them together, and here they are held against the
lifetime total. No figure leaves this module in a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from ..model.application import Platform
from ..model.evidence import Answer
from ..model.money import Money
from ..model.program import GitHubSponsors
from ..model.sponsorship import OrderStatus, Payer, Payment, Sponsorship
from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError
from .answers import Clock, answer, decoding, flag, text
from .pages import read_pages
from .sponsors_history import Charge, History, history, shows_a_price

Node = dict[str, Any]

NAMES = ("sponsorships", "activities", "lifetime")

SPONSORS_QUERY = """
query ($login: String!, $account: String!,
       $sponsorshipsAsked: Boolean!, $activitiesAsked: Boolean!, $lifetimeAsked: Boolean!,
       $sponsorshipsAfter: String, $activitiesAfter: String, $lifetimeAfter: String) {
  rateLimit { cost }
  payer: repositoryOwner(login: $account) {
    __typename login url
    ... on User { name websiteUrl }
    ... on Organization { name websiteUrl }
  }
  maintainer: repositoryOwner(login: $login) {
    __typename
    ... on User { isViewer }
    ... on Organization { viewerCanAdminister }
    ... on Sponsorable {
      sponsorships: sponsorshipsAsMaintainer(
          first: 100, after: $sponsorshipsAfter, activeOnly: false, includePrivate: true,
          orderBy: {field: CREATED_AT, direction: ASC}) @include(if: $sponsorshipsAsked) {
        total: totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          createdAt isActive isOneTimePayment paymentSource tierSelectedAt
          tier { isOneTime monthlyPriceInCents }
          sponsorEntity { ... on User { login } ... on Organization { login } }
        }
      }
      activities: sponsorsActivities(
          first: 100, after: $activitiesAfter, period: ALL, includePrivate: true,
          orderBy: {field: TIMESTAMP, direction: ASC}) @include(if: $activitiesAsked) {
        total: totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          action timestamp
          sponsorsTier { isOneTime monthlyPriceInCents }
          sponsor { ... on User { login } ... on Organization { login } }
        }
      }
      lifetime: lifetimeReceivedSponsorshipValues(first: 100, after: $lifetimeAfter)
          @include(if: $lifetimeAsked) {
        total: totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          amountInCents
          sponsor { ... on User { login } ... on Organization { login } }
        }
      }
    }
  }
}
"""

BLIND = (
    "The token we use cannot see all of the project's sponsors on GitHub; a maintainer looks. "
    "(SPONSORS_TOKEN must be of an administrator of the sponsored account.)"
)
_HIDDEN = {"INSUFFICIENT_SCOPES", "FORBIDDEN"}  # also of members behind an organization's sign-on


def sponsorship(
    graphql: GraphQL, settings: GitHubSponsors, account: str, today: date, clock: Clock
) -> Answer[Sponsorship]:
    """What `account` pays the project, up to `today`. Its figures are nobody else's business."""
    url = f"https://github.com/sponsors/{settings.login}"

    def ask() -> Sponsorship:
        with decoding(graphql.name), _saying_what_is_hidden():
            variables = {"login": settings.login, "account": account}
            pages = read_pages(graphql, SPONSORS_QUERY, variables, NAMES, within="maintainer")
            return _decode(pages.first, pages.nodes, settings, account, today)

    return answer("GitHub Sponsors", url, clock, ask)


@contextmanager
def _saying_what_is_hidden() -> Iterator[None]:
    try:
        yield
    except NoAnswerError as error:
        if error.codes & _HIDDEN:
            raise NoAnswerError(BLIND, error.codes) from error
        raise


def _decode(
    first: Node,
    nodes: Mapping[str, list[Node]],
    settings: GitHubSponsors,
    account: str,
    today: date,
) -> Sponsorship:
    maintainer = first["maintainer"]
    if maintainer is None:
        raise NoAnswerError(
            f"GitHub has no account {settings.login!r}: the program's own settings are at fault."
        )
    if first["payer"] is None:
        return Sponsorship(platform=Platform.GITHUB_SPONSORS, payer=None, public=False)
    ours = {name: list(_of(nodes[name], account)) for name in NAMES}
    sees_all = maintainer.get("viewerCanAdminister") or maintainer.get("isViewer")
    recurring = [entry for entry in ours["sponsorships"] if not flag(entry["isOneTimePayment"])]
    if not sees_all and not any(flag(entry["isActive"]) for entry in recurring):
        raise NoAnswerError(BLIND)
    shown = Sponsorship(
        platform=Platform.GITHUB_SPONSORS,
        payer=_payer(first["payer"]),
        orders=tuple(
            OrderStatus.ACTIVE if flag(entry["isActive"]) else OrderStatus.ENDED
            for entry in recurring
        ),
        payments=None,
        public=False,
    )
    if not sees_all or not _shows_prices(ours):
        return shown
    past = history(ours["sponsorships"], ours["activities"], today)
    payments = tuple(_payment(charge, account, settings) for charge in past.charges)
    return replace(shown, payments=payments, conflict=_conflict(ours, past, today))


def _of(nodes: Sequence[Node], account: str) -> Iterator[Node]:
    """The entries of one sponsor; the platform hides who it is where we may not know."""
    for node in nodes:
        sponsor = node.get("sponsorEntity") or node.get("sponsor")
        if sponsor and str(sponsor.get("login", "")).casefold() == account.casefold():
            yield node


def _shows_prices(ours: Mapping[str, list[Node]]) -> bool:
    priced = [event["sponsorsTier"] for event in ours["activities"] if shows_a_price(event)]
    return all((*priced, *(entry["tier"] for entry in ours["sponsorships"])))


def _conflict(ours: Mapping[str, list[Node]], past: History, today: date) -> str | None:
    if any(entry["paymentSource"] == "PATREON" for entry in ours["sponsorships"]):
        return "Part of this sponsorship is paid through Patreon, which we cannot see."
    known = sum(entry["amountInCents"] for entry in ours["lifetime"])
    # What is due today may not be charged yet.
    if sum(charge.cents for charge in past.charges if charge.day < today) > known:
        return "GitHub's list of events and its lifetime total do not agree."
    return past.doubt


def _payment(charge: Charge, account: str, settings: GitHubSponsors) -> Payment:
    return Payment(
        day=charge.day,
        amount=Money.of_cents(charge.cents, "USD"),
        rhythm=charge.rhythm,
        order=f"{account.casefold()} {charge.rhythm}",
        to=settings.login,
        url=f"https://github.com/sponsors/{settings.login}",
    )


def _payer(node: Node) -> Payer:
    site, login = node.get("websiteUrl"), text(node["login"])
    return Payer(
        account=login,
        name=text(node.get("name") or login),
        url=f"https://github.com/{login}",
        organization=node["__typename"] == "Organization",
        websites=(text(site),) if site else (),
        github=(login,),
    )
