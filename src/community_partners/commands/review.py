"""`partners review`: answers the application of a workflow's event."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .options import PROGRAM, TODAY
from .wiring import asking, read_settings, today_in_utc

if TYPE_CHECKING:  # for annotations only: importing them would cost every `--help`
    from ..intake.event import Ignored


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def review(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the application in the issue of GITHUB_EVENT_PATH with one comment."""
    from ..gather import gather
    from ..intake.event import Ignored, IssueEvent, read_event
    from ..intake.form_template import TEMPLATE
    from ..intake.records import read_program
    from ..output.conversation import describe
    from ..output.github_client import GitHubRepository
    from ..output.github_thread import GitHubThread
    from ..output.job import write_outputs, write_summary
    from ..review import read_form, recheck
    from ..wire.session import Meter, Pace

    settings, meter = read_settings(), Meter()
    root, day = program_file.parent, today or today_in_utc()
    form = read_form(root) if (root / TEMPLATE).exists() else ()
    event = read_event(settings.event_name, settings.event_path, form)
    if not isinstance(event, IssueEvent):
        other = Ignored(reason="Only issues are reviewed so far.")
        _nothing_to_do(event if isinstance(event, Ignored) else other)
        return
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    program, form = read_program(program_file), read_form(root)
    with asking(settings, meter) as clients:
        there = GitHubRepository.connect(
            *(settings.github_token, settings.github_api_url, event.repository),
            meter,
            Pace.within(settings.timeout),
        )
        thread = GitHubThread(there, clients.github, event.number)
        ask = partial(gather, program=program, root=root, clients=clients, today=day)
        done = recheck(thread.read(), form, program, day, ask, thread, dry_run=dry_run)
    if isinstance(done, Ignored):
        _nothing_to_do(done)
        return
    if dry_run:
        click.echo(describe(done.writes))
    click.echo(f"partners: {done.verdict.decision}; {meter}")
    outputs = {"decision": done.verdict.decision.value, "comment-url": done.comment_url or ""}
    write_outputs(settings.output, outputs)
    write_summary(settings.step_summary, done.reply.body, meter)


def _nothing_to_do(ignored: "Ignored") -> None:
    from ..output.log import quote

    click.echo(quote(f"Nothing to do. {ignored.reason}"))
