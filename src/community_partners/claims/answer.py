"""Answers a claim in its issue with one comment, and adds the file of one that was approved.

Gather: the thread, the records, the claims approved before. Decide: what is missing, or whose word
approves or declines it. Apply: the file first, then comment, reactions and the end of the issue. A
run that is cut off between these is done again by the next one, which finds the file.
"""

from dataclasses import dataclass

from ..errors import InvalidInputError
from ..github.thread import GitHubThread
from ..intake.claim_form import no_claim
from ..intake.event import Ignored
from ..model.changes import ThreadChange
from ..model.claim import Answer
from ..model.problem import Problem
from ..model.publication import Publication, Published
from ..publication.publish import publish
from .claim_file import Approval, publication_of
from .decided import ClaimRun, Decided, decide
from .thread_changes import cannot_look, changes_of


@dataclass(frozen=True, kw_only=True)
class Done:
    """The changes of the thread, and what became of the file; None without one.

    `unread`: the problems of files that keep an approval waiting.
    """

    changes: tuple[ThreadChange, ...]
    published: Published | None = None
    unread: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    decided: Decided
    publication: Publication


def answer_claim(thread: GitHubThread, run: ClaimRun) -> Done | Ignored:
    """Answer a claim, or say why the issue is none. Raises UserError with a sentence.

    If a file of the program keeps us from looking, our comment says so before that is raised.
    """
    seen = thread.seen
    issue = seen.issue
    if other := no_claim(issue.labels, issue.body, run.template, is_open=issue.open):
        return other

    def plan() -> _Plan:
        decided = decide(seen, thread.number, run)
        return _Plan(decided=decided, publication=_publication(decided, thread.number, run))

    published = None
    try:
        planned = plan()
        if planned.publication.files and not run.dry_run:
            planned, published = publish(plan, run.repository)
    except InvalidInputError as error:
        if not run.dry_run:
            thread.apply(tuple(cannot_look(seen, error.problems)))
        raise
    changes = tuple(changes_of(seen, planned.decided, published, run))
    if not run.dry_run:
        thread.apply(changes)
    return Done(changes=changes, published=published, unread=planned.decided.unread)


def _publication(decided: Decided, number: int, run: ClaimRun) -> Publication:
    claim, credit, last = decided.claim, decided.credit, decided.last
    approved = last is not None and last.answer is Answer.APPROVED
    if claim is None or credit is None or last is None or not approved or decided.filed:
        return Publication(files=(), message="", own="")
    approval = Approval(claim=claim, slug=credit.slug, by=last.said.login, number=number)
    return publication_of(approval, run.root, run.program.contribution.claims_folder)
