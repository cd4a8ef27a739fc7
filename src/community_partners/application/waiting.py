"""Looks after open applications once a day, for `partners waiting`.

Gather: the list of all that waits, once, and the thread of each application for which something is
due. Decide: check again, remind, close or do nothing; *eligible* is checked again once a month has
closed. Apply: a review as after an edit, then a comment. If one application fails, the others go
on, and the next day's run tries it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ..errors import UserError
from ..evidence.form_reader import UnusableFormError
from ..github.pulls import ours
from ..github.thread import GitHubThread
from ..github.waiting_list import WaitingList
from ..hidden_line import our_comments
from ..intake.event import Ignored
from ..model.application import DoorKind
from ..model.changes import Close, PostComment, ThreadChange
from ..model.funnel import WaitingThread
from ..model.handed_on import HandedOn
from ..model.thread import Thread
from ..model.verdict import Decision
from ..rules.closing import Action, Situation, action, closing_day, has_lapsed
from ..rules.earliest import look_again
from ..words.planned_changes import describe
from ..words.reminder import farewell, reminder
from ..words.verdict import status_to_come
from .answer import answer, keep_if_silent
from .door import Overtaken, Review, Run, set_status
from .issue_door import look_ahead
from .proposal import is_settled, may_be_proposed, proposals_of
from .quiet import Quiet, quiet_since

_WORDS = {
    Action.NOTHING: "",
    Action.RECHECK: "",
    Action.REMIND: " Reminded.",
    Action.CLOSE: " Closed.",
}


@dataclass(kw_only=True)
class Waited:
    """The result of a daily run.

    `sentences`: what was done for each application, or would be in a dry run. `failures`: what
    failed, a sentence each. `lines`: more lines for the log. `handed_on`: the proposals that are
    left to a job that may write files.
    """

    lines: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    handed_on: list[HandedOn] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class WaitingRoom:
    """Looks after the open applications of the list `waiting`.

    `apply_url`: the page on which a new application begins.
    """

    run: Run
    apply_url: str
    waiting: WaitingList

    def attend_all(self) -> Waited:
        """Handle the applications one by one. If one fails, record that and go on."""
        done = Waited()
        for one in self.waiting.threads:
            try:
                done.sentences.append(f"#{one.number}: {self._attend(one, done)}")
            except UserError as error:
                done.failures.append(f"#{one.number}: {error}")
        return done

    def _attend(self, one: WaitingThread, told: Waited) -> str:
        thread = self.run.thread(one.number)
        listed, run = one.thread or thread.seen, self.run.beside(self.waiting)
        before, quiet = self._situation(one, listed)
        lapsed = has_lapsed(before, run.today)
        if self._owed(before) is Action.RECHECK:  # as it is now: the list may be half an hour old
            if not (one.pull or lapsed):
                look_ahead(run, thread, listed.issue.title, listed.issue.body)
            before, quiet = self._situation(one, thread.seen)
            self.waiting.note(one.number, thread.seen.issue)
            lapsed = has_lapsed(before, run.today)
        waits = before.settled or not self._may_be_proposed(run, thread)
        if before.decision is Decision.ELIGIBLE and waits and not lapsed:
            return "eligible; a maintainer confirms."
        if lapsed:
            told.lines.extend(self._suspend(one, thread))
        if self._owed(before) is not Action.RECHECK:
            return f"{before.decision}; nothing to do yet."
        door = DoorKind.PULL if one.pull else DoorKind.FORM
        done = answer(door, thread, run, hold=partial(keep_if_silent, before.decision))
        if isinstance(done, Overtaken):
            return "changed meanwhile: its own run answers."
        if not isinstance(done, Review):
            reason = done.reason if isinstance(done, Ignored) else ""
            if run.forms.form.problems and not one.pull:
                return f"left as it is. {reason}"
            return f"no application any more. {reason}"
        settled = done.door.settle(done)
        told.lines.extend(settled.lines)
        told.handed_on.extend(settled.handed_on)
        return self._follow_up(done, thread, before, quiet)

    def _suspend(self, one: WaitingThread, thread: GitHubThread) -> Iterator[str]:
        """Set the status of an old *eligible* to pending, so that nobody merges on it meanwhile.

        The new verdict sets the status again; if a source does not answer, it stays pending.
        """
        run, pulls = self.run, self.waiting.others.pulls
        mine = proposals_of(one.number, ours(run.repository, pulls))
        url = our_comments(thread.seen, "verdict")[0][0].url
        for pull in [own for own in pulls if own.number == one.number] if one.pull else mine:
            yield from set_status(run, pull.head, status_to_come(url)).lines

    def _may_be_proposed(self, run: Run, thread: GitHubThread) -> bool:
        """Tell whether a run that was cut off has left an application without its proposal."""
        try:
            application = run.submission(thread).application
        except UnusableFormError:
            return False
        found = run.funnels.of(application.slug).value if application else None
        if not (application and found):
            return False
        mine = ours(run.repository, found.pulls)
        return may_be_proposed(found, mine, thread.number, application.slug)

    def _situation(self, one: WaitingThread, seen: Thread) -> tuple[Situation, Quiet | None]:
        """Return the situation of an application today, and since when its thread is quiet.

        The decision is read from our verdict's comment and not from the labels, since people may
        have changed the labels.
        """
        run = self.run
        quiet = quiet_since(seen, run.program.contribution.ignored_accounts)
        verdicts = our_comments(seen, "verdict")
        if not verdicts:
            return Situation(decision=None), quiet
        memory = verdicts[0][1]
        proposals = ours(run.repository, self.waiting.others.pulls)
        situation = Situation(
            decision=memory.decision,
            again=memory.again,
            quiet_days=(run.today - quiet.since.date()).days if quiet else None,
            closes=quiet.closes if quiet else None,
            settled=one.pull or is_settled(memory.decision, one.number, proposals),
        )
        return situation, quiet

    def _owed(self, seen: Situation) -> Action:
        return action(seen, self.run.program.waiting, self.run.today)

    def _follow_up(
        self, done: Review, thread: GitHubThread, before: Situation, quiet: Quiet | None
    ) -> str:
        now = _after(before, done)
        owed = self._owed(now)
        changes = self._changes(owed, done, quiet)
        said = f"checked again: {now.decision}.{_WORDS[owed]}"
        if self.run.dry_run:
            return f"{said}\n{describe([*done.changes, *changes])}"
        thread.apply(changes)
        if owed is Action.CLOSE:
            self.waiting.note(thread.number, replace(thread.seen.issue, open=False))
        return said

    def _changes(self, owed: Action, done: Review, quiet: Quiet | None) -> Sequence[ThreadChange]:
        run, url = self.run, done.comment_url or ""
        if owed is Action.REMIND and run.program.waiting:
            closes = closing_day(run.today, done.verdict.earliest, run.program.waiting)
            return [PostComment(body=reminder(done.verdict, url, closes, run.program))]
        if owed is Action.CLOSE:
            said = quiet is not None and quiet.farewell
            words = PostComment(body=farewell(url, self.apply_url, run.program))
            close = Close(pull=done.door.kind is DoorKind.PULL)
            return [close] if said else [words, close]
        return []


def _after(before: Situation, done: Review) -> Situation:
    """Return the situation after a review.

    Another decision has just been posted, so the days of waiting start again.
    """
    decision, again = done.verdict.decision, look_again(done.verdict)
    if decision is before.decision:
        return replace(before, again=again, fresh=True)
    return Situation(decision=decision, again=again, fresh=True, quiet_days=0)
