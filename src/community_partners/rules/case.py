"""Prepares an application and its evidence for the criteria. Decides only which months count."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..model.application import Application
from ..model.contribution import Contribution
from ..model.evidence import Answer, Evidence, Subject
from ..model.month import Month, last_closed, listed
from ..model.program import Program
from ..model.sponsorship import Sponsorship
from ..model.verdict import Counted, Coverage, MonthPoints, Outcome, Required
from .attribution import attribute
from .coverage import coverage, rates_by_day
from .payer_link import usable_part
from .project import projects
from .required_amount import NoAmount
from .roster import roster_of
from .team_accounts import unseen
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
    return months_read_with(Month.of(today) - 1, program, today)


def months_read_with(month: Month, program: Program, today: date) -> tuple[Month, ...]:
    """Return the months whose payments are read together to judge `month`, the earliest first.

    They are the months that an applicant must pay up to `month`, and all later ones up to today: so
    a month is the same for an applicant and for a partner.
    """
    first, months = month - (program.sponsorship.months - 1), []
    while first <= Month.of(today):
        months.append(first)
        first += 1
    return tuple(months)


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
    slug, accounts = application.slug, evidence.accounts.value or ()
    roster = roster_of({slug: application.team}, accounts)
    asked, policy = contribution_months(program, evidence.today), program.contribution
    seen = {month: evidence.work[month] for month in asked if month in evidence.work}
    known = projects(
        {month: seen[month].value if month in seen else None for month in asked}, policy
    )
    found = attribute(roster, _seen(evidence, asked), known, policy)
    by_month: dict[Month, list[Counted]] = {month: [] for month in asked}
    for one in found.counted.get(slug, ()):
        by_month[Month.of(one.contribution.day)].append(one)
    months: list[MonthPoints] = []
    for month, counted in by_month.items():
        points = sum(entry.points for entry in counted)
        answers = (seen.get(month), evidence.claims, evidence.accounts)
        failed = any(answer and answer.failure for answer in answers) or bool(missing)
        outcome = _outcome(points, policy.points_each_month, failed=failed)
        months.append(
            MonthPoints(month=month, points=points, outcome=outcome, counted=tuple(counted))
        )
    return tuple(months), Counter(one.reason for one in found.uncounted.get(slug, ()))


def _seen(evidence: Evidence, months: Collection[Month]) -> Iterator[Contribution]:
    """Yield the contributions of these months from all sources."""
    swept = (evidence.work[month].value for month in months if month in evidence.work)
    for shown in (*swept, *(evidence.claims.value or ())):
        if shown is not None and shown.month in months:
            yield from shown.contributions


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
