"""The comment that answers an application. Decides words and order; facts are the verdict's.

The verdict stands first, then each criterion, then the way forward; all else is folded. Whatever
came from outside is escaped, and no input makes it longer than GitHub takes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ..model.month import in_words
from ..model.program import Program
from ..model.verdict import Coverage, Decision, Finding, Outcome, Share, Verdict
from .markdown import Markdown, link, text

LONGEST = 60_000  # GitHub takes 65,536 characters; our marker and its counting need some
ROWS = (200, 80, 30, 10, 3, 0)
ICONS = {Outcome.MET: "✅", Outcome.NOT_MET: "❌", Outcome.UNKNOWN: "❔"}
WORDS = {Outcome.MET: "met", Outcome.NOT_MET: "not met", Outcome.UNKNOWN: "could not check"}
WAIVED = "⚪ waived"


class Door(StrEnum):
    """Where the application came in: what to do next is said in its words."""

    FORM = "form"
    FILE = "file"
    PULL = "pull"


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """The one that was judged. `name`: its 40 hexadecimal digits; `url`: where it is shown."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    """What a door calls things. `mend`: how to correct what could not be read."""

    admission: str
    here: str
    again: str
    changed: str
    mend: str


_WORDS = {
    Door.FORM: _Words(
        admission=" here",
        here=" here",
        again="comment /recheck",
        changed="Edit the form in this issue when something has changed: it is checked again.",
        mend="edit the form above (… → Edit). It is checked again at once.",
    ),
    Door.FILE: _Words(
        admission="",
        here="",
        again="run this again",
        changed="Edit the file when something has changed, and check it again.",
        mend="edit the file, and check it again.",
    ),
    Door.PULL: _Words(
        admission=" by merging this pull request",
        here=" here",
        again="comment /recheck",
        changed="Edit the file in this pull request when something has changed: it is checked "
        "again.",
        mend="edit the file in this pull request. It is checked again at once.",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The comment's text, without the marker by which it is found again."""

    decision: Decision
    body: str


def compose(
    verdict: Verdict, program: Program, door: Door = Door.FORM, commit: Commit | None = None
) -> Reply:
    """The reply to an application: the same verdict gives the same bytes, below LONGEST.

    `commit`: the one that holds the application, where there is one.
    """
    bodies = (_render(verdict, program, door, commit, rows) for rows in ROWS)
    body = next((body for body in bodies if len(body) <= LONGEST), "")
    last = body or _render(verdict, program, door, commit, 0)[:LONGEST]
    return Reply(decision=verdict.decision, body=last)


def headline(verdict: Verdict) -> str:
    """The verdict in one line of plain text."""
    match verdict.decision:
        case Decision.ELIGIBLE:
            return f"Eligible: {verdict.name} meets all criteria{_but_waived(verdict)}"
        case Decision.NEEDS_REVIEW:
            return f"Needs review: a maintainer looks at {verdict.name}"
        case Decision.INVALID:
            return "Invalid: some details need mending before we can check"
        case Decision.NOT_YET:
            return f"Not yet: {verdict.name}{_from_when(verdict)}"


def steps(verdict: Verdict, program: Program, door: Door) -> tuple[str, ...]:
    """What to do next, in order, as plain text."""
    remedies = [
        f"{finding.title}: {finding.remedy}"
        for outcome in (Outcome.NOT_MET, Outcome.UNKNOWN)
        for finding in verdict.findings
        if finding.outcome is outcome and finding.remedy and not finding.waived
    ]
    return (*remedies, _last_step(verdict, program, door))


def mark(finding: Finding) -> str:
    """Icon and word of an outcome, or that it is waived."""
    return WAIVED if finding.waived else f"{ICONS[finding.outcome]} {WORDS[finding.outcome]}"


def _but_waived(verdict: Verdict) -> str:
    waived = sum(finding.waived is not None for finding in verdict.findings)
    if not waived:
        return ""
    return " but one, which is waived" if waived == 1 else f" but {waived}, which are waived"


def _last_step(verdict: Verdict, program: Program, door: Door) -> str:
    words = _WORDS[door]
    match verdict.decision:
        case Decision.ELIGIBLE:
            return (
                f"Nothing more from you: a maintainer of {program.organization} confirms the "
                f"admission{words.admission}. Go on as you do; status is maintained, not granted."
            )
        case Decision.NEEDS_REVIEW:
            here = words.here
            last = f"Nothing is lost, and nothing counts against you: a maintainer answers{here}."
            silent = f" To have a source that was silent asked again, {words.again}."
            return last + silent if verdict.unanswered else last
        case _:
            return words.changed


def _from_when(verdict: Verdict) -> str:
    if verdict.earliest is None:
        return ""
    if verdict.earliest <= verdict.today:
        return " could be eligible as soon as this is mended"
    return f" could be eligible from {in_words(verdict.earliest)}"


def _opening(verdict: Verdict, program: Program) -> str:
    open_ones = [finding.outcome for finding in verdict.findings if not finding.waived]
    missing, unclear = open_ones.count(Outcome.NOT_MET), open_ones.count(Outcome.UNKNOWN)
    things = "One thing is" if missing == 1 else f"{missing} things are"
    match verdict.decision:
        case Decision.ELIGIBLE:
            or_waived = ", or waived by a maintainer" if _but_waived(verdict) else ""
            rest = f"Congratulations: everything that the program asks for is there{or_waived}."
        case Decision.NEEDS_REVIEW:
            rest = (
                f"{'One thing' if unclear == 1 else f'{unclear} things'} could not be checked by "
                "us alone. That is no refusal: a person looks."
            )
        case Decision.INVALID:
            rest = "A few details could not be read as they are; nothing else was looked at yet."
        case Decision.NOT_YET:
            rest = f"{things} missing, and you can get there."
    return f"Thank you for applying to the {program.name}! {rest}"


def _render(
    verdict: Verdict, program: Program, door: Door, commit: Commit | None, rows: int
) -> str:
    return _template().render(
        verdict=verdict,
        program=program,
        rows=rows,
        headline=text(headline(verdict)),
        opening=text(_opening(verdict, program)),
        steps=steps(verdict, program, door),
        mend=Markdown(_WORDS[door].mend),
        commit=commit,
        policy_url=Markdown(program.policy.url),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("community_partners.output"),
        autoescape=False,  # noqa: S701  `finalize` escapes for Markdown, where HTML's rules don't do
        finalize=text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"text": text, "day": _day, "mark": mark, "cut": _cut}
    environment.globals |= {"link": link, "paid": _paid, "share_line": _share_line}
    return environment.get_template("reply.md.j2")


def _day(day: date) -> str:
    return in_words(day)


def _cut(value: str, most: int) -> str:
    return value if len(value) <= most else f"{value[: most - 1]}…"


def _paid(month: Coverage) -> Markdown:
    """A month without a figure is one whose figures are private, or could not be read."""
    reached = {
        Outcome.MET: "reached",
        Outcome.NOT_MET: "not reached",
        Outcome.UNKNOWN: "could not check",
    }[month.outcome]
    return text(f"{month.paid} ({reached})" if month.paid is not None else reached)


def _share_line(share: Share) -> Markdown:
    amount = str(share.amount)
    if share.converted is not None and share.converted.currency != share.amount.currency:
        amount += f" = {share.converted}"
    notes = [note for note in (share.why, share.payment.note) if note]
    rest = f" ({'; '.join(notes)})" if notes else ""
    words: Any = f"{in_words(share.payment.day)}: {amount}{rest}"
    return link(words, share.payment.url)
