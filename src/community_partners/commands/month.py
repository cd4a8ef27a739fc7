"""Runs `partners month`, which judges and ranks all partners, and publishes the result."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

import click
from rich.console import Console

from ..checkout.files import changed, write
from ..errors import InvalidInputError, UserError
from ..evidence.gathering import Sources
from ..evidence.of_months import STEPS, gather_months
from ..intake.evidence_file import read_month_evidence, write_evidence
from ..intake.lost_records import lost_months
from ..intake.partners import read_partners
from ..intake.program import read_program
from ..intake.ranking_files import FOLDER, committed_months
from ..model.evidence import MonthEvidence
from ..model.file import File
from ..model.month import Month
from ..model.partner import Partner
from ..model.partner_pages import PartnerPages
from ..model.program import Program
from ..model.ranking import Ranking
from ..month.compute import GatherMonths, MonthDone, files_of, resting_on, run_months
from ..month.handed_on import read_months, write_months
from ..publication.partner_pages import pages_of
from ..rules.months_to_run import months_to_run
from ..settings import Settings
from ..stored import dump_lines
from ..wire.tries import Meter
from ..words.escape import defuse_json
from ..words.ranking_page import ranking_page
from ..words.ranking_terminal import show_ranking
from .reporting import write_outputs, write_summary
from .wiring import asking, read_settings, today_in_utc

FILES_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class MonthRun:
    """The settings and the partners that each step of this command needs.

    `pages`: where partners' pages are, as far as no site is asked.
    """

    file: Path
    program: Program
    partners: tuple[Partner, ...]
    today: date
    settings: Settings
    meter: Meter
    pages: PartnerPages

    @classmethod
    def prepare(
        cls, program_file: Path, today: date | None, settings: Settings, meter: Meter
    ) -> Self:
        """Read the program and its partners. No platform is asked."""
        root, day = program_file.parent, today or today_in_utc()
        program = read_program(program_file, day)
        return cls(
            file=program_file,
            program=program,
            partners=read_partners(root / "partners", day),
            today=day,
            settings=settings,
            meter=meter,
            pages=pages_of(program, root),
        )

    def again(self) -> Self:
        """Read the program and its partners as they are now."""
        return self.prepare(self.file, self.today, self.settings, self.meter)

    @property
    def root(self) -> Path:
        return self.file.parent

    def compute(
        self, months: Sequence[Month], stored: MonthEvidence | None, *, anew: bool
    ) -> tuple[MonthDone, ...]:
        """Return each month's result. `anew`: the months were named by a person.

        Raises InvalidInputError if the committed months are gone, unless somebody named a month.
        """
        gone = () if anew or stored else tuple(lost_months(self.root))
        if gone:
            raise InvalidInputError(gone)
        with self._gathering(stored) as gather:
            return run_months(
                *(months, self.partners, self.program, self.root, gather, self.today), anew=anew
            )

    @contextmanager
    def _gathering(self, stored: MonthEvidence | None) -> Iterator[GatherMonths]:
        """Show progress inside a `with` block, which gets a function that gathers months.

        If `stored` is given, the function asks nothing and returns it.
        """
        if stored:
            yield lambda _: {stored.month: stored}
            return
        with asking(self.settings, self.meter, STEPS) as clients:
            sources = Sources(
                program=self.program, root=self.root, clients=clients, today=self.today
            )
            yield partial(gather_months, self.partners, sources=sources)

    def files(self, done: Sequence[MonthDone]) -> tuple[File, ...]:
        """Return all files of these months, in the order of writing."""
        return files_of(done, self.partners, self.root, self.program, self.pages)

    def hand_on(self, done: Sequence[MonthDone], folder: Path, form: str) -> None:
        """Leave the months in a folder, for another job, and name it in the step's outputs."""
        write_months(done, folder, self.program, self.partners, self.root)
        self.show(done, form)
        click.echo(f"partners: {self.meter}", err=True)
        write_outputs(self.settings.output, {"handed-on": str(folder)})
        write_summary(self.settings.step_summary, "The next job publishes the month.", self.meter)

    def handed_on(self, folder: Path) -> tuple[MonthDone, ...]:
        """Return the months that another job has left in a folder. Raises UserError."""
        return read_months(folder, self.program, self.partners, self.root, self.today)

    def show(self, done: Sequence[MonthDone], form: str) -> None:
        """Print the months, and which later months rest on a corrected one."""
        for one in done:
            _show(one, self, form)
        if sentence := resting_on(done, self.root):
            click.echo(f"partners: {sentence}", err=True)

    def write(self, done: Sequence[MonthDone], *, trial: bool) -> bool:
        """Write the files that differ, unless it is a trial; return whether any file differs."""
        files = changed(self.root, self.files(done))
        if not trial:
            write(self.root, files)
        words = "would write" if trial else "wrote"
        click.echo(f"partners: {words} {_named([file.path for file in files])}", err=True)
        return bool(files)

    def report(self, done: Sequence[MonthDone], *, changed: bool) -> None:
        """Write the latest month to the page of the workflow's run, and outputs for later steps.

        The number of requests goes to the page and to the log. `changed`: whether files differed or
        were published.
        """
        latest = done[-1]
        click.echo(f"partners: {self.meter}", err=True)
        folder = f"{self.settings.web_url}/blob/HEAD/{self.root.as_posix()}".removesuffix("/.")
        told = (latest.ranking, latest.before, (), self.program, self.pages)
        page = ranking_page(*told, folder)
        file = f"{FOLDER}/{latest.ranking.month}.json"
        write_outputs(self.settings.output, {"ranking": file, "changed": str(changed).lower()})
        write_summary(self.settings.step_summary, page, self.meter)


