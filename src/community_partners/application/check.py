"""Checks one application: gathers the evidence and decides the verdict. Writes nothing.

`partners check` checks a file, `partners review` an application that came by a door.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ..errors import UserError
from ..intake.price_table import load_prices
from ..model.application import Application
from ..model.evidence import Evidence, Subject
from ..model.program import Program
from ..model.submission import Submission
from ..model.verdict import Required, Verdict, Waiver
from ..rules.applicant import contribution_months, subject_of
from ..rules.decision import decide, invalid
from ..rules.required_amount import NoAmount, amount_asked
from ..stored import digest

Gather = Callable[[Application, Required | NoAmount, Sequence[Waiver]], Evidence]
"""A function that returns the evidence, with the waivers in force for it."""

WaiversFor = Callable[[Application], Sequence[Waiver]]
"""A function that returns the waivers in force for an application."""


def no_waivers(_: Application) -> Sequence[Waiver]:
    """Return no waivers, for an application on disk: it has no thread to give them in."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A verdict and its evidence.

    `evidence`: None if the application could not be read, since then nothing was asked.
    """

    verdict: Verdict
    evidence: Evidence | None = None


def check(
    submission: Submission,
    program: Program,
    today: date,
    gather: Gather,
    waivers: WaiversFor = no_waivers,
) -> Checked:
    """Return the verdict on a submission.

    Raises UserError if the evidence belongs to another application, day or policy.
    """
    application = submission.application
    if application is None:
        return Checked(verdict=invalid(submission.title, submission.problems, today))
    given = waivers(application)
    required = amount_asked(application, program, load_prices())
    evidence = gather(application, required, given)
    _refuse_other_evidence(evidence, application, program, today)
    more = (submission.finding,) if submission.finding else ()
    verdict = decide(application, evidence, program, required, digest(evidence), given, more)
    return Checked(verdict=verdict, evidence=evidence)


def _refuse_other_evidence(
    evidence: Evidence, application: Application, program: Program, today: date
) -> None:
    if (evidence.application, evidence.today) != (application.slug, today):
        raise UserError(
            f"The stored evidence is about {evidence.application} on {evidence.today}, not about "
            f"{application.slug} on {today}. Store it anew with --save-evidence."
        )
    for was, now in zip(_named(evidence.about), _named(subject_of(application)), strict=True):
        if was != now:
            raise UserError(
                f"The stored evidence is about {was}, while the application names {now}. Store it "
                "anew with --save-evidence."
            )
    missing = [
        str(month) for month in contribution_months(program, today) if month not in evidence.work
    ]
    if missing:
        raise UserError(
            f"The stored evidence says nothing of {', '.join(missing)}, which the program asks "
            "for. Store it anew with --save-evidence."
        )


def _named(about: Subject) -> tuple[str, str, str]:
    """Return platform, account and team in words.

    Evidence on one account or team must not be used for another.
    """
    return (
        f"the platform {about.platform}",
        f"the account {about.account}",
        f"the team {', '.join(about.team)}",
    )
