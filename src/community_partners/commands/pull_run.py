"""The part of `partners review` that answers a pull request: for its event, or a comment."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from ..clients import Clients
from ..gather import gather
from ..intake.event import Ignored
from ..intake.form_template import TEMPLATE
from ..intake.records import read_program
from ..output.conversation import describe
from ..output.github_client import GitHubRepository
from ..output.github_thread import GitHubThread
from ..output.job import write_outputs, write_summary
from ..output.log import quote
from ..review import read_form
from ..review_pull import PullDoor, PullReview, review_pull
from ..settings import Settings
from ..wire.session import Meter
from .proposal_run import ProposalRun


def answer_pull(
    there: GitHubRepository,
    number: int,
    clients: Clients,
    program_file: Path,
    today: date,
    *,
    dry_run: bool,
) -> PullReview | Ignored:
    """The journey, with the program of `program_file` and the records beside it."""
    program, root = read_program(program_file), program_file.parent
    thread = GitHubThread(there, clients.github, number)
    form = read_form(root) if (root / TEMPLATE).exists() else ()
    others = ProposalRun.connect(there, clients, number, form)
    ask = partial(gather, program=program, root=root, clients=clients, today=today)
    door = PullDoor(there=there, thread=thread, number=number, root=root)
    return review_pull(door, program, today, others.beside_others(ask), dry_run=dry_run)


def tell_pull(
    done: PullReview | Ignored, settings: Settings, meter: Meter, *, dry_run: bool
) -> None:
    """Log, outputs and summary of the run."""
    if isinstance(done, Ignored):
        click.echo(quote(f"Nothing to do. {done.reason}"))
        return
    review = done.review
    if dry_run:
        click.echo(describe(review.writes))
        if done.status:
            click.echo(f"set the status of {done.commit[:12]}: {done.status.state}")
    for line in done.annotations:
        click.echo(line)
    click.echo(f"partners: {review.verdict.decision}; {meter}")
    outputs = {"decision": review.verdict.decision.value, "comment-url": review.comment_url or ""}
    write_outputs(settings.output, outputs)
    write_summary(settings.step_summary, review.reply.body, meter)
