"""The dates that applicants are promised: what the remedy asks for is enough, and nothing less."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from builders import (
    TODAY,
    answered,
    application,
    claimed,
    evidence,
    payment,
    program,
    required,
    sponsorship,
)
from community_partners.model.contribution import MonthOfWork
from community_partners.model.month import Month, last_closed
from community_partners.model.sponsorship import Payment
from community_partners.model.verdict import Finding, Outcome
from community_partners.rules.decision import decide

CLOSED = last_closed(TODAY, 3)
NOW = Month.of(TODAY)
POINTS = st.lists(st.integers(0, 30), min_size=3, max_size=3).map(
    lambda three: dict(zip(CLOSED, three, strict=True))
)


def work_finding(criterion: str, points: Mapping[Month, int], today: date) -> Finding:
    """An approved claim of an issue gives one point."""
    work = {
        month: answered(
            MonthOfWork(
                month=month,
                contributions=tuple(
                    claimed(
                        str(month.first_day), kind="issue", url=f"https://a.example/{month}/{n}"
                    )
                    for n in range(points.get(month, 0))
                ),
            )
        )
        for month in last_closed(today, 3)
    }
    seen = evidence(work=work, today=today)
    found = decide(application(), seen, program(), required(), "")
    return next(one for one in found.findings if one.criterion == criterion)


def numbers(remedy: str | None) -> list[int]:
    return [int(one) for one in re.findall(r"(?:With|with) (\d+) points", remedy or "")]


def dates(remedy: str | None) -> list[date]:
    months = {(NOW + later).title: NOW + later for later in range(6)}
    return [months[one].first_day for one in re.findall(r"from 1 (\w+ \d{4})", remedy or "")]


@given(POINTS)
def test_meaningful_is_met_on_the_date_and_with_the_points_that_were_named(
    points: dict[Month, int],
) -> None:
    criterion = "contributions-meaningful"
    found = work_finding(criterion, points, TODAY)
    assume(found.outcome is Outcome.NOT_MET)
    assert found.earliest == (NOW + 1).first_day, "the current month can still bring any number"
    [needed, *_] = numbers(found.remedy)
    at = (NOW + 1).first_day
    assert work_finding(criterion, {**points, NOW: needed}, at).outcome is Outcome.MET
    assert work_finding(criterion, {**points, NOW: needed - 1}, at).outcome is Outcome.NOT_MET
    last = at - timedelta(days=1)
    assert work_finding(criterion, {**points, NOW: 1000}, last).outcome is Outcome.NOT_MET


@given(POINTS)
def test_the_pace_that_is_named_leads_to_its_date(points: dict[Month, int]) -> None:
    criterion = "contributions-meaningful"
    found = work_finding(criterion, points, TODAY)
    assume(found.outcome is Outcome.NOT_MET and len(numbers(found.remedy)) == 2)
    pace, at = numbers(found.remedy)[1], dates(found.remedy)[1]
    steady = {**points, **{NOW + later: pace for later in range(4)}}
    assert work_finding(criterion, steady, at).outcome is Outcome.MET
    assert work_finding(criterion, steady, at - timedelta(days=1)).outcome is Outcome.NOT_MET


@given(POINTS)
def test_regular_is_met_on_the_date_that_was_named(points: dict[Month, int]) -> None:
    criterion = "contributions-regular"
    found = work_finding(criterion, points, TODAY)
    assume(found.outcome is Outcome.NOT_MET and found.earliest is not None)
    at = found.earliest or TODAY
    for asked, met in ((10, True), (9, False)):
        steady = {**points, **{NOW + later: asked for later in range(4)}}
        assert (work_finding(criterion, steady, at).outcome is Outcome.MET) is met
    best = {**points, **{NOW + later: 1000 for later in range(4)}}
    before = at - timedelta(days=1)
    assert work_finding(criterion, best, before).outcome is Outcome.NOT_MET


@given(st.sets(st.sampled_from(range(1, 6)), min_size=1), st.integers(1, 30))
def test_the_amount_is_met_on_the_date_that_was_named_and_on_no_earlier_one(
    paid_back: set[int], on: int
) -> None:
    """Whatever is still paid, and by whichever order: as much as anybody could, every month."""
    today = NOW.first_day.replace(day=on)
    began = (NOW - 6).first_day
    past = [payment(str((NOW - back).first_day), began=began) for back in paid_back]
    found = amount(past, today)
    assume(found.outcome is Outcome.NOT_MET)
    days = [today, today, *((NOW + later).first_day for later in range(1, 5))]
    best = [*past, *(payment(str(one), began=began) for one in days)]
    possible = [one for one in dict.fromkeys(days) if amount(best, one).outcome is Outcome.MET]
    assert found.earliest == possible[0]


def amount(payments: list[Payment], today: date) -> Finding:
    seen = evidence(
        sponsorship=answered(sponsorship(*(one for one in payments if one.day <= today))),
        work={
            month: answered(MonthOfWork(month=month, contributions=()))
            for month in last_closed(today, 3)
        },
        today=today,
    )
    found = decide(application(), seen, program(), required(), "")
    return next(one for one in found.findings if one.criterion == "amount")
