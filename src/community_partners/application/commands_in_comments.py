"""Commands in comments: who may give them, and what they did.

The thread is the only record of waivers, and every review reads them from the thread. A waiver
holds as long as its author may write to the repository and the application is still of the
organization that the waiver was for; a waiver for the change of a record names one commit.
Deleting the comment takes the waiver back.

A command waits until a run answers it. The answer is a reaction. A reply in words is added only if
it helps: a stranger gets none, a command gets at most one, and a thread shows the help once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from ..hidden_line import Memory, is_of_kind, our_comments
from ..intake.comment_command import read_command
from ..intake.own_seats import OWN_SEAT, seated
from ..model.application import Application
from ..model.changes import PostComment, React, Reaction, ThreadChange
from ..model.command import About, Command, Ruling, Said, Verb
from ..model.program import Program
from ..model.spokesperson import Seated, Voucher
from ..model.thread import Comment, Thread
from ..model.verdict import Verdict, Waiver
from ..rules.commands_and_waivers import (
    about_after,
    for_another,
    needs_write_permission,
    ruling_after,
    ruling_before,
    standing_waivers,
)
from ..rules.criteria import criteria_of
from ..words.command_reply import help_text, refusal
from .command_authors import not_looked_up

Named = Callable[[], Collection[str] | None]
MayWrite = Callable[[str], bool]
"""A function that tells whether a login has write permission now. Raises UserError if unknown."""

_REACTIONS = {
    Ruling.DONE: Reaction.DONE,
    Ruling.HELP: Reaction.DONE,
    Ruling.NOT_ALLOWED: Reaction.NO,
}


@dataclass(frozen=True, kw_only=True)
class PendingCommand:
    """A command without an answer. `ruling` DONE: nothing stands against the command so far.

    `reply`: whether its author may get a reply in words. A stranger may not: else strangers could
    make us reply without end.
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
    """Tell whether a text is a command, without asking GitHub who may give it."""
    return read_command(body, criteria_of(program)) is not None


