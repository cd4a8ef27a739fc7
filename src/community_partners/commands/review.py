"""Runs `partners review`, which answers an application, or a command, after a workflow's event."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ..application.answer import Answered, answer
from ..application.commands_in_comments import is_command
from ..application.door import Review, Run
from ..application.form_notice import tell_of_form
from ..application.issue_door import look_ahead
from ..github.rest import named_repository
from ..intake.event import Event, Ignored, read_event
from ..intake.program import read_program
from ..intake.program_form import program_form
from ..model.application import DoorKind
from ..settings import Settings
from ..wire.tries import Meter
from ..words.escape import quote
from ..words.planned_changes import describe
from .propose import hand
from .reporting import write_outputs, write_summary
from .wiring import asking, read_settings, today_in_utc


def run(program_file: Path, dry_run: bool, hand_on: bool, today: date | None) -> None:
    """Answer the event that started the workflow, if it asks for an answer."""
    settings, root, meter = read_settings(), program_file.parent, Meter()
    form = program_form(root)
    event = read_event(settings.event_name, settings.event_path, form.questions)
    if isinstance(event, Ignored):
        _nothing_to_do(event)
        return
    repository, day = named_repository(settings, event.repository, meter), today or today_in_utc()
    program = read_program(program_file, day)
    if event.comment is not None and not (event.explain or is_command(event.body, program)):
        _nothing_to_do(Ignored(reason="The comment is no command."))
        return
    with asking(settings, meter) as clients:
        asked = (program, form, root, day, clients, repository)
        what = replace(Run.of(*asked, dry_run=dry_run), hands_on=hand_on)
        _answer(event, what, settings, meter)
        for line in tell_of_form(what):
            click.echo(line)


def _answer(event: Event, what: Run, settings: Settings, meter: Meter) -> None:
    """Answer in the event's thread, write what follows, and tell the result."""
    thread = what.thread(event.number)
    if event.door is DoorKind.FORM and event.comment is None:
        look_ahead(what, thread, event.title, event.body)
    done = answer(
        event.door,
        thread,
        what,
        comment=event.comment,
        leaving=event.leaving,
        explain=event.explain,
    )
    if isinstance(done, Ignored):
        _nothing_to_do(done)
        return
    try:
        if isinstance(done, Review):
            settled = done.door.settle(done)
            for line in (*settled.lines, *done.door.annotations(done.verdict)):
                click.echo(line)
            hand(settled.handed_on, settings)
        else:
            hand(done.handed_on, settings)
    finally:
        _tell(done, settings, meter, dry_run=what.dry_run)


def _tell(done: Review | Answered, settings: Settings, meter: Meter, *, dry_run: bool) -> None:
    """Print the result to the log. Write a verdict also to the step's outputs and its summary."""
    if dry_run:
        click.echo(describe(done.changes))
    for command in done.commands:
        click.echo(quote(str(command)))
    if isinstance(done, Review):
        click.echo(f"partners: {done.verdict.decision}; {meter}")
        outputs = {"decision": done.verdict.decision.value, "comment-url": done.comment_url or ""}
        write_outputs(settings.output, outputs)
        write_summary(settings.step_summary, done.reply.body, meter)


def _nothing_to_do(ignored: Ignored) -> None:
    """Print the reason to the log. It is quoted, since it may contain outside text."""
    click.echo(quote(f"Nothing to do. {ignored.reason}"))
