"""Decides what claims lack, or whose word approves or declines them.

Claims that were approved are what their files tell: no change of the thread makes others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..evidence.clients import Clients
from ..github.teams import Teams
from ..hidden_line import file_digest, our_comments
from ..intake.claim_form import words
from ..intake.claims import Filed, filed_claims
from ..intake.form_template import FormTemplate
from ..intake.handed_in import HandedIn
from ..intake.imports import read_imports
from ..intake.partners import read_partners
from ..model.claim import Answer, Answered, ApprovedClaim, Claim, Claimed, Credit, Said, Word
from ..model.partner import Partner
from ..model.problem import Problem
from ..model.program import Program
from ..model.thread import Thread
from ..publication.place import Place
from ..rules.approval import answers
from ..rules.claim import approvers_of, approvers_of_any, claims_problems, credit_of, held
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
    clients: Clients
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
    """The claims of a thread with all that was decided on them; none if there are problems.

    `digest`: of what our comment shows; `since`: the last comment before it showed this.
    `approvers`: of all these claims. `filed`: the claims have their files already. `unread`: the
    problems of files that keep an approval waiting.
    """

    digest: str
    since: int
    problems: tuple[Problem, ...]
    claims: tuple[Claimed, ...]
    approvers: tuple[str, ...]
    answered: tuple[Answered, ...]
    filed: bool = False
    unread: tuple[Problem, ...] = ()

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
    credits: tuple[Credit, ...]
    approvers: tuple[str, ...]


def decide(seen: Thread, number: int, handed: HandedIn, run: ClaimRun) -> Decided:
    """Decide on the claims of the thread `number`, by the checkout as it is now.

    Raises InvalidInputError for a file of the program that keeps us from looking at any claim, and
    UserError if GitHub does not answer.
    """
    records = _records(run)
    if earlier := records.filed.approved.get(number):
        return _as_approved(seen, earlier, records, run)
    return _decide(seen, handed, records, run)


def _records(run: ClaimRun) -> _Records:
    partners = read_partners(run.root / "partners", run.today)
    return _Records(
        partners=partners,
        roster=roster_of({one.slug: one.organization.team for one in partners}, ()),
        filed=filed_claims(run.root / run.program.contribution.claims_folder),
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
        claims=tuple(
            _claimed(one, records, run) for one in claims if _is_credited(one, records, run)
        ),
        approvers=(),
        answered=(Answered(said=next(theirs, said), answer=Answer.APPROVED),),
        filed=True,
    )


def _is_credited(claim: Claim, records: _Records, run: ClaimRun) -> bool:
    """Tell whether the records still say for whom an approved claim counts."""
    points = run.program.contribution.points
    return claim.kind in points and bool(held(claim.work, records.roster))


def _claimed(claim: Claim, records: _Records, run: ClaimRun) -> Claimed:
    asked = (claim, run.program.contribution, records.roster, records.partners)
    return Claimed(claim=claim, credit=credit_of(*asked))


def _decide(seen: Thread, handed: HandedIn, records: _Records, run: ClaimRun) -> Decided:
    policy = run.program.contribution
    filled = [(one.claim, one.places) for one in handed.claims]
    wrong = handed.problems
    if not wrong:
        known = (*records.filed.work, *read_imports(run.root, run.program).contributions)
        wrong = claims_problems(filled, policy, records.roster, known, run.today)
    said = tuple(claim for claim, _ in filled)
    claims = () if wrong else tuple(_claimed(one, records, run) for one in said)
    approvers = approvers_of(said, policy)
    shown = _Shown(
        claims=said,
        text=file_digest(handed.text) if handed.text else "",
        credits=tuple(one.credit for one in claims),
        approvers=approvers if claims else (),
    )
    digest = digest_of(shown, _Shown)
    ours = our_comments(seen, KIND)
    same = bool(ours) and ours[0][1].file == digest
    since = ours[0][1].since if same else max((one.id for one in seen.comments), default=0)
    answered = answers(
        words(seen),
        [one.claim for one in claims],
        records.roster,
        claimant=seen.issue.by,
        since=since,
        may_approve=_may_approve(approvers or approvers_of_any(policy), run),
        all_known=not records.filed.unread,
    )
    return Decided(
        digest=digest,
        since=since,
        problems=wrong,
        claims=claims,
        approvers=approvers,
        answered=answered,
        unread=records.filed.unread if any(one.answer is Answer.WAITS for one in answered) else (),
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
