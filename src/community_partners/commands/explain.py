"""Runs `partners explain`, which says why a partner has its result in a month. Nobody is asked."""

from datetime import date
from pathlib import Path

import click

from ..directory.explain import explanation_of
from ..intake.program import read_program
from ..model.month import Month
from ..words.explanation import explanation_json, explanation_markdown, explanation_text
from .wiring import today_in_utc


def run(
    slug: str,
    asked: Month | None,
    person: str | None,
    form: str,
    program_file: Path,
    today: date | None,
) -> None:
    """Print the explanation in one of the three forms."""
    day = today or today_in_utc()
    program = read_program(program_file, day)
    told = explanation_of(program, program_file.parent, slug, asked, person, day)
    if form == "json":
        click.echo(explanation_json(told), nl=False)
    elif form == "markdown":
        click.echo(explanation_markdown(told, None), nl=False)
    else:
        click.echo(explanation_text(told))
