"""`partners required` and `partners prices update`: what a country pays, and by which prices."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from ..words.log import defuse
from .options import FILE, PROGRAM
from .wiring import environment, own_repository, read_settings

if TYPE_CHECKING:
    from ..github.rest import GitHubRepository
    from ..model.program import Program
    from ..prices.propose import Publisher


@click.command()
@click.argument("country")
@click.option("--edition", help="Of the Big Mac index, such as 2021-01 [default: the program's].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@PROGRAM
def required(country: str, edition: str | None, as_json: bool, program_file: Path) -> None:
    """Say what a sponsor with headquarters in COUNTRY pays a month."""
    from ..intake.program import read_program
    from ..prices.required import describe_required, find_country, required_json, required_of

    found = find_country(country)
    amount = required_of(found, read_program(program_file), edition)
    click.echo(required_json(found, amount) if as_json else describe_required(found, amount))


@click.group()
def prices() -> None:
    """The table of Big Mac prices that required amounts follow."""


@prices.command()
@click.option("--from", "source", type=FILE, help="The publisher's CSV [default: fetch it].")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option(
    "--propose",
    is_flag=True,
    help="Open a pull request for a newer edition, here or in program.yml, and write no file.",
)
@PROGRAM
def update(source: Path | None, dry_run: bool, propose: bool, program_file: Path) -> None:
    """Take newer editions, showing whose required amount would change by how much."""
    from ..intake.program import read_program
    from ..prices.update import apply_update, describe_update, plan_update, publisher_csv
    from ..wire.session import Meter, Session

    program, settings, meter = read_program(program_file), read_settings(), Meter()
    session = Session("The Big Mac index", {}, meter)
    publisher = partial(publisher_csv, source, session, settings.big_mac_prices_url)
    if propose:
        repository = own_repository(settings, meter, "--propose")
        _propose(program_file, program, repository, publisher, dry_run=dry_run)
        return
    planned = plan_update(*publisher(), program, program_file.parent)
    click.echo(defuse(describe_update(planned)))
    if not dry_run:
        apply_update(planned)


def _propose(
    program_file: Path,
    program: "Program",
    repository: "GitHubRepository",
    publisher: "Publisher",
    *,
    dry_run: bool,
) -> None:
    from ..checkout.git import Git
    from ..prices.propose import PriceProposals

    sentences, failures = PriceProposals(
        program_file=program_file,
        program=program,
        git=Git(root=program_file.parent, environ=environment()),
        repository=repository,
        publisher=publisher,
        dry_run=dry_run,
    ).make()
    for sentence in sentences:
        click.echo(defuse(sentence))
    if failures:
        raise UserError(" ".join(failures))
