"""Commands in a thread's comments, and what they come to. The thread is the only record of them.

Waivers are read from it at every review, each for as long as its author may write to the
repository and the application is of the organization that it was given to: whoever deletes the
comment takes it back. A command waits until a run answers it, whichever run that is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .intake.comment_command import read_command
from .model.application import Application
from .model.command import Command, Holder, Ruling, Said, Verb
from .model.program import Program
from .model.verdict import Verdict, Waiver
from .output.command_answer import answer, is_told
from .output.conversation import Comment, Thread, marked
from .output.holder import holder_in
from .output.thread_writes import Reaction, Write
from .rules.command_rights import needs_write_permission, ruling_after, ruling_before
from .rules.waivers import criteria_of, holder_after, standing_waivers

MayWrite = Callable[[str], bool]
"""Has a login write permission now? Raises UserError where nobody can tell."""


@dataclass(frozen=True, kw_only=True)
class Order:
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


def holder(thread: Thread, application: Application | None) -> Holder | None:
    """Whom waivers are for; None where no application could ever be read in this thread."""
    verdicts = marked(thread, "verdict")
    known = holder_in(verdicts[0][0].body) if verdicts else None
    if application is None:
        return known
    last = max((one.id for one in thread.comments), default=0)
    return holder_after(known, application, last)


def waivers_in(
    thread: Thread, program: Program, may_write: MayWrite, application: Application
) -> tuple[Waiver, ...]:
    """The waivers in force; each distinct author of one that says enough is asked about."""
    now = holder(thread, application)
    said = tuple(
        Said(command=command, by=one.author or "", url=one.url)
        for one, command in _commands(thread, program)
        if command.criterion and _says_enough(command) and not _for_another(one, command, now)
    )
    authors = dict.fromkeys(one.by for one in said)
    return standing_waivers(said, {login for login in authors if may_write(login)})


def orders_in(
    thread: Thread, comment: int | None, program: Program, may_write: MayWrite
) -> tuple[Order, ...]:
    """The commands that nobody answered yet, and that in `comment`, which started the run.

    A run may be dropped, canceled or stopped: each answers for those before it.
    """
    return tuple(
        _order(one, command, thread, may_write)
        for one, command in _commands(thread, program)
        if one.id == comment or one.reactions == frozenset()
    )


def outcome(
    orders: tuple[Order, ...],
    thread: Thread,
    program: Program,
    verdict: Verdict,
    now: Holder | None,
) -> tuple[Order, ...]:
    """The same, once the verdict is there; and those done before that hold no longer."""
    known = {order.comment.id for order in orders}
    ended = (
        Order(comment=one, command=command, ruling=Ruling.FOR_ANOTHER, reply=True)
        for one, command in _commands(thread, program)
        if _for_another(one, command, now)
        and one.id not in known
        and Reaction.DONE in (one.reactions or ())
        and not is_told(thread, one)
    )
    return (*ended, *(_after(order, verdict, now) for order in orders))


def answers_to(orders: tuple[Order, ...], thread: Thread, program: Program) -> tuple[Write, ...]:
    """What the thread lacks of our answers."""
    criteria = criteria_of(program)
    found = (
        write
        for one in orders
        for write in answer(thread, one.comment, one.command, one.ruling, criteria, reply=one.reply)
    )
    return tuple(dict.fromkeys(found))


def _order(comment: Comment, command: Command, thread: Thread, may_write: MayWrite) -> Order:
    author = comment.author or ""
    applicant = author == thread.issue.author
    needed = needs_write_permission(command, by_applicant=applicant)
    allowed = not needed or may_write(author)
    return Order(
        comment=comment,
        command=command,
        ruling=ruling_before(command, allowed=allowed),
        reply=applicant or allowed,
    )


def _after(order: Order, verdict: Verdict, now: Holder | None) -> Order:
    if not order.asks_for_review:
        return order
    if _for_another(order.comment, order.command, now):
        return replace(order, ruling=Ruling.FOR_ANOTHER)
    return replace(order, ruling=ruling_after(order.command, verdict))


def _for_another(comment: Comment, command: Command, now: Holder | None) -> bool:
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
