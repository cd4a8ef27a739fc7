"""The steps of `partners month`, each with the clients and settings that it needs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .wiring import asking, environment, own_repository, read_settings, today_in_utc

if TYPE_CHECKING:
    from ..github.rest import GitHubRepository
    from ..model.evidence import MonthEvidence
    from ..model.month import Month
    from ..model.partner import Partner
    from ..model.program import Program
    from ..month.announce import Announced
    from ..month.compute import GatherMonths, MonthDone
    from ..settings import Settings
    from ..wire.session import Meter


@dataclass(frozen=True, kw_only=True)
class MonthRun:
    """What each step of this command needs."""

    program: "Program"
    partners: "tuple[Partner, ...]"
    root: Path
    today: date
    settings: "Settings"
    meter: "Meter"

    @classmethod
    def prepare(cls, program_file: Path, today: date | None) -> "MonthRun":
        from ..intake.partners import read_partners
        from ..intake.program import read_program
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

    def own_repository(self) -> "GitHubRepository":
        """Where partners and maintainers are told; asked for before anything is gathered."""
        return own_repository(self.settings, self.meter, "--commit")

    def compute(
        self, months: "Sequence[Month]", stored: "MonthEvidence | None", *, anew: bool
    ) -> "tuple[MonthDone, ...]":
        """`anew`: the months were named by a person."""
        from ..month.compute import run_months

        with self._gathering(stored) as gather:
            return run_months(
                *(months, self.partners, self.program, self.root, gather, self.today), anew=anew
            )

    @contextmanager
    def _gathering(self, stored: "MonthEvidence | None") -> "Iterator[GatherMonths]":
        """What asks all sources while its progress is shown, or gives what was stored."""
        from ..evidence.of_months import STEPS, gather_months

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

    def announce(self, done: "Sequence[MonthDone]", repository: "GitHubRepository") -> "Announced":
        from ..checkout.git import Git
        from ..month.announce import announce
        from ..words.log import quote

        git, web_url = Git(root=self.root, environ=environment()), self.settings.web_url
        announced = announce(
            done, self.partners, self.program, git, repository, web_url, self.today
        )
        for sentence in announced.sentences:
            click.echo(quote(sentence), err=True)
        return announced

    def report(self, done: "Sequence[MonthDone]", *, changed: bool) -> None:
        """To the workflow's page and to its next steps; what it cost, to the log as well."""
        from ..intake.ranking_files import FOLDER
        from ..words.ranking_page import ranking_page
        from .job import write_outputs, write_summary

        latest = done[-1]
        click.echo(f"partners: {self.meter}", err=True)
        folder = f"{self.settings.web_url}/blob/HEAD/{self.root.as_posix()}".removesuffix("/.")
        page = ranking_page(latest.ranking, latest.before, (), self.program, folder)
        file = f"{FOLDER}/{latest.ranking.month}.json"
        write_outputs(self.settings.output, {"ranking": file, "changed": str(changed).lower()})
        write_summary(self.settings.step_summary, page, self.meter)
