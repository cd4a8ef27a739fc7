"""The command `partners`, and the one place that wires: arguments, settings, clients, clock, exit.

Exit codes: 0 a verdict was given or the work is done, 1 something that the user can mend, 3 a bug
of ours. Journeys are imported inside the commands, so that `partners --help` stays quick.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import __version__
from .errors import UserError
from .output.log import defuse

if TYPE_CHECKING:  # names for annotations only: importing them would cost every `--help`
    from .check import Gather
    from .model.program import Program
    from .model.verdict import Verdict
    from .wire.session import Meter

FILE = click.Path(path_type=Path)
PROGRAM = click.option(
    "--program",
    "program_file",
    type=FILE,
    default=Path("program.yml"),
    show_default=True,
    help="The program's policy; its records lie beside it.",
)


class Day(click.ParamType[date]):
    """A day of the command line, as `2026-11-24`."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2026-11-24.", param, ctx)


TODAY = click.option("--today", type=Day(), help="The day to judge on [default: today, in UTC].")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="partners")
def partners() -> None:
    """Runs a project's partner program from a repository: checks, ranks, shows."""


@partners.command("check")
@click.argument("file", type=FILE)
@PROGRAM
@click.option("--evidence", type=FILE, help="Decide on this stored evidence and ask nobody.")
@click.option("--save-evidence", type=FILE, help="Store what was gathered in this file.")
@TODAY
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
    from .intake.applications import read_application
    from .intake.evidence_file import read_evidence, write_evidence
    from .intake.records import read_program

    program = read_program(program_file)
    stored = read_evidence(evidence) if evidence else None
    day = today or (stored.today if stored else _today())
    read = partial(read_application, file, day, program)
    if stored:
        checked = check(read, file.stem, program, day, lambda *_: stored)
    else:
        with _gathering(program, program_file.parent, day) as (gather, _):
            checked = check(read, file.stem, program, day, gather)
    if save_evidence and checked.evidence:
        write_evidence(checked.evidence, save_evidence)
    _show(checked.verdict, program, form)


@partners.command()
@PROGRAM
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@TODAY
def review(program_file: Path, dry_run: bool, today: date | None) -> None:
    """Answer the application in the issue of GITHUB_EVENT_PATH with one comment."""
    from .intake.event import Ignored, read_event
    from .intake.records import read_program
    from .output.conversation import describe
    from .output.github_thread import GitHubThread
    from .output.job import write_outputs, write_summary
    from .output.log import quote
    from .review import respond
    from .review import review as verdict_on
    from .settings import Settings
    from .wire.session import Pace

    settings = Settings.read(os.environ)
    event = read_event(settings.event_name, settings.event_path)
    if isinstance(event, Ignored):
        click.echo(quote(f"Nothing to do. {event.reason}"))
        return
    if settings.github_token is None:
        raise UserError("GITHUB_TOKEN is not set. The workflow hands it over in `env`.")
    program, day = read_program(program_file), today or _today()
    with _gathering(program, program_file.parent, day) as (gather, meter):
        verdict = verdict_on(event, program, program_file.parent, day, gather)
        thread = GitHubThread(
            *(settings.github_token, settings.github_api_url, event.repository, event.number),
            meter,
            Pace.within(settings.timeout),
        )
        done = respond(event, verdict, program, thread, dry_run=dry_run)
    if dry_run:
        click.echo(describe(done.writes))
    click.echo(f"partners: {verdict.decision}; {meter}")
    outputs = {"decision": verdict.decision.value, "comment-url": done.comment_url or ""}
    write_outputs(settings.output, outputs)
    write_summary(settings.step_summary, done.reply, meter)


@partners.command()
@click.argument("paths", type=FILE, nargs=-1)
@TODAY
def validate(paths: tuple[Path, ...], today: date | None) -> None:
    """Check the form of all records below PATHS [default: this folder]; ask nobody."""
    from .intake.records import validate as problems_of

    problems = problems_of(paths or (Path(),), today or _today())
    for problem in problems:
        click.echo(defuse(str(problem)))
    if problems:
        sys.exit(1)
    click.echo("All records are in order.")


@partners.command()
@click.argument("body", type=FILE)
@PROGRAM
@TODAY
def form(body: Path, program_file: Path, today: date | None) -> None:
    """Print the application that BODY, the text of a filled form, stands for."""
    from .intake.files import read_text
    from .intake.form_application import application_from_form, read_form
    from .intake.form_template import TEMPLATE, read_template
    from .intake.records import read_program
    from .intake.yaml_document import write_yaml

    template = read_template(read_text(program_file.parent / TEMPLATE))
    text = read_text(body)
    application_from_form(text, template, today or _today(), read_program(program_file))
    click.echo(write_yaml(read_form(text, template).data), nl=False)


@partners.command()
@click.argument("country")
@click.option("--edition", help="Of the Big Mac index, such as 2021-01 [default: the program's].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@PROGRAM
def required(country: str, edition: str | None, as_json: bool, program_file: Path) -> None:
    """Say what a sponsor with headquarters in COUNTRY pays a month."""
    from .intake.records import read_program
    from .prices import describe_required, find_country, required_json, required_of

    found = find_country(country)
    amount = required_of(found, read_program(program_file), edition)
    click.echo(required_json(found, amount) if as_json else describe_required(found, amount))


@partners.group()
def prices() -> None:
    """The table of Big Mac prices that required amounts follow."""


@prices.command()
@click.option("--from", "source", type=FILE, help="The publisher's CSV [default: fetch it].")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@PROGRAM
def update(source: Path | None, dry_run: bool, program_file: Path) -> None:
    """Take newer editions, showing whose required amount would change by how much."""
    from .intake.records import read_program
    from .prices import apply_update, describe_update, plan_update, publisher_csv
    from .wire.session import Meter, Session

    program = read_program(program_file)
    text, document = publisher_csv(source, Session("The Big Mac index", {}, Meter()))
    planned = plan_update(text, document, program, program_file.parent)
    click.echo(defuse(describe_update(planned)))
    if not dry_run:
        apply_update(planned)


def main() -> None:
    """The console script; tells errors apart by who can mend them."""
    try:
        partners(prog_name="partners", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except (click.ClickException, UserError) as error:
        message = error.format_message() if isinstance(error, click.ClickException) else error
        click.echo(defuse(f"partners: {message}"), err=True)
        sys.exit(1)
    except Exception:  # noqa: BLE001  the one place that catches what nobody foresaw
        click.echo(defuse(traceback.format_exc()), err=True)
        click.echo("partners: this is a bug of ours; please report the lines above.", err=True)
        sys.exit(3)


@contextmanager
def _gathering(program: "Program", root: Path, today: date) -> "Iterator[tuple[Gather, Meter]]":
    """What asks all sources about one application, while its progress is shown."""
    from .clients import Clients
    from .gather import gather
    from .output.progress import progress
    from .settings import Settings
    from .wire.session import Meter, Pace

    settings, meter = Settings.read(os.environ), Meter()
    with progress() as tell:
        clients = Clients.connect(settings, meter, tell, Pace.within(settings.timeout))
        yield partial(gather, program=program, root=root, clients=clients, today=today), meter


def _show(verdict: "Verdict", program: "Program", form: str) -> None:
    if form == "json":
        from .output.verdict_json import verdict_json

        click.echo(verdict_json(verdict, program), nl=False)
    elif form == "markdown":
        from .output.reply import Door, compose

        click.echo(compose(verdict, program, Door.FILE).body, nl=False)
    else:
        from rich.console import Console

        from .output.terminal import show

        show(verdict, program, Console())


def _today() -> date:
    return datetime.now(UTC).date()
