"""How a partner moves from month to month: a table of single steps, and laws of any history."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import day, month
from community_partners.model.month import Month
from community_partners.model.partner import Pause
from community_partners.model.program import StandingPolicy
from community_partners.model.ranking import MonthFinding
from community_partners.model.standing import Judged, PartnerStanding, Standing
from community_partners.model.verdict import Outcome
from community_partners.rules.standing import (
    judge,
    months_until_step,
    moves,
    next_step,
    standing_before,
    step,
)
from month_builders import OCTOBER, partner, ranking, row, standing

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
ORDER = list(Standing)
NOBODY_JUDGED = (Judged.UNKNOWN, Judged.NEWCOMER, Judged.PAUSED)
POLICY = StandingPolicy(at_risk_after=1, suspended_after=2, lapsed_after=3)


def findings(*outcomes: Outcome) -> list[MonthFinding]:
    return [
        MonthFinding(criterion=str(number), title="A criterion", outcome=outcome, reason="So.")
        for number, outcome in enumerate(outcomes)
    ]


def stands(
    standing: str, missed: int = 0, since: str = "2026-02", judged: str = "met"
) -> PartnerStanding:
    return PartnerStanding(
        standing=Standing(standing), since=month(since), missed=missed, judged=Judged(judged)
    )


@pytest.mark.parametrize(
    ("outcomes", "judged"),
    [
        ([MET, MET, MET], "met"),
        ([MET, NOT_MET, MET], "missed"),
        ([NOT_MET, NOT_MET, NOT_MET], "missed"),
        ([MET, UNKNOWN, MET], "unknown"),
        ([NOT_MET, UNKNOWN, MET], "unknown"),
    ],
)
def test_what_a_month_means(outcomes: list[Outcome], judged: str) -> None:
    """What could not be checked moves nobody, even beside something that was missed."""
    assert judge(partner(), OCTOBER, findings(*outcomes)) == judged


@pytest.mark.parametrize(
    ("accepted", "judged"),
    [
        ("2026-09-30", "missed"),
        ("2026-10-01", "missed"),
        ("2026-10-02", "newcomer"),
        ("2026-10-31", "newcomer"),
    ],
)
def test_a_newcomer_is_judged_from_its_first_full_month(accepted: str, judged: str) -> None:
    assert judge(partner(accepted=day(accepted)), OCTOBER, findings(NOT_MET)) == judged


@pytest.mark.parametrize(
    ("since", "until", "judged"),
    [
        ("2026-08-15", "2026-09-30", "missed"),
        ("2026-08-15", "2026-10-01", "paused"),
        ("2026-10-05", "2026-10-06", "paused"),
        ("2026-10-31", "2026-12-31", "paused"),
        ("2026-11-01", "2026-12-31", "missed"),
    ],
)
@pytest.mark.parametrize("outcome", [NOT_MET, UNKNOWN])
def test_a_month_with_a_day_of_an_announced_pause_is_not_judged(
    since: str, until: str, judged: str, outcome: Outcome
) -> None:
    pause = Pause(since=day(since), until=day(until), reason="A move.")
    expected = "unknown" if judged == "missed" and outcome is UNKNOWN else judged
    assert judge(partner(pause=pause), OCTOBER, findings(outcome)) == expected


@pytest.mark.parametrize(
    ("before", "judged", "after"),
    [
        (None, "newcomer", stands("active", 0, "2026-10")),
        (None, "met", stands("active", 0, "2026-10")),
        (None, "unknown", stands("active", 0, "2026-10")),
        (None, "missed", stands("at risk", 0, "2026-10")),
        (stands("active"), "met", stands("active")),
        (stands("active"), "missed", stands("at risk", 0, "2026-10")),
        (stands("at risk", 0), "missed", stands("at risk", 1)),
        (stands("at risk", 1), "missed", stands("suspended", 0, "2026-10")),
        (stands("suspended", 1), "missed", stands("suspended", 2)),
        (stands("suspended", 2), "missed", stands("lapsed", 0, "2026-10")),
        (stands("lapsed", 0), "missed", stands("lapsed", 1)),
        (stands("lapsed", 9), "missed", stands("lapsed", 10)),
        (stands("at risk", 1), "met", stands("active", 0, "2026-10")),
        (stands("suspended", 2), "met", stands("active", 0, "2026-10")),
        (stands("lapsed", 9), "met", stands("active", 0, "2026-10")),
        (stands("at risk", 1), "unknown", stands("at risk", 1)),
        (stands("at risk", 1), "paused", stands("at risk", 1)),
        (stands("suspended", 2), "newcomer", stands("suspended", 2)),
    ],
)
def test_one_step(before: PartnerStanding | None, judged: str, after: PartnerStanding) -> None:
    found = step(before, Judged(judged), OCTOBER, POLICY)
    assert (found.standing, found.since, found.missed, found.judged) == (
        after.standing,
        after.since,
        after.missed,
        judged,
    )


JUDGED = st.lists(st.sampled_from(list(Judged)), max_size=30)
POLICIES = st.builds(
    StandingPolicy,
    at_risk_after=st.integers(1, 5),
    suspended_after=st.integers(1, 5),
    lapsed_after=st.integers(1, 5),
)
STANDS = st.builds(
    PartnerStanding,
    standing=st.sampled_from(ORDER),
    since=st.just(month("2026-02")),
    missed=st.integers(0, 8),
    judged=st.sampled_from(list(Judged)),
)


def history(
    judged: Sequence[Judged], policy: StandingPolicy, before: PartnerStanding | None = None
) -> list[PartnerStanding]:
    """What each month makes of the one before it, October being the first."""
    found: list[PartnerStanding] = []
    for later, one in enumerate(judged):
        found.append(step(found[-1] if found else before, one, OCTOBER + later, policy))
    return found


def depth(one: PartnerStanding) -> int:
    return ORDER.index(one.standing)


@given(JUDGED, POLICIES, STANDS)
def test_at_most_one_step_down_a_month_and_only_for_a_missed_one(
    judged: list[Judged], policy: StandingPolicy, start: PartnerStanding
) -> None:
    found = [start, *history(judged, policy, start)]
    for before, after in pairwise(found):
        down = depth(after) - depth(before)
        assert down <= 1
        assert down <= 0 or after.judged is Judged.MISSED
        assert down >= 0 or after.judged is Judged.MET


@given(STANDS, POLICIES)
def test_met_is_active_at_once_from_anywhere(
    before: PartnerStanding, policy: StandingPolicy
) -> None:
    after = step(before, Judged.MET, OCTOBER, policy)
    assert (after.standing, after.missed) == (Standing.ACTIVE, 0)
    stayed = before.standing is Standing.ACTIVE
    assert after.since == (before.since if stayed else OCTOBER)


@given(STANDS, st.sampled_from(NOBODY_JUDGED), POLICIES)
def test_a_month_that_is_not_judged_changes_nothing(
    before: PartnerStanding, judged: Judged, policy: StandingPolicy
) -> None:
    after = step(before, judged, OCTOBER, policy)
    assert (after.standing, after.since, after.missed) == (
        before.standing,
        before.since,
        before.missed,
    )


@given(POLICIES, JUDGED)
def test_each_step_takes_the_months_of_the_policy(
    policy: StandingPolicy, between: list[Judged]
) -> None:
    """Missed months in a row: one that was not judged neither counts nor breaks the row."""
    unjudged = [one for one in between if one in NOBODY_JUDGED]
    total = policy.at_risk_after + policy.suspended_after + policy.lapsed_after
    months = [one for _ in range(total) for one in (*unjudged, Judged.MISSED)]
    missed = [one.standing for one in history(months, policy) if one.judged is Judged.MISSED]
    expected = (
        [Standing.ACTIVE] * (policy.at_risk_after - 1)
        + [Standing.AT_RISK] * policy.suspended_after
        + [Standing.SUSPENDED] * policy.lapsed_after
        + [Standing.LAPSED]
    )
    assert missed == expected


@given(STANDS, POLICIES)
def test_the_next_step_is_where_missed_months_lead(
    now: PartnerStanding, policy: StandingPolicy
) -> None:
    """Also when the policy has become stricter since the months were counted."""
    told = next_step(now, OCTOBER, policy)
    before, at = now, OCTOBER
    for _ in range(20):
        at += 1
        after = step(before, Judged.MISSED, at, policy)
        if after.standing is not before.standing:
            # Known when that month is over: on the first day of the next.
            assert told == (after.standing, (at + 1).first_day)
            return
        before = after
    assert told is None
    assert now.standing is Standing.LAPSED


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (stands("active"), ("at risk", "2026-12-01")),
        (stands("at risk", 0), ("suspended", "2027-01-01")),
        (stands("at risk", 1), ("suspended", "2026-12-01")),
        (stands("suspended", 0), ("lapsed", "2027-02-01")),
        (stands("at risk", 5), ("suspended", "2026-12-01")),
        (stands("lapsed"), None),
    ],
)
def test_by_when(now: PartnerStanding, expected: tuple[str, str] | None) -> None:
    told = next_step(now, Month(2026, 10), POLICY)
    assert (told and (told[0], str(told[1]))) == expected


def test_nothing_follows_the_last_standing() -> None:
    assert [months_until_step(one, POLICY) for one in Standing] == [1, 2, 3, None]


@pytest.mark.parametrize(
    ("accepted", "carried"),
    [("2025-06-01", True), ("2026-01-15", True), ("2026-01-16", False), ("2026-10-10", False)],
)
def test_a_standing_goes_on_unless_the_partner_was_accepted_anew(
    accepted: str, carried: bool
) -> None:
    """Its row of the month before says 15 January; a day corrected to an earlier one is no news."""
    then = row(standing=standing("lapsed", missed=4))
    assert standing_before(day(accepted), then) == (then.standing if carried else None)


def test_who_has_no_row_is_new() -> None:
    assert standing_before(day("2026-10-10"), None) is None


def test_who_was_accepted_anew_moved_only_from_active() -> None:
    before = ranking(
        row("back", None, standing=standing("lapsed")),
        row("falls", None, standing=standing("lapsed")),
    )
    anew = day("2026-10-01")
    now = ranking(
        row("back", accepted=anew),
        row("falls", accepted=anew, standing=standing("at risk")),
    )
    told = [(one.partner.slug, one.before, one.down) for one in moves(before, now)]
    assert told == [("falls", "active", True)]


def test_whose_standing_moved_and_which_way() -> None:
    """A new partner was active; who is no partner any more is not told of."""
    before = ranking(
        row("stays", standing=standing("at risk")),
        row("falls", standing=standing("at risk")),
        row("returns", standing=standing("lapsed")),
        row("gone"),
    )
    now = ranking(
        row("stays", standing=standing("at risk")),
        row("returns", standing=standing("active")),
        row("falls", standing=standing("suspended")),
        row("new", standing=standing("at risk")),
        row("newer"),
    )
    told = [(one.partner.slug, one.before, one.down) for one in moves(before, now)]
    assert told == [
        ("falls", "at risk", True),
        ("new", "active", True),
        ("returns", "lapsed", False),
    ]
    assert [one.partner.slug for one in moves(None, now)] == ["falls", "new", "stays"]
