"""Decides what claims lack, or whose word approves or declines them.

Claims that were approved are what their files tell: no change of the thread makes others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..github.teams import Teams
from ..hidden_line import file_digest, our_comments
from ..intake.claim_form import words
from ..intake.claims import approved_claims, read_claims
from ..intake.form_template import FormTemplate
from ..intake.handed_in import HandedIn
from ..intake.partners import read_partners
from ..model.claim import Answer, Answered, ApprovedClaim, Claim, Claimed, Place, Said, Word
from ..model.contribution import Contribution
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.thread import Thread
from ..publication.place import Place as Repository
from ..rules.approval import answers
from ..rules.claim import approvers_of, claims_problems, held, place_of
from ..rules.roster import Roster, roster_of
from ..stored import digest_of

KIND = "claim"


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Records:
    """The records that a claim is compared with."""

    partners: tuple[Partner, ...]
    roster: Roster
    known: tuple[Contribution, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """The claims of a thread with all that was decided on them; none if there are problems.

    `digest`: of what our comment shows; `since`: the last comment before it showed this.
    `approvers`: of all these claims. `filed`: the claims have their files already.
    """

    digest: str
    since: int
    problems: tuple[Problem, ...]
    claims: tuple[Claimed, ...]
    approvers: tuple[str, ...]
    answered: tuple[Answered, ...]
    filed: bool = False

    @property
    def last(self) -> Answered | None:
        """The word that approved or declined the claims."""
        ends = (Answer.APPROVED, Answer.DECLINED)
        return next((one for one in self.answered if one.answer in ends), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """All that an approver has seen: the claims, for whom they count, who may approve them."""

    claims: tuple[Claim, ...]
    text: str
    places: tuple[Place, ...]
    approvers: tuple[str, ...]


def decide(seen: Thread, number: int, handed: HandedIn, run: ClaimRun) -> Decided:
    """Decide on the claims of the thread `number`, by the checkout as it is now.

    Raises UserError.
    """
    folder = run.root / run.program.contribution.claims_folder
    records = _records(run, folder)
    if earlier := approved_claims(number, folder):
        return _as_approved(seen, earlier, records, run)
    return _decide(seen, handed, records, run)


def _records(run: ClaimRun, folder: Path) -> _Records:
    partners = read_partners(run.root / "partners", run.today)
    months = read_claims(folder, tuple(run.program.contribution.points))
    return _Records(
        partners=partners,
        roster=roster_of({one.slug: one.organization.team for one in partners}, ()),
        known=tuple(entry for month in months for entry in month.contributions),
    )


def _as_approved(
    seen: Thread, approved: Sequence[ApprovedClaim], records: _Records, run: ClaimRun
) -> Decided:
    """Return what the files of claims say, whatever has become of thread and records."""
    by = approved[0].by
    said = Said(word=Word.APPROVE, reason="", login=by, by=0, comment=0, near=False)
    theirs = (each for each in words(seen) if (each.word, each.login) == (said.word, said.login))
    claims = [one.claim for one in approved]
    return Decided(
        digest=digest_of(claims, list[Claim]),
        since=0,
        problems=(),
        claims=tuple(_claimed(one, records, run) for one in claims if _counts(one, records, run)),
        approvers=(),
        answered=(Answered(said=next(theirs, said), answer=Answer.APPROVED),),
        filed=True,
    )


def _counts(claim: Claim, records: _Records, run: ClaimRun) -> bool:
    points = run.program.contribution.points
    return claim.kind in points and bool(held(claim.work, records.roster))


def _claimed(claim: Claim, records: _Records, run: ClaimRun) -> Claimed:
    asked = (claim, run.program.contribution, records.roster, records.partners)
    return Claimed(claim=claim, place=place_of(*asked))


def _decide(seen: Thread, handed: HandedIn, records: _Records, run: ClaimRun) -> Decided:
    policy = run.program.contribution
    filled = [(one.claim, one.places) for one in handed.claims]
    wrong = handed.problems or claims_problems(
        filled, policy, records.roster, records.known, run.today
    )
    said = tuple(claim for claim, _ in filled)
    claims = () if wrong else tuple(_claimed(one, records, run) for one in said)
    approvers = approvers_of(said, policy)
    shown = _Shown(
        claims=said,
        text=file_digest(handed.text) if handed.text else "",
        places=tuple(one.place for one in claims),
        approvers=approvers if claims else (),
    )
    digest = digest_of(shown, _Shown)
    ours = our_comments(seen, KIND)
    same = bool(ours) and ours[0][1].file == digest
    since = ours[0][1].since if same else max((one.id for one in seen.comments), default=0)
    return Decided(
        digest=digest,
        since=since,
        problems=wrong,
        claims=claims,
        approvers=approvers,
        answered=answers(
            words(seen),
            [one.claim for one in claims],
            records.roster,
            claimant=seen.issue.by,
            since=since,
            may_approve=_may_approve(approvers, run),
        ),
    )


def _may_approve(approvers: Sequence[str], run: ClaimRun) -> Callable[[Said], bool]:
    logins = {one.casefold() for one in approvers if not one.startswith("@")}
    teams = [one for one in approvers if one.startswith("@")]

    def is_one(said: Said) -> bool:
        # A team is looked up only for people of whom GitHub says that they belong to its owner.
        return said.login.casefold() in logins or (
            said.near and any(run.teams.has(team, said.login) for team in teams)
        )

    return is_one
