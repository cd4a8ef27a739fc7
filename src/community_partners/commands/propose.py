"""Runs `partners propose`, which writes the proposals that `review` or `waiting` handed on."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ..application.door import Run
from ..application.propose import propose_all
from ..errors import FailuresError
from ..intake.handed_on import read_handed_on, write_handed_on
from ..intake.program import read_program
from ..intake.program_form import program_form
from ..model.handed_on import Handed
from ..publication.place import Place
from ..settings import Settings
from ..wire.tries import Meter
from .home import home_repository
from .reporting import write_outputs
from .wiring import asking, checkout, read_settings, today_in_utc


def run(handed_on: str, program_file: Path, dry_run: bool, today: date | None) -> None:
    """Write each proposal, and print what was done. Raises UserError with failures."""
    settings, meter, root = read_settings(), Meter(), program_file.parent
    handed = read_handed_on(handed_on)
    day, form = today or today_in_utc(), program_form(root)
    program = read_program(program_file, day)
    repository = home_repository(program, settings, meter, "`partners propose`", dry_run=dry_run)
    if repository is None:
        return
    place = Place(git=checkout(settings, root), repository=repository, web_url=settings.web_url)
    with asking(settings, meter) as clients:
        what = Run.of(program, form, root, day, clients, repository, dry_run=dry_run)
        done = propose_all(handed, what, place)
    for line in done.lines:
        click.echo(line)
    click.echo(f"partners: {meter}", err=True)
    if done.failures:
        raise FailuresError(done.failures)


def hand(handed: Sequence[Handed], settings: Settings) -> None:
    """Write what is left to `partners propose` to the output of the step, if anything is left."""
    if handed:
        write_outputs(settings.output, {"handed-on": write_handed_on(tuple(handed))})
        issues = ", ".join(f"#{one.issue}" for one in handed)
        click.echo(f"Left to `partners propose`: the change of files for {issues}.")
