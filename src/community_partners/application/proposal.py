"""Plans and writes the proposal: the pull request that adds an eligible application's file.

The branch and the file need `contents: write`. A run that has not this permission hands them on
(`model/handed_on.py`); the next job reads the thread, and plans from it what is planned here.

The proposal is open as long as the verdict is *eligible*. If a maintainer has to decide, an open
proposal stays open and says so; any other verdict closes it. A proposal that a person closed stays
closed. After the merge of a proposal, the admission follows (`partners admit`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import UserError
from ..github.pulls import apply, ours
from ..hidden_line import Memory, file_digest, memory_in, our_comments, same_text, without_line
from ..intake.yaml_document import write_yaml
from ..model.changes import EditPull, MakeBranch, OpenPull, PullChange, PutFile, SetStatus, TellPull
from ..model.commit_status import CommitStatus
from ..model.funnel import Branch, Funnel, KnownPull, KnownStatus, PullState, branch_of
from ..model.handed_on import HandedOn
from ..model.submission import Submission
from ..model.thread import Comment, Thread
from ..model.verdict import Decision
from ..words.escape import quote
from ..words.planned_changes import describe
from ..words.verdict import status_of, status_with
from .door import Review, Run, Settled

WITHDRAWN = "withdrawn"
_CLOSING = (Decision.NOT_YET, Decision.INVALID)
_MERGING = (
    "Merging it admits the organization, and answers there. The file says what the form in the "
    "issue says: edit that, and write commands there, since what is changed here by hand is "
    "overwritten. Below is the verdict as the applicant reads it."
)
_RENAMED = "Closed: the organization has another short name now, and so another file."


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The proposal as it should be, from one verdict.

    `slug`, `text`: of the application's file; "" if the form cannot be read. `body`: the verdict in
    Markdown. `status`: the verdict as the commit's status.
    """

    issue: int
    slug: str
    text: str
    title: str
    decision: Decision
    body: str
    status: CommitStatus

    def open_body(self, closings: int = 0) -> str:
        """Return the text of an open proposal, with its hidden line.

        In it, the issue's number links the proposal to the issue. `closings`: how often we have
        closed it.
        """
        return self._marked(f"Proposes the application of #{self.issue}. {_MERGING}", closings)

    def closed_body(self, why: str, closings: int) -> str:
        """Return the text of a proposal that we close; its hidden line says that we closed it."""
        return self._marked(f"{why} See #{self.issue}.", closings, withdrawn=True)

    def handed_on(self) -> HandedOn:
        """Return what another job needs besides the thread to write the same proposal."""
        file = file_digest(self.text.encode())
        words = self.status.description
        return HandedOn(issue=self.issue, slug=self.slug, file=file, status=words)

    def _marked(self, told: str, closings: int, *, withdrawn: bool = False) -> str:
        memory = Memory(
            kind="application",
            change=closings,
            issue=self.issue,
            decision=None if withdrawn else self.decision,
            file=file_digest(self.text.encode()),
            withdrawn=withdrawn,
        )
        return f"{memory}{told}\n\n{self.body}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalPlan:
    """The changes to write. `why_not`: why an eligible application is not proposed, or None."""

    changes: tuple[PullChange, ...] = ()
    why_not: str | None = None


def was_eligible(thread: Thread) -> bool:
    """Tell whether the verdict in a thread may have been *eligible* once.

    Only then can there be a proposal.
    """
    return any(
        memory.decision is Decision.ELIGIBLE or memory.change > 0
        for _, memory in our_comments(thread, "verdict")
    )


def wanted(number: int, done: Review) -> Wanted:
    """Return the proposal for the form in the issue `number`, as the form was judged."""
    status = status_of(done.verdict, done.comment_url)
    return _wanted(number, done.submission, done.verdict.decision, done.reply.body, status)


def wanted_again(
    handed: HandedOn, submission: Submission, verdict: tuple[Comment, Memory]
) -> Wanted:
    """Return the proposal for a form that another job has judged.

    `submission`: the form as the issue has it now. `verdict`: our comment there. Raises UserError
    if the verdict or the form is not what the other job has handed on.
    """
    comment, memory = verdict
    decision = memory.decision
    if decision not in (Decision.ELIGIBLE, Decision.NEEDS_REVIEW):
        raise UserError(f"The verdict in issue #{handed.issue} is not eligible now.")
    status = status_with(decision, handed.status, comment.url)
    want = _wanted(handed.issue, submission, decision, without_line(comment.body), status)
    if want.handed_on() != handed:
        raise UserError(f"The form in issue #{handed.issue} is not what was judged.")
    return want


