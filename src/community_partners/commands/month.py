"""`partners month`: judges and ranks all partners."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .options import EVIDENCE, FORMAT, PROGRAM, SAVE_EVIDENCE, TODAY, CalendarMonth
from .wiring import asking, read_settings, today_in_utc

if TYPE_CHECKING:  # for annotations only: importing them would cost every `--help`
    from ..model.evidence import MonthEvidence
    from ..model.month import Month
    from ..model.partner import Partner
    from ..model.program import Program
    from ..monthly import GatherMonths, MonthDone
    from ..output.files import File
    from ..wire.session import Meter


@click.command()
@click.argument("asked", metavar="[MONTH]", type=CalendarMonth(), required=False)
@click.option("--from", "first", type=CalendarMonth(), help="The first of several months.")
@click.option("--to", "last", type=CalendarMonth(), help="The last of several months.")
@click.option("--preview", is_flag=True, help="Show how an open month looks so far; write nothing.")
@EVIDENCE
@SAVE_EVIDENCE
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@FORMAT
@PROGRAM
@TODAY
def month(
    asked: "Month | None",
    first: "Month | None",
    last: "Month | None",
    preview: bool,
    evidence: Path | None,
    save_evidence: Path | None,
    dry_run: bool,
    form: str,
    program_file: Path,
    today: date | None,
) -> None:
    """Judge and rank all partners in MONTH, such as 2026-10 [default: the last closed one]."""
    from ..intake.evidence_file import write_evidence
    from ..intake.partners import read_partners
    from ..intake.records import read_program
    from ..monthly import files_of, months_to_run, run_months
    from ..output.files import changed, write
    from ..wire.session import Meter

    if asked and (first or last):
        raise click.UsageError("Name one MONTH, or several with --from and --to.")
    program, root, day = read_program(program_file), program_file.parent, today or today_in_utc()
    partners, meter = read_partners(root / "partners", day), Meter()
    if not partners:
        click.echo("There are no partners yet: nobody to judge or rank.")
        return
    stored = _stored(evidence, asked) if evidence else None
    asked = stored.month if stored else asked
    months = months_to_run(asked, first, last, root, day, preview=preview)
    if save_evidence and len(months) > 1:
        raise click.UsageError("Evidence is stored one month at a time: name the MONTH.")
    with _gather(stored, partners, program, root, day, meter) as gather:
        done = run_months(months, partners, program, root, gather, day)
    if save_evidence:
        write_evidence(done[-1].evidence, save_evidence)
    files = changed(root, files_of(done, root, program))
    if not (dry_run or preview):
        write(root, files)
    for one in done:
        _show(one, program, form)
    _tell(files, meter, written=not (dry_run or preview))


def _stored(evidence: Path, asked: "Month | None") -> "MonthEvidence":
    from ..intake.evidence_file import read_month_evidence

    stored = read_month_evidence(evidence)
    if asked not in (None, stored.month):
        raise UserError(f"{evidence} is about {stored.month}, not about {asked}.")
    return stored


@contextmanager
def _gather(
    stored: "MonthEvidence | None",
    partners: "tuple[Partner, ...]",
    program: "Program",
    root: Path,
    today: date,
    meter: "Meter",
) -> "Iterator[GatherMonths]":
    """What asks all sources while its progress is shown, or gives what was stored."""
    if stored:
        yield lambda asked: {stored.month: stored}
        return
    from ..gather_month import STEPS, gather_months

    with asking(read_settings(), meter, STEPS) as clients:
        yield partial(
            gather_months, partners, program=program, root=root, clients=clients, today=today
        )


def _show(done: "MonthDone", program: "Program", form: str) -> None:
    if form == "json":
        from ..model.ranking import Ranking
        from ..stored import dump

        click.echo(dump(done.ranking, Ranking), nl=False)
    elif form == "markdown":
        from ..output.ranking_page import ranking_page

        click.echo(ranking_page(done.ranking, done.before, (), program), nl=False)
    else:
        from rich.console import Console

        from ..output.ranking_terminal import show_ranking

        show_ranking(done.ranking, Console())


def _tell(files: "tuple[File, ...]", meter: "Meter", *, written: bool) -> None:
    """What became of the files; on stderr, so that JSON stays JSON."""
    what = ", ".join(file.path for file in files) or "nothing: all is there already"
    click.echo(f"partners: {'wrote' if written else 'would write'} {what}; {meter}", err=True)
