"""Answers a claim in its issue with one comment, and adds the file of one that was approved.

Gather: the thread, the records, the claims approved before. Decide: what is missing, or whose word
approves or declines it. Apply: the file first, then comment, reactions and the end of the issue. A
run that is cut off between these is done again by the next one, which finds the file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import InvalidInputError
from ..github.teams import Teams
from ..github.thread import GitHubThread
from ..hidden_line import Memory, file_digest, is_of_kind, our_comments
from ..intake.claim_form import no_claim, read_claim, words
from ..intake.claims import claims_of, read_claims
from ..intake.event import Ignored
from ..intake.form_template import FormTemplate
from ..intake.partners import read_partners
from ..intake.ranking_files import committed_months
from ..intake.yaml_document import write_yaml
from ..model.changes import (
    ChangeLabels,
    Close,
    EditComment,
    PostComment,
    React,
    Reaction,
    ThreadChange,
)
from ..model.claim import LABEL, Answer, Answered, Claim, Place, Said
from ..model.contribution import Contribution
from ..model.file import File
from ..model.month import Month
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.publication import Proposed, Publication, Published
from ..model.thread import Thread
from ..publication.place import Place as Repository
from ..publication.publish import publish
from ..rules.claim import answers, claim_problems, place_of
from ..rules.roster import Roster, roster_of
from ..stored import digest_of
from ..words.claim import Standing, answer_in_words, claim_comment

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

    `since`: the last comment before the claim was as it is now.
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
class _Plan:
    publication: Publication


def answer_claim(thread: GitHubThread, run: ClaimRun) -> Done | Ignored:
    """Answer a claim, or say why the issue is none. Raises UserError with a sentence."""
    seen = thread.seen
    issue = seen.issue
    if other := no_claim(issue.labels, issue.body, run.template, is_open=issue.open):
        return other
    folder = _folder(run.program)
    earlier = claims_of(thread.number, run.root / folder)
    decided = _decide(seen, thread.number, _records(run, folder, earlier), run)
    published = None
    if decided.last and decided.last.answer is Answer.APPROVED and not run.dry_run:
        published = _publish(decided, thread.number, run)
    changes = tuple(_changes(seen, decided, published, run))
    if not run.dry_run:
        thread.apply(changes)
    return Done(changes=changes, published=published)


def _folder(program: Program) -> str:
    claims = program.contribution.claims
    return claims.folder if claims else _FOLDER


def _records(run: ClaimRun, folder: str, own: Path | None) -> _Records:
    """Read the records. `own`: the file that this claim became in a run that was cut off."""
    partners = read_partners(run.root / "partners", run.today)
    months = read_claims(run.root / folder, tuple(run.program.contribution.points), besides=own)
    return _Records(
        partners=partners,
        roster=roster_of({one.slug: one.organization.team for one in partners}, ()),
        known=tuple(entry for month in months for entry in month.contributions),
    )


def _decide(seen: Thread, number: int, records: _Records, run: ClaimRun) -> _Decided:
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
    digest = digest_of(claim, Claim) if claim else file_digest(issue.body.encode())
    ours = our_comments(seen, KIND)
    same = bool(ours) and ours[0][1].file == digest
    since = ours[0][1].since if same else max((one.id for one in seen.comments), default=0)
    valid = None if wrong else claim
    return _Decided(
        digest=digest,
        since=since,
        problems=wrong,
        claim=valid,
        place=place_of(valid, policy, records.roster, records.partners) if valid else None,
        answered=answers(
            words(seen),
            valid,
            records.roster,
            run.today,
            claimant=issue.by,
            since=since,
            may_approve=_may_approve(claim.kind if claim else None, run),
        ),
    )


def _may_approve(kind: str | None, run: ClaimRun) -> Callable[[Said], bool]:
    claims = run.program.contribution.claims
    approvers = claims.approvers.get(kind or "", ()) if claims else ()
    logins = {one.casefold() for one in approvers if not one.startswith("@")}
    teams = [one for one in approvers if one.startswith("@")]

    def is_one(said: Said) -> bool:
        # A team is looked up only for people of whom GitHub says that they belong to its owner.
        return said.login.casefold() in logins or (
            said.near and any(run.teams.has(team, said.login) for team in teams)
        )

    return is_one


def _publish(decided: _Decided, number: int, run: ClaimRun) -> Published:
    def plan() -> _Plan:
        return _Plan(publication=_publication(decided, number, run))

    return publish(plan, run.repository)[1]


def _publication(decided: _Decided, number: int, run: ClaimRun) -> Publication:
    claim, place, last = decided.claim, decided.place, decided.last
    if claim is None or place is None or last is None:
        raise AssertionError(number)
    folder = _folder(run.program)
    if claims_of(number, run.root / folder):
        return Publication(files=(), message="", own="")
    month = Month.of(claim.day)
    text = write_yaml(
        {
            "claims": [
                {
                    "kind": claim.kind,
                    "person": claim.person,
                    "date": claim.day.isoformat(),
                    "title": claim.title,
                    "url": claim.url,
                    "approved_by": last.said.login,
                    "issue": number,
                }
            ]
        }
    )
    path = _free(run.root, f"{folder}/{month.year}/{month.month:02}/{place.slug}")
    return Publication(
        files=(File(path=path, text=text),),
        message=f"Add a claim of {place.slug}: {claim.kind}\n\nApproved in #{number}.\n",
        own=f"claim-{number}",
    )


def _free(root: Path, start: str) -> str:
    """Return the first path of the form `<start>-<number>.yml` that no file has."""
    number = 1
    while (root / f"{start}-{number}.yml").exists():
        number += 1
    return f"{start}-{number}.yml"


def _changes(
    seen: Thread, decided: _Decided, published: Published | None, run: ClaimRun
) -> Iterator[ThreadChange]:
    """Yield what the thread lacks: our comment, replies, reactions, the end of the issue."""
    last = decided.last
    body = claim_comment(_standing(seen, decided, published, run))
    memory = Memory(kind=KIND, file=decided.digest, since=decided.since)
    ours = our_comments(seen, KIND)
    text = f"{memory}{body}"
    if not ours:
        yield PostComment(body=text)
    elif ours[0][0].body != text:
        yield EditComment(id=ours[0][0].id, body=text)
    if LABEL not in seen.issue.labels:
        yield ChangeLabels(add=(LABEL,), remove=())
    reacted = {one.id: one.reactions for one in seen.comments}
    for one in decided.answered:
        kind = f"answer {one.said.comment}"
        told = any(each.ours and is_of_kind(each.body, kind) for each in seen.comments)
        if (reply := answer_in_words(one)) and not told:
            yield PostComment(body=f"{Memory(kind=kind)}{reply}")
        if not reacted.get(one.said.comment):
            content = _REACTIONS.get(one.answer, Reaction.CONFUSED)
            yield React(comment=one.said.comment, content=content)
    if last:
        yield Close(pull=False, done=last.answer is Answer.APPROVED)


def _standing(
    seen: Thread, decided: _Decided, published: Published | None, run: ClaimRun
) -> Standing:
    claim = decided.claim
    claims = run.program.contribution.claims
    month = Month.of(claim.day) if claim else None
    return Standing(
        claimant=seen.issue.author or "",
        organization=run.program.organization,
        problems=decided.problems,
        claim=claim,
        place=decided.place,
        approvers=claims.approvers[claim.kind] if claims and claim else (),
        last=decided.last,
        proposed=published.url if isinstance(published, Proposed) else None,
        ranked=month in committed_months(run.root) if month else False,
    )
