"""`partners doctor`: is the program set up, and what is to be done."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import PROGRAM, TODAY
from .wiring import asking, read_settings, today_in_utc

if TYPE_CHECKING:
    from ..model.program import Program
    from ..model.setup import OnGitHub, OnPlatforms


@click.command()
@PROGRAM
@click.option("--repository", help="owner/name on GitHub [default: GITHUB_REPOSITORY].")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@TODAY
def doctor(program_file: Path, repository: str | None, form: str, today: date | None) -> None:
    """Check files, tokens and the repository's settings; say what to do. Nothing is written."""
    from ..github.labels import LABELS
    from ..model.setup import Health, TokensSet
    from ..month.announce import LABEL
    from ..setup.doctor import examine
    from ..setup.platforms import gather_platforms, gather_repository
    from ..wire.session import Meter
    from ..words.doctor_report import checks_json, checks_text

    settings = read_settings()
    name = repository or settings.repository
    tokens = TokensSet(
        github=settings.github_token is not None,
        sponsors=settings.sponsors_token is not None,
        open_collective=settings.open_collective_token is not None,
    )

    def gather(program: "Program | None") -> "tuple[OnPlatforms, OnGitHub]":
        with asking(settings, Meter()) as clients:
            platforms = gather_platforms(program, tokens, clients)
            return platforms, gather_repository(name, platforms.login, clients)

    day = today or today_in_utc()
    checks = examine(program_file, tokens, (*LABELS, LABEL), day, gather)
    if form == "json":
        click.echo(checks_json(checks), nl=False)
    else:
        click.echo(checks_text(checks))
    if any(check.outcome is Health.TO_MEND for check in checks):
        sys.exit(1)
