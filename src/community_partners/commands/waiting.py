"""`partners waiting`: looks after the applications that are open."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .options import PROGRAM, TODAY
from .wiring import asking, own_repository, read_settings, today_in_utc

if TYPE_CHECKING:
    from ..application.waiting import Attended, Waited, WaitingRoom
    from ..evidence.clients import Clients
    from ..github.rest import GitHubRepository
    from ..wire.session import Meter

NOBODY = "No application is open."


@click.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def waiting(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Look again at open applications whose day has come, remind silent ones, close the longest."""
    from ..application.waiting import WaitingRoom
    from ..intake.program import read_program
    from ..wire.session import Meter
    from ..words.markdown import text
    from .job import write_summary

    settings, meter = read_settings(), Meter()
    repository = own_repository(settings, meter, "`partners waiting`")
    room = WaitingRoom(
        program=read_program(program_file),
        apply_url=f"{settings.web_url}/issues/new/choose",
        today=today or today_in_utc(),
        dry_run=dry_run,
    )
    with asking(settings, meter) as clients:
        done = room.attend_all(_applications(repository, clients, program_file.parent, room))
    _tell(done, meter)
    said = [f"- {text(one.splitlines()[0])}" for one in (*done.sentences, *done.failures)]
    write_summary(settings.step_summary, "\n".join(said) or NOBODY, meter)
    if done.failures:
        raise UserError(" ".join(done.failures))


def _applications(
    repository: "GitHubRepository", clients: "Clients", root: Path, room: "WaitingRoom"
) -> "Iterator[Attended]":
    """Each with the review of the door that it came in by."""
    from ..application.waiting import Attended
    from ..github.issues import open_applications
    from ..github.people import Permissions
    from ..github.thread import GitHubThread
    from .waiting_doors import Doors

    may_write = Permissions(repository).may_write
    doors = Doors(repository=repository, clients=clients, may_write=may_write, root=root, room=room)
    for one in open_applications(repository):
        thread = GitHubThread(repository, clients.github, one.number)
        yield Attended(
            number=one.number,
            pull=one.pull,
            label=one.decision,
            thread=thread,
            look_again=partial(doors.pull if one.pull else doors.issue, thread, one.number),
        )


def _tell(done: "Waited", meter: "Meter") -> None:
    from ..words.log import defuse

    for sentence in done.sentences:
        click.echo(defuse(sentence))
    if not (done.sentences or done.failures):
        click.echo(NOBODY)
    click.echo(f"partners: {meter}", err=True)
