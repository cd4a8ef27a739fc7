"""Values for tests, short to write: everything has a default that makes a faithful partner."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from community_partners.model.application import Application, Member, Platform
from community_partners.model.contribution import (
    Acceptance,
    Account,
    Contribution,
    MonthOfWork,
    Opinion,
    Repository,
)
from community_partners.model.country import Country
from community_partners.model.evidence import (
    AccountCheck,
    AccountKind,
    Answer,
    Evidence,
    KnownPartner,
)
from community_partners.model.money import Money
from community_partners.model.month import Month, last_closed
from community_partners.model.problem import Place
from community_partners.model.program import (
    ContributionPolicy,
    GitHubScope,
    GitHubSponsors,
    KindOfContribution,
    OpenCollective,
    Policy,
    Program,
    RankingPolicy,
    SelfMerged,
    SponsorshipPolicy,
    StandingPolicy,
)
from community_partners.model.sponsorship import (
    Method,
    Order,
    OrderStatus,
    Payer,
    Payment,
    Rate,
    Rhythm,
    Sponsorship,
)
from community_partners.model.verdict import Required
from community_partners.rules.applicant import subject_of

T = TypeVar("T")
TODAY = date(2026, 11, 24)
ASKED_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LEDGER = "https://opencollective.com/project/transactions"


def money(text: str) -> Money:
    return Money.parse(text)


def month(text: str) -> Month:
    return Month.parse(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def answered(value: T, source: str = "A source") -> Answer[T]:
    return Answer(source=source, url="https://a.example", asked_at=ASKED_AT, value=value)


def failed(sentence: str, source: str = "A source") -> Answer[Any]:
    return Answer(source=source, url="https://a.example", asked_at=ASKED_AT, failure=sentence)


def payment(on: str, amount: str = "USD 100", **fields: Any) -> Payment:
    defaults = {
        "rhythm": Rhythm.MONTHLY,
        "order": "order-1",
        "method": Method.CARD,
        "url": LEDGER,
    }
    return Payment(day=day(on), amount=money(amount), **{**defaults, **fields})


def payer(**fields: Any) -> Payer:
    defaults: dict[str, Any] = {
        "account": "acme",
        "name": "Acme GmbH",
        "url": "https://opencollective.com/acme",
        "organization": True,
        "websites": ("https://acme.example",),
    }
    return Payer(**{**defaults, **fields})


def sponsorship(*payments: Payment, **fields: Any) -> Sponsorship:
    """`orders` may be statuses alone: they are then of `order-1`, `order-2` and so on."""
    defaults: dict[str, Any] = {
        "platform": Platform.OPEN_COLLECTIVE,
        "payer": payer(),
        "orders": (OrderStatus.ACTIVE,),
        "payments": payments,
    }
    made = {**defaults, **fields}
    if made["orders"] is not None:
        made["orders"] = tuple(
            Order(id=f"order-{number}", status=one) if isinstance(one, OrderStatus) else one
            for number, one in enumerate(made["orders"], 1)
        )
    return Sponsorship(**made)


def statuses(seen: Sponsorship) -> tuple[OrderStatus, ...]:
    return tuple(order.status for order in seen.orders or ())


def rate(on: str, currency: str, target: str, factor: str) -> Rate:
    return Rate(
        day=day(on), currency=currency, target=target, factor=Decimal(factor), source="a bank"
    )


def required(amount: str = "USD 100", base: str | None = None) -> Required:
    """The amount, and that in dollars if it is given."""
    return Required(
        amount=money(amount),
        base=money(base) if base else None,
        edition="2026-01",
        basis="the United States",
    )


def sponsorship_policy(**fields: Any) -> SponsorshipPolicy:
    defaults: dict[str, Any] = {
        "base": money("USD 100"),
        "edition": "2026-01",
        "months": 3,
        "tolerance_percent": Decimal(3),
        "one_time_payments": True,
        "open_collective": OpenCollective(collective="project"),
        "github_sponsors": GitHubSponsors(login="project"),
    }
    return SponsorshipPolicy(**{**defaults, **fields})


def contribution_policy(**fields: Any) -> ContributionPolicy:
    defaults: dict[str, Any] = {
        "months": 3,
        "points_each_month": 10,
        "points_in_all": 40,
        "points": {"pull request": 5, "review": 2, "issue": 1, "event": 10},
        "self_merged": SelfMerged(most_each_month=10),
        "github": GitHubScope(organizations=("project",)),
        "ignored_accounts": ("dependabot", "project-bot"),
    }
    made = {**defaults, **fields}
    made["points"] = {
        kind: KindOfContribution(points=worth) if isinstance(worth, int) else worth
        for kind, worth in made["points"].items()
    }
    return ContributionPolicy(**made)


def program(**fields: Any) -> Program:
    defaults: dict[str, Any] = {
        "name": "Project Partners",
        "organization": "Project",
        "home": "https://project.example",
        "policy": Policy(version="1", date=day("2026-01-01"), url="https://project.example/policy"),
        "sponsorship": sponsorship_policy(),
        "contribution": contribution_policy(),
        "ranking": RankingPolicy(homepage_slots=3),
        "standing": StandingPolicy(at_risk_after=1, suspended_after=2, lapsed_after=3),
    }
    return Program(**{**defaults, **fields})


def member(login: str = "example-user-1", **fields: Any) -> Member:
    defaults: dict[str, Any] = {
        "name": login.replace("-", " ").title(),
        "since": day("2025-01-01"),
        "place": Place(document="applications/acme.yml", line=20, field="team[0].github"),
    }
    return Member(github=login, **{**defaults, **fields})


def application(**fields: Any) -> Application:
    defaults: dict[str, Any] = {
        "slug": "acme",
        "name": "Acme GmbH",
        "website": "https://www.acme.example",
        "country": Country("USA", "United States"),
        "description": "Builds things.",
        "services": ("hosting",),
        "contact": "https://acme.example/contact",
        "platform": Platform.OPEN_COLLECTIVE,
        "account": "acme",
        "team": (member(), member("example-user-2")),
    }
    return Application(**{**defaults, **fields})


CORE = "project/core"
MAINTAINER = Account(login="example-maintainer", id=900)


def accepted(kind: str, **fields: Any) -> Acceptance:
    """As the maintainer accepts work: merged, approved, closed, chosen."""
    defaults: dict[str, Any] = {"by": MAINTAINER}
    if kind in ("pull request", "review"):
        defaults["branch"] = "main"
    if kind == "review":
        defaults["opinion"] = Opinion.APPROVED
    return Acceptance(**{**defaults, **fields})


def contribution(on: str, by: str | Account = "example-user-1", **fields: Any) -> Contribution:
    """A pull request that the maintainer merged; a review is of a stranger's pull request.

    A kind that GitHub does not show is an approved claim.
    """
    kind = fields.get("kind", "pull request")
    if kind not in ("pull request", "review", "issue", "answer"):
        fields = {"repository": None, "accepted": None, **fields}
    defaults: dict[str, Any] = {
        "kind": kind,
        "by": Account(login=by) if isinstance(by, str) else by,
        "title": f"Mend the fence on {on}",
        "url": f"https://github.com/project/core/pull/{on}",
        "repository": CORE,
        "accepted": accepted(kind),
        "of": Account(login="example-stranger") if kind in ("review", "answer") else None,
    }
    return Contribution(day=day(on), **{**defaults, **fields})


def claimed(on: str, by: str | Account = "example-user-1", **fields: Any) -> Contribution:
    """An approved claim: of a talk, unless `kind` says otherwise."""
    told: dict[str, Any] = {"kind": "event", "repository": None, "accepted": None, "of": None}
    return contribution(on, by, **{**told, **fields})


def month_of_work(of: Month, *contributions: Contribution, **core: Any) -> MonthOfWork:
    """The contributions of this month. `core`: what GitHub shows of the repository today."""
    defaults: dict[str, Any] = {"default_branch": "main", "may_push": (MAINTAINER.id,)}
    return MonthOfWork(
        month=of,
        contributions=tuple(one for one in contributions if Month.of(one.day) == of),
        repositories={CORE: Repository(**{**defaults, **core})},
    )


def work(*contributions: Contribution) -> dict[Month, Answer[MonthOfWork]]:
    """The three closed months before TODAY, each answered."""
    return {
        asked: answered(month_of_work(asked, *contributions), "GitHub")
        for asked in last_closed(TODAY, 3)
    }


def busy(*months: str, by: str = "example-user-1") -> tuple[Contribution, ...]:
    """Three pull requests, so 15 points, in each month."""
    return tuple(contribution(f"{one}-{on}", by) for one in months for on in ("05", "15", "25"))


def accounts(*logins: str, kind: AccountKind = AccountKind.PERSON) -> tuple[AccountCheck, ...]:
    names = logins or ("example-user-1", "example-user-2")
    return tuple(
        AccountCheck(login=login, kind=kind, id=number) for number, login in enumerate(names, 1)
    )


def evidence(**fields: Any) -> Evidence:
    """A faithful partner's: paid since August, fifteen points in each closed month."""
    paid = [payment(f"2026-{number}-01") for number in ("08", "09", "10", "11")]
    defaults: dict[str, Any] = {
        "application": "acme",
        "about": subject_of(application()),
        "today": TODAY,
        "sponsorship": answered(sponsorship(*paid), "Open Collective"),
        "rates": answered(()),
        "accounts": answered(accounts(), "GitHub"),
        "work": work(*busy("2026-08", "2026-09", "2026-10")),
        "claims": answered((), "Approved claims"),
        "partners": answered((), "Partners"),
    }
    return Evidence(**{**defaults, **fields})


def known_partner(**fields: Any) -> KnownPartner:
    defaults: dict[str, Any] = {
        "slug": "other",
        "name": "Other Ltd",
        "website": "https://other.example",
        "platform": Platform.OPEN_COLLECTIVE,
        "account": "other",
    }
    return KnownPartner(**{**defaults, **fields})
