"""`partners review`: answers the application of a workflow's event, or a command in its thread."""

from datetime import date
from pathlib import Path

import click

from .options import PROGRAM, TODAY
from .wiring import read_settings, today_in_utc


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def review(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the application in the thread of GITHUB_EVENT_PATH with one comment."""
    from ..application.commands_in_comments import is_command
    from ..intake.event import CommentEvent, Ignored, PullEvent, read_event
    from ..intake.form_template import form_if_any
    from .review_run import ReviewRun, nothing_to_do, review_issue, review_pull

    settings = read_settings()
    root, day = program_file.parent, today or today_in_utc()
    event = read_event(settings.event_name, settings.event_path, form_if_any(root))
    if isinstance(event, Ignored):
        nothing_to_do(event.reason)
        return
    run = ReviewRun.prepare(settings, program_file, day, dry_run=dry_run)
    if isinstance(event, CommentEvent) and not is_command(event.body, run.program):
        nothing_to_do("The comment is no command.")
    elif isinstance(event, PullEvent) or (
        isinstance(event, CommentEvent) and event.on_pull_request
    ):
        review_pull(event, run)
    else:
        review_issue(event, run)
