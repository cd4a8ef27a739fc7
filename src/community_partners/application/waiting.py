"""The journey of `partners waiting`: all open applications, each looked at once a week.

Gather: the list, and the thread of each that is not waiting for maintainers alone. Decide: look
again, remind, close or nothing. Apply: a review as after an edit, then a comment. One application
that fails stops no other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ..errors import UserError
from ..github.thread import GitHubThread
from ..intake.event import Ignored
from ..memory import our_comments
from ..model.changes import Close, PostComment, ThreadChange
from ..model.program import Program
from ..model.thread import Thread
from ..model.verdict import Decision, Verdict
from ..rules.closing import Action, Situation, action, closing_day, held, look_again
from ..words.planned_changes import describe
from ..words.reminder import farewell, reminder
from .answer import Hold, Review
from .quiet import Silence, silence


class ChangedMeanwhileError(Exception):
    """The thread says something else than what was looked at."""


@dataclass(frozen=True, kw_only=True)
class Attended:
    """`pull`: it came by pull request. `label`: of its verdict, None before there is one.

    `look_again`: the review of its door, on the thread as it was read, with a word for what holds
    its verdict back; it writes unless this is a dry run. Raises ChangedMeanwhileError before it has
    written anything.
    """

    number: int
    pull: bool
    label: str | None
    thread: GitHubThread
    look_again: Callable[[Thread, Hold], Review | Ignored]


@dataclass(frozen=True, kw_only=True)
class Waited:
    """What was done, or would be, a sentence for each application; and what failed."""

    sentences: tuple[str, ...]
    failures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WaitingRoom:
    """What all applications share. `apply_url`: where a new application begins."""

    program: Program
    apply_url: str
    today: date
    dry_run: bool

    def attend_all(self, applications: Iterable[Attended]) -> Waited:
        """Each in its turn. Raises nothing of what GitHub refuses: that is in `failures`."""
        sentences, failures = [], []
        for one in applications:
            try:
                sentences.append(f"#{one.number}: {self._attend(one)}")
            except UserError as error:
                failures.append(f"#{one.number}: {error}")
        return Waited(sentences=tuple(sentences), failures=tuple(failures))

    def _attend(self, one: Attended) -> str:
        if one.label == Decision.ELIGIBLE.label:
            return "eligible; a maintainer confirms."
        seen = one.thread.read()
        quiet = silence(seen, self.program.contribution.ignored_accounts)
        situation = _situation(seen, quiet, self.today)
        if action(situation, self.program.waiting, self.today) is not Action.RECHECK:
            return f"{situation.decision}; nothing to do yet."
        try:
            done = one.look_again(seen, partial(_hold, situation.decision))
        except ChangedMeanwhileError:
            return "changed meanwhile: its own run answers."
        if isinstance(done, Ignored):
            return f"no application any more. {done.reason}"
        return self._follow_up(one, done, situation, quiet)

    def _follow_up(
        self, one: Attended, done: Review, before: Situation, quiet: Silence | None
    ) -> str:
        now = _after(before, done)
        owed = action(now, self.program.waiting, self.today)
        writes = self._writes(owed, one, done, quiet)
        said = f"checked again: {now.decision}.{_WORDS[owed]}"
        if self.dry_run:
            return f"{said}\n{describe([*done.writes, *writes])}"
        one.thread.apply(writes)
        return said

    def _writes(
        self, owed: Action, one: Attended, done: Review, quiet: Silence | None
    ) -> Sequence[ThreadChange]:
        policy, url = self.program.waiting, done.comment_url or ""
        if owed is Action.REMIND and policy:
            closes = closing_day(self.today, look_again(done.verdict), policy)
            return [PostComment(body=reminder(done.verdict, url, closes, self.program))]
        if owed is Action.CLOSE:
            said = quiet is not None and quiet.farewell
            words = PostComment(body=farewell(url, self.apply_url, self.program))
            close = Close(pull=one.pull)
            return [close] if said else [words, close]
        return []


_WORDS = {
    Action.NOTHING: "",
    Action.RECHECK: "",
    Action.REMIND: " Reminded.",
    Action.CLOSE: " Closed.",
}


def _situation(seen: Thread, quiet: Silence | None, today: date) -> Situation:
    """As the thread tells it: labels may have been moved by anybody who helps."""
    ours = our_comments(seen, "verdict")
    if not ours:
        return Situation(decision=None)
    memory = ours[0][1]
    return Situation(
        decision=memory.decision,
        again=memory.again,
        silent=(today - quiet.since.date()).days if quiet else None,
        closes=quiet.closes if quiet else None,
    )


def _hold(before: Decision | None, verdict: Verdict) -> None:
    """Raises UserError where nothing is new but that a source is silent."""
    if held(before, verdict):
        said = " ".join(verdict.unanswered)
        raise UserError(f"{said} The verdict stays as it was; the next run looks again.")


def _after(before: Situation, done: Review) -> Situation:
    """With the new verdict; another decision has just been told, and begins a silence."""
    decision, again = done.verdict.decision, look_again(done.verdict)
    if decision is before.decision:
        return replace(before, again=again, fresh=True)
    return Situation(decision=decision, again=again, fresh=True, silent=0)
