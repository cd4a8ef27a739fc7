"""Finds out since when a thread waits for its applicant, and what we have said since then.

This module decides what counts as activity: a person's comment, and an edit or reopening of the
form. Comments of programs do not count. But our verdict, and a notice that the verdict changed,
start the days of waiting again.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..hidden_line import is_of_kind, memory_in, our_comments
from ..model.thread import Comment, Thread
from ..words.reminder import FAREWELL


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """A time without activity in a thread. `since`: its beginning, in UTC.

    `closes`: the day of closing that a reminder in this time has named; None without a reminder.
    `farewell`: a farewell was posted in this time, by a run that was cut off before it closed the
    application.
    """

    since: datetime
    closes: date | None
    farewell: bool


def quiet_since(thread: Thread, ignored: Collection[str]) -> Quiet | None:
    """Return the time since the last activity; None if GitHub did not tell when it was.

    `ignored`: logins that are programs, besides bots.
    """
    moments = [thread.issue.touched, *(one.written for one in _heard(thread, ignored))]
    known = [one for one in moments if one is not None]
    if len(known) < len(moments):
        return None
    since = max(known)
    ours = [one for one in thread.comments if one.ours and one.written and one.written > since]
    named = [one.closes for one in (memory_in(said.body) for said in ours) if one and one.closes]
    return Quiet(
        since=since,
        closes=named[-1] if named else None,
        farewell=any(is_of_kind(one.body, FAREWELL) for one in ours),
    )


def _heard(thread: Thread, ignored: Collection[str]) -> Iterator[Comment]:
    """Yield the comments that start the days of waiting again."""
    programs = {login.casefold() for login in ignored}
    yield from (one for one in thread.comments if not one.ours and not _is_program(one, programs))
    yield from (one for one, _ in our_comments(thread, "verdict")[:1])
    yield from (one for one, _ in our_comments(thread, "notice"))


def _is_program(comment: Comment, programs: Collection[str]) -> bool:
    """Tell whether a program wrote a comment. An account that is gone counts as a person."""
    login = (comment.author or "").casefold()
    return login.endswith("[bot]") or login in programs