def _wanted(
    number: int, submission: Submission, decision: Decision, body: str, status: CommitStatus
) -> Wanted:
    application = submission.application
    slug = application.slug if application else ""
    return Wanted(
        issue=number,
        slug=slug,
        text=write_yaml(submission.data) if application else "",
        title=f"Application of {slug}",  # GitHub would obey a name such as `Closes #1`
        decision=decision,
        body=body,
        status=status,
    )


def settle_proposal(run: Run, want: Wanted) -> Settled:
    """Write what a proposal lacks, or hand it on if this run must not write files.

    Raises UserError with a sentence, also if GitHub does not tell of the proposal. If the decision
    is *needs review*, that is no error, and nothing is changed.
    """
    found = run.funnels.of(want.slug)
    if found.value is None:
        if want.decision is Decision.NEEDS_REVIEW:
            return Settled()
        raise UserError(f"{found.failure} So the pull request was not looked at. Run it again.")
    planned = plan(found.value, ours(run.repository, found.value.pulls), want)
    writes = any(isinstance(one, MakeBranch | PutFile) for one in planned.changes)
    if run.hands_on and writes and not run.dry_run:
        return Settled(handed_on=(want.handed_on(),))
    url = None if run.dry_run else apply(run.repository, planned.changes)
    lines = [describe(planned.changes)] if run.dry_run and planned.changes else []
    return Settled(lines=(*lines, *map(quote, filter(None, (planned.why_not, url)))))


def plan(funnel: Funnel, ours: Sequence[KnownPull], wanted: Wanted) -> ProposalPlan:
    """Return what the proposal lacks. `ours`: the pull requests of `funnel` that we opened."""
    mine = proposals_of(wanted.issue, ours)
    opened = [pull for pull in mine if pull.state is PullState.OPEN]
    if wanted.decision in _CLOSING:
        return ProposalPlan(changes=tuple(_close(opened, wanted, _no_longer(wanted))))
    here = [pull for pull in opened if pull.branch == branch_of(wanted.slug)]
    away = tuple(_close([pull for pull in opened if pull not in here], wanted, _RENAMED))
    if here and funnel.ours:
        return ProposalPlan(changes=(*away, *_update(funnel.ours, here[0], funnel.path, wanted)))
    if wanted.decision is not Decision.ELIGIBLE:
        return ProposalPlan(changes=away)
    proposal = _propose(funnel, mine, wanted)
    return ProposalPlan(changes=(*away, *proposal.changes), why_not=proposal.why_not)


def proposals_of(issue: int, ours: Sequence[KnownPull]) -> list[KnownPull]:
    """Return the proposals of an issue, from the pull requests that we opened."""
    known = [(pull, memory_in(pull.body)) for pull in ours if not pull.fork]
    return [pull for pull, memory in known if memory and memory.issue == issue]


def is_settled(decision: Decision | None, issue: int, ours: Sequence[KnownPull]) -> bool:
    """Tell whether the proposal of an issue is open or not, as the verdict asks.

    A run that was cut off may have left it otherwise. `ours`: the open pull requests of ours.
    """
    opened = bool(proposals_of(issue, ours))
    return opened if decision is Decision.ELIGIBLE else not opened or decision not in _CLOSING


def may_be_proposed(funnel: Funnel, ours: Sequence[KnownPull], issue: int, slug: str) -> bool:
    """Tell whether an eligible application without an open proposal gets one."""
    name = branch_of(slug)
    return _why_not(funnel, _last_closed(proposals_of(issue, ours), name), name) is None


def _propose(funnel: Funnel, mine: Sequence[KnownPull], wanted: Wanted) -> ProposalPlan:
    """Plan a proposal for an application that has no open one."""
    name = branch_of(wanted.slug)
    last = _last_closed(mine, name)
    if why_not := _why_not(funnel, last, name):
        return ProposalPlan(why_not=why_not)
    if last and funnel.ours and funnel.ours.head == last.head:
        return ProposalPlan(changes=tuple(_update(funnel.ours, last, funnel.path, wanted)))
    left_over = any(_from(funnel, name))
    return ProposalPlan(changes=tuple(_open(funnel, wanted, left_over=left_over)))


