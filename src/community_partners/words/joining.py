"""Asks people who join a partner's team to say so themselves. Decides words only."""

from collections.abc import Sequence

from ..model.application import WHOLE, Member
from ..model.commit_status import CommitStatus
from ..model.month import in_words
from .escape import code
from .verdict import status_in_words

Seat = tuple[str, Member]
"""The record's path, and the member."""


def ask_to_confirm(seats: Sequence[Seat]) -> str:
    """Return the comment that says who is asked, in Markdown. It mentions nobody."""
    if not seats:
        return "Everybody who is added to a partner's team has confirmed. A maintainer can merge.\n"
    opening = (
        "So that nobody is listed without knowing, please ask each of these people to comment "
        "`/confirm` here, alone on the first line, from their own account. Then a maintainer can "
        "merge."
    )
    lines = [opening, ""]
    for path, one in seats:
        days = f"from {in_words(one.since)}" + (f" to {in_words(one.until)}" if one.until else "")
        time = "" if one.share == WHOLE else f", with {one.share} % of the time"
        lines.append(f"- {code(one.github)} is in {code(path)} {days}{time}")
    return "\n".join(lines) + "\n"


def status_of_joining(waiting: Sequence[str]) -> CommitStatus:
    """Return the status of the commit. `waiting`: those who have not confirmed."""
    if not waiting:
        words = "Everybody who is added has confirmed: a maintainer may merge"
        return status_in_words("success", words, None)
    return status_in_words("pending", f"Asked to comment /confirm here: {', '.join(waiting)}", None)


def status_of_odd_record(problem: str) -> CommitStatus:
    """Return the status of a commit with a record that we cannot take. `problem`: plain text."""
    return status_in_words("failure", problem, None)
