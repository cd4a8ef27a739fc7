"""Answers the claims of a thread with one comment, and adds the files of those that were approved.

Gather: the thread, what was handed in, the records, the claims approved before. Decide: what is
missing, or whose word approves or declines it. Apply: the files first, then comment, reactions and
the end of the thread. A run that is cut off between these is done again by the next one, which
finds the files.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..github.pulls import write_status
from ..github.thread import GitHubThread
from ..intake.event import Ignored
from ..model.changes import Close, SetStatus, ThreadChange
from ..model.claim import Answer
from ..model.publication import Publication, Published
from ..publication.publish import publish
from ..words.claim import STATUS, status_of
from .claim_file import Approval, publication_of
from .decided import ClaimRun, Decided, decide
from .doors import enter
from .thread_changes import changes_of


@dataclass(frozen=True, kw_only=True)
class Done:
    """The changes of the thread, with the status of its commit, and what became of the files.

    `published`: None without files.
    """

    changes: tuple[ThreadChange | SetStatus, ...]
    published: Published | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    decided: Decided
    publication: Publication


def answer_claims(thread: GitHubThread, run: ClaimRun, *, pull: bool) -> Done | Ignored:
    """Answer the claims of a thread, or say why it has none. Raises UserError with a sentence."""
    entered = enter(thread, run, pull=pull)
    if isinstance(entered, Ignored):
        return entered
    seen = thread.seen

    def plan() -> _Plan:
        decided = decide(seen, thread.number, entered.handed, run)
        return _Plan(decided=decided, publication=_publication(decided, thread.number, run))

    planned, published = plan(), None
    if planned.publication.files and not run.dry_run:
        planned, published = publish(plan, run.repository)
    changes = tuple(changes_of(seen, planned.decided, published, run, pull=pull))
    status = _status(entered.commit, planned.decided, changes)
    if not run.dry_run:
        thread.apply(changes)
        for one in status:
            write_status(run.repository.repository, one.head or "", one.status, STATUS)
    return Done(changes=(*changes, *status), published=published)


def _status(
    commit: str | None, decided: Decided, changes: Sequence[ThreadChange]
) -> tuple[SetStatus, ...]:
    """Return the status of a pull request that stays open: nobody should merge it."""
    if commit is None or any(isinstance(one, Close) for one in changes):
        return ()
    return (SetStatus(head=commit, status=status_of(missing=bool(decided.problems))),)


def _publication(decided: Decided, number: int, run: ClaimRun) -> Publication:
    last = decided.last
    if decided.filed or not decided.claims or last is None or last.answer is not Answer.APPROVED:
        return Publication(files=(), message="", own="")
    approval = Approval(claims=decided.claims, by=last.said.login, number=number)
    return publication_of(approval, run.root, run.program.contribution.claims_folder)