def _why_not(funnel: Funnel, last: KnownPull | None, name: str) -> str | None:
    """Return why an application without an open proposal gets none; None if it gets one.

    `last`: its last proposal that is closed; `name`: of the branch.
    """
    other = next((one for one in _from(funnel, name) if one.state is PullState.OPEN), None)
    if funnel.main.blob:
        return f"{funnel.path} is on {funnel.main.name} already: nothing to propose."
    if other:
        return (
            f"Pull request #{other.number} takes the branch {name} for another application. "
            "Close it, or settle which of the two has the name; then edit the issue once more."
        )
    if last and not _closed_by_us(last):
        return f"Pull request #{last.number} was closed by a person: reopen it to go on."
    return None


def _from(funnel: Funnel, name: str) -> Iterator[KnownPull]:
    return (pull for pull in funnel.pulls if not pull.fork and pull.branch == name)


def _last_closed(mine: Sequence[KnownPull], name: str) -> KnownPull | None:
    closed = [one for one in mine if one.state is PullState.CLOSED and one.branch == name]
    return max(closed, key=lambda one: one.number, default=None)


def _closed_by_us(pull: KnownPull) -> bool:
    """Tell whether we closed a proposal ourselves: then its hidden line says so.

    A person who closes a proposal leaves the hidden line as it was.
    """
    memory = memory_in(pull.body)
    return memory is not None and memory.withdrawn


def _open(funnel: Funnel, wanted: Wanted, *, left_over: bool) -> Iterator[PullChange]:
    """Plan a new pull request with its branch, file and status.

    `left_over`: a branch that exists is left from an earlier pull request, and is overwritten. Else
    an existing branch is from a run that was cut off, and is kept.
    """
    name, ours = branch_of(wanted.slug), funnel.ours
    begun = ours is not None and not left_over
    if not begun:
        yield MakeBranch(name=name, head=funnel.main.head, forced=ours is not None)
    if not begun or ours is None or ours.text != wanted.text:
        head = ours.head if begun and ours else funnel.main.head
        yield _file(name, head, funnel.path, wanted, new=not begun)
        yield SetStatus(head=None, status=wanted.status)
    else:
        yield SetStatus(head=ours.head, status=wanted.status)
    yield OpenPull(branch=name, base=funnel.main.name, title=wanted.title, body=wanted.open_body())


def _update(branch: Branch, pull: KnownPull, path: str, wanted: Wanted) -> Iterator[PullChange]:
    """Plan the changes to a proposal that exists.

    A closed pull request is reopened before anything is committed: GitHub may refuse to reopen it
    after its branch has moved.
    """
    body = wanted.open_body(_closings(pull))
    if (
        pull.state is not PullState.OPEN
        or pull.title != wanted.title
        or not same_text(pull.body, body)
    ):
        yield EditPull(number=pull.number, title=wanted.title, body=body, state="open")
    if branch.text != wanted.text:
        yield _file(branch.name, branch.head, path, wanted)
        yield SetStatus(head=None, status=wanted.status)
    elif not _says(branch.status, wanted.status):
        yield SetStatus(head=branch.head, status=wanted.status)


def _file(branch: str, head: str, path: str, wanted: Wanted, *, new: bool = False) -> PutFile:
    message = f"{wanted.title}\n\nAs #{wanted.issue} says it.\n"
    text = wanted.text
    return PutFile(branch=branch, head=head, path=path, text=text, message=message, new=new)


def _close(pulls: Sequence[KnownPull], wanted: Wanted, why: str) -> Iterator[PullChange]:
    """Plan to close proposals, and to say why in their text and in a comment.

    The comment notifies people. It comes before the closing, so that a run that was cut off in
    between leaves an open proposal, and the next run finds the comment and does the rest.
    """
    for pull in pulls:
        closings, told = _closings(pull) + 1, f"{why} See #{wanted.issue}."
        status = CommitStatus(state="failure", description=WITHDRAWN, url=wanted.status.url)
        yield SetStatus(head=pull.head, status=status)
        yield TellPull(number=pull.number, kind=f"withdrawal {closings}", body=told)
        body = wanted.closed_body(why, closings)
        yield EditPull(number=pull.number, title=pull.title, body=body, state="closed")


def _closings(pull: KnownPull) -> int:
    """Return how often we have closed a proposal, by its hidden line."""
    memory = memory_in(pull.body)
    return memory.change if memory else 0


def _says(known: KnownStatus | None, status: CommitStatus) -> bool:
    if known is None:
        return False
    said = CommitStatus(state=known.state, description=known.description, url=known.url or None)
    return said == status


def _no_longer(wanted: Wanted) -> str:
    return (
        f"Closed: the verdict is *{wanted.decision}* now. Once it is *eligible*, this is opened "
        "again by itself."
    )
