"""The journey of `partners waiting`: all open applications, each looked at once a week.

Gather: the list, and the thread of each that is not waiting for maintainers alone. Decide: look
again, remind, close or nothing. Apply: a review as after an edit, then a comment. One application
that fails stops no other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from .errors import UserError
from .intake.event import Ignored
from .model.program import Program
from .model.verdict import Decision, Verdict
from .output.again import look_again_on
from .output.conversation import Thread, label_of, marked
from .output.github_thread import GitHubThread
from .output.reminder import farewell, reminder
from .output.silence import Silence, silence
from .output.thread_writes import Close, PostComment, Write, describe
from .review import Hold, Review
from .rules.waiting import Action, Situation, action, closing_day, held, look_again

_DECISIONS = {label_of(decision): decision for decision in Decision}


class ChangedMeanwhileError(Exception):
    """The thread says something else than what was looked at."""


@dataclass(frozen=True, kw_only=True)
class OpenApplication:
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

    def attend_all(self, applications: Iterable[OpenApplication]) -> Waited:
        """Each in its turn. Raises nothing of what GitHub refuses: that is in `failures`."""
        sentences, failures = [], []
        for one in applications:
            try:
                sentences.append(f"#{one.number}: {self._attend(one)}")
            except UserError as error:
                failures.append(f"#{one.number}: {error}")
        return Waited(sentences=tuple(sentences), failures=tuple(failures))

    def _attend(self, one: OpenApplication) -> str:
        if one.label == label_of(Decision.ELIGIBLE):
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
        self, one: OpenApplication, done: Review, before: Situation, quiet: Silence | None
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
        self, owed: Action, one: OpenApplication, done: Review, quiet: Silence | None
    ) -> Sequence[Write]:
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
    ours = marked(seen, "verdict")
    if not ours:
        return Situation(decision=None)
    verdict, label, _ = ours[0]
    return Situation(
        decision=_DECISIONS.get(label),
        again=look_again_on(verdict.body),
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
