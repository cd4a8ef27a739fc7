"""What keeps a merged application from becoming a partner's record."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from builders import accounts, application, day, member, required
from community_partners.model.commit_status import RECHECKED
from community_partners.model.evidence import AccountCheck, AccountKind
from community_partners.model.funnel import KnownPull, Merge, MergeVerdict, PullState
from community_partners.model.partner import Partner
from community_partners.rules.admission import account_ids, is_stale, why_not
from community_partners.rules.required_amount import NoAmount
from month_builders import partner

TODAY = day("2026-11-24")
PULL = KnownPull(
    number=7,
    url="https://github.com/project/partners/pull/7",
    title="Acme",
    body="",
    state=PullState.MERGED,
    branch="acme",
    head="a" * 40,
    base="main",
    fork=True,
    author="example-applicant",
    by_us=False,
    files=("applications/acme.yml",),
)
ADA, BEN = "example-user-1", "example-user-2"


def other(*team: Any, slug: str = "other", website: str = "https://other.example") -> Partner:
    made = partner(slug, *(team or (member("example-user-9"),)))
    return replace(made, organization=replace(made.organization, website=website))


def check(login: str, kind: AccountKind = AccountKind.PERSON, **fields: Any) -> AccountCheck:
    return AccountCheck(login=login, kind=kind, **{"id": 1, **fields})


def obstacles(
    *partners: Partner, checks: Sequence[AccountCheck] | None = None, **fields: Any
) -> tuple[str, ...]:
    known = accounts() if checks is None else checks
    asked = fields.pop("asked", required())
    return why_not(application(**fields), known, partners, asked, TODAY)


def test_nothing_is_in_the_way() -> None:
    assert obstacles(other()) == ()


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ((check(ADA), check("EXAMPLE-user-2", id=2)), None),
        ((check(ADA),), f"GitHub has no account named {BEN}."),
        ((check(ADA), check(BEN, AccountKind.MISSING)), f"GitHub has no account named {BEN}."),
        ((check(ADA), check(BEN, AccountKind.ORGANIZATION)), f"{BEN} is no person's account."),
        ((check(ADA), check(BEN, id=None)), f"{BEN} is no person's account."),
    ],
)
def test_each_member_is_a_person(checks: Sequence[AccountCheck], words: str | None) -> None:
    found = obstacles(checks=checks)
    assert len(found) == (words is not None)
    assert words is None or words in found[0]


@pytest.mark.parametrize(
    ("team", "words"),
    [
        ([member(ADA)], f"{ADA} is in the team of Other too (partners/other.yml)."),
        ([member(ADA), member(BEN)], f"{ADA} and {BEN} are in the team of Other too"),
        ([member(ADA, until=TODAY)], f"{ADA} is in the team of Other too"),
        ([member(ADA, until=day("2026-11-23"))], None),
        ([member(ADA, since=day("2026-11-25"))], None),
    ],
)
def test_nobody_is_in_two_teams_today(team: list[Any], words: str | None) -> None:
    found = obstacles(other(*team))
    assert len(found) == (words is not None)
    assert words is None or found[0].startswith(words)


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (other(), None),
        (other(slug="acme"), "partners/acme.yml is there already: propose a change of it instead."),
        (
            other(website="http://acme.example/"),
            (
                "Other (partners/other.yml) is a partner already and has the same website or "
                "paying account."
            ),
        ),
    ],
    ids=["another", "the-same-file", "the-same-website"],
)
def test_it_is_no_partner_yet(there: Partner, words: str | None) -> None:
    assert obstacles(other(slug="third"), there) == ((words,) if words else ())


def test_the_paying_account_is_no_partner_s() -> None:
    (found,) = obstacles(other(), account="OTHER")
    assert found.endswith("has the same website or paying account.")


@pytest.mark.parametrize(
    ("judged", "description", "stale"),
    [
        ("2026-11-01", "Eligible", False),
        ("2026-10-31", "Eligible", True),
        ("2025-11-24", "Eligible", True),
        ("2026-11-24", RECHECKED, True),
    ],
)
def test_a_verdict_before_the_last_closed_month_is_too_old(
    judged: str, description: str, stale: bool
) -> None:
    verdict = MergeVerdict(state="success", description=description, url="", day=day(judged))
    assert is_stale(Merge(pull=PULL, blob=None, verdict=verdict), TODAY) is stale


def test_without_a_verdict_nothing_is_too_old() -> None:
    assert not is_stale(Merge(pull=PULL, blob=None, verdict=None), TODAY)


def test_a_country_without_a_price_waits_for_a_decision() -> None:
    (found,) = obstacles(asked=NoAmount(reason="It has no price.", remedy="Say one."))
    assert found.startswith("It has no price. Record the decision")


def test_the_numbers_of_accounts_that_are_there() -> None:
    gone = check("Gone", AccountKind.MISSING, id=None)
    assert account_ids((check("Example-User-1"), gone)) == {ADA: 1}
