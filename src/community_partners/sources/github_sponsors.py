"""GitHub Sponsors: one account's sponsorship of the project, as far as the token may see it.

GitHub lists events, not payments: they are put together here, month by month, and held against the
lifetime total. What the token cannot see is a failure, never "not a sponsor". No figure leaves this
module in a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ..model.application import Platform
from ..model.evidence import Answer
from ..model.money import Money
from ..model.month import Month
from ..model.program import GitHubSponsors
from ..model.sponsorship import OrderStatus, Payer, Payment, Rhythm, Sponsorship
from ..wire.graphql import GraphQL
from ..wire.session import NoAnswerError
from .answers import Clock, answer, decoding
from .pages import read_pages

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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """A price that was charged monthly from `start`; `end`: the renewal that did not happen."""

    start: date
    cents: int
    end: date | None = None


def sponsorship(
    graphql: GraphQL, settings: GitHubSponsors, account: str, today: date, clock: Clock
) -> Answer[Sponsorship]:
    """What `account` pays the project, up to `today`. Its figures are nobody else's business."""
    url = f"https://github.com/sponsors/{settings.login}"

    def ask() -> Sponsorship:
        with decoding(graphql.name):
            variables = {"login": settings.login, "account": account}
            pages = read_pages(graphql, SPONSORS_QUERY, variables, NAMES, within="maintainer")
            return _decode(pages.first, pages.nodes, settings, account, today)

    return answer("GitHub Sponsors", url, clock, ask)


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
    recurring = [entry for entry in ours["sponsorships"] if not entry["isOneTimePayment"]]
    if not sees_all and not any(entry["isActive"] for entry in recurring):
        raise NoAnswerError(BLIND)
    seen = sees_all and all(entry["tier"] for entry in ours["sponsorships"])
    payments = _payments(ours, account, settings, today) if seen else None
    return Sponsorship(
        platform=Platform.GITHUB_SPONSORS,
        payer=_payer(first["payer"]),
        orders=tuple(
            OrderStatus.ACTIVE if entry["isActive"] else OrderStatus.ENDED for entry in recurring
        ),
        payments=payments,
        public=False,
        conflict=_conflict(ours, payments),
    )


def _of(nodes: Sequence[Node], account: str) -> Iterator[Node]:
    """The entries of one sponsor; the platform hides who it is where we may not know."""
    for node in nodes:
        sponsor = node.get("sponsorEntity") or node.get("sponsor")
        if sponsor and str(sponsor.get("login", "")).casefold() == account.casefold():
            yield node


def _payments(
    ours: Mapping[str, list[Node]], account: str, settings: GitHubSponsors, today: date
) -> tuple[Payment, ...]:
    runs, single, refunds = _history(ours)
    days = [(day, run.cents) for run in runs for day in _billing_days(run, today)]
    for day in refunds:
        before = [one for one in days if one[0] <= day]
        if before:
            days.remove(before[-1])
    monthly = [_payment(day, cents, Rhythm.MONTHLY, account, settings) for day, cents in days]
    once = [_payment(day, cents, Rhythm.ONE_TIME, account, settings) for day, cents in single]
    return tuple(sorted((*monthly, *once), key=lambda payment: payment.day))


def _history(
    ours: Mapping[str, list[Node]],
) -> tuple[list[_Run], list[tuple[date, int]], list[date]]:
    """Runs of monthly charges, single payments, days of refunds, from the events in order."""
    runs: list[_Run] = []
    single: list[tuple[date, int]] = []
    refunds: list[date] = []
    running: _Run | None = None
    for event in [node for node in ours["activities"] if node["timestamp"]]:
        day, action, tier = _day(event["timestamp"]), event["action"], event["sponsorsTier"]
        if action == "REFUND":
            refunds.append(day)
        elif action in ("NEW_SPONSORSHIP", "TIER_CHANGE", "CANCELLED_SPONSORSHIP"):
            if action == "NEW_SPONSORSHIP" and tier["isOneTime"]:
                single.append((day, tier["monthlyPriceInCents"]))
                continue
            if running is not None:
                runs.append(_Run(start=running.start, cents=running.cents, end=day))
            ends = action == "CANCELLED_SPONSORSHIP" or tier["isOneTime"]
            running = None if ends else _Run(start=day, cents=tier["monthlyPriceInCents"])
    if running is not None:
        runs.append(running)
    return runs or _without_history(ours["sponsorships"]), single, refunds


def _without_history(sponsorships: Sequence[Node]) -> list[_Run]:
    """Older than the events that GitHub keeps: at the present price since it was chosen."""
    return [
        _Run(
            start=_day(entry["tierSelectedAt"] or entry["createdAt"]),
            cents=entry["tier"]["monthlyPriceInCents"],
        )
        for entry in sponsorships
        if entry["isActive"] and not entry["isOneTimePayment"] and entry["tier"]
    ]


def _billing_days(run: _Run, today: date) -> Iterator[date]:
    """The same day of every month, or its last; on the day of the end nothing was charged."""
    month = Month.of(run.start)
    while True:
        day = min(run.start.day, month.last_day.day)
        charged = date(month.year, month.month, day)
        if charged > today or (run.end is not None and charged >= run.end):
            return
        yield charged
        month += 1


def _conflict(ours: Mapping[str, list[Node]], payments: Sequence[Payment] | None) -> str | None:
    if payments is None:
        return None
    if any(entry["paymentSource"] == "PATREON" for entry in ours["sponsorships"]):
        return "Part of this sponsorship is paid through Patreon, which we cannot see."
    known = sum(int(entry["amountInCents"]) for entry in ours["lifetime"])
    if sum(int(payment.amount.amount * 100) for payment in payments) > known:
        return "GitHub's list of events and its lifetime total do not agree."
    return None


def _payment(
    day: date, cents: int, rhythm: Rhythm, account: str, settings: GitHubSponsors
) -> Payment:
    return Payment(
        day=day,
        amount=Money.of_cents(int(cents), "USD"),
        rhythm=rhythm,
        order=f"{account.casefold()} {rhythm}",
        to=settings.login,
        url=f"https://github.com/sponsors/{settings.login}",
    )


def _payer(node: Node) -> Payer:
    site = node.get("websiteUrl")
    return Payer(
        account=node["login"],
        name=node.get("name") or node["login"],
        url=f"https://github.com/{node['login']}",
        organization=node["__typename"] == "Organization",
        websites=(site,) if site else (),
        github=(node["login"],),
    )


def _day(text: str) -> date:
    return datetime.fromisoformat(text).astimezone(UTC).date()
