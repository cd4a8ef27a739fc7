"""Decides the verdict: any `not met` gives not yet, else any `unknown` gives needs review.

The table in `criteria.py` says what decides each criterion.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from ..model.application import Application
from ..model.evidence import Evidence
from ..model.problem import Problem, first_of
from ..model.program import Program
from ..model.verdict import Decision, Finding, Outcome, Required, Verdict, Waiver
from .applicant import Applicant, prepare
from .commands_and_waivers import with_waivers
from .confirmed_team import contested_by
from .criteria import findings as findings_on
from .earliest import eligible_from
from .failed_sources import failed, told
from .plan import plan_of
from .required_amount import NoAmount


def decide(
    application: Application,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
    digest: str,
    waivers: Sequence[Waiver] = (),
    more: Sequence[Finding] = (),
) -> Verdict:
    """Return the verdict on a valid application.

    `digest`: of the stored evidence. `waivers`: the waivers in force. `more`: findings on how the
    application was handed in.
    """
    case, findings = judge(application, evidence, program, required, waivers, more)
    decision, unanswered = decision_of(findings), failed(evidence)
    others = (evidence.others and evidence.others.value) or ()
    plan = None
    if decision is Decision.NOT_YET:
        plan = plan_of(case, findings_on, {waiver.criterion for waiver in waivers})
    return Verdict(
        application=application.slug,
        name=application.name,
        decision=decision,
        today=evidence.today,
        findings=findings,
        required=None if isinstance(required, NoAmount) else required,
        earliest=eligible_from(findings, plan),
        plan=plan,
        team=case.organization.team,
        heard=case.voice.asked and case.voice.is_heard,
        beside=tuple(
            one.number
            for one, _ in contested_by(case.organization.team, others)
            if one.confirmed is not None
        ),
        coverage=case.paid,
        work=case.work,
        uncounted=dict(sorted(case.uncounted.items())),
        unanswered=told(unanswered),
        may_answer_later=any(not answer.lasting for answer in unanswered),
        evidence=digest,
    )


def judge(
    application: Application,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
    waivers: Sequence[Waiver] = (),
    more: Sequence[Finding] = (),
) -> tuple[Applicant, tuple[Finding, ...]]:
    """Return the case with its findings, as `decide` has them, without a plan."""
    case = prepare(application, evidence, program, required)
    return case, with_waivers((*findings_on(case), *more), waivers)


def invalid(name: str, problems: tuple[Problem, ...], today: date) -> Verdict:
    """Return the verdict on an application that could not be read. Nothing else was checked."""
    return Verdict(
        application=None,
        name=name,
        decision=Decision.INVALID,
        today=today,
        problems=first_of(problems),
    )


def decision_of(findings: Iterable[Finding]) -> Decision:
    """Decide by three-valued logic: an unknown finding neither refuses nor admits anyone.

    A waived finding counts as met.
    """
    outcomes = {finding.outcome for finding in findings if not finding.waived}
    if Outcome.NOT_MET in outcomes:
        return Decision.NOT_YET
    return Decision.NEEDS_REVIEW if Outcome.UNKNOWN in outcomes else Decision.ELIGIBLE
