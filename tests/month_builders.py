"""Values of a month of all partners, short to write: by default October 2026 of faithful ones."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builders import (
    accounts,
    answered,
    application,
    busy,
    contribution,
    day,
    member,
    money,
    month,
    month_of_work,
    payer,
    payment,
    program,
    required,
    sponsorship,
)
from community_partners.model.application import Member
from community_partners.model.contribution import Account, Contribution, MonthOfWork
from community_partners.model.evidence import Answer, MonthEvidence
from community_partners.model.month import Month, ending
from community_partners.model.partner import Partner, Terms
from community_partners.model.program import Program
from community_partners.model.ranking import Basis, ContributionFile, PartnerMonth, Ranking
from community_partners.model.sponsorship import Sponsorship
from community_partners.model.standing import Judged, PartnerStanding, Standing
from community_partners.model.verdict import Counted
from community_partners.rules.month_case import shared
from community_partners.rules.month_result import month_result

OCTOBER = month("2026-10")


@dataclass(frozen=True)
class MonthResult:
    """A ranking, and the contributions that count in it by slug, in the order of calls."""

    ranking: Ranking
    counted: dict[str, Sequence[Counted]]


def partner(slug: str = "acme", *team: Member, **fields: Any) -> Partner:
    """One with a member of its own, `<slug>-1`, accepted in January 2026."""
    organization = application(
        slug=slug,
        name=fields.pop("name", slug.replace("-", " ").title()),
        account=slug,
        team=team or (member(f"{slug}-1"),),
    )
    defaults: dict[str, Any] = {
        "accepted": day("2026-01-15"),
        "terms": Terms(edition="2026-01", amount=money("USD 100")),
    }
    return Partner(organization=organization, **{**defaults, **fields})


def faithful(slug: str = "acme", *months: str) -> Sponsorship:
    """USD 100 on the first day of each month, from July to November 2026 unless given."""
    named = months or ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
    return sponsorship(*(payment(f"{one}-01") for one in named), payer=payer(account=slug))


def month_work(
    *acts: Contribution, last: Month = OCTOBER, months: int = 3
) -> dict[Month, Answer[MonthOfWork]]:
    """Each month of the window, answered with those of the acts that belong to it."""
    return {one: answered(month_of_work(one, *acts), "GitHub") for one in ending(last, months)}


def month_evidence(partners: Sequence[Partner] = (), **fields: Any) -> MonthEvidence:
    """Each partner paid and its first member did fifteen points in each month of the window."""
    here = partners or (partner(),)
    logins = [one.github for each in here for one in each.organization.team]
    acts = [
        act
        for each in here
        for act in busy("2026-08", "2026-09", "2026-10", by=each.organization.team[0].github)
    ]
    defaults: dict[str, Any] = {
        "month": OCTOBER,
        "today": day("2026-11-26"),
        "sponsorships": {each.slug: answered(faithful(each.slug)) for each in here},
        "rates": answered((), "Exchange rates"),
        "accounts": answered(accounts(*dict.fromkeys(logins)), "GitHub"),
        "identities": (),
        "work": month_work(*acts),
        "claims": answered((), "Approved claims"),
    }
    return MonthEvidence(**{**defaults, **fields})


def act(on: str, by: str | Account, number: int = 0, **fields: Any) -> Contribution:
    """A pull request with an address of its own."""
    who = Account(login=by) if isinstance(by, str) else by
    url = f"https://github.com/project/core/pull/{on}-{who.login}-{number}"
    title = f"Mend the fence on {on}, number {number}"
    return contribution(on, who, **{"url": url, "title": title, **fields})


def basis(**fields: Any) -> Basis:
    defaults: dict[str, Any] = {
        "program": "Project Partners",
        "version": "1",
        "date": day("2026-01-01"),
        "policy": "sha256:0123456789abcdef",
        "records": "sha256:fedcba9876543210",
        "evidence": "sha256:aaaaaaaaaaaaaaaa",
    }
    return Basis(**{**defaults, **fields})


def result(
    partners: Sequence[Partner],
    evidence: MonthEvidence | None = None,
    before: Ranking | None = None,
    policy: Program | None = None,
) -> Ranking:
    """The month, with USD 100 asked of everybody."""
    return full_result(partners, evidence, before, policy).ranking


def full_result(
    partners: Sequence[Partner],
    evidence: MonthEvidence | None = None,
    before: Ranking | None = None,
    policy: Program | None = None,
) -> MonthResult:
    """That month with what its points rest on."""
    asked = {each.slug: required() for each in partners}
    seen = evidence or month_evidence(partners)
    counted: dict[str, Sequence[Counted]] = {}

    def keep(slug: str, entries: Sequence[Counted], _: object) -> None:
        counted[slug] = entries

    common = shared(partners, seen, policy or program())
    ranking = month_result(
        partners, common, asked, {before.month: before} if before else {}, basis(), keep=keep
    )
    return MonthResult(ranking=ranking, counted=counted)


def standing(name: str = "active", **fields: Any) -> PartnerStanding:
    defaults: dict[str, Any] = {"since": month("2026-02"), "missed": 0, "judged": Judged.MET}
    return PartnerStanding(standing=Standing(name), **{**defaults, **fields})


def row(slug: str = "acme", rank: int | None = 1, **fields: Any) -> PartnerMonth:
    """A partner's line in a ranking."""
    defaults: dict[str, Any] = {
        "name": slug.replace("-", " ").title(),
        "accepted": day("2026-01-15"),
        "hidden": False,
        "movement": 0,
        "points": 15,
        "by_kind": {"pull request": 15},
        "members": (),
        "standing": standing(),
        "findings": (),
    }
    return PartnerMonth(slug=slug, rank=rank, **{**defaults, **fields})


def contribution_file(name: str = "2026-10.contributions.jsonl", **fields: Any) -> ContributionFile:
    """By default an empty one."""
    nothing = hashlib.sha256(b"").hexdigest()
    return ContributionFile(name=name, **{"lines": 0, "sha256": nothing, **fields})


def ranking(*rows: PartnerMonth, **fields: Any) -> Ranking:
    defaults: dict[str, Any] = {
        "month": OCTOBER,
        "basis": basis(),
        "homepage": tuple(one.slug for one in rows if one.rank is not None)[:3],
        "people": (),
        "contributions": (contribution_file(),),
    }
    return Ranking(partners=rows, **{**defaults, **fields})
