"""Reads what our verdict in another thread remembers, and lets it be looked at again."""

from dataclasses import replace
from datetime import date

from ..github.thread import GitHubThread
from ..hidden_line import Memory, our_comments, without_line
from ..intake.own_seats import remembered
from ..model.changes import EditComment
from .door import Run


def told_there(run: Run, number: int) -> Memory | None:
    """Return what our verdict in another thread remembers, without those who have left since."""
    if number in run.judged:
        return run.judged[number]
    return remembered(run.listed.get(number) or run.thread(number).seen)


def ring(other: GitHubThread, number: int, today: date) -> None:
    """Let the daily run look at another open application again, whose verdict does not name this.

    Only the hidden line of our verdict there changes, which notifies nobody.
    """
    verdicts = our_comments(other.seen, "verdict")
    if not verdicts or not other.seen.issue.open or number in verdicts[0][1].beside:
        return
    comment, memory = verdicts[0]
    due = replace(memory, again=today)
    if due != memory:
        other.apply([EditComment(id=comment.id, body=f"{due}{without_line(comment.body)}")])
