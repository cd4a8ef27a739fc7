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
    from ..review import Review
    from ..settings import Settings
    from ..wire.session import Meter


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def review(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the application of GITHUB_EVENT_PATH, an issue or a pull request, in one comment."""
    from ..gather import gather
    from ..intake.event import CommentEvent, Ignored, PullEvent, no_application, read_event
    from ..intake.form_template import TEMPLATE
    from ..intake.records import read_program
    from ..output.conversation import describe
    from ..output.github_client import GitHubRepository
    from ..output.github_thread import GitHubThread
    from ..output.reply import compose
    from ..review import read_form, respond
    from ..review import review as verdict_on
    from ..wire.session import Meter, Pace
    from .proposal_run import ProposalRun
    from .pull_run import answer_pull, tell_pull

    settings, meter = read_settings(), Meter()
    root, day = program_file.parent, today or today_in_utc()
    form = read_form(root) if (root / TEMPLATE).exists() else ()
    event = read_event(settings.event_name, settings.event_path, form)
    if isinstance(event, CommentEvent):
        event = Ignored(reason="Comments are not answered so far.")
    if isinstance(event, Ignored):
        _nothing_to_do(event)
        return
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    address = settings.github_token, settings.github_api_url, event.repository
    there = GitHubRepository.connect(*address, meter, Pace.within(settings.timeout))
    if isinstance(event, PullEvent):
        with asking(settings, meter) as clients:
            asked = there, event.number, clients, program_file, day
            answered = answer_pull(*asked, dry_run=dry_run)
        tell_pull(answered, settings, meter, dry_run=dry_run)
        return
    program, form = read_program(program_file), read_form(root)
    with asking(settings, meter) as clients:
        thread = GitHubThread(there, clients.github, event.number)
        seen = thread.read()
        issue = seen.issue
        changed = no_application(issue.labels, issue.body, form, is_open=issue.open)
        if changed:
            _nothing_to_do(changed)
            return
        proposal = ProposalRun.connect(there, clients, event.number, form)
        ask = partial(gather, program=program, root=root, clients=clients, today=day)
        verdict = verdict_on(issue, form, program, day, proposal.beside_others(ask))
        done = respond(seen, verdict, compose(verdict, program), thread, dry_run=dry_run)
    if dry_run:
        click.echo(describe(done.writes))
    try:
        proposal.propose(seen, done, dry_run=dry_run)
    finally:
        _report(done, settings, meter)


def _report(done: "Review", settings: "Settings", meter: "Meter") -> None:
    from ..output.job import write_outputs, write_summary

    decision = done.verdict.decision
    click.echo(f"partners: {decision}; {meter}")
    outputs = {"decision": decision.value, "comment-url": done.comment_url or ""}
    write_outputs(settings.output, outputs)
    write_summary(settings.step_summary, done.reply.body, meter)


def _nothing_to_do(ignored: "Ignored") -> None:
    from ..output.log import quote

    click.echo(quote(f"Nothing to do. {ignored.reason}"))
