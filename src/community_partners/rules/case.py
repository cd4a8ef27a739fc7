"""Prepares an application and its evidence for the criteria. Decides only which months count."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..model.application import Application
from ..model.evidence import Answer, Evidence, Subject
from ..model.month import Month, last_closed, listed
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Coverage, MonthPoints, Outcome, Required
from .coverage import coverage, rates_by_day
from .payer_link import usable_part
from .required_amount import NoAmount
from .team_accounts import unseen
from .team_months import team_months
from .without_amount import without_amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One application, prepared for the criteria.

    `paid`: the payments of the closed months that the policy asks for, then of the current month;
    empty if payments are unknown. `work`: the team's points in each closed month that counts.
    `uncounted`: how many contributions did not count, by reason. `unseen`: logins of the team that
    must be corrected before their work can be looked up.
    """

    application: Application
    program: Program
    evidence: Evidence
    required: Required | NoAmount
    paid: tuple[Coverage, ...]
    work: tuple[MonthPoints, ...]
    uncounted: Counter[str]
    unseen: tuple[str, ...]

    @property
    def today(self) -> date:
        return self.evidence.today

    @property
    def closed(self) -> tuple[Coverage, ...]:
        """The payments of the closed months that the policy asks for."""
        return self.paid[:-1]

    @property
    def gaps(self) -> tuple[str, ...]:
        """A sentence for each reason why the team may have more points than counted."""
        seen = self.evidence
        work = (seen.work.get(month.month) for month in self.work)
        answers: tuple[Answer[Any] | None, ...] = (*work, seen.claims, seen.accounts)
        gaps = [answer.failure for answer in answers if answer and answer.failure]
        if self.unseen:
            gaps.append(f"The work of {listed(self.unseen)} was not looked at: see Team.")
        return tuple(dict.fromkeys(gaps))

    def on(self, day: date, paid: Sponsorship | None, planned: Mapping[Month, int]) -> "Case":
        """Return the case as it would be on a later day.

        `paid`: the sponsorship by then. `planned`: the points by then, by month; a month has what
        it has today if that is more.
        """
        answer = replace(self.evidence.sponsorship, value=paid)
        evidence = replace(self.evidence, today=day, sponsorship=answer)
        case = prepare(self.application, evidence, self.program, self.required)
        asked = self.program.contribution.points_each_month
        work = tuple(_planned(one, planned.get(one.month, 0), asked) for one in case.work)
        return replace(case, work=work)

    def coverage_on(self, day: date, paid: Sponsorship) -> tuple[Coverage, ...]:
        """Return the payments of the months that are closed on `day`, paid as in `paid`."""
        months = sponsorship_months(self.program, day)
        case = (self.evidence, self.program, self.required)
        return _paid(self.application, paid, *case, months)[:-1]


def subject_of(application: Application) -> Subject:
    """Return the paying account and the logins that evidence on the application is about."""
    return Subject(
        platform=application.platform,
        account=application.account.casefold(),
        team=tuple(sorted(member.github.casefold() for member in application.team)),
    )


def sponsorship_months(program: Program, today: date) -> tuple[Month, ...]:
    """Return the closed months that must be paid, then the current month, the earliest first."""
    return (*last_closed(today, program.sponsorship.months), Month.of(today))


def contribution_months(program: Program, today: date) -> tuple[Month, ...]:
    """Return the closed months whose contributions count, the earliest first."""
    return last_closed(today, program.contribution.months)


def prepare(
    application: Application,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
) -> Case:
    """Assign payments and contributions to the months that the policy asks for."""
    missing = unseen(application, evidence, program.contribution)
    work, uncounted = _work(application, evidence, program, missing)
    return Case(
        application=application,
        program=program,
        evidence=evidence,
        required=required,
        paid=_paid(
            application,
            evidence.sponsorship.value,
            *(evidence, program, required),
            sponsorship_months(program, evidence.today),
        ),
        work=work,
        uncounted=uncounted,
        unseen=missing,
    )


def _paid(
    application: Application,
    sponsorship: Sponsorship | None,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
    months: Sequence[Month],
) -> tuple[Coverage, ...]:
    if sponsorship is None or sponsorship.payer is None:
        return ()
    if isinstance(required, NoAmount):
        return without_amount(sponsorship, months, program.sponsorship, evidence.today)
    return coverage(
        usable_part(sponsorship, application),
        required,
        months,
        rates_by_day(evidence.rates.value or ()),
        program.sponsorship,
        evidence.today,
    )


def _work(
    application: Application, evidence: Evidence, program: Program, missing: Collection[str]
) -> tuple[tuple[MonthPoints, ...], Counter[str]]:
    asked, policy = contribution_months(program, evidence.today), program.contribution
    seen = {month: evidence.work[month] for month in asked if month in evidence.work}
    work = {month: seen[month].value if month in seen else None for month in asked}
    claims, accounts = evidence.claims.value or (), evidence.accounts.value or ()
    by_month, uncounted = team_months(application, accounts, work, claims, policy)
    months: list[MonthPoints] = []
    for month, counted in by_month.items():
        points = sum(entry.points for entry in counted)
        answers = (seen.get(month), evidence.claims, evidence.accounts)
        failed = any(answer and answer.failure for answer in answers) or bool(missing)
        outcome = _outcome(points, policy.points_each_month, failed=failed)
        months.append(
            MonthPoints(month=month, points=points, outcome=outcome, counted=tuple(counted))
        )
    return tuple(months), Counter(one.reason for one in uncounted)


def _planned(month: MonthPoints, points: int, asked: int) -> MonthPoints:
    """Return the month with at least these points."""
    if points <= month.points:
        return month
    outcome = Outcome.MET if points >= asked else month.outcome
    return replace(month, points=points, outcome=outcome)


def _outcome(points: int, asked: int, *, failed: bool) -> Outcome:
    """Return the outcome of one month.

    `failed`: a source failed or a login must be corrected, so there may be more points than
    `points`. Enough points are enough all the same; too few points are then unknown, not a miss.
    """
    if points >= asked:
        return Outcome.MET
    return Outcome.UNKNOWN if failed else Outcome.NOT_MET
