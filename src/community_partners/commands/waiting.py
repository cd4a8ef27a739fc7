"""`partners waiting`: looks after the applications that are open."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .options import PROGRAM, TODAY
from .wiring import asking, read_settings, repository, today_in_utc

if TYPE_CHECKING:  # for annotations only: importing them would cost every `--help`
    from ..clients import Clients
    from ..output.conversation import Thread
    from ..output.github_client import GitHubRepository
    from ..waiting import OpenApplication, Waited, WaitingRoom
    from ..wire.session import Meter

NOBODY = "No application is open."


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def waiting(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Look again at open applications whose day has come, remind silent ones, close the longest."""
    from ..intake.records import read_program
    from ..output.job import write_summary
    from ..output.markdown import text
    from ..waiting import WaitingRoom
    from ..wire.session import Meter

    settings, meter = read_settings(), Meter()
    there = repository(settings, meter, "`partners waiting`")
    room = WaitingRoom(
        program=read_program(program_file),
        apply_url=f"{settings.web_url}/issues/new/choose",
        today=today or today_in_utc(),
        dry_run=dry_run,
    )
    with asking(settings, meter) as clients:
        issues = _issues(there, clients, program_file.parent, room)
        # Applications by pull request join here, each with the review of its own door.
        done = room.attend_all(issues)
    _tell(done, meter)
    said = [f"- {text(one.splitlines()[0])}" for one in (*done.sentences, *done.failures)]
    write_summary(settings.step_summary, "\n".join(said) or NOBODY, meter)
    if done.failures:
        raise UserError(" ".join(done.failures))


def _issues(
    there: "GitHubRepository", clients: "Clients", root: Path, room: "WaitingRoom"
) -> "Iterator[OpenApplication]":
    from ..gather import gather
    from ..intake.event import Ignored, no_application
    from ..output.github_issues import waiting_applications
    from ..output.github_permissions import Permissions
    from ..output.github_thread import GitHubThread
    from ..review import Review, read_form, recheck, review
    from ..waiting import OpenApplication

    form, program, today = read_form(root), room.program, room.today
    may_write = Permissions(there).may_write
    ask = partial(gather, program=program, root=root, clients=clients, today=today)

    def look_again(seen: "Thread", thread: GitHubThread) -> Review | Ignored:
        issue = seen.issue
        other = no_application(issue.labels, issue.body, form, is_open=issue.open)
        if other:
            return other
        judge = partial(review, issue, form, program, today, ask)
        return recheck(seen, judge, program, thread, may_write, dry_run=room.dry_run)

    for one in waiting_applications(there):
        thread = GitHubThread(there, clients.github, one.number)
        yield OpenApplication(
            number=one.number, label=one.decision, thread=thread, look_again=look_again
        )


def _tell(done: "Waited", meter: "Meter") -> None:
    from ..output.log import defuse

    for sentence in done.sentences:
        click.echo(defuse(sentence))
    if not (done.sentences or done.failures):
        click.echo(NOBODY)
    click.echo(f"partners: {meter}", err=True)
