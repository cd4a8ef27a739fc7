"""`partners check`: the verdict on a file."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import EVIDENCE, FILE, FORMAT, PROGRAM, SAVE_EVIDENCE, TODAY
from .wiring import asking, read_settings, today_in_utc

if TYPE_CHECKING:
    from ..model.program import Program
    from ..model.verdict import Verdict


@click.command("check")
@click.argument("file", type=FILE)
@PROGRAM
@EVIDENCE
@SAVE_EVIDENCE
@TODAY
@FORMAT
def check_file(
    file: Path,
    program_file: Path,
    evidence: Path | None,
    save_evidence: Path | None,
    today: date | None,
    form: str,
) -> None:
    """Give the verdict on an application's FILE, such as applications/acme.yml."""
    from ..application.check import check
    from ..evidence.of_application import gather
    from ..intake.applications import read_application
    from ..intake.evidence_file import read_evidence, write_evidence
    from ..intake.program import read_program
    from ..wire.session import Meter

    program, root = read_program(program_file), program_file.parent
    stored = read_evidence(evidence) if evidence else None
    day = today or (stored.today if stored else today_in_utc())
    read = partial(read_application, file, day, program)
    if stored:
        checked = check(read, file.stem, program, day, lambda *_: stored)
    else:
        with asking(read_settings(), Meter()) as clients:
            ask = partial(gather, program=program, root=root, clients=clients, today=day)
            checked = check(read, file.stem, program, day, ask)
    if save_evidence and checked.evidence:
        write_evidence(checked.evidence, save_evidence)
    _show(checked.verdict, program, form)


def _show(verdict: "Verdict", program: "Program", form: str) -> None:
    if form == "json":
        from ..words.verdict_json import verdict_json

        click.echo(verdict_json(verdict, program), nl=False)
    elif form == "markdown":
        from ..words.reply import compose
        from ..words.verdict import Door

        click.echo(compose(verdict, program, Door.FILE).body, nl=False)
    else:
        from rich.console import Console

        from ..words.verdict_terminal import show

        show(verdict, program, Console())
