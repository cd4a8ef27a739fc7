"""Defines the arguments and options that several commands share."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..model.month import Month

OLDEST = 2000  # the earliest year: GitHub and all partners are younger
path = click.Path(path_type=Path)


class Day(click.ParamType[date]):
    """A day on the command line, such as `2026-11-24`."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        from ..model.day import day_of

        try:
            return day_of(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class CalendarMonth(click.ParamType["Month"]):
    """A month on the command line, such as `2026-10`."""

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


def program_file() -> click.Option:
    return click.Option(
        ["--program", "program_file"],
        type=path,
        default=Path("program.yml"),
        show_default=True,
        help="The program's policy; its records lie beside it.",
    )


def today() -> click.Option:
    return click.Option(
        ["--today"], type=Day(), help="The day to judge on [default: today, in UTC]."
    )


def evidence() -> click.Option:
    text = "Decide on this stored evidence and ask nobody."
    return click.Option(["--evidence"], type=path, help=text)


def save_evidence() -> click.Option:
    text = "Store what was gathered in this file."
    return click.Option(["--save-evidence"], type=path, help=text)


def form(*choices: str) -> click.Option:
    """Return the option `--format`; its default is the first of `choices`."""
    return click.Option(
        ["--format", "form"], type=click.Choice(choices), default=choices[0], show_default=True
    )


def flag(name: str, text: str, variable: str | None = None) -> click.Option:
    return click.Option([name, *([variable] if variable else [])], is_flag=True, help=text)
