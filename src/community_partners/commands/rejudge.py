"""Runs `partners rejudge`, which judges merged applications again before their admission."""

from datetime import date
from pathlib import Path

import click

from ..application.door import Run
from ..application.rejudge import rejudge_all
from ..evidence.merged import slugs_of_push
from ..intake.event import Ignored
from ..intake.program import read_program
from ..intake.program_form import program_form
from ..intake.push_event import read_push
from ..wire.tries import Meter
from ..words.escape import quote
from .home import home_repository
from .wiring import asking, checkout, read_settings, today_in_utc

NOTHING = "No application was merged on an old verdict."


def run(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Judge again what the push has merged on a verdict of an earlier month."""
    settings, meter, root = read_settings(), Meter(), program_file.parent
    git = checkout(settings, root)
    push = read_push(settings.event_name, settings.event_path)
    slugs = () if isinstance(push, Ignored) else slugs_of_push(git, push)
    if not slugs:
        click.echo(NOTHING)
        return
    day = today or today_in_utc()
    program = read_program(program_file, day)
    repository = home_repository(program, settings, meter, "`partners rejudge`", dry_run=dry_run)
    if repository is None:
        return
    with asking(settings, meter) as clients:
        asked = (program, program_form(root), root, day, clients, repository)
        what = Run.of(*asked, dry_run=dry_run)
        said = False
        for sentence in rejudge_all(slugs, git, what):
            said = True
            click.echo(quote(sentence))
    if not said:
        click.echo(NOTHING)
    click.echo(f"partners: {meter}", err=True)
