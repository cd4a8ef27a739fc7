"""Since when a thread waits for its applicant, and what we have said since then.

Decides what counts as activity: a comment of a person, and an edit or reopening of the form. What
programs write does not; but with a verdict, and with a notice that it changed, the days begin anew.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..hidden_line import is_of_kind, memory_in, our_comments
from ..model.thread import Comment, Thread
from ..words.reminder import FAREWELL


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """`since`: in UTC. `closes`: the day that a reminder in it has named, None where there is none.

    `farewell`: a run that was cut off has said goodbye in it already.
    """

    since: datetime
    closes: date | None
    farewell: bool


def quiet_since(thread: Thread, ignored: Collection[str]) -> Quiet | None:
    """None where GitHub did not tell the moments. `ignored`: logins that are programs' too."""
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
    """All that the days begin anew after."""
    programs = {login.casefold() for login in ignored}
    yield from (one for one in thread.comments if not one.ours and not _is_program(one, programs))
    yield from (one for one, _ in our_comments(thread, "verdict")[:1])
    yield from (one for one, _ in our_comments(thread, "notice"))


def _is_program(comment: Comment, programs: Collection[str]) -> bool:
    """An account that is gone was a person's, as far as we know."""
    login = (comment.author or "").casefold()
    return login.endswith("[bot]") or login in programs
