"""Writes the comment that answers an application. Decides words and order; the verdict is given.

The verdict stands first, then each criterion, then what to do next; everything else is folded. Text
from outside is escaped. The comment is never longer than GitHub allows, whatever the input.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template

from ..model.application import DoorKind
from ..model.length import cut
from ..model.month import in_words
from ..model.problem import first_of
from ..model.program import Program
from ..model.verdict import Coverage, Decision, Outcome, Share, Verdict
from .escape import Markdown, code, link, text
from .plan import plan_title
from .verdict import headline, icon, is_open, mend, opening, steps, uncounted_in_words

LONGEST = 60_000  # GitHub takes 65,536 characters; our hidden line and its counting need some
ROWS = (200, 80, 30, 10, 3, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """The commit that was judged. `name`: 40 hexadecimal digits. `url`: the page that shows it."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The comment that tells an applicant the verdict.

    `body`: the comment's text, without the hidden line that lets a later run find the comment.
    """

    decision: Decision
    body: str


def compose(
    verdict: Verdict, program: Program, door: DoorKind = DoorKind.FORM, commit: Commit | None = None
) -> Reply:
    """Return the reply to an application, at most LONGEST characters.

    The same verdict gives the same bytes. A reply that is too long shows fewer rows of its tables
    (ROWS). `commit`: the commit that holds the application, or None for an issue.
    """
    bodies = (_render(verdict, program, door, commit, rows) for rows in ROWS)
    body = next((body for body in bodies if len(body) <= LONGEST), "")
    last = body or _render(verdict, program, door, commit, 0)[:LONGEST]
    return Reply(decision=verdict.decision, body=last)


def _render(
    verdict: Verdict, program: Program, door: DoorKind, commit: Commit | None, rows: int
) -> str:
    return _template().render(
        verdict=verdict,
        program=program,
        rows=rows,
        problems=first_of(verdict.problems, max(rows, 1)),
        headline=text(headline(verdict)),
        opening=text(opening(verdict, program)),
        open=[one for one in verdict.findings if is_open(one)],
        open_title="Missing" if verdict.decision is Decision.NOT_YET else "To be checked",
        there=[one for one in verdict.findings if not is_open(one)],
        plan=text(plan_title(verdict) or "What to do next"),
        steps=steps(verdict, program, door),
        uncounted=text(uncounted_in_words(verdict.uncounted or {}), 1500),
        mend=Markdown(mend(door)),
        commit=commit,
        policy_url=Markdown(program.policy.url),
    )


@cache
def _template() -> "Template":
    # This import takes a twentieth of a second, and not every command that can reply does reply.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("community_partners.words"),
        autoescape=False,  # noqa: S701  `finalize` escapes for Markdown, where HTML's rules don't do
        finalize=text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"text": text, "day": _day, "icon": icon, "cut": cut, "own": Markdown}
    environment.filters["code"] = code
    environment.globals |= {"link": link, "paid": _paid, "share_line": _share_line}
    return environment.get_template("reply.md.j2")


def _day(day: date) -> str:
    return in_words(day)


def _paid(month: Coverage) -> Markdown:
    """Return what was paid in a month, and whether that reached the required amount.

    The amount is left out if it is private or could not be read.
    """
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
