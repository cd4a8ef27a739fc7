"""Prints a verdict on a terminal: the content of the comment, in columns. Decides nothing."""

import unicodedata

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model.application import DoorKind
from ..model.month import in_words
from ..model.program import Program
from ..model.verdict import Decision, Finding, Outcome, Verdict
from .escape import defuse
from .verdict import WORDS, headline, mark, steps, uncounted_in_words

_STYLES = {Outcome.MET: "green", Outcome.NOT_MET: "red", Outcome.UNKNOWN: "yellow"}


def show(verdict: Verdict, program: Program, console: Console) -> None:
    """Print a verdict.

    Outside text is never taken for markup or a command to the runner; its control characters are
    left out.
    """
    console.print(plain(headline(verdict)), style="bold")
    if verdict.decision is Decision.INVALID:
        for problem in verdict.problems:
            console.print(Padding(plain(f"{problem.place}: {problem.message}"), (0, 0, 0, 2)))
            console.print(Padding(plain(problem.remedy), (0, 0, 0, 4)))
        return
    console.print(_criteria(verdict))
    console.print(_months(verdict))
    for number, step in enumerate(steps(verdict, program, DoorKind.FILE), 1):
        console.print(Padding(plain(f"{number}. {step.words}"), (0, 0, 0, 2)))
        for way in step.ways:
            console.print(Padding(plain(f"* {way.words} {way.copy}"), (0, 0, 0, 5)))
    console.print(plain(_footer(verdict, program)), style="dim")


def _criteria(verdict: Verdict) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for finding in verdict.findings:
        word = Text(mark(finding))
        word.stylize("dim" if finding.waived else _STYLES[finding.outcome])
        table.add_row(word, plain(finding.title), _found(finding))
    return Padding(table, (0, 0, 1, 2))


def _found(finding: Finding) -> Text:
    lines = [finding.reason]
    if finding.waived:
        lines.append(f"By {finding.waived.by}: {finding.waived.reason}")
    return Text("\n").join(map(plain, lines))


def _months(verdict: Verdict) -> RenderableType:
    paid = [
        f"{entry.month} {entry.paid if entry.paid is not None else WORDS[entry.outcome]}"
        for entry in verdict.coverage
    ]
    points = [f"{entry.month} {entry.points}" for entry in verdict.work]
    lines = [
        f"{title}: {', '.join(values)}"
        for title, values in (("Paid", paid), ("Points", points))
        if values
    ]
    if verdict.uncounted:
        lines.append(f"Not counted: {uncounted_in_words(verdict.uncounted)}")
    return Padding(Group(*map(plain, lines)), (0, 0, 1, 2))


def _footer(verdict: Verdict, program: Program) -> str:
    policy = program.policy
    parts = [
        f"Checked on {in_words(verdict.today)}",
        f"policy version {policy.version} of {in_words(policy.date)}",
        *([f"Big Mac index, edition {verdict.required.edition}"] if verdict.required else []),
        f"evidence {verdict.evidence}",
        *(f"could not be checked: {sentence}" for sentence in verdict.unanswered),
    ]
    return " · ".join(parts)


def plain(text: str) -> Text:
    """Return outside text for a terminal, on one line and without control characters.

    The result is never taken for markup, nor for a command to the runner.
    """
    words = (one if not one.isspace() else " " for one in text)
    return Text(defuse("".join(one for one in words if unicodedata.category(one)[0] != "C")))
