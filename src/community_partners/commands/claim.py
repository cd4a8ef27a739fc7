"""Runs `partners claim`, which answers claims in the thread of the workflow's event."""

from datetime import date
from pathlib import Path

import click

from ..claims.answer import answer_claims
from ..claims.decided import ClaimRun
from ..errors import InvalidInputError, UserError
from ..github.teams import Teams
from ..github.thread import GitHubThread
from ..intake.claim_event import read_claim_event
from ..intake.claim_form import claim_template
from ..intake.event import Ignored
from ..intake.form_template import FormTemplate
from ..intake.program import read_program
from ..publication.place import Place
from ..wire.tries import Meter
from ..words.escape import quote
from ..words.planned_changes import describe
from ..words.publication import describe as became
from .home import home_repository
from .wiring import asking, checkout, read_settings, today_in_utc


def run(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the event that started the workflow, if it is about a claim."""
    settings, root, meter = read_settings(), program_file.parent, Meter()
    template = _template(root)
    event = read_claim_event(settings.event_name, settings.event_path, template)
    if isinstance(event, Ignored):
        click.echo(quote(f"Nothing to do. {event.reason}"))
        return
    day = today or today_in_utc()
    program = read_program(program_file, day)
    repository = home_repository(program, settings, meter, "`partners claim`", dry_run=dry_run)
    if repository is None:
        return
    with asking(settings, meter) as clients:
        done = answer_claims(
            GitHubThread(repository, clients.github, event.number),
            ClaimRun(
                program=program,
                template=template,
                root=root,
                today=day,
                dry_run=dry_run,
                clients=clients,
                teams=Teams(repository.client),
                repository=Place(
                    git=checkout(settings, root), repository=repository, web_url=settings.web_url
                ),
            ),
            pull=event.pull,
        )
    if isinstance(done, Ignored):
        click.echo(quote(f"Nothing to do. {done.reason}"))
        return
    if dry_run:
        click.echo(describe(done.changes))
    if done.published:
        click.echo(became(done.published))
    click.echo(f"partners: {meter}", err=True)
    if done.unread:
        raise InvalidInputError(done.unread)


def _template(root: Path) -> FormTemplate:
    """Return the questions of the form; () if it cannot be used: then the label makes a claim."""
    try:
        return claim_template(root)
    except UserError:
        return ()
