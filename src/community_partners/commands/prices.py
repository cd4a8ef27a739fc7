"""`partners required` and `partners prices update`: what a country pays, and by which prices."""

from pathlib import Path

import click

from ..output.log import defuse
from .options import FILE, PROGRAM


@click.command()
@click.argument("country")
@click.option("--edition", help="Of the Big Mac index, such as 2021-01 [default: the program's].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@PROGRAM
def required(country: str, edition: str | None, as_json: bool, program_file: Path) -> None:
    """Say what a sponsor with headquarters in COUNTRY pays a month."""
    from ..intake.records import read_program
    from ..prices import describe_required, find_country, required_json, required_of

    found = find_country(country)
    amount = required_of(found, read_program(program_file), edition)
    click.echo(required_json(found, amount) if as_json else describe_required(found, amount))


@click.group()
def prices() -> None:
    """The table of Big Mac prices that required amounts follow."""


@prices.command()
@click.option("--from", "source", type=FILE, help="The publisher's CSV [default: fetch it].")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@PROGRAM
def update(source: Path | None, dry_run: bool, program_file: Path) -> None:
    """Take newer editions, showing whose required amount would change by how much."""
    from ..intake.records import read_program
    from ..prices import apply_update, describe_update, plan_update, publisher_csv
    from ..wire.session import Meter, Session

    program = read_program(program_file)
    text, document = publisher_csv(source, Session("The Big Mac index", {}, Meter()))
    planned = plan_update(text, document, program, program_file.parent)
    click.echo(defuse(describe_update(planned)))
    if not dry_run:
        apply_update(planned)
