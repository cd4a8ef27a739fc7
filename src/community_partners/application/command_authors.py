"""Decides whose right to give a command is looked up: each look-up is a request."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ..model.changes import Reaction
from ..model.command import Command, Verb
from ..model.thread import Comment
from ..rules.commands_and_waivers import needs_write_permission

MOST_STRANGERS = 5
"""The number of strangers who are looked up, for a thread and day."""


def not_looked_up(
    given: Sequence[tuple[Comment, Command]], applicant: str | None
) -> frozenset[int]:
    """Return the ids of the comments whose authors are not looked up: too many came on that day.

    `given`: each command with its comment, the oldest first. Always looked up are the applicant,
    whoever belongs to the repository by GitHub's word, and whoever gave a command before that needs
    the right and was carried out. Strangers cannot take their place.
    """
    done = (one for one in given if Reaction.DONE in (one[0].reactions or ()))
    known = {applicant, *(one.author for one, command in done if _needs_right(command))}
    by_day: dict[date | None, list[str | None]] = defaultdict(list)
    left = set[int]()
    for one, command in given:
        if not _is_looked_up(command) or one.author in known or one.near:
            continue
        day = by_day[one.written.date() if one.written else None]
        if one.author not in day:
            day.append(one.author)
        if one.author in day[MOST_STRANGERS:]:
            left.add(one.id)
    return frozenset(left)


def _needs_right(command: Command) -> bool:
    return needs_write_permission(command, by_applicant=False)


def _is_looked_up(command: Command) -> bool:
    """Tell whether a command costs a look-up: so does a vouch that gives a reason."""
    return _needs_right(command) or (command.verb is Verb.VOUCH and command.reason != "")
