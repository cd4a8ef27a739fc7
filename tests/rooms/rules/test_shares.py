"""Whom the work of somebody with two employers counts for: by the shares of the person's time."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attributed import ByOrganization, by_organization
from builders import (
    accepted,
    answered,
    application,
    claimed,
    contribution,
    contribution_policy,
    day,
    evidence,
    member,
    month_of_work,
    program,
    required,
    work,
)
from community_partners.model.application import Member
from community_partners.model.contribution import Account, Contribution
from community_partners.model.evidence import AccountCheck, AccountKind
from community_partners.model.month import Month
from community_partners.model.points import Points, exact, of_json, part, total
from community_partners.model.program import KindOfContribution, Once
from community_partners.rules.decision import decide
from community_partners.rules.plan_points import points_of_a_partner
from community_partners.rules.roster import roster_of
from community_partners.rules.shared_members import shared_members
from community_partners.words.plan import plan_steps
from many_cases import many
from month_builders import act

ADA, BEN, CHI = "example-ada", "example-ben", "example-chi"
POLICY = contribution_policy(
    points={
        "pull request": 5,
        "review": 2,
        "issue": 1,
        "event": 10,
        "talk": KindOfContribution(points=5, once=Once.PERSON),
    }
)
KNOWN = (AccountCheck(login=ADA, kind=AccountKind.PERSON, id=7),)
Shares = dict[str, int | list[Member]]


def stay(share: int, since: str = "2025-01-01", until: str | None = None) -> Member:
    return member(ADA, share=share, since=day(since), until=day(until) if until else None)


def attributed(teams: Shares, *acts: Contribution) -> ByOrganization:
    seats = {slug: [stay(said)] if isinstance(said, int) else said for slug, said in teams.items()}
    months = {Month.of(one.day) for one in acts}
    work = {one: month_of_work(one, *acts) for one in months}
    return by_organization(roster_of(seats, ()), work, POLICY)


def points(found: ByOrganization) -> dict[str, str]:
    return {
        slug: str(total(one.points for one in entries)) for slug, entries in found.counted.items()
    }


@pytest.mark.parametrize(
    ("teams", "counts"),
    [
        ({"acme": 50, "globex": 50}, {"acme": "2.5", "globex": "2.5"}),
        ({"acme": 80, "globex": 20}, {"acme": "4", "globex": "1"}),
        ({"acme": 70, "globex": 30}, {"acme": "3.5", "globex": "1.5"}),
        ({"acme": 67, "globex": 33}, {"acme": "3", "globex": "1.5"}),
        (
            {"acme": 33, "globex": 33, "initech": 34},
            dict.fromkeys(("acme", "globex", "initech"), "1.5"),
        ),
        ({"acme": 50}, {"acme": "2.5"}),
        ({"acme": 60, "globex": 41}, {}),
        ({"acme": 50, "globex": 100}, {}),
        ({"acme": 9, "globex": 91}, {"globex": "4.5"}),
    ],
)
def test_a_pull_request_of_five_points(teams: Shares, counts: dict[str, str]) -> None:
    found = attributed(teams, act("2026-10-05", ADA))
    assert points(found) == counts
    assert set(found.contested) == (set(teams) if not counts else set())


def test_each_act_is_divided_and_then_added_up() -> None:
    acts = [act(f"2026-10-{on:02}", ADA) for on in range(1, 8)]
    assert points(attributed({"acme": 55, "globex": 45}, *acts)) == {"acme": "17.5", "globex": "14"}


def test_a_part_of_less_than_half_a_point_is_told_and_counts_nothing() -> None:
    found = attributed(
        {"acme": 80, "globex": 20}, act("2026-10-05", ADA, kind="issue", accepted=accepted("issue"))
    )
    assert points(found) == {"acme": "0.5"}
    [left_out] = found.uncounted["globex"]
    assert left_out.reason.startswith("the part of the points for this share")


def test_a_share_is_of_its_days() -> None:
    teams: Shares = {
        "acme": [stay(100, until="2026-10-10"), stay(50, since="2026-10-11")],
        "globex": [stay(50, since="2026-10-11")],
    }
    acts = [act(f"2026-10-{on}", ADA) for on in ("10", "11")]
    assert points(attributed(teams, *acts)) == {"acme": "7.5", "globex": "2.5"}


def test_who_returns_counts_in_both_times_and_not_between() -> None:
    teams: Shares = {"acme": [stay(100, until="2026-10-05"), stay(100, since="2026-10-20")]}
    acts = [act(f"2026-10-{on}", ADA) for on in ("05", "06", "19", "20")]
    found = attributed(teams, *acts)
    assert [one.contribution.day.day for one in found.counted["acme"]] == [5, 20]
    assert len(found.uncounted["acme"]) == 2


@pytest.mark.parametrize("of", [BEN, CHI])
def test_neither_employer_gains_by_what_the_other_one_did(of: str) -> None:
    teams: Shares = {"acme": [stay(50), member(BEN)], "globex": [stay(50), member(CHI)]}
    found = attributed(teams, act("2026-10-05", ADA, kind="review", of=Account(login=of)))
    assert points(found) == {}


def event(by: str, on: str = "2026-10-05", kind: str = "event") -> Contribution:
    return claimed(on, by, kind=kind, url="https://events.example/1")


@pytest.mark.parametrize(
    ("acts", "counts"),
    [
        ([event(ADA)], {"acme": "5", "globex": "5"}),
        ([event(ADA), event(CHI, "2026-10-06")], {"acme": "5", "globex": "5"}),
        ([event(CHI), event(ADA, "2026-10-06")], {"acme": "5", "globex": "10"}),
        ([event(ADA), event(ADA, "2026-10-06")], {"acme": "5", "globex": "5"}),
        (
            [event(ADA, kind="talk"), event(CHI, kind="talk")],
            {"acme": "2.5", "globex": "7.5"},
        ),
    ],
)
def test_a_page_counts_once_for_each_employer(
    acts: list[Contribution], counts: dict[str, str]
) -> None:
    teams: Shares = {"acme": [stay(50), member(BEN)], "globex": [stay(50), member(CHI)]}
    assert points(attributed(teams, *acts)) == counts


@pytest.mark.parametrize(
    ("mine", "theirs", "shared"),
    [(50, 50, False), (100, 100, True), (60, 41, True), (1, 100, True)],
)
def test_who_fits_into_both_teams_holds_up_nobody(mine: int, theirs: int, shared: bool) -> None:
    days = day("2026-08-01"), day("2026-11-24")
    own = application(team=(member(ADA, share=mine),)).team
    other = (member(ADA, share=theirs),)
    assert shared_members(own, other, (), *days) == ((ADA,) if shared else ())


@settings(max_examples=many(1_000))
@given(st.integers(0, 1000), st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_parts_are_halves_and_never_more_than_the_whole(worth: int, shares: list[int]) -> None:
    parts = [part(worth, one) for one in shares]
    for one, share in zip(parts, shares, strict=True):
        assert one * 2 == int(one * 2)
        assert 0 <= Decimal(worth * share) / 100 - one < Decimal("0.5")
    if sum(shares) <= 100:
        assert total(parts) <= worth
    assert part(worth, 100) == worth


@settings(max_examples=many(1_000))
@given(st.lists(st.integers(-1000, 1000)))
def test_equal_points_are_written_the_same(halves: list[int]) -> None:
    def told(number: int) -> Points:
        return of_json(number / 2)

    whole = total(map(told, halves))
    assert str(whole) == str(told(sum(halves)))
    assert str(exact(whole)) == str(whole)
    assert "." not in str(whole) or str(whole).endswith(".5")


@pytest.mark.parametrize("value", ["5", None, 7.25, Decimal("0.1")])
def test_other_parts_are_no_points(value: Any) -> None:
    with pytest.raises(ValueError, match="no whole or half points"):
        of_json(value)


def test_a_plan_asks_for_whole_points() -> None:
    half = {Month(2026, 8): Decimal("7.5"), Month(2026, 9): Decimal("12.5")}
    asked = points_of_a_partner(half, day("2026-10-01"), POLICY)
    assert [(str(one.month), one.points) for one in asked] == [("2026-10", 20)]
    own = application(team=(member(ADA, share=50),))
    days = [f"{one}-{on:02}" for one in ("2026-08", "2026-09", "2026-10") for on in range(2, 7)]
    seen = work(*(contribution(on, ADA, url=f"https://a.example/{on}") for on in days))
    found = decide(own, evidence(work=seen, accounts=answered(KNOWN)), program(), required(), "")
    assert [one.points for one in found.work] == [Decimal("12.5")] * 3
    assert found.plan
    assert all(isinstance(one.points, int) for one in found.plan.points)
    assert "has 12.5" in " ".join(plan_steps(found))
