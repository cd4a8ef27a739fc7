"""The command `partners`, and the one place that wires: arguments, settings, clients, clock, exit.

Exit codes: 0 a verdict was given or the work is done, 1 something that the user can mend, 3 a bug
of ours. Journeys are imported inside the commands, so that `partners --help` stays quick.
"""

import os
import sys
import traceback
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from . import __version__
from .errors import UserError

FILE = click.Path(path_type=Path)
PROGRAM = click.option(
    "--program",
    "program_file",
    type=FILE,
    default=Path("program.yml"),
    show_default=True,
    help="The program's policy; its records lie beside it.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Day(click.ParamType):
    """A day of the command line, as `2026-11-24`."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2026-11-24.", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="partners")
def partners() -> None:
    """Runs a project's partner program from a repository: checks, ranks, shows."""


@partners.command("check")
@click.argument("file", type=FILE)
@PROGRAM
@click.option("--evidence", type=FILE, help="Decide on this stored evidence and ask nobody.")
@click.option("--save-evidence", type=FILE, help="Store what was gathered in this file.")
@click.option("--today", type=Day(), help="The day to judge on [default: today, in UTC].")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
)
def check_file(
    file: Path,
    program_file: Path,
    evidence: Path | None,
    save_evidence: Path | None,
    today: date | None,
    form: str,
) -> None:
    """Give the verdict on an application's FILE, such as applications/acme.yml."""
    from .check import check
    from .intake.evidence_file import read_evidence
    from .intake.records import read_application, read_program
    from .model.evidence import Evidence
    from .stored import dump

    program = read_program(program_file)
    stored = read_evidence(evidence) if evidence else None
    day = today or (stored.today if stored else _today())
    gather = (lambda *_: stored) if stored else _gather(program, program_file, day)
    checked = check(partial(read_application, file, day), file.stem, program, day, gather)
    if save_evidence and checked.evidence:
        save_evidence.write_text(dump(checked.evidence, Evidence), encoding="utf-8")
    _show(checked.verdict, program, form)


@partners.command("review")
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
def review_issue(program_file: Path, dry_run: bool) -> None:
    """Answer the issue of GITHUB_EVENT_PATH with a verdict in one comment."""


@partners.command()
@click.argument("paths", type=FILE, nargs=-1)
@PROGRAM
def validate(paths: tuple[Path, ...], program_file: Path) -> None:
    """Check the form of program.yml and of all records, or of those below PATHS."""
    from .intake.records import validate

    problems = validate(paths or (program_file.parent,))
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise SystemExit(1)
    click.echo("All files are in order.")


@partners.command()
@click.argument("body", type=FILE)
@PROGRAM
@click.option("--today", type=Day(), help="The day to judge dates by [default: today, in UTC].")
def form(body: Path, program_file: Path, today: date | None) -> None:
    """Print the application that the form in BODY, an issue's text, stands for."""


@partners.command()
@click.argument("country")
@PROGRAM
@click.option("--edition", help="Of the Big Mac index, such as 2021-01.")
@JSON
def required(country: str, program_file: Path, edition: str | None, as_json: bool) -> None:
    """Say what a sponsor from COUNTRY pays a month."""


@partners.group()
def prices() -> None:
    """The shipped table of Big Mac prices."""


@prices.command()
@click.option("--from", "source", type=FILE, help="The publisher's CSV [default: its address].")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@PROGRAM
def update(source: Path | None, dry_run: bool, program_file: Path) -> None:
    """Take newer editions, after showing whose required amount would change."""


def main() -> None:
    """The console script; tells errors apart by who can mend them."""
    try:
        partners(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        click.echo(f"partners: {error.format_message()}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except UserError as error:
        click.echo(f"partners: {error}", err=True)
        sys.exit(1)
    except Exception:
        traceback.print_exc()
        click.echo("partners: this is a bug of ours; please report the lines above.", err=True)
        sys.exit(3)


def _today() -> date:
    return datetime.now(UTC).date()
