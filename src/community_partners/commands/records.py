"""`partners validate` and `partners form`: what people wrote, before anything is looked up."""

import sys
from datetime import date
from pathlib import Path

import click

from ..words.log import defuse
from .options import FILE, PROGRAM, TODAY
from .wiring import today_in_utc


@click.command()
@click.argument("paths", type=FILE, nargs=-1)
@TODAY
def validate(paths: tuple[Path, ...], today: date | None) -> None:
    """Check the form of all records below PATHS [default: this folder]; ask nobody."""
    from ..intake.records import validate as problems_of

    problems = problems_of(paths or (Path(),), today or today_in_utc())
    for problem in problems:
        click.echo(defuse(str(problem)))
    if problems:
        sys.exit(1)
    click.echo("All records are in order.")


@click.command()
@click.argument("body", type=FILE)
@PROGRAM
@TODAY
def form(body: Path, program_file: Path, today: date | None) -> None:
    """Print the application that BODY, the text of a filled form, stands for."""
    from ..intake.files import read_text
    from ..intake.form_application import application_from_form, read_form
    from ..intake.form_template import program_form
    from ..intake.program import read_program
    from ..intake.yaml_document import write_yaml

    template = program_form(program_file.parent)
    text = read_text(body)
    program = read_program(program_file)
    application_from_form(text, template, today or today_in_utc(), program)
    click.echo(write_yaml(read_form(text, template).data), nl=False)
