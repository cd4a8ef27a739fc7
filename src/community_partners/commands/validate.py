"""Runs `partners validate`, which checks the form of records without asking any platform."""

import sys
from datetime import date
from pathlib import Path

import click

from ..intake.records import validate
from ..words.escape import defuse
from .wiring import today_in_utc


def run(paths: tuple[Path, ...], today: date | None) -> None:
    """Print all problems. Exit with 1 if there are any."""
    problems = validate(paths or (Path(),), today or today_in_utc())
    for problem in problems:
        click.echo(defuse(str(problem)))
    if problems:
        sys.exit(1)
    click.echo("All records are in order.")
