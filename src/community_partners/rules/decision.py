"""From findings to a verdict. Any `not met` gives not yet, else any `unknown` needs review.

What each criterion asks is decided beside its sentence, in the modules of criteria.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from ..model.application import Application
from ..model.evidence import Answer, Evidence
from ..model.problem import Problem
from ..model.program import Program
from ..model.verdict import Decision, Finding, Outcome, Required, Verdict, Waiver
from .case import Case, prepare
from .commands_and_waivers import with_waivers
from .contribution_criteria import contributions_meaningful, contributions_regular
from .identity_criteria import not_a_partner_yet, payer_is_organization, team_exists
from .required_amount import NoAmount
from .sponsorship_criteria import amount_reached, required_amount_known, sponsorship_active

CRITERIA: tuple[Callable[[Case], Finding], ...] = (
    required_amount_known,
    sponsorship_active,
    amount_reached,
    payer_is_organization,
    contributions_regular,
    contributions_meaningful,
    team_exists,
    not_a_partner_yet,
)


def decide(
    application: Application,
    evidence: Evidence,
    program: Program,
    required: Required | NoAmount,
    digest: str,
    waivers: Sequence[Waiver] = (),
    more: Sequence[Finding] = (),
) -> Verdict:
    """The verdict on a valid application. `digest` names the stored evidence.

    `more`: findings on how the application was handed in.
    """
    case = prepare(application, evidence, program, required)
    findings = with_waivers((*(one(case) for one in CRITERIA), *more), waivers)
    decision, failed = decision_of(findings), _failed(evidence)
    return Verdict(
        application=application.slug,
        name=application.name,
        decision=decision,
        today=evidence.today,
        findings=findings,
        required=None if isinstance(required, NoAmount) else required,
        earliest=_earliest(findings) if decision is Decision.NOT_YET else None,
        coverage=case.closed,
        work=case.work,
        uncounted=dict(sorted(case.uncounted.items())),
        unanswered=tuple(dict.fromkeys(map(_sentence, failed))),
        may_answer_later=any(not answer.lasting for answer in failed),
        evidence=digest,
    )


def invalid(name: str, problems: tuple[Problem, ...], today: date) -> Verdict:
    """The verdict on an application that could not be read; nothing else was looked at."""
    return Verdict(
        application=None, name=name, decision=Decision.INVALID, today=today, problems=problems
    )


def decision_of(findings: Iterable[Finding]) -> Decision:
    """Three-valued: what is unknown never refuses, and never admits. What is waived is met."""
    outcomes = {finding.outcome for finding in findings if not finding.waived}
    if Outcome.NOT_MET in outcomes:
        return Decision.NOT_YET
    return Decision.NEEDS_REVIEW if Outcome.UNKNOWN in outcomes else Decision.ELIGIBLE


def _earliest(findings: Iterable[Finding]) -> date | None:
    """The day on which all could be met; None where one of them never can."""
    missing = [one for one in findings if one.outcome is Outcome.NOT_MET and not one.waived]
    days = [finding.earliest for finding in missing]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _failed(evidence: Evidence) -> tuple[Answer[Any], ...]:
    answers: tuple[Answer[Any] | None, ...] = (
        evidence.sponsorship,
        evidence.rates,
        evidence.accounts,
        *evidence.work.values(),
        evidence.claims,
        evidence.partners,
        evidence.earlier,
    )
    return tuple(answer for answer in answers if answer and answer.failure)


def _sentence(answer: Answer[Any]) -> str:
    return f"{answer.failure} (Asked on {answer.asked_at:%Y-%m-%d at %H:%M} UTC.)"


def look_again(verdict: Verdict) -> date | None:
    """From which day on another look may say something else, though nobody edits anything.

    That of the earliest date; at once, where a source did not answer. None: an edit is needed.
    """
    if verdict.decision is Decision.NOT_YET:
        return verdict.earliest
    if verdict.decision is Decision.NEEDS_REVIEW and verdict.unanswered:
        return verdict.today
    return None
