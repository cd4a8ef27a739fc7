"""Answers a claim in its issue with one comment, and adds the file of one that was approved.

Gather: the thread, the records, the claims approved before. Decide: what is missing, or whose word
approves or declines it. Apply: the file first, then comment, reactions and the end of the issue. A
run that is cut off between these is done again by the next one, which finds the file. From then on
the file tells the claim: no change of the issue makes another one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import InvalidInputError
from ..github.teams import Teams
from ..github.thread import GitHubThread
from ..hidden_line import (
    Memory,
    file_digest,
    is_of_kind,
    our_comments,
    same_text,
    without_line,
)
from ..intake.claim_form import no_claim, read_claim, words
from ..intake.claims import approved_claim, read_claims
from ..intake.event import Ignored
from ..intake.form_template import FormTemplate
from ..intake.partners import read_partners
from ..intake.ranking_files import committed_months
from ..model.changes import (
    ChangeLabels,
    Close,
    EditComment,
    PostComment,
    React,
    Reaction,
    ThreadChange,
)
from ..model.claim import LABEL, Answer, Answered, ApprovedClaim, Claim, Place, Said, Word
from ..model.contribution import Contribution
from ..model.month import Month
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.publication import Proposed, Published
from ..model.thread import Thread
from ..publication.place import Place as Repository
from ..rules.approval import answers
from ..rules.claim import claim_problems, held, place_of, work_of
from ..rules.roster import Roster, roster_of
from ..stored import digest_of
from ..words.claim import Standing, answer_in_words, claim_comment
from .claim_file import Approval, add_file

KIND = "claim"
_FOLDER = "contributions"
_REACTIONS = {
    Answer.APPROVED: Reaction.DONE,
    Answer.DECLINED: Reaction.DONE,
    Answer.STRANGER: Reaction.NO,
}


@dataclass(frozen=True, kw_only=True)
class ClaimRun:
    """The settings and the clients of one run. `template`: the questions of the form.

    `teams`: tells who is in a team of GitHub.
    """

    program: Program
    template: FormTemplate
    root: Path
    today: date
    dry_run: bool
    teams: Teams
    repository: Repository


@dataclass(frozen=True, kw_only=True)
class Done:
    """The changes of the thread, and what became of the file; None without one."""

    changes: tuple[ThreadChange, ...]
    published: Published | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Records:
    """The records that a claim is compared with."""

    partners: tuple[Partner, ...]
    roster: Roster
    known: tuple[Contribution, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Decided:
    """A claim with all that was decided on it. `claim` None: there are problems.

    `digest`: of what our comment shows; `since`: the last comment before it showed this.
    """

    digest: str
    since: int
    problems: tuple[Problem, ...]
    claim: Claim | None
    place: Place | None
    answered: tuple[Answered, ...]

    @property
    def last(self) -> Answered | None:
        """The word that approved or declined the claim."""
        ends = (Answer.APPROVED, Answer.DECLINED)
        return next((one for one in self.answered if one.answer in ends), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """What somebody who approves has seen: the claim, for whom it counts, who may approve it."""

    claim: Claim | None
    text: str
    place: Place | None
    approvers: tuple[str, ...]


def answer_claim(thread: GitHubThread, run: ClaimRun) -> Done | Ignored:
    """Answer a claim, or say why the issue is none. Raises UserError with a sentence."""
    seen = thread.seen
    issue = seen.issue
    if other := no_claim(issue.labels, issue.body, run.template, is_open=issue.open):
        return other
    folder = _folder(run.program)
    records = _records(run, folder)
    published = None
    if earlier := approved_claim(thread.number, run.root / folder):
        decided = _as_approved(seen, earlier, records, run)
    else:
        decided = _decide(seen, records, run)
        if (approval := _approval(decided, thread.number)) and not run.dry_run:
            published = add_file(approval, run.root, folder, run.repository)
    changes = tuple(_changes(seen, decided, published, run))
    if not run.dry_run:
        thread.apply(changes)
    return Done(changes=changes, published=published)


def _folder(program: Program) -> str:
    claims = program.contribution.claims
    return claims.folder if claims else _FOLDER


def _approval(decided: _Decided, number: int) -> Approval | None:
    claim, place, last = decided.claim, decided.place, decided.last
    if claim is None or place is None or last is None or last.answer is not Answer.APPROVED:
        return None
    return Approval(claim=claim, slug=place.slug, by=last.said.login, number=number)


def _records(run: ClaimRun, folder: str) -> _Records:
    partners = read_partners(run.root / "partners", run.today)
    months = read_claims(run.root / folder, tuple(run.program.contribution.points))
    return _Records(
        partners=partners,
        roster=roster_of({one.slug: one.organization.team for one in partners}, ()),
        known=tuple(entry for month in months for entry in month.contributions),
    )


def _as_approved(seen: Thread, one: ApprovedClaim, records: _Records, run: ClaimRun) -> _Decided:
    """Return what the file of a claim says, whatever has become of issue, comments and records."""
    said = Said(word=Word.APPROVE, reason="", login=one.by, by=0, comment=0, near=False)
    theirs = (each for each in words(seen) if (each.word, each.login) == (said.word, said.login))
    policy, roster = run.program.contribution, records.roster
    counts = held(work_of(one.claim), roster) and one.claim.kind in policy.points
    place = place_of(one.claim, policy, roster, records.partners) if counts else None
    return _Decided(
        digest=digest_of(one.claim, Claim),
        since=0,
        problems=(),
        claim=one.claim,
        place=place,
        answered=(Answered(said=next(theirs, said), answer=Answer.APPROVED),),
    )


def _decide(seen: Thread, records: _Records, run: ClaimRun) -> _Decided:
    policy, issue = run.program.contribution, seen.issue
    claim: Claim | None = None
    try:
        filled = read_claim(issue.body, run.template, issue.author or "")
        claim = filled.claim
        wrong = claim_problems(
            *(filled.claim, policy, records.roster, records.known, run.today, filled.places)
        )
    except InvalidInputError as error:
        wrong = error.problems
    valid = None if wrong else claim
    place = place_of(valid, policy, records.roster, records.partners) if valid else None
    shown = _Shown(
        claim=claim,
        text="" if claim else file_digest(issue.body.encode()),
        place=place,
        approvers=_approvers(valid, run),
    )
    digest = digest_of(shown, _Shown)
    ours = our_comments(seen, KIND)
    same = bool(ours) and ours[0][1].file == digest
    since = ours[0][1].since if same else max((one.id for one in seen.comments), default=0)
    return _Decided(
        digest=digest,
        since=since,
        problems=wrong,
        claim=valid,
        place=place,
        answered=answers(
            words(seen),
            valid,
            records.roster,
            claimant=issue.by,
            since=since,
            may_approve=_may_approve(_approvers(claim, run), run),
        ),
    )


def _approvers(claim: Claim | None, run: ClaimRun) -> tuple[str, ...]:
    claims = run.program.contribution.claims
    return claims.approvers.get(claim.kind, ()) if claims and claim else ()


def _may_approve(approvers: Sequence[str], run: ClaimRun) -> Callable[[Said], bool]:
    logins = {one.casefold() for one in approvers if not one.startswith("@")}
    teams = [one for one in approvers if one.startswith("@")]

    def is_one(said: Said) -> bool:
        # A team is looked up only for people of whom GitHub says that they belong to its owner.
        return said.login.casefold() in logins or (
            said.near and any(run.teams.has(team, said.login) for team in teams)
        )

    return is_one


def _changes(
    seen: Thread, decided: _Decided, published: Published | None, run: ClaimRun
) -> Iterator[ThreadChange]:
    """Yield what the thread lacks: our comment, replies, reactions, the end of the issue."""
    last = decided.last
    if decided.place or decided.problems:
        yield from _our_comment(seen, decided, published, run)
    if LABEL not in seen.issue.labels:
        yield ChangeLabels(add=(LABEL,), remove=())
    reacted = {one.id: one.reactions for one in seen.comments}
    told = [one.body for one in seen.comments if one.ours]
    for one in decided.answered:
        kind = f"answer {one.said.comment}"
        if (reply := answer_in_words(one)) and not _is_told(kind, one, reply, told):
            told.append(f"{Memory(kind=kind)}{reply}")
            yield PostComment(body=told[-1])
        if one.said.comment and not reacted.get(one.said.comment):
            content = _REACTIONS.get(one.answer, Reaction.CONFUSED)
            yield React(comment=one.said.comment, content=content)
    if last:
        yield Close(pull=False, done=last.answer is Answer.APPROVED)


def _our_comment(
    seen: Thread, decided: _Decided, published: Published | None, run: ClaimRun
) -> Iterator[ThreadChange]:
    memory = Memory(kind=KIND, file=decided.digest, since=decided.since)
    text = f"{memory}{claim_comment(_standing(seen, decided, published, run))}"
    ours = our_comments(seen, KIND)
    if not ours:
        yield PostComment(body=text)
    elif ours[0][0].body != text:
        yield EditComment(id=ours[0][0].id, body=text)


def _is_told(kind: str, one: Answered, reply: str, told: Sequence[str]) -> bool:
    """Tell whether a word was answered. Anybody may claim, so a claimant gets each reply once."""
    once = one.answer in (Answer.OWN, Answer.TEAMMATE)
    return any(
        is_of_kind(body, kind) or (once and same_text(without_line(body), reply)) for body in told
    )


def _standing(
    seen: Thread, decided: _Decided, published: Published | None, run: ClaimRun
) -> Standing:
    claim = decided.claim
    month = Month.of(claim.day) if claim else None
    return Standing(
        claimant=seen.issue.author or "",
        organization=run.program.organization,
        problems=decided.problems,
        claim=claim,
        place=decided.place,
        approvers=_approvers(claim, run),
        last=decided.last,
        proposed=published.url if isinstance(published, Proposed) else None,
        ranked=month in committed_months(run.root) if month else False,
    )
