"""Runs `partners site`, which renders the public site. No platform is asked."""

import os
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import click

from ..errors import UserError
from ..model.month import counted
from ..site.publish import Rendered, render_site
from ..words.escape import defuse
from .reporting import write_outputs
from .wiring import read_settings, today_in_utc

READ = ("program.yml", "partners", "rankings", "logos")
"""The file and the folders that the site is made of, below the program's folder."""


def run(
    output: Path,
    serve: bool,
    port: int,
    dry_run: bool,
    program_file: Path,
    repository: str | None,
    today: date | None,
) -> None:
    """Write the files of the site that differ, and say how many."""
    settings = read_settings()

    def render() -> Rendered:
        return render_site(
            program_file,
            output,
            today or today_in_utc(),
            server=settings.github_server_url,
            repository=repository or settings.repository,
            trial=dry_run,
        )

    done = render()
    write_outputs(settings.output, {"site-url": done.url or ""})
    _tell(done, output, trial=dry_run)
    if serve:
        _serve(output, port)
        _watch(program_file, lambda: _tell(render(), output, trial=dry_run))


def _tell(done: Rendered, output: Path, *, trial: bool) -> None:
    for problem in done.refused:
        click.echo(defuse(f"partners: {problem}"), err=True)
    wrote, removed = ("would write", "remove") if trial else ("wrote", "removed")
    more = f", {removed} {done.removed}" if done.removed else ""
    files = f"{counted(done.written, 'file')} of {done.whole}"
    click.echo(f"partners: {wrote} {files} in {output}{more}", err=True)


class _Files(SimpleHTTPRequestHandler):
    """Serves files, and prints no line for each of them."""

    def log_message(self, *_: Any) -> None:
        pass


def _serve(output: Path, port: int) -> None:
    """Serve the folder on this machine only, until the command ends."""
    handler = partial(_Files, directory=str(output))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        raise UserError(
            f"Port {port} of this machine cannot be used ({error}). Name another one with `--port`."
        ) from error
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    click.echo(f"partners: {address} shows the site; Ctrl+C ends", err=True)


def _watch(program_file: Path, changed: Callable[[], None]) -> None:
    """Call `changed` each time that a file changes which the site is made of."""
    seen = _state(program_file.parent)
    while True:
        time.sleep(1)
        now = _state(program_file.parent)
        if now != seen:
            seen = now
            try:
                changed()
            except UserError as error:  # a file that is being written; the next change mends it
                click.echo(defuse(f"partners: {error}"), err=True)


def _state(root: Path) -> dict[Path, tuple[int, int]]:
    """Return time and size of each file."""
    return {path: (told.st_mtime_ns, told.st_size) for path, told in _files(root)}


def _files(root: Path) -> Iterable[tuple[Path, os.stat_result]]:
    for name in READ:
        for path in (root / name, *(root / name).glob("*")):
            if path.is_file():
                yield path, path.stat()
