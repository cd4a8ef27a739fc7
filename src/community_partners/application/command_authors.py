"""Decides whose right to give a command is looked up: each look-up is a request."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ..model.changes import Reaction
from ..model.command import Command
from ..model.thread import Comment
from ..rules.commands_and_waivers import needs_write_permission

MOST_STRANGERS = 5
"""The number of strangers who are looked up, for a thread and day."""


def not_looked_up(
    given: Sequence[tuple[Comment, Command]], applicant: str | None
) -> frozenset[int]:
    """Return the ids of the comments whose authors are not looked up: too many came on that day.

    `given`: each command with its comment, the oldest first. Always looked up are the applicant,
    and whoever gave a command before that was carried out.
    """
    known = {applicant, *(one.author for one, _ in given if Reaction.DONE in (one.reactions or ()))}
    by_day: dict[date | None, list[str | None]] = defaultdict(list)
    left = set[int]()
    for one, command in given:
        if not needs_write_permission(command, by_applicant=False) or one.author in known:
            continue
        day = by_day[one.written.date() if one.written else None]
        if one.author not in day:
            day.append(one.author)
        if one.author in day[MOST_STRANGERS:]:
            left.add(one.id)
    return frozenset(left)
