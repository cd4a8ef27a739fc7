"""Gives the commands that publish the program's repository, if the program publishes in it."""

import click

from ..errors import UserError
from ..github.rest import GitHubRepository, own_repository
from ..model.program import Program
from ..rules.home import elsewhere
from ..settings import Settings
from ..wire.tries import Meter
from ..words.escape import defuse
from .reporting import write_summary


def home_repository(
    program: Program, settings: Settings, meter: Meter, who: str, *, dry_run: bool = False
) -> GitHubRepository | None:
    """Return the repository to publish in, or None if nothing is published here, which is said.

    No request is sent. `who`: the first words of the sentence if a setting is missing. `dry_run`:
    nothing will be published, so any repository will do. Raises UserError, also if a person asked
    for a publication that is not for this repository.
    """
    repository = own_repository(settings, meter, who)
    found = elsewhere(program.repository, repository.name, settings.event_name)
    if found is None or dry_run:
        return repository
    if found.asked:
        raise UserError(found.sentence)
    click.echo(defuse(found.sentence))
    write_summary(settings.step_summary, defuse(found.sentence), meter)
    return None
