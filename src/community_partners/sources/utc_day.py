"""Reads a platform's timestamps. Decides that a day is UTC's, and a time without a zone is none."""

from datetime import UTC, date, datetime


def utc_day(text: str) -> date:
    """`2026-09-30` of `2026-10-01T01:30:00+02:00`. Raises ValueError or TypeError for no moment."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC).date()
