"""Puts a verdict into words: its headline, what it means, what to do next. Decides words only.

The words for what to do next depend on the door by which the application came. The verdict also
becomes the status of the commit that was judged.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..model.application import DoorKind
from ..model.commit_status import RECHECKED, CommitStatus
from ..model.length import cut
from ..model.month import in_words
from ..model.program import Program
from ..model.verdict import Decision, Finding, Outcome, Verdict, Way
from .plan import plan_steps

ICONS = {Outcome.MET: "✅", Outcome.NOT_MET: "❌", Outcome.UNKNOWN: "❔"}
WORDS = {Outcome.MET: "met", Outcome.NOT_MET: "not met", Outcome.UNKNOWN: "could not check"}
WAIVED = "⚪ waived"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """The words of a door: phrases that sentences for applicants insert.

    `mend`: how to correct an application that could not be read.
    """

    admission: str
    here: str
    again: str
    changed: str
    mend: str


_WORDS = {
    DoorKind.FORM: _Words(
        admission=" here",
        here=" here",
        again="comment /recheck",
        changed="Edit the form in this issue when something has changed: it is checked again.",
        mend="edit the form above (… → Edit). It is checked again at once.",
    ),
    DoorKind.FILE: _Words(
        admission="",
        here="",
        again="run this again",
        changed="Edit the file when something has changed, and check it again.",
        mend="edit the file, and check it again.",
    ),
    DoorKind.PULL: _Words(
        admission=" by merging this pull request",
        here=" here",
        again="comment /recheck",
        changed="Edit the file in this pull request when something has changed: it is checked "
        "again.",
        mend="change this pull request as the table says. It is checked again at once.",
    ),
}


def headline(verdict: Verdict) -> str:
    """Return the verdict in one line of plain text."""
    match verdict.decision:
        case Decision.ELIGIBLE:
            return f"Eligible: {verdict.name} meets all criteria{_but_waived(verdict)}"
        case Decision.NEEDS_REVIEW:
            return f"Needs review: a maintainer will check {verdict.name}"
        case Decision.INVALID:
            return "Invalid: some details must be corrected before we can check"
        case Decision.NOT_YET:
            return f"Not yet: {verdict.name}{_from_when(verdict)}"


def mend(door: DoorKind) -> str:
    """Return how to correct an application that could not be read, as Markdown."""
    return _WORDS[door].mend


@dataclass(frozen=True, slots=True)
class Step:
    """What the applicant can do, as plain text. `ways`: what there is a choice of."""

    words: str
    ways: tuple[Way, ...] = ()


def steps(verdict: Verdict, program: Program, door: DoorKind) -> tuple[Step, ...]:
    """Return what the applicant can do next, in order."""
    remedies = [
        Step(f"{finding.title}: {finding.remedy}", finding.ways)
        for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN)
        for finding in verdict.findings
        if finding.outcome is outcome and finding.remedy and is_open(finding)
    ]
    others = (*plan_steps(verdict), _last_step(verdict, program, door))
    return (*remedies, *map(Step, others))


def is_open(finding: Finding) -> bool:
    """Tell whether a criterion is neither met nor waived."""
    return finding.outcome is not Outcome.MET and not finding.waived


def icon(finding: Finding) -> str:
    """Return the icon of a finding's outcome; a waived one has its word beside it."""
    return WAIVED if finding.waived else ICONS[finding.outcome]


def mark(finding: Finding) -> str:
    """Return the icon and the word for a finding's outcome, or those for a waived finding."""
    return WAIVED if finding.waived else f"{ICONS[finding.outcome]} {WORDS[finding.outcome]}"


def opening(verdict: Verdict, program: Program) -> str:
    """Return the first sentences to the applicant, as plain text."""
    open_ones = [finding.outcome for finding in verdict.findings if not finding.waived]
    missing, unclear = open_ones.count(Outcome.NOT_MET), open_ones.count(Outcome.UNKNOWN)
    things = "One thing is" if missing == 1 else f"{missing} things are"
    match verdict.decision:
        case Decision.ELIGIBLE:
            or_waived = ", or waived by a maintainer" if _but_waived(verdict) else ""
            rest = f"Congratulations: everything that the program asks for is there{or_waived}."
        case Decision.NEEDS_REVIEW:
            criteria = "One criterion needs" if unclear == 1 else f"{unclear} criteria need"
            todo = "The steps below can help" if _can_help(verdict) else "You need not do anything"
            rest = f"{criteria} a maintainer. {todo}."
        case Decision.INVALID:
            rest = (
                "Some details could not be read: see the table. Nothing else has been checked yet."
            )
        case Decision.NOT_YET:
            rest = f"{things} missing, and you can get there."
    return f"Thank you for applying to the {program.name}! {rest}"


