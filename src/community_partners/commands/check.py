"""Runs `partners check`, which gives the verdict on a file."""

import sys
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from ..application.check import check
from ..evidence.gathering import Sources
from ..evidence.of_application import gather
from ..intake.applications import path_submission
from ..intake.evidence_file import read_evidence, write_evidence
from ..intake.program import read_program
from ..model.application import Application, DoorKind
from ..model.evidence import Evidence
from ..model.program import Program
from ..model.verdict import Decision, Required, Verdict
from ..rules.required_amount import NoAmount
from ..words.reply import compose
from ..words.verdict_json import verdict_json
from ..words.verdict_terminal import show
from .wiring import asking, read_settings, today_in_utc


def run(
    file: Path,
    program_file: Path,
    evidence: Path | None,
    save_evidence: Path | None,
    today: date | None,
    form: str,
) -> None:
    """Print the verdict on a file, from stored `evidence` or by asking the platforms.

    Exit with 1 if the file is no valid application.
    """
    stored, root = read_evidence(evidence) if evidence else None, program_file.parent
    day = today or (stored.today if stored else today_in_utc())
    program = read_program(program_file, day)
    submission = path_submission(file, day, program)

    def ask(application: Application, required: Required | NoAmount, _: object) -> Evidence:
        if stored:
            return stored
        with asking(read_settings()) as clients:
            sources = Sources(program=program, root=root, clients=clients, today=day)
            return gather(application, required, sources)

    checked = check(submission, program, day, ask)
    if save_evidence and checked.evidence:
        write_evidence(checked.evidence, save_evidence)
    _show(checked.verdict, program, form)
    if checked.verdict.decision is Decision.INVALID:
        sys.exit(1)


def _show(verdict: Verdict, program: Program, form: str) -> None:
    if form == "json":
        click.echo(verdict_json(verdict, program), nl=False)
    elif form == "markdown":
        click.echo(compose(verdict, program, DoorKind.FILE).body, nl=False)
    else:
        show(verdict, program, Console())
