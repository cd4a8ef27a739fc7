"""Commands in comments: who may give them, and what they did.

The thread is the only record of waivers. They are read from it at every review; each holds as long
as its author may write to the repository and the application is of the organization that it was
given to: whoever deletes the comment takes it back. A command waits until a run answers it. The
answer is a reaction. Words come only where they help: strangers get none, a command one reply at
most, a thread one help.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..intake.comment_command import read_command
from ..memory import Memory, is_of_kind, our_comments
from ..model.application import Application
from ..model.changes import PostComment, React, Reaction, ThreadChange
from ..model.command import About, Command, Ruling, Said, Verb
from ..model.program import Program
from ..model.thread import Comment, Thread
from ..model.verdict import Verdict, Waiver
from ..rules.commands_and_waivers import (
    about_after,
    criteria_of,
    needs_write_permission,
    ruling_after,
    ruling_before,
    standing_waivers,
)
from ..words.command_reply import _help, _refusal

MayWrite = Callable[[str], bool]
"""Has a login write permission now? Raises UserError where nobody can tell."""


@dataclass(frozen=True, kw_only=True)
class PendingCommand:
    """A command that is to be answered. `ruling` DONE: so far nothing stands against it.

    `reply`: may its author have words? A stranger could make us talk without end.
    """

    comment: Comment
    command: Command
    ruling: Ruling
    reply: bool

    @property
    def asks_for_review(self) -> bool:
        return self.ruling is Ruling.DONE

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.command.verb, self.command.criterion)))
        return f"/{what} of {self.comment.author}: {self.ruling}"


def is_command(body: str, program: Program) -> bool:
    """Is this text a command? Needs no question to anybody."""
    return read_command(body, criteria_of(program)) is not None


def about(thread: Thread, application: Application | None) -> About | None:
    """Whom waivers are for; None where no application could ever be read in this thread."""
    verdicts = our_comments(thread, "verdict")
    known = verdicts[0][1].about if verdicts else None
    if application is None:
        return known
    last = max((one.id for one in thread.comments), default=0)
    return about_after(known, application, last)


def waivers_in(
    thread: Thread, program: Program, may_write: MayWrite, application: Application
) -> tuple[Waiver, ...]:
    """The waivers in force; each distinct author of one that says enough is asked about."""
    now = about(thread, application)
    said = tuple(
        Said(command=command, by=one.author or "", url=one.url)
        for one, command in _commands(thread, program)
        if command.criterion and _says_enough(command) and not _for_another(one, command, now)
    )
    authors = dict.fromkeys(one.by for one in said)
    return standing_waivers(said, {login for login in authors if may_write(login)})


def orders_in(
    thread: Thread, comment: int | None, program: Program, may_write: MayWrite
) -> tuple[PendingCommand, ...]:
    """The commands that nobody answered yet, and that in `comment`, which started the run.

    A run may be dropped, canceled or stopped: each answers for those before it.
    """
    return tuple(
        _order(one, command, thread, may_write)
        for one, command in _commands(thread, program)
        if one.id == comment or one.reactions == frozenset()
    )


def outcome(
    orders: tuple[PendingCommand, ...],
    thread: Thread,
    program: Program,
    verdict: Verdict,
    now: About | None,
) -> tuple[PendingCommand, ...]:
    """The same, once the verdict is there; and those done before that hold no longer."""
    known = {order.comment.id for order in orders}
    ended = (
        PendingCommand(comment=one, command=command, ruling=Ruling.FOR_ANOTHER, reply=True)
        for one, command in _commands(thread, program)
        if _for_another(one, command, now)
        and one.id not in known
        and Reaction.DONE in (one.reactions or ())
        and not is_told(thread, one)
    )
    return (*ended, *(_after(order, verdict, now) for order in orders))


def answers_to(
    orders: tuple[PendingCommand, ...], thread: Thread, program: Program
) -> tuple[ThreadChange, ...]:
    """What the thread lacks of our answers."""
    criteria = criteria_of(program)
    found = (
        write
        for one in orders
        for write in answer(thread, one.comment, one.command, one.ruling, criteria, reply=one.reply)
    )
    return tuple(dict.fromkeys(found))


def _order(
    comment: Comment, command: Command, thread: Thread, may_write: MayWrite
) -> PendingCommand:
    author = comment.author or ""
    applicant = author == thread.issue.author
    needed = needs_write_permission(command, by_applicant=applicant)
    allowed = not needed or may_write(author)
    return PendingCommand(
        comment=comment,
        command=command,
        ruling=ruling_before(command, allowed=allowed),
        reply=applicant or allowed,
    )


def _after(order: PendingCommand, verdict: Verdict, now: About | None) -> PendingCommand:
    if not order.asks_for_review:
        return order
    if _for_another(order.comment, order.command, now):
        return replace(order, ruling=Ruling.FOR_ANOTHER)
    return replace(order, ruling=ruling_after(order.command, verdict))


def _for_another(comment: Comment, command: Command, now: About | None) -> bool:
    """Taking back is right for anybody."""
    return command.verb is Verb.WAIVE and now is not None and comment.id <= now.since


def _says_enough(command: Command) -> bool:
    return ruling_before(command, allowed=True) is Ruling.DONE


def _commands(thread: Thread, program: Program) -> Iterator[tuple[Comment, Command]]:
    """Oldest first. Bots and we ourselves command nothing."""
    for one in thread.comments:
        if one.ours or one.author is None or one.author.endswith("[bot]"):
            continue
        command = read_command(one.body, criteria_of(program))
        if command is not None:
            yield one, command


_REACTIONS = {Ruling.DONE: Reaction.DONE, Ruling.HELP: Reaction.DONE}
_REACTIONS |= {Ruling.NOT_ALLOWED: Reaction.NO}


def answer(
    thread: Thread,
    comment: Comment,
    command: Command,
    ruling: Ruling,
    criteria: Mapping[str, str],
    *,
    reply: bool,
) -> tuple[ThreadChange, ...]:
    """What the thread lacks for a command to be answered. `criteria`: titles by id.

    `reply`: may the comment's author have words?
    """
    react = React(comment=comment.id, content=_REACTIONS.get(ruling, Reaction.CONFUSED))
    if ruling is Ruling.DONE:
        return (react,)
    if ruling is Ruling.HELP:
        return (*_once(thread, "help", _help(criteria)), react)
    words = f"{_refusal(command, ruling, criteria)} ([The command]({comment.url}).)"
    said = _once(thread, _kind(comment), words) if reply else ()
    return (*said, react)


def is_told(thread: Thread, comment: Comment) -> bool:
    """Were there words for the command in this comment?"""
    return _is_there(thread, _kind(comment))


def _kind(comment: Comment) -> str:
    return f"answer {comment.id}"


def _once(thread: Thread, kind: str, body: str) -> tuple[ThreadChange, ...]:
    return () if _is_there(thread, kind) else (PostComment(body=f"{Memory(kind=kind)}{body}"),)


def _is_there(thread: Thread, kind: str) -> bool:
    return any(one.ours and is_of_kind(one.body, kind) for one in thread.comments)