def run(
    asked: Month | None,
    first: Month | None,
    last: Month | None,
    preview: bool,
    evidence: Path | None,
    save_evidence: Path | None,
    dry_run: bool,
    commit: bool,
    hand_on: Path | None,
    handed_on: Path | None,
    form: str,
    program_file: Path,
    today: date | None,
) -> None:
    """Compute the months, write their files and, with `commit`, publish them and tell partners.

    `hand_on`, `handed_on`: a job computes the months and leaves them in a folder; the next one
    takes them from there.
    """
    several = first or last
    named = (asked, first, last, evidence, save_evidence)
    _refuse(
        (
            "--hand-on leaves it to another job to publish: leave out --preview.",
            hand_on and preview,
        ),
        ("--handed-on publishes what is in the folder: add --commit.", handed_on and not commit),
        ("--handed-on has its months: name no other ones.", handed_on and any(named)),
        ("Name one MONTH, or several with --from and --to.", asked and several),
        ("--commit writes: leave out --preview.", commit and preview),
        ("Stored evidence is of one month: leave out --from and --to.", evidence and several),
    )
    what = MonthRun.prepare(program_file, today, read_settings(), Meter())
    if not what.partners:
        click.echo("There are no partners yet: nobody to judge or rank.")
        return
    publishing = None
    if commit or hand_on:
        # Only --commit needs PyGithub, which takes a fifth of a second to import.
        from .month_commit import Publishing

        publishing = Publishing.prepare(what, dry_run=dry_run)
        if publishing is None:
            return
    stored = _stored(evidence, asked)

    def compute(what: MonthRun) -> tuple[MonthDone, ...]:
        if handed_on:
            return what.handed_on(handed_on)
        month, known = stored.month if stored else asked, committed_months(what.root)
        months = months_to_run(month, first, last, known, what.today, preview=preview)
        if save_evidence and len(months) > 1:
            raise click.UsageError("Evidence is stored one month at a time: name the MONTH.")
        done = what.compute(months, stored, anew=bool(asked or first))
        if save_evidence and done[-1].evidence:
            write_evidence(done[-1].evidence, save_evidence)
        return done

    if hand_on and not dry_run:
        what.hand_on(compute(what), hand_on, form)
    elif publishing is None:
        done = compute(what)
        what.show(done, form)
        what.report(done, changed=what.write(done, trial=dry_run or preview))
    else:
        publishing.run(compute, form, dry_run=dry_run)


def _stored(evidence: Path | None, asked: Month | None) -> MonthEvidence | None:
    stored = read_month_evidence(evidence) if evidence else None
    if stored and asked not in (None, stored.month):
        raise UserError(f"{evidence} is about {stored.month}, not about {asked}.")
    return stored


def _refuse(*contradictions: tuple[str, object]) -> None:
    for sentence, applies in contradictions:
        if applies:
            raise click.UsageError(sentence)


def _named(paths: list[str]) -> str:
    """Return the first few paths and the number of the rest: each partner has files of its own."""
    if not paths:
        return "nothing: all is there already"
    rest = len(paths) - FILES_NAMED
    return ", ".join(paths[:FILES_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _show(done: MonthDone, what: MonthRun, form: str) -> None:
    if form == "json":
        click.echo(defuse_json(dump_lines(done.ranking, Ranking)), nl=False)
    elif form == "markdown":
        told = (done.ranking, done.before, (), what.program, what.pages)
        click.echo(ranking_page(*told), nl=False)
    else:
        show_ranking(done.ranking, Console())
