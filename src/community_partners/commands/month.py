"""`partners month`: judges and ranks all partners, and brings the result to where it belongs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UserError
from .options import EVIDENCE, FORMAT, PROGRAM, SAVE_EVIDENCE, TODAY, CalendarMonth
from .wiring import asking, environment, read_settings, today_in_utc

if TYPE_CHECKING:  # for annotations only: importing them would cost every `--help`
    from ..announce import Announced
    from ..model.evidence import MonthEvidence
    from ..model.month import Month
    from ..model.partner import Partner
    from ..model.program import Program
    from ..monthly import GatherMonths, MonthDone
    from ..output.github_client import GitHubRepository
    from ..settings import Settings
    from ..wire.session import Meter


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
    from ..intake.evidence_file import read_month_evidence, write_evidence
    from ..monthly import files_of, months_to_run
    from ..output.files import changed, write

    if asked and (first or last):
        raise click.UsageError("Name one MONTH, or several with --from and --to.")
    if commit and (dry_run or preview):
        raise click.UsageError("--commit writes: leave out --dry-run and --preview.")
    run = _Run.prepare(program_file, today)
    if not run.partners:
        click.echo("There are no partners yet: nobody to judge or rank.")
        return
    there = run.repository() if commit else None
    stored = read_month_evidence(evidence) if evidence else None
    if stored and asked not in (None, stored.month):
        raise UserError(f"{evidence} is about {stored.month}, not about {asked}.")
    asked = stored.month if stored else asked
    months = months_to_run(asked, first, last, run.root, run.today, preview=preview)
    if save_evidence and len(months) > 1:
        raise click.UsageError("Evidence is stored one month at a time: name the MONTH.")
    done = run.compute(months, stored)
    if save_evidence:
        write_evidence(done[-1].evidence, save_evidence)
    files = changed(run.root, files_of(done, run.root, run.program))
    if not (dry_run or preview):
        write(run.root, files)
    for one in done:
        _show(one, run.program, form)
    words = "would write" if dry_run or preview else "wrote"
    what = ", ".join(file.path for file in files) or "nothing: all is there already"
    click.echo(f"partners: {words} {what}", err=True)
    announced = run.announce(done, there) if there else None
    run.report(done, changed=announced.changed if announced else bool(files))


@dataclass(frozen=True, kw_only=True)
class _Run:
    """What each step of this command needs."""

    program: "Program"
    partners: "tuple[Partner, ...]"
    root: Path
    today: date
    settings: "Settings"
    meter: "Meter"

    @classmethod
    def prepare(cls, program_file: Path, today: date | None) -> "_Run":
        from ..intake.partners import read_partners
        from ..intake.records import read_program
        from ..wire.session import Meter

        root, day = program_file.parent, today or today_in_utc()
        return cls(
            program=read_program(program_file),
            partners=read_partners(root / "partners", day),
            root=root,
            today=day,
            settings=read_settings(),
            meter=Meter(),
        )

    def repository(self) -> "GitHubRepository":
        """Where partners and maintainers are told; asked for before anything is gathered."""
        from ..output.github_client import GitHubRepository
        from ..wire.session import Pace

        token, name = self.settings.github_token, self.settings.repository
        if token is None or name is None:
            raise UserError(
                "--commit needs GITHUB_TOKEN and GITHUB_REPOSITORY. A workflow sets the second one "
                "and hands over the first in `env`."
            )
        url, pace = self.settings.github_api_url, Pace.within(self.settings.timeout)
        return GitHubRepository.connect(token, url, name, self.meter, pace)

    def compute(
        self, months: "Sequence[Month]", stored: "MonthEvidence | None"
    ) -> "tuple[MonthDone, ...]":
        from ..monthly import run_months

        with self._gathering(stored) as gather:
            return run_months(months, self.partners, self.program, self.root, gather, self.today)

    @contextmanager
    def _gathering(self, stored: "MonthEvidence | None") -> "Iterator[GatherMonths]":
        """What asks all sources while its progress is shown, or gives what was stored."""
        from ..gather_month import STEPS, gather_months

        if stored:
            yield lambda _: {stored.month: stored}
            return
        with asking(self.settings, self.meter, STEPS) as clients:
            yield partial(
                gather_months,
                self.partners,
                program=self.program,
                root=self.root,
                clients=clients,
                today=self.today,
            )

    def announce(self, done: "Sequence[MonthDone]", there: "GitHubRepository") -> "Announced":
        from ..announce import announce
        from ..output.git import Git
        from ..output.log import quote

        git, web_url = Git(root=self.root, environ=environment()), self.settings.web_url
        announced = announce(done, self.partners, self.program, git, there, web_url, self.today)
        for sentence in announced.sentences:
            click.echo(quote(sentence), err=True)
        return announced

    def report(self, done: "Sequence[MonthDone]", *, changed: bool) -> None:
        """To the workflow's page and to its next steps; what it cost, to the log as well."""
        from ..intake.ranking_files import FOLDER
        from ..output.job import write_outputs, write_summary
        from ..output.ranking_page import ranking_page

        latest = done[-1]
        click.echo(f"partners: {self.meter}", err=True)
        page = ranking_page(latest.ranking, latest.before, (), self.program)
        file = f"{FOLDER}/{latest.ranking.month}.json"
        write_outputs(self.settings.output, {"ranking": file, "changed": str(changed).lower()})
        write_summary(self.settings.step_summary, page, self.meter)


def _show(done: "MonthDone", program: "Program", form: str) -> None:
    if form == "json":
        from ..model.ranking import Ranking
        from ..output.log import defuse_json
        from ..stored import dump

        click.echo(defuse_json(dump(done.ranking, Ranking)), nl=False)
    elif form == "markdown":
        from ..output.ranking_page import ranking_page

        click.echo(ranking_page(done.ranking, done.before, (), program), nl=False)
    else:
        from rich.console import Console

        from ..output.ranking_terminal import show_ranking

        show_ranking(done.ranking, Console())
