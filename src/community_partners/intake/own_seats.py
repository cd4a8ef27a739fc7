"""Reads the commands by which people confirm or leave their own seats."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..hidden_line import Memory, our_comments
from ..model.command import Command, Verb
from ..model.spokesperson import Seated
from ..model.thread import Comment, Thread
from .comment_command import read_command

OWN_SEAT = (Verb.CONFIRM, Verb.LEAVE)
"""The commands that are about the author's own seat."""


def seated(given: Iterable[tuple[Comment, Command]]) -> tuple[Seated, ...]:
    """Return those who confirm or leave a seat, in order.

    `given`: commands with their comments. A comment that somebody else has edited does not count.
    """
    return tuple(
        Seated(
            id=one.by,
            on=one.written.date(),
            comment=one.id,
            leaves=command.verb is Verb.LEAVE,
        )
        for one, command in given
        if _is_one(command) and one.by is not None and one.written is not None
    )


def own_word(body: str) -> Verb | None:
    """Return the command about the own seat in a comment, alone on its line; None if it has none.

    Other words on the line may say the contrary.
    """
    command = read_command(body, {})
    return command.verb if command and _is_one(command) else None


def _is_one(command: Command) -> bool:
    return command.verb in OWN_SEAT and not command.reason


def own_words(thread: Thread) -> Iterator[tuple[Comment, Verb]]:
    """Yield each `/confirm` and `/leave` of people in a thread, the oldest first."""
    for one in thread.comments:
        verb = None if one.ours or one.by is None else own_word(one.body)
        if verb:
            yield one, verb


def with_more_words(thread: Thread) -> Iterator[Comment]:
    """Yield the comments of people with such a command and more words on its line."""
    for one in thread.comments:
        command = None if one.ours else read_command(one.body, {})
        if command and command.verb in OWN_SEAT and command.reason:
            yield one


def has_left(thread: Thread) -> frozenset[int]:
    """Return the numbers of the accounts whose last word is `/leave`."""
    last = {one.by: verb for one, verb in own_words(thread)}
    return frozenset(by for by, verb in last.items() if by is not None and verb is Verb.LEAVE)


def remembered(thread: Thread) -> Memory | None:
    """Return what our verdict in a thread remembers, without the seats of who has left since."""
    verdicts = our_comments(thread, "verdict")
    if not verdicts:
        return None
    memory, gone = verdicts[0][1], has_left(thread)
    return replace(memory, seats=tuple(one for one in memory.seats if one.id not in gone))
