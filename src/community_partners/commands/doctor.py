"""Runs `partners doctor`, which checks whether a program is set up and says what to do."""

import sys
from datetime import date
from pathlib import Path

import click

from ..github.labels import DIGEST, LABELS
from ..model.program import Program
from ..model.setup import Health, OnGitHub, OnPlatforms, TokensSet
from ..setup.doctor import examine
from ..setup.platforms import gather_platforms, gather_repository
from ..words.doctor_report import checks_json, checks_text
from .wiring import asking, read_settings, today_in_utc


def run(program_file: Path, repository: str | None, form: str, today: date | None) -> None:
    """Print each check. Exit with 1 if there is something to mend."""
    settings = read_settings()
    name = repository or settings.repository
    tokens = TokensSet(
        github=settings.github_token is not None,
        sponsors=settings.sponsors_token is not None,
        open_collective=settings.open_collective_token is not None,
    )

    def gather(program: Program | None) -> tuple[OnPlatforms, OnGitHub]:
        with asking(settings, tokenless=True) as clients:
            platforms = gather_platforms(program, tokens, clients)
            site = bool(program and program.site.url)
            return platforms, gather_repository(name, platforms.login, clients, site=site)

    checks = examine(program_file, tokens, (*LABELS, DIGEST), today or today_in_utc(), gather)
    if form == "json":
        click.echo(checks_json(checks), nl=False)
    else:
        click.echo(checks_text(checks))
    if any(check.outcome is Health.TO_MEND for check in checks):
        sys.exit(1)
