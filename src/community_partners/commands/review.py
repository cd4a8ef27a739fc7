"""`partners review`: answers the application of a workflow's event."""

from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .options import PROGRAM, TODAY
from .wiring import asking, read_settings, today_in_utc

if TYPE_CHECKING:  # for annotations only: importing them would cost every `--help`
    from ..intake.event import Ignored
    from ..model.application import Application
    from ..model.evidence import Evidence
    from ..model.verdict import Required
    from ..propose import Proposed
    from ..rules.required_amount import NoAmount


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def review(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the application in the issue of GITHUB_EVENT_PATH with one comment."""
    from ..gather import gather
    from ..gather_applications import earlier_applications
    from ..intake.event import Ignored, IssueEvent, no_application, read_event
    from ..intake.form_template import TEMPLATE
    from ..intake.records import read_program
    from ..model.verdict import Decision
    from ..output.conversation import describe
    from ..output.github_client import GitHubRepository
    from ..output.github_thread import GitHubThread
    from ..output.job import write_outputs, write_summary
    from ..propose import propose, wanted, was_eligible
    from ..review import read_form, respond
    from ..review import review as verdict_on
    from ..sources.github_applications import funnel
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
        seen = thread.read()
        issue = seen.issue
        changed = no_application(issue.labels, issue.body, form, is_open=issue.open)
        if changed:
            _nothing_to_do(changed)
            return
        look = cache(partial(funnel, clients.github, there.name, clock=clients.clock))

        def ask(application: "Application", required: "Required | NoAmount") -> "Evidence":
            seen_here = gather(application, required, program, root, clients, day)
            before = earlier_applications(look(application.slug), application, event.number, form)
            return replace(seen_here, earlier=before)

        verdict = verdict_on(issue, form, program, day, ask)
        done = respond(seen, verdict, program, thread, dry_run=dry_run)
    if dry_run:
        click.echo(describe(done.writes))
    click.echo(f"partners: {verdict.decision}; {meter}")
    outputs = {"decision": verdict.decision.value, "comment-url": done.comment_url or ""}
    write_outputs(settings.output, outputs)
    write_summary(settings.step_summary, done.reply.body, meter)
    if verdict.decision is Decision.ELIGIBLE or was_eligible(seen):
        # The verdict stands by now, whatever happens to the pull request.
        url = done.comment_url or ""
        want = wanted(event.number, issue.body, form, verdict, done.reply, url)
        _show(propose(look(want.slug), want, there, dry_run=dry_run))


def _show(proposed: "Proposed") -> None:
    from ..output.github_proposal import describe
    from ..output.log import quote

    proposal = proposed.proposal
    if proposed.url is None and proposal.writes:
        click.echo(describe(proposal.writes))
    for sentence in filter(None, (proposal.why_not, proposed.url)):
        click.echo(quote(sentence))


def _nothing_to_do(ignored: "Ignored") -> None:
    from ..output.log import quote

    click.echo(quote(f"Nothing to do. {ignored.reason}"))
