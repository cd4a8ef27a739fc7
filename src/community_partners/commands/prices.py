"""Runs `partners prices update`, which adds or proposes newer editions of the index."""

from functools import partial
from pathlib import Path

import click

from ..errors import FailuresError
from ..evidence.form_reader import FormReader
from ..intake.program import read_program
from ..intake.program_form import program_form
from ..prices.propose import PriceProposals
from ..prices.update import apply_update, describe_update, plan_update, publisher_csv
from ..publication.place import Place
from ..wire.session import Session
from ..wire.tries import Meter
from ..words.escape import defuse
from .home import home_repository
from .wiring import asking, checkout, read_settings, today_in_utc


def run(source: Path | None, dry_run: bool, propose: bool, program_file: Path) -> None:
    """Print the amounts that would change, and write the table; or propose newer prices."""
    program, settings, meter = read_program(program_file, today_in_utc()), read_settings(), Meter()
    session = Session("The Big Mac index", {}, meter)
    publisher = partial(publisher_csv, source, session, settings.big_mac_prices_url)
    if not propose:
        planned = plan_update(*publisher(), program, program_file.parent)
        click.echo(defuse(describe_update(planned)))
        if not dry_run:
            apply_update(planned)
        return
    repository = home_repository(program, settings, meter, "--propose", dry_run=dry_run)
    if repository is None:
        return
    root = program_file.parent
    place = Place(git=checkout(settings, root), repository=repository, web_url=settings.web_url)
    with asking(settings, meter) as clients:
        forms = FormReader(program_form(root), root, clients.github, repository.name)
        sentences, failures = PriceProposals(
            program_file=program_file,
            program=program,
            place=place,
            forms=forms,
            publisher=publisher,
            dry_run=dry_run,
        ).make()
    for sentence in sentences:
        click.echo(defuse(sentence))
    if failures:
        raise FailuresError(failures)
