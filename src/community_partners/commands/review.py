"""`partners review`: answers the application of a workflow's event."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from ..errors import UserError
from .options import PROGRAM, TODAY
from .wiring import asking, read_settings, today_in_utc


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def review(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the application in the issue of GITHUB_EVENT_PATH with one comment."""
    from ..gather import gather
    from ..intake.event import Ignored, read_event
    from ..intake.records import read_program
    from ..output.conversation import describe
    from ..output.github_client import GitHubRepository
    from ..output.github_thread import GitHubThread
    from ..output.job import write_outputs, write_summary
    from ..output.log import quote
    from ..review import respond
    from ..review import review as verdict_on
    from ..wire.session import Meter, Pace

    settings, meter = read_settings(), Meter()
    event = read_event(settings.event_name, settings.event_path)
    if isinstance(event, Ignored):
        click.echo(quote(f"Nothing to do. {event.reason}"))
        return
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    program, root, day = read_program(program_file), program_file.parent, today or today_in_utc()
    with asking(settings, meter) as clients:
        ask = partial(gather, program=program, root=root, clients=clients, today=day)
        verdict = verdict_on(event, program, root, day, ask)
        there = GitHubRepository.connect(
            *(settings.github_token, settings.github_api_url, event.repository),
            meter,
            Pace.within(settings.timeout),
        )
        thread = GitHubThread(there, event.number)
        done = respond(event, verdict, program, thread, dry_run=dry_run)
    if dry_run:
        click.echo(describe(done.writes))
    click.echo(f"partners: {verdict.decision}; {meter}")
    outputs = {"decision": verdict.decision.value, "comment-url": done.comment_url or ""}
    write_outputs(settings.output, outputs)
    write_summary(settings.step_summary, done.reply.body, meter)
