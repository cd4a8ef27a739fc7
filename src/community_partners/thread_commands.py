"""Commands in a thread's comments, and what they come to. The thread is the only record of them.

Waivers are read from it at every review, each for as long as its author may write to the
repository: whoever deletes the comment takes it back, and an edited application keeps it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .intake.comment_command import read_command
from .model.command import Command, Ruling, Said
from .model.program import Program
from .model.verdict import Verdict, Waiver
from .output.command_answer import answer
from .output.conversation import Comment, Thread, Write
from .rules.command_rights import needs_write_permission, ruling_after, ruling_before
from .rules.waivers import criteria_of, standing_waivers

MayWrite = Callable[[str], bool]
"""Has a login write permission now? Raises UserError where nobody can tell."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """The command that started a run. `ruling` DONE: so far nothing stands against it.

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


def waivers_in(thread: Thread, program: Program, may_write: MayWrite) -> tuple[Waiver, ...]:
    """The waivers in force; each distinct author of one that says enough is asked about."""
    said = tuple(_waiving(thread, program))
    authors = dict.fromkeys(one.by for one in said)
    return standing_waivers(said, {login for login in authors if may_write(login)})


def order_in(thread: Thread, comment: int, program: Program, may_write: MayWrite) -> Order | None:
    """The command in a comment as it is now; None where it is no command of a person."""
    found = next((one for one in thread.comments if one.id == comment), None)
    command = _command(found, program) if found else None
    if found is None or found.author is None or command is None:
        return None
    applicant = found.author == thread.issue.author
    needed = needs_write_permission(command, by_applicant=applicant)
    allowed = not needed or may_write(found.author)
    return Order(
        comment=found,
        command=command,
        ruling=ruling_before(command, allowed=allowed),
        reply=applicant or allowed,
    )


def after(order: Order, verdict: Verdict) -> Order:
    """The same, once the verdict that it asked for is there."""
    return replace(order, ruling=ruling_after(order.command, verdict))


def answers_to(order: Order, thread: Thread, program: Program) -> tuple[Write, ...]:
    """What the thread lacks of our answer."""
    asked = (thread, order.comment, order.command, order.ruling, criteria_of(program))
    return answer(*asked, reply=order.reply)


def _waiving(thread: Thread, program: Program) -> Iterator[Said]:
    for one in thread.comments:
        command = _command(one, program)
        if one.author and command and command.criterion and _says_enough(command):
            yield Said(command=command, by=one.author, url=one.url)


def _says_enough(command: Command) -> bool:
    return ruling_before(command, allowed=True) is Ruling.DONE


def _command(comment: Comment, program: Program) -> Command | None:
    """Bots and we ourselves command nothing."""
    if comment.ours or comment.author is None or comment.author.endswith("[bot]"):
        return None
    return read_command(comment.body, criteria_of(program))
