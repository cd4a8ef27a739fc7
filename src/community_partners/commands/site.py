"""Runs `partners site`, which renders the public site. No platform is asked."""

from datetime import date
from pathlib import Path

import click

from ..model.month import counted
from ..site.publish import render_site
from ..words.escape import defuse
from .reporting import write_outputs
from .wiring import read_settings, today_in_utc


def run(output: Path, program_file: Path, repository: str | None, today: date | None) -> None:
    """Write the files of the site that differ, and say how many."""
    settings = read_settings()
    done = render_site(
        program_file,
        output,
        today or today_in_utc(),
        server=settings.github_server_url,
        repository=repository or settings.repository,
    )
    write_outputs(settings.output, {"site-url": done.url or ""})
    for problem in done.refused:
        click.echo(defuse(f"partners: {problem}"), err=True)
    removed = f", removed {done.removed}" if done.removed else ""
    click.echo(
        f"partners: wrote {counted(done.written, 'file')} of {done.whole} to {output}{removed}",
        err=True,
    )
