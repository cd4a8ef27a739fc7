"""Writes to a silent applicant: a reminder, and later a farewell when the application is closed.

Decides words only.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from ..hidden_line import Memory
from ..model.month import counted, in_words
from ..model.problem import number_of
from ..model.program import Program
from ..model.verdict import Decision, Outcome, Verdict
from .escape import Markdown, link, text
from .plan import plan_steps, plan_title

FAREWELL = "farewell"


def reminder(verdict: Verdict, verdict_url: str, closes: date, program: Program) -> str:
    """Return the reminder in Markdown, with its hidden line.

    `closes`: the day on which the application is closed if the applicant stays silent.
    """
    return str(Memory(kind="reminder", closes=closes)) + _text(
        _reminder(verdict, verdict_url, closes, program)
    )


def farewell(verdict_url: str, apply_url: str, program: Program) -> str:
    """Return the farewell in Markdown, with its hidden line.

    `apply_url`: the page on which a new application begins.
    """
    return str(Memory(kind=FAREWELL)) + _text(_farewell(verdict_url, apply_url, program))


def _reminder(verdict: Verdict, verdict_url: str, closes: date, program: Program) -> Iterator[str]:
    yield "### Are you still on it?"
    yield (
        f"Your application to the {text(program.name)} has been quiet for a while, so here is "
        "where it stands:"
    )
    enough = link("What would be enough", verdict_url)
    yield f"{_missing(verdict)} {enough}.{_from_when(verdict)}"
    title = plan_title(verdict)
    if title:
        yield f"{text(title)}: {' '.join(str(text(one)) for one in plan_steps(verdict))}"
    unless = " and it is not eligible by then" if _from_when(verdict) else ""
    yield (
        "Edit the application when something has changed, or write a word here if you need more "
        f"time: either keeps it open. If we hear nothing{unless}, it is closed on "
        f"{in_words(closes)}, and nothing is lost by that."
    )


def _farewell(verdict_url: str, apply_url: str, program: Program) -> Iterator[str]:
    """Yield the paragraphs of the farewell.

    The applicant is asked for a comment, since GitHub does not let authors reopen an issue that
    another account has closed.
    """
    yield "### Closed for now"
    yield (
        f"Thank you for your interest in the {text(program.name)}! We have not heard from you, so "
        "we close this application. That is no refusal, and nothing is held against you: "
        f"{link('the last verdict', verdict_url)} stays here."
    )
    yield (
        "You are welcome back at any time. Write a comment here, and a maintainer opens this "
        f"application again; or {link('apply anew', apply_url)}, which is just as good."
    )


def _text(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _missing(verdict: Verdict) -> Markdown:
    """Return what is missing, in one sentence."""
    if verdict.decision is Decision.INVALID:
        number = number_of(verdict.problems)
        return text(f"{counted(number, 'detail')} of the application must be corrected.")
    titles = [one.title for one in verdict.findings if one.outcome is Outcome.NOT_MET]
    return text(f"Not met yet: {'; '.join(titles)}.")


def _from_when(verdict: Verdict) -> str:
    if verdict.earliest is None or verdict.earliest <= verdict.today:
        return ""
    return (
        f" It could be eligible from {in_words(verdict.earliest)}; on that day or soon after, "
        "we check again by ourselves."
    )
