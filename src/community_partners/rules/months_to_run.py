"""Decides which months a run computes, and when the next run comes."""

from collections.abc import Sequence
from datetime import date

from ..errors import UserError
from ..model.month import Month, in_words

SCHEDULED = (2, 3, 4, 5, 26)
"""The days of a month on which the workflow runs.

The 26th comes after the last day for late charges.
"""


def months_to_run(
    asked: Month | None,
    first: Month | None,
    last: Month | None,
    committed: Sequence[Month],
    today: date,
    *,
    preview: bool,
) -> tuple[Month, ...]:
    """Return the months to compute, the earliest first.

    `asked`: a single month; `first`, `last`: a span. Without these: all closed months after the
    last of `committed`, or at least the last closed month. Raises UserError if the span is empty,
    or if a month has not ended and this is no preview.
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
    """Raise UserError if earlier months are committed, but not the month just before `first`."""
    earlier = [month for month in committed if month < first]
    if earlier and earlier[-1] != first - 1:
        raise UserError(
            f"rankings/{first - 1}.json is missing, and each month rests on the one before. "
            f"Run it with --from {earlier[-1] + 1}."
        )


def next_try(month: Month, today: date) -> str:
    """Return a sentence on the next run for `month`.

    The schedule retries the last closed month; a person must start other months again.
    """
    this = Month.of(today)
    days = [date(this.year, this.month, day) for day in SCHEDULED if day > today.day]
    day = days[0] if days else (this + 1).first_day.replace(day=SCHEDULED[0])
    if month != this - 1:
        return "Run it again when they answer."
    return f"The schedule tries again on {in_words(day)}, and makes up for months that failed."


def _first_missing(committed: Sequence[Month], until: Month) -> Month:
    """Return the month after the last committed month before `until`; else `until`.

    A failed month is computed by the next run, because each standing builds on the month before.
    """
    known = [month for month in committed if month < until]
    return known[-1] + 1 if known else until
