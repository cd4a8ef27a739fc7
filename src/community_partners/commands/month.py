"""`partners month`: judges and ranks all partners, and brings the result to where it belongs."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .month_run import MonthRun
from .options import EVIDENCE, FORMAT, PROGRAM, SAVE_EVIDENCE, TODAY, CalendarMonth

if TYPE_CHECKING:
    from ..model.month import Month
    from ..model.program import Program
    from ..month.compute import MonthDone

FILES_NAMED = 5


@click.command()
@click.argument("asked", metavar="[MONTH]", type=CalendarMonth(), required=False)
@click.option("--from", "first", type=CalendarMonth(), help="The first of several months.")
@click.option("--to", "last", type=CalendarMonth(), help="The last of several months.")
@click.option("--preview", is_flag=True, help="Show how an open month looks so far; write nothing.")
@EVIDENCE
@SAVE_EVIDENCE
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--commit",
    is_flag=True,
    help="Commit and push the files, tell partners whose standing got worse, keep the digest.",
)
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
    commit: bool,
    form: str,
    program_file: Path,
    today: date | None,
) -> None:
    """Judge and rank all partners in MONTH, such as 2026-10 [default: the last closed one]."""
    from ..checkout.files import changed, write
    from ..intake.evidence_file import read_month_evidence, write_evidence
    from ..intake.ranking_files import committed_months
    from ..month.compute import files_of, resting_on
    from ..rules.months_to_run import months_to_run

    several, trial = first or last, dry_run or preview
    _refuse(
        ("Name one MONTH, or several with --from and --to.", asked and several),
        ("--commit writes: leave out --dry-run and --preview.", commit and trial),
        ("Stored evidence is of one month: leave out --from and --to.", evidence and several),
    )
    run = MonthRun.prepare(program_file, today)
    if not run.partners:
        click.echo("There are no partners yet: nobody to judge or rank.")
        return
    repository = run.own_repository() if commit else None
    stored = read_month_evidence(evidence) if evidence else None
    if stored and asked not in (None, stored.month):
        raise UserError(f"{evidence} is about {stored.month}, not about {asked}.")
    named = asked or first
    asked = stored.month if stored else asked
    known = committed_months(run.root)
    months = months_to_run(asked, first, last, known, run.today, preview=preview)
    if save_evidence and len(months) > 1:
        raise click.UsageError("Evidence is stored one month at a time: name the MONTH.")
    done = run.compute(months, stored, anew=bool(named))
    if save_evidence:
        write_evidence(done[-1].evidence, save_evidence)
    files = changed(run.root, files_of(done, run.partners, run.root, run.program))
    if not (dry_run or preview):
        write(run.root, files)
    for one in done:
        _show(one, run.program, form)
    words = "would write" if dry_run or preview else "wrote"
    click.echo(f"partners: {words} {_named([file.path for file in files])}", err=True)
    if sentence := resting_on(done, run.root):
        click.echo(f"partners: {sentence}", err=True)
    published = bool(files)
    try:
        if repository:
            published = run.announce(done, repository).changed
    finally:
        run.report(done, changed=published)


def _refuse(*contradictions: tuple[str, object]) -> None:
    for sentence, applies in contradictions:
        if applies:
            raise click.UsageError(sentence)


def _named(paths: list[str]) -> str:
    """The first few: each partner has files of its own."""
    if not paths:
        return "nothing: all is there already"
    rest = len(paths) - FILES_NAMED
    return ", ".join(paths[:FILES_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _show(done: "MonthDone", program: "Program", form: str) -> None:
    if form == "json":
        from ..model.ranking import Ranking
        from ..stored import dump
        from ..words.log import defuse_json

        click.echo(defuse_json(dump(done.ranking, Ranking)), nl=False)
    elif form == "markdown":
        from ..words.ranking_page import ranking_page

        click.echo(ranking_page(done.ranking, done.before, (), program), nl=False)
    else:
        from rich.console import Console

        from ..words.ranking_terminal import show_ranking

        show_ranking(done.ranking, Console())