@dataclass(frozen=True, kw_only=True)
class ThreadCommands:
    """The commands of one thread, the oldest first.

    `given`: each command with its comment. `criteria`: titles by id. `commit`: the commit that is
    judged; None for an issue.
    """

    thread: Thread
    criteria: Mapping[str, str]
    may_write: MayWrite
    commit: str | None
    given: tuple[tuple[Comment, Command], ...]

    @classmethod
    def read(
        cls, thread: Thread, program: Program, may_write: MayWrite, commit: str | None
    ) -> Self:
        """Read the commands in a thread. Comments of bots, and our own, hold no commands."""
        criteria = criteria_of(program)
        people = (
            one
            for one in thread.comments
            if not one.ours and one.author is not None and not one.author.endswith("[bot]")
        )
        given = tuple(
            (one, command) for one in people if (command := read_command(one.body, criteria))
        )
        return cls(
            thread=thread, criteria=criteria, may_write=may_write, commit=commit, given=given
        )

    def pending(
        self, comment: int | None, named: Named = lambda: None
    ) -> tuple[PendingCommand, ...]:
        """Return the unanswered commands, and the command of `comment`, which started this run.

        A run may be dropped, canceled or stopped, so each run also answers for earlier runs.
        `named`: returns the case-folded logins that the application names, or None if that is not
        at hand. Nobody else has a seat, and so no check is needed to say so.
        """
        return tuple(
            self._pending(one, command, named)
            for one, command in self.given
            if one.id == comment or one.reactions == frozenset()
            if one.id not in self._unasked
        )

    @cached_property
    def _unasked(self) -> frozenset[int]:
        return not_looked_up(self.given, self.thread.issue.author)

    def about(self, application: Application | None) -> About | None:
        """Return the organization that waivers in this thread are for.

        None if no application could ever be read.
        """
        verdicts = our_comments(self.thread, "verdict")
        known = verdicts[0][1].about if verdicts else None
        last = max((one.id for one in self.thread.comments), default=0)
        return about_after(known, application, last) if application else known

    def waivers(self, application: Application) -> tuple[Waiver, ...]:
        """Return the waivers in force.

        Asks for the permission of each author once, and only for complete commands.
        """
        about = self.about(application)
        said = tuple(
            Said(command=command, by=one.author or "", url=one.url)
            for one, command in self.given
            if command.criterion
            and _says_enough(command)
            and not for_another(command, one.id, about, self.commit)
            and one.id not in self._unasked
            and Reaction.NO not in (one.reactions or ())
        )
        authors = dict.fromkeys(one.by for one in said)
        return standing_waivers(said, {login for login in authors if self.may_write(login)})

    def vouchers(self, application: Application) -> tuple[Voucher, ...]:
        """Return those who vouch for the application as it stands, the oldest comment first.

        A comment counts as its author wrote it: one that somebody else has edited does not.
        """
        about = self.about(application)
        return tuple(
            Voucher(id=one.by, login=one.author or "", url=one.url)
            for one, command in self.given
            if command.verb is Verb.VOUCH
            and one.by is not None
            and not for_another(command, one.id, about, self.commit)
        )

    def seated(self, application: Application) -> tuple[Seated, ...]:
        """Return those who confirm or leave a seat of the application as it stands, oldest first.

        As with `vouchers`, a comment counts as its author wrote it.
        """
        about = self.about(application)
        standing = (
            (one, command)
            for one, command in self.given
            if not for_another(command, one.id, about, self.commit)
        )
        return seated(standing)

    def outcome(
        self, pending: tuple[PendingCommand, ...], verdict: Verdict, about: About | None
    ) -> tuple[PendingCommand, ...]:
        """Return the pending commands as they stand after the verdict.

        Earlier waivers that hold no longer, since they were for something else, are added. `about`:
        the organization that waivers are for now.
        """
        known = {one.comment.id for one in pending}
        ended = (
            PendingCommand(comment=one, command=command, ruling=Ruling.FOR_ANOTHER, reply=True)
            for one, command in self.given
            if for_another(command, one.id, about, self.commit)
            and one.id not in known
            and Reaction.DONE in (one.reactions or ())
            and not self._is_said(_kind(one))
        )
        return (*ended, *(self._after(one, verdict, about) for one in pending))

    def answers(self, commands: tuple[PendingCommand, ...]) -> tuple[ThreadChange, ...]:
        """Return the reactions and replies to commands that the thread lacks."""
        found = (change for one in commands for change in self._answer(one))
        return tuple(dict.fromkeys(found))

    def _pending(self, comment: Comment, command: Command, named: Named) -> PendingCommand:
        author = comment.author or ""
        applicant = author == self.thread.issue.author
        needed = needs_write_permission(command, by_applicant=applicant)
        allowed = not needed or self.may_write(author)
        ruling = ruling_before(command, allowed=allowed)
        team = named() if command.verb in OWN_SEAT else None
        if team is not None and author.casefold() not in team:
            ruling = Ruling.NO_SEAT
        return PendingCommand(
            comment=comment,
            command=command,
            ruling=ruling,
            reply=applicant
            or (needed and allowed)
            or (team is not None and author.casefold() in team),
        )

    def _after(self, one: PendingCommand, verdict: Verdict, about: About | None) -> PendingCommand:
        if not one.asks_for_review:
            return one
        ruling = ruling_after(one.command, one.comment.by, verdict)
        another = for_another(one.command, one.comment.id, about, self.commit)
        if another and ruling is not Ruling.NOT_ASKED:
            ruling = Ruling.FOR_ANOTHER
        return replace(one, ruling=ruling)

    def _answer(self, one: PendingCommand) -> Iterator[ThreadChange]:
        """Yield a reply, unless the thread has it, and then a reaction."""
        if one.ruling is Ruling.HELP:
            yield from self._once("help", help_text(self.criteria))
        elif one.ruling is not Ruling.DONE and one.reply:
            words = refusal(one.command, one.ruling, self.criteria)
            yield from self._once(
                _kind(one.comment), f"{words} ([The command]({one.comment.url}).)"
            )
        yield React(comment=one.comment.id, content=_REACTIONS.get(one.ruling, Reaction.CONFUSED))

    def _once(self, kind: str, body: str) -> Iterator[ThreadChange]:
        if not self._is_said(kind):
            yield PostComment(body=f"{Memory(kind=kind)}{body}")

    def _is_said(self, kind: str) -> bool:
        return any(one.ours and is_of_kind(one.body, kind) for one in self.thread.comments)


def _kind(comment: Comment) -> str:
    return f"answer {comment.id}"


def _says_enough(command: Command) -> bool:
    return ruling_before(command, allowed=True) is Ruling.DONE
