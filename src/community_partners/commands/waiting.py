"""Runs `partners waiting`, which looks after open applications."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ..application.door import Run
from ..application.form_notice import tell_of_form
from ..application.waiting import WaitingRoom
from ..errors import FailuresError
from ..intake.program import read_program
from ..intake.program_form import program_form
from ..wire.tries import Meter
from ..words.escape import defuse, text
from .home import home_repository
from .propose import hand
from .reporting import write_summary
from .wiring import asking, read_settings, today_in_utc

NOBODY = "No application is open."


def run(program_file: Path, dry_run: bool, hand_on: bool, today: date | None) -> None:
    """Look after each open application, and print what was done. Raises UserError with failures."""
    settings, meter, root = read_settings(), Meter(), program_file.parent
    day, form = today or today_in_utc(), program_form(root)
    program = read_program(program_file, day)
    repository = home_repository(program, settings, meter, "`partners waiting`", dry_run=dry_run)
    if repository is None:
        return
    apply_url = f"{settings.web_url}/issues/new/choose"
    with asking(settings, meter) as clients:
        asked = (program, form, root, day, clients, repository)
        what = replace(Run.of(*asked, dry_run=dry_run), hands_on=hand_on)
        done = WaitingRoom(run=what, apply_url=apply_url, waiting=what.waiting()).attend_all()
        done.lines.extend(tell_of_form(what))
    hand(done.handed_on, settings)
    for line in done.lines:
        click.echo(line)
    for sentence in done.sentences:
        click.echo(defuse(sentence))
    if not (done.sentences or done.failures):
        click.echo(NOBODY)
    click.echo(f"partners: {meter}", err=True)
    said = [f"- {text(one.splitlines()[0])}" for one in (*done.sentences, *done.failures)]
    write_summary(settings.step_summary, "\n".join(said) or NOBODY, meter)
    if done.failures:
        raise FailuresError(done.failures)
