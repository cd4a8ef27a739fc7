"""Runs `partners required`, which prints what a country pays a month."""

from pathlib import Path

import click

from ..intake.program import read_program
from ..prices.required import describe_required, find_country, required_json, required_of
from .wiring import today_in_utc


def run(country: str, edition: str | None, as_json: bool, program_file: Path) -> None:
    """Print the required amount, by the program's edition unless another one is named."""
    found = find_country(country)
    amount = required_of(found, read_program(program_file, today_in_utc()), edition)
    click.echo(required_json(found, amount) if as_json else describe_required(found, amount))
