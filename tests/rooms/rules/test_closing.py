"""What becomes of an application that waits: each case, and what never happens."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, day
from community_partners.model.application import Platform
from community_partners.model.month import Month
from community_partners.model.plan import Plan
from community_partners.model.program import WaitingPolicy
from community_partners.model.verdict import Decision, Verdict
from community_partners.rules.closing import Action, Situation, action, closing_day
from community_partners.rules.earliest import look_again

POLICY = WaitingPolicy(remind_after_days=30, close_after_days=60)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NEXT_MONTH = (Month.of(TODAY) + 1).first_day
NOT_YET, INVALID = Decision.NOT_YET, Decision.INVALID
REVIEW, ELIGIBLE = Decision.NEEDS_REVIEW, Decision.ELIGIBLE


def situation(
    decision: Decision | None, quiet_days: int | None, again: date | None, closes: date | None
) -> Situation:
    return Situation(decision=decision, quiet_days=quiet_days, again=again, closes=closes)


@pytest.mark.parametrize(
    ("seen", "first", "then"),
    [
        # decision, days of silence, again, closes: what is done; and after a verdict that says so
        (situation(None, 0, None, None), Action.RECHECK, Action.NOTHING),
        (situation(ELIGIBLE, 900, TOMORROW, None), Action.NOTHING, Action.NOTHING),
        (situation(ELIGIBLE, 9, TODAY, None), Action.RECHECK, Action.NOTHING),
        (situation(ELIGIBLE, 9, None, None), Action.RECHECK, Action.NOTHING),
        (
            replace(situation(ELIGIBLE, 9, TOMORROW, None), settled=False),
            Action.RECHECK,
            Action.NOTHING,
        ),
        (replace(situation(NOT_YET, 3, None, None), settled=False), Action.RECHECK, Action.NOTHING),
        (situation(REVIEW, 900, None, YESTERDAY), Action.NOTHING, Action.NOTHING),
        (situation(REVIEW, 900, YESTERDAY, YESTERDAY), Action.RECHECK, Action.NOTHING),
        (situation(NOT_YET, 3, TOMORROW, None), Action.NOTHING, Action.NOTHING),
        (situation(NOT_YET, 3, TODAY, None), Action.RECHECK, Action.NOTHING),
        (situation(NOT_YET, 29, None, None), Action.NOTHING, Action.NOTHING),
        (situation(NOT_YET, 30, TOMORROW, None), Action.RECHECK, Action.REMIND),
        (situation(NOT_YET, 31, None, None), Action.RECHECK, Action.REMIND),
        (situation(NOT_YET, 95, None, TOMORROW), Action.NOTHING, Action.NOTHING),
        (situation(NOT_YET, 95, None, TODAY), Action.RECHECK, Action.CLOSE),
        (situation(NOT_YET, None, None, YESTERDAY), Action.NOTHING, Action.NOTHING),
        (situation(INVALID, 30, None, None), Action.RECHECK, Action.REMIND),
        (situation(INVALID, 95, None, YESTERDAY), Action.RECHECK, Action.CLOSE),
    ],
)
def test_what_is_done(seen: Situation, first: Action, then: Action) -> None:
    assert action(seen, POLICY, TODAY) is first
    assert action(replace(seen, fresh=True), POLICY, TODAY) is then


def test_without_a_policy_nobody_is_reminded_or_closed() -> None:
    assert action(situation(NOT_YET, 900, None, YESTERDAY), None, TODAY) is Action.NOTHING
    assert action(situation(NOT_YET, 900, TODAY, None), None, TODAY) is Action.RECHECK


DAYS = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400))
SITUATIONS = st.builds(
    Situation,
    decision=st.none() | st.sampled_from(Decision),
    again=st.none() | DAYS,
    fresh=st.booleans(),
    quiet_days=st.none() | st.integers(0, 1000),
    closes=st.none() | DAYS,
    settled=st.booleans(),
)
POLICIES = st.builds(
    WaitingPolicy, remind_after_days=st.integers(1, 90), close_after_days=st.integers(1, 90)
)


@given(SITUATIONS, st.none() | POLICIES)
def test_nobody_is_sent_away_unfairly(seen: Situation, policy: WaitingPolicy | None) -> None:
    done = action(seen, policy, TODAY)
    if done in (Action.REMIND, Action.CLOSE):
        assert seen.fresh, "not on an old verdict"
        assert seen.decision in (NOT_YET, INVALID), "not while others are to act"
        assert policy is not None
        assert seen.quiet_days is not None, "not where silence is only guessed"
        if done is Action.CLOSE:
            assert seen.closes is not None, "not without a reminder"
            assert seen.closes <= TODAY, "not before the day that it named"
        else:
            assert seen.closes is None, "once in a silence"
            assert seen.quiet_days >= policy.remind_after_days
    if seen.fresh:
        assert done is not Action.RECHECK, "a run ends"


@given(SITUATIONS, POLICIES, st.integers(0, 500))
def test_more_silence_never_undoes_anything(
    seen: Situation, policy: WaitingPolicy, more: int
) -> None:
    if seen.quiet_days is not None and action(seen, policy, TODAY) is not Action.NOTHING:
        later = replace(seen, quiet_days=seen.quiet_days + more)
        assert action(later, policy, TODAY) is action(seen, policy, TODAY)


@given(st.none() | DAYS, POLICIES)
def test_the_closing_day_leaves_the_time_that_was_promised(
    earliest: date | None, policy: WaitingPolicy
) -> None:
    closes = closing_day(TODAY, earliest, policy)
    assert closes >= TODAY + timedelta(days=policy.close_after_days)
    assert earliest is None or closes >= earliest


@pytest.mark.parametrize(
    ("decision", "earliest", "unanswered", "lasting", "again"),
    [
        (NOT_YET, day("2027-01-01"), (), False, day("2027-01-01")),
        (NOT_YET, TOMORROW, (), False, TOMORROW),
        (NOT_YET, day(str(TODAY)), (), False, TODAY + timedelta(days=7)),
        (NOT_YET, None, ("GitHub did not answer.",), False, None),
        (REVIEW, None, ("GitHub did not answer.",), False, TODAY),
        (REVIEW, None, ("No token is set.",), True, TODAY + timedelta(days=7)),
        (REVIEW, None, (), False, NEXT_MONTH),
        (ELIGIBLE, None, (), False, NEXT_MONTH),
        (INVALID, None, (), False, None),
    ],
)
def test_when_another_look_may_say_something_else(
    decision: Decision,
    earliest: date | None,
    unanswered: tuple[str, ...],
    lasting: bool,
    again: date | None,
) -> None:
    verdict = Verdict(
        application="acme",
        name="Acme",
        decision=decision,
        today=TODAY,
        earliest=earliest,
        unanswered=unanswered,
        may_answer_later=bool(unanswered) and not lasting,
    )
    assert look_again(verdict) == again


@pytest.mark.parametrize(
    ("late", "earliest", "again"),
    [
        (True, day("2027-01-01"), TODAY + timedelta(days=7)),
        (True, TOMORROW, TOMORROW),
        (False, day("2027-01-01"), day("2027-01-01")),
    ],
)
def test_a_late_charge_is_looked_for_every_week(late: bool, earliest: date, again: date) -> None:
    plan = Plan(day=earliest, platform=Platform.OPEN_COLLECTIVE)
    verdict = Verdict(
        application="acme",
        name="Acme",
        decision=NOT_YET,
        today=TODAY,
        earliest=earliest,
        plan=replace(plan, if_late=replace(plan, day=TODAY)) if late else plan,
    )
    assert look_again(verdict) == again
