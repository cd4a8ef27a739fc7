"""Which months a run is about, and when the next run comes. Decides nothing about partners."""

from collections.abc import Sequence
from datetime import date

from ..errors import UserError
from ..model.month import Month, in_words

SCHEDULED = (2, 3, 4, 5, 26)
"""The days of a month on which the workflow runs: the last one is after any late charge."""


def months_to_run(
    asked: Month | None,
    first: Month | None,
    last: Month | None,
    committed: Sequence[Month],
    today: date,
    *,
    preview: bool,
) -> tuple[Month, ...]:
    """The months asked; else those that the `committed` lack, at least the last closed one.

    Raises UserError for a month that has not ended, unless it is a preview.
    """
    closed = Month.of(today) - 1
    until = asked or last or (closed + 1 if preview else closed)
    since = asked or first or (until if preview else _first_missing(committed, until))
    if since > until:
        raise UserError(f"{since} comes after {until}. Name the earlier month with --from.")
    if until > closed and not preview:
        raise UserError(
            f"{until.title} has not ended yet: a month is ranked when it is over, in UTC. "
            "See how it looks so far with --preview."
        )
    months = [since]
    while months[-1] < until:
        months.append(months[-1] + 1)
    return tuple(months)


def refuse_gap(first: Month, committed: Sequence[Month]) -> None:
    """Raises UserError where the month before `first` is missing between committed ones."""
    earlier = [month for month in committed if month < first]
    if earlier and earlier[-1] != first - 1:
        raise UserError(
            f"rankings/{first - 1}.json is missing, and each month rests on the one before. "
            f"Run it with --from {earlier[-1] + 1}."
        )


def next_try(month: Month, today: date) -> str:
    """A sentence on when `month` is asked for again: the schedule is for the last closed one."""
    this = Month.of(today)
    days = [date(this.year, this.month, day) for day in SCHEDULED if day > today.day]
    day = days[0] if days else (this + 1).first_day.replace(day=SCHEDULED[0])
    if month != this - 1:
        return "Run it again when they answer."
    return f"The schedule tries again on {in_words(day)}, and makes up for months that failed."


def _first_missing(committed: Sequence[Month], until: Month) -> Month:
    """After a month that failed, the next run makes up for it: standing goes step by step."""
    known = [month for month in committed if month < until]
    return known[-1] + 1 if known else until
