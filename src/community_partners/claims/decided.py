"""Decides what a claim lacks, or whose word approves or declines it.

A claim that was approved is what its file tells: no change of the issue makes another one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import InvalidInputError
from ..github.teams import Teams
from ..hidden_line import file_digest, our_comments
from ..intake.claim_form import claim_template, read_claim, words
from ..intake.claims import Filed, filed_claims
from ..intake.form_template import FormTemplate
from ..intake.imports import read_imports
from ..intake.partners import read_partners
from ..model.claim import Answer, Answered, ApprovedClaim, Claim, Credit, Said, Word
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.thread import Thread
from ..publication.place import Place
from ..rules.approval import answers
from ..rules.claim import claim_problems, credit_of, held
from ..rules.roster import Roster, roster_of
from ..stored import digest_of

KIND = "claim"


@dataclass(frozen=True, kw_only=True)
class ClaimRun:
    """The settings and the clients of one run.

    `template`: the questions of the form; () if it cannot be used. `teams`: tells who is in a team
    of GitHub.
    """

    program: Program
    template: FormTemplate
    root: Path
    today: date
    dry_run: bool
    teams: Teams
    repository: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class _Records:
    """The records that a claim is compared with."""

    partners: tuple[Partner, ...]
    roster: Roster
    filed: Filed


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A claim with all that was decided on it. `claim` None: there are problems.

    `digest`: of what our comment shows; `since`: the last comment before it showed this. `filed`:
    the claim has its file already. `unread`: the problems of files that keep an approval waiting.
    """

    digest: str
    since: int
    problems: tuple[Problem, ...]
    claim: Claim | None
    credit: Credit | None
    answered: tuple[Answered, ...]
    filed: bool = False
    unread: tuple[Problem, ...] = ()

    @property
    def last(self) -> Answered | None:
        """The word that approved or declined the claim."""
        ends = (Answer.APPROVED, Answer.DECLINED)
        return next((one for one in self.answered if one.answer in ends), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """All that an approver has seen: the claim, for whom it counts, who may approve it."""

    claim: Claim | None
    text: str
    credit: Credit | None
    approvers: tuple[str, ...]


def decide(seen: Thread, number: int, run: ClaimRun) -> Decided:
    """Decide on the claim in the issue `number`, by the checkout as it is now.

    Raises InvalidInputError for a file of the program that keeps us from looking at any claim, and
    UserError if GitHub does not answer.
    """
    records = _records(run)
    if earlier := records.filed.approved.get(number):
        return _as_approved(seen, earlier, records, run)
    return _decide(seen, records, run)


def _records(run: ClaimRun) -> _Records:
    partners = read_partners(run.root / "partners", run.today)
    return _Records(
        partners=partners,
        roster=roster_of({one.slug: one.organization.team for one in partners}, ()),
        filed=filed_claims(run.root / run.program.contribution.claims_folder),
    )


def _as_approved(seen: Thread, one: ApprovedClaim, records: _Records, run: ClaimRun) -> Decided:
    """Return what the file of a claim says, whatever has become of issue, comments and records."""
    said = Said(word=Word.APPROVE, reason="", login=one.by, by=0, comment=0, near=False)
    theirs = (each for each in words(seen) if (each.word, each.login) == (said.word, said.login))
    policy, roster = run.program.contribution, records.roster
    counts = held(one.claim.work, roster) and one.claim.kind in policy.points
    credit = credit_of(one.claim, policy, roster, records.partners) if counts else None
    return Decided(
        digest=digest_of(one.claim, Claim),
        since=0,
        problems=(),
        claim=one.claim,
        credit=credit,
        answered=(Answered(said=next(theirs, said), answer=Answer.APPROVED),),
        filed=True,
    )


def _decide(seen: Thread, records: _Records, run: ClaimRun) -> Decided:
    policy, issue = run.program.contribution, seen.issue
    template = run.template or claim_template(run.root)
    claim: Claim | None = None
    try:
        filled = read_claim(issue.body, template, issue.author or "")
        claim = filled.claim
        known = (*records.filed.work, *read_imports(run.root, run.program).contributions)
        wrong = claim_problems(
            *(filled.claim, policy, records.roster, known, run.today, filled.places)
        )
    except InvalidInputError as error:
        wrong = error.problems
    valid = None if wrong else claim
    credit = credit_of(valid, policy, records.roster, records.partners) if valid else None
    shown = _Shown(
        claim=claim,
        text="" if claim else file_digest(issue.body.encode()),
        credit=credit,
        approvers=approvers_of(valid, run),
    )
    digest = digest_of(shown, _Shown)
    ours = our_comments(seen, KIND)
    same = bool(ours) and ours[0][1].file == digest
    since = ours[0][1].since if same else max((one.id for one in seen.comments), default=0)
    answered = answers(
        words(seen),
        valid,
        records.roster,
        claimant=issue.by,
        since=since,
        may_approve=_may_approve(approvers_of(claim, run), run),
        all_known=not records.filed.unread,
    )
    return Decided(
        digest=digest,
        since=since,
        problems=wrong,
        claim=valid,
        credit=credit,
        answered=answered,
        unread=records.filed.unread if any(one.answer is Answer.WAITS for one in answered) else (),
    )


def approvers_of(claim: Claim | None, run: ClaimRun) -> tuple[str, ...]:
    """Return who may approve a claim of this kind: logins, and teams such as `@acme/events`."""
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
