"""Answers the claims of a thread with one comment, and adds the files of those that were approved.

Gather: the thread, what was handed in, the records, the claims approved before. Decide: what is
missing, or whose word approves or declines it. Apply: the files first, then comment, reactions and
the end of the thread. A run that is cut off between these is done again by the next one, which
finds the files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import InvalidInputError
from ..evidence.claimed_people import with_numbers
from ..github.pulls import write_status
from ..github.thread import GitHubThread
from ..hidden_line import our_comments
from ..intake.event import Ignored
from ..model.changes import Close, SetStatus, ThreadChange
from ..model.claim import Answer
from ..model.problem import Problem
from ..model.publication import Publication, Published
from ..publication.publish import publish
from ..words.claim import STATUS, UNREAD, status_of
from .claim_file import Approval, publication_of
from .decided import KIND, ClaimRun, Decided, decide
from .doors import Entered, enter
from .thread_changes import cannot_look, changes_of


@dataclass(frozen=True, kw_only=True)
class Done:
    """The changes of the thread, with the status of its commit, and what became of the files.

    `published`: None without files. `unread`: the problems of files that keep an approval waiting.
    """

    changes: tuple[ThreadChange | SetStatus, ...]
    published: Published | None = None
    unread: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    decided: Decided
    publication: Publication


def answer_claims(thread: GitHubThread, run: ClaimRun, *, pull: bool) -> Done | Ignored:
    """Answer the claims of a thread, or say why it has none. Raises UserError with a sentence.

    If a file of the program keeps us from looking, our comment says so before that is raised.
    """
    entered: Entered | Ignored | None = None
    try:
        entered = enter(thread, run, pull=pull)
        if isinstance(entered, Ignored):
            return entered
        return _answer(thread, entered, run, pull=pull)
    except InvalidInputError as error:
        if not run.dry_run:
            thread.apply(tuple(cannot_look(thread.seen, error.problems)))
            if isinstance(entered, Entered) and entered.commit:
                write_status(run.repository.repository, entered.commit, UNREAD, STATUS)
        raise


def _answer(thread: GitHubThread, entered: Entered, run: ClaimRun, *, pull: bool) -> Done:
    seen, handed = thread.seen, with_numbers(entered.handed, _known(thread), run.clients)

    def plan() -> _Plan:
        decided = decide(seen, thread.number, handed, run)
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
    unread = planned.decided.unread
    return Done(changes=(*changes, *status), published=published, unread=unread)


def _known(thread: GitHubThread) -> Mapping[str, int]:
    """Return the numbers of accounts, by login, that our comment remembers."""
    ours = our_comments(thread.seen, KIND)
    return ours[0][1].people if ours else {}


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
    said = last.said
    approval = Approval(claims=decided.claims, by=said.login, by_id=said.by, number=number)
    return publication_of(approval, run.root, run.program.contribution.claims_folder)
