"""All that the criteria look at, prepared once. Decides nothing but which months are looked at."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ..model.application import Application
from ..model.evidence import Evidence
from ..model.month import Month, last_closed
from ..model.program import Program
from ..model.verdict import Coverage, MonthPoints, Outcome, Required
from .attribution import attribute, roster_of
from .coverage import coverage, rates_by_day
from .payer_link import usable_part
from .required_amount import NoAmount
from .team_accounts import unseen


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """`paid`: the closed months asked and the current one, the earliest first; empty if unknown.

    `unseen`: logins of the team that must be corrected before their work can be looked at.
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
        """The closed months that must have been paid."""
        return self.paid[:-1]


def sponsorship_months(program: Program, today: date) -> tuple[Month, ...]:
    """The closed months that must be paid, and the current one."""
    return (*last_closed(today, program.sponsorship.months), Month.of(today))


def contribution_months(program: Program, today: date) -> tuple[Month, ...]:
    """The closed months whose work counts."""
    return last_closed(today, program.contribution.months)


def prepare(
    application: Application,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
) -> Case:
    """Lay payments and contributions out on the months that the policy asks for."""
    missing = unseen(application, evidence, program.contribution)
    work, uncounted = _work(application, evidence, program, missing)
    return Case(
        application=application,
        program=program,
        evidence=evidence,
        required=required,
        paid=_paid(application, evidence, program, required),
        work=work,
        uncounted=uncounted,
        unseen=missing,
    )


def _paid(
    application: Application, evidence: Evidence, program: Program, required: Required | NoAmount
) -> tuple[Coverage, ...]:
    sponsorship = evidence.sponsorship.value
    if sponsorship is None or sponsorship.payer is None or isinstance(required, NoAmount):
        return ()
    return coverage(
        usable_part(sponsorship, application),
        required,
        sponsorship_months(program, evidence.today),
        rates_by_day(evidence.rates.value or ()),
        program.sponsorship,
    )


def _work(
    application: Application, evidence: Evidence, program: Program, missing: Collection[str]
) -> tuple[tuple[MonthPoints, ...], Counter[str]]:
    slug, accounts = application.slug, evidence.accounts.value or ()
    roster = roster_of({slug: application.team}, accounts)
    claimed = {entry.month: entry.contributions for entry in evidence.claims.value or ()}
    months: list[MonthPoints] = []
    left_out: Counter[str] = Counter()
    for month in contribution_months(program, evidence.today):
        answer = evidence.work[month]
        seen = answer.value.contributions if answer.value else ()
        found = attribute(roster, (*seen, *claimed.get(month, ())), program.contribution)
        counted = tuple(found.counted.get(slug, ()))
        left_out += found.uncounted.get(slug, Counter())
        points = sum(entry.points for entry in counted)
        silent = (answer.failure, evidence.claims.failure, evidence.accounts.failure)
        failed = any(silent) or bool(missing)
        outcome = _outcome(points, program.contribution.points_each_month, failed=failed)
        months.append(MonthPoints(month=month, points=points, outcome=outcome, counted=counted))
    return tuple(months), left_out


def _outcome(points: int, asked: int, *, failed: bool) -> Outcome:
    """Who was silent or not looked at can only add: enough is enough, too little is unknown."""
    if points >= asked:
        return Outcome.MET
    return Outcome.UNKNOWN if failed else Outcome.NOT_MET