def _can_help(verdict: Verdict) -> bool:
    """Tell whether a step asks something of the applicant, such as to ask a silent source again."""
    remedies = any(one.remedy for one in verdict.findings if not one.waived)
    return remedies or bool(verdict.unanswered)


def _but_waived(verdict: Verdict) -> str:
    waived = sum(finding.waived is not None for finding in verdict.findings)
    if not waived:
        return ""
    return " but one, which is waived" if waived == 1 else f" but {waived}, which are waived"


def _last_step(verdict: Verdict, program: Program, door: DoorKind) -> str:
    words = _WORDS[door]
    match verdict.decision:
        case Decision.ELIGIBLE:
            return (
                f"Nothing more from you: a maintainer of {program.organization} confirms the "
                f"admission{words.admission}. Go on as you do; status is maintained, not granted."
            )
        case Decision.NEEDS_REVIEW:
            last = f"A maintainer will check the open criteria and answer{words.here}."
            again = f" To ask a source that did not answer once more, {words.again}."
            return last + again if verdict.unanswered else last
        case _:
            return f"{_look_again(verdict, door)}{words.changed}"


def _look_again(verdict: Verdict, door: DoorKind) -> str:
    """Return when we look again by ourselves; "" for a file on disk, or without a date."""
    if door is DoorKind.FILE or verdict.earliest is None or verdict.earliest <= verdict.today:
        return ""
    return f"We look again on {in_words(verdict.earliest)} by ourselves. "


def _from_when(verdict: Verdict) -> str:
    if verdict.earliest is None:
        return ""
    if verdict.earliest <= verdict.today:
        missing = [one for one in verdict.findings if one.outcome is Outcome.NOT_MET]
        if all(one.ways or _only_to_confirm(one, verdict) for one in missing if not one.waived):
            return " could be eligible as soon as this is shown"
        return " could be eligible as soon as this is corrected"
    return f" can be a partner from {in_words(verdict.earliest)}"


def _only_to_confirm(finding: Finding, verdict: Verdict) -> bool:
    """Tell whether a criterion lacks only that members confirm that they are in the team."""
    plan = verdict.plan
    planned = plan is not None and finding.earliest is None
    return bool(planned and plan and plan.confirm and not (plan.payments or plan.points))


LONGEST = 139  # characters; GitHub takes at most 140 in a status
_REFUSED = re.compile(r"[^\u0000-\uffff]")  # GitHub refuses characters of four bytes in UTF-8
_STATES = {
    Decision.ELIGIBLE: "success",
    Decision.NOT_YET: "failure",
    Decision.INVALID: "failure",
    Decision.NEEDS_REVIEW: "pending",
}


def status_of(verdict: Verdict, url: str | None) -> CommitStatus:
    """Return the status of the commit that was judged. `url`: the verdict's comment, or None."""
    return status_with(verdict.decision, headline(verdict), url)


def status_with(decision: Decision, words: str, url: str | None) -> CommitStatus:
    """Return the status for a decision, with these words."""
    return status_in_words(_STATES[decision], words, url)


def status_in_words(state: str, words: str, url: str | None) -> CommitStatus:
    """Return a status with as many of the words as GitHub takes. `state`: GitHub's word."""
    return CommitStatus(
        state=state, description=cut(_REFUSED.sub("\ufffd", words), LONGEST), url=url
    )


def status_to_come(url: str) -> CommitStatus:
    """Return the status of a commit whose verdict is too old to merge on. `url`: the verdict."""
    return CommitStatus(state="pending", description=RECHECKED, url=url)


def status_as_judged(decision: Decision, issue: int, url: str) -> CommitStatus:
    """Return the status of another commit that holds the file that was judged.

    `issue`, `url`: the issue in which the application is judged.
    """
    return status_with(decision, f"As judged in #{issue}: {decision.value}", url)


def uncounted_in_words(uncounted: Mapping[str, int]) -> str:
    """Return how many contributions do not count, by reason, such as two reviews that comment."""
    return "; ".join(f"{number} × {reason}" for reason, number in uncounted.items())
