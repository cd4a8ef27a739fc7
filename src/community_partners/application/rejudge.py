"""Judges merged applications again if a month has closed since the verdict, for `partners rejudge`.

A merge may be quicker than the daily run. Gather: the files of a push, their merges, and for an old
verdict its thread and the evidence. Decide: the verdict. Apply: the verdict in the thread, and the
status of the merged commit, by which the admission decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..checkout.git import Git
from ..errors import FailuresError, UserError
from ..evidence.merged import PARTNERS, Merged, read_merged
from ..github.pulls import ours
from ..github.thread import GitHubThread
from ..hidden_line import our_comments
from ..model.application import Application, DoorKind
from ..model.funnel import Merge
from ..model.submission import Submission
from ..model.verdict import Decision, Verdict
from ..words.planned_changes import describe
from ..words.reply import Commit
from ..words.verdict import status_of
from .answer import judge_again, keep_if_silent
from .door import Overtaken, Review, Run, Settled, set_status


@dataclass(frozen=True, kw_only=True)
class MergedDoor:
    """An application that was merged, in the thread in which it was judged.

    `before`: the decision of the old verdict, as our comment has it.
    """

    run: Run
    thread: GitHubThread
    merged: Merged
    merge: Merge
    before: Decision | None

    @property
    def kind(self) -> DoorKind:
        return DoorKind.FORM if self.merged.in_issue else DoorKind.PULL

    @property
    def commit(self) -> Commit | None:
        """The commit that was merged; None if the application came by an issue."""
        pull = self.merge.pull
        if self.merged.in_issue:
            return None
        return Commit(name=pull.head, url=f"{pull.url}/commits/{pull.head}")

    @property
    def branch(self) -> str | None:
        """None: from whose branch it came, its own door has decided."""
        return None

    def author(self, _: Application) -> int | None:
        """Return the number of the author. Whose branch it was, its own door has decided."""
        return self.thread.seen.issue.by

    def submission(self) -> Submission:
        """Return the file as it was merged."""
        merged = self.merged
        return Submission(title=merged.name, application=merged.application, data=merged.data)

    def overtaken(self) -> Overtaken | None:
        """Return None: what is merged stays as it is."""
        return None

    def settle(self, done: Review) -> Settled:
        """Set the status of the merged commit, by which the admission decides. Raises UserError.

        Whoever merged an *eligible* has not looked at what needs a maintainer now: so that is no
        reason to admit.
        """
        run, head = self.run, self.merge.pull.head
        status = status_of(done.verdict, done.comment_url)
        decision = done.verdict.decision
        if decision is Decision.NEEDS_REVIEW and self.before is not decision:
            status = replace(status, state="failure")
        return set_status(run, head, status)

    def annotations(self, verdict: Verdict) -> tuple[str, ...]:
        """Return (): the file is merged, and no change shows its lines."""
        return ()


def rejudge_all(slugs: Sequence[str], git: Git, run: Run) -> Iterator[str]:
    """Judge each of these again whose verdict is old; yield a sentence for each.

    Raises UserError with all failures, after the others were judged.
    """
    failures: list[str] = []
    for slug in slugs:
        try:
            yield from _rejudge(slug, git, run)
        except UserError as error:
            failures.append(f"{slug}: {error}")
    if failures:
        raise FailuresError(failures)


def _rejudge(slug: str, git: Git, run: Run) -> Iterator[str]:
    if (run.root / PARTNERS / f"{slug}.yml").exists():
        return
    mine = partial(ours, run.repository)
    merged = read_merged(slug, run.program, git, run.repository.name, run.clients, mine, run.today)
    if not (merged.stale and merged.application and merged.merge and merged.number):
        return
    thread = run.thread(merged.number)
    verdicts = our_comments(thread.seen, "verdict")
    before = verdicts[0][1].decision if verdicts else None
    door = MergedDoor(run=run, thread=thread, merged=merged, merge=merged.merge, before=before)
    done = judge_again(door, run, partial(keep_if_silent, before))
    if isinstance(done, Review):
        yield from door.settle(done).lines
        if run.dry_run:
            yield describe(done.changes)
        yield f"{slug}: judged again before its admission: {done.verdict.decision}."
