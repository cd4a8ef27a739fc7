"""Prepares what is known of one organization for the criteria: its paid months, and its points.

An applicant and a partner are prepared by the same steps. Only the months differ: those closed
before an applicant's day (`applicant.py`), or those that end with a partner's month
(`month_case.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..model.application import Application
from ..model.evidence import Answer
from ..model.month import Month
from ..model.points import Points, total
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, MonthPoints, Outcome, Required
from .attributed_work import AttributedWork
from .coverage import coverage
from .enough import Rates
from .required_amount import NoAmount
from .without_amount import without_amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One organization, prepared for the criteria.

    `organization`: as it applied, or as its record has it. `rates_failure`: why exchange rates are
    missing. `paid`: the months whose payments are judged; empty if nothing is known of an account.
    `work`: the points of each month that is added up. In both, the latest month comes last.
    """

    organization: Application
    program: Program
    today: date
    required: Required | NoAmount
    sponsorship: Answer[Sponsorship]
    rates_failure: str | None
    paid: tuple[Coverage, ...]
    work: tuple[MonthPoints, ...]


def paid_months(
    sponsorship: Sponsorship | None,
    required: Required | NoAmount,
    months: Sequence[Month],
    rates: Rates,
    program: Program,
    today: date,
) -> tuple[Coverage, ...]:
    """Return the payments of each of `months`; empty if nothing is known of an account."""
    if sponsorship is None or sponsorship.payer is None:
        return ()
    if isinstance(required, NoAmount):
        return without_amount(sponsorship, months, program.sponsorship, today)
    return coverage(sponsorship, required, months, rates, program.sponsorship, today)


def worked_months(
    slug: str,
    work: AttributedWork,
    unseen: Mapping[Month, Sequence[str]],
    answers: Mapping[Month, Iterable[Answer[Any] | None]],
    committed: Mapping[Month, Points],
) -> tuple[MonthPoints, ...]:
    """Return the organization's points in each month of `work`.

    `unseen`: logins of the team whose work cannot be looked up. `answers`: what the month's points
    rest on. `committed`: points of earlier months, as they were decided then. Closed months never
    change, so these count, whatever the evidence says of such a month today.
    """
    return tuple(
        _committed(month, committed[month], work.policy.points_each_month)
        if month in committed
        else _points(slug, month, work, unseen.get(month, ()), answers.get(month, ()))
        for month in work.points
    )


def _committed(month: Month, points: Points, asked: int) -> MonthPoints:
    return MonthPoints(
        month=month, points=points, outcome=reached(points, asked, contested=0, gaps=())
    )


def _points(
    slug: str,
    month: Month,
    work: AttributedWork,
    unseen: Sequence[str],
    answers: Iterable[Answer[Any] | None],
) -> MonthPoints:
    points, contested = (of[month].get(slug, 0) for of in (work.points, work.contested))
    failures = tuple(
        dict.fromkeys(answer.failure for answer in answers if answer and answer.failure)
    )
    asked = work.policy.points_each_month
    return MonthPoints(
        month=month,
        points=points,
        outcome=reached(points, asked, contested=contested, gaps=(*unseen, *failures)),
        contested=contested,
        unseen=tuple(unseen),
        failures=failures,
    )


def all_together(work: Sequence[MonthPoints], asked: int) -> Outcome:
    """Return whether the points of all these months together are enough."""
    return reached(
        total(one.points for one in work),
        asked,
        contested=total(one.contested for one in work),
        gaps=[gap for one in work for gap in one.gaps],
    )


def reached(points: Points, asked: int, *, contested: Points, gaps: Sequence[str]) -> Outcome:
    """Return whether points are enough. `gaps`: why there may be more of them than counted.

    Enough points are enough all the same. Too few are unknown if there may be more: those that
    another organization claims too would make the difference, or somebody's work was not looked at.
    """
    if points >= asked:
        return Outcome.MET
    return Outcome.UNKNOWN if gaps or points + contested >= asked else Outcome.NOT_MET
