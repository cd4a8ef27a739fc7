"""Arguments and options that several commands share."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..model.month import Month

OLDEST = 2000  # GitHub and its partners are younger


class Day(click.ParamType[date]):
    """A day of the command line, as `2026-11-24`."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2026-11-24.", param, ctx)


class CalendarMonth(click.ParamType["Month"]):
    """A month of the command line, as `2026-10`."""

    name = "month"

    def convert(self, value: Any, param: Any, ctx: Any) -> "Month":
        from ..model.month import Month

        try:
            month = Month.parse(value)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)
        if month.year < OLDEST:
            self.fail(f"{value!r} is before any partner's time: write it as 2026-10.", param, ctx)
        return month


FILE = click.Path(path_type=Path)


PROGRAM = click.option(
    "--program",
    "program_file",
    type=FILE,
    default=Path("program.yml"),
    show_default=True,
    help="The program's policy; its records lie beside it.",
)


TODAY = click.option("--today", type=Day(), help="The day to judge on [default: today, in UTC].")


EVIDENCE = click.option(
    "--evidence", type=FILE, help="Decide on this stored evidence and ask nobody."
)


SAVE_EVIDENCE = click.option(
    "--save-evidence", type=FILE, help="Store what was gathered in this file."
)


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
)
