"""Decides whose word approves or declines claims.

The claimant, the person who did the work, and the person's team of that month never approve one.
"""

from collections.abc import Callable, Iterable, Sequence

from ..model.claim import Answer, Answered, Claim, Said, Word
from ..model.contribution import Account
from ..model.month import Month
from .claim import held
from .roster import Roster, same_account

MayApprove = Callable[[Said], bool]
"""Tells whether somebody is among those whom the program lets approve claims of this kind."""


def answers(
    words: Iterable[Said],
    claims: Sequence[Claim],
    roster: Roster,
    *,
    claimant: int | None,
    since: int,
    may_approve: MayApprove,
    all_known: bool,
) -> tuple[Answered, ...]:
    """Return what each word did, the oldest first. The first that approves or declines is the last.

    `claims`: those of one thread, which are approved together; none if there are problems.
    `claimant`: the number of the account that opened the thread. `since`: the last comment before
    our comment showed the claims as they are now. `all_known`: all claims that were approved before
    can be read; else these may repeat one, and no word approves them.
    """
    told: list[Answered] = []
    for said in words:
        answer = _answer(said, claims, roster, claimant, since, may_approve)
        if answer is Answer.APPROVED and not all_known:
            answer = Answer.WAITS
        told.append(Answered(said=said, answer=answer))
        if answer in (Answer.APPROVED, Answer.DECLINED):
            break
    return tuple(told)


def _answer(
    said: Said,
    claims: Sequence[Claim],
    roster: Roster,
    claimant: int | None,
    since: int,
    may_approve: MayApprove,
) -> Answer:
    if said.word is Word.RECHECK:
        return Answer.LOOKED
    near = {_of_the_team(said, claim, roster, claimant) for claim in claims}
    for too_near in (Answer.OWN, Answer.TEAMMATE):
        if too_near in near:
            return too_near
    return _of_an_approver(said, roster, since, may_approve, ready=bool(claims))


def _of_the_team(said: Said, claim: Claim, roster: Roster, claimant: int | None) -> Answer | None:
    """Return why somebody is too near to the work: also who has left since, or joins later."""
    who = Account(login=said.login, id=said.by)
    if said.by == claimant or same_account(who, claim.work.by):
        return Answer.OWN
    slugs = {seat.organization for seat in held(claim.work, roster)}
    first = Month.of(claim.day).first_day
    near = any(
        seat.organization in slugs and (seat.member.until is None or seat.member.until >= first)
        for seat in roster.seats(who)
    )
    return Answer.TEAMMATE if near else None


def _of_an_approver(
    said: Said, roster: Roster, since: int, may_approve: MayApprove, *, ready: bool
) -> Answer:
    """Return what a word did. `ready`: nothing is missing; a claim can be declined anyway."""
    if not may_approve(said):
        return Answer.NEAR if said.near else Answer.STRANGER
    if roster.is_another(Account(login=said.login, id=said.by)):
        return Answer.ANOTHER
    if said.word is Word.DECLINE and not said.reason:
        return Answer.NO_REASON
    if not ready and said.word is Word.APPROVE:
        return Answer.NOT_READY
    if said.comment <= since:
        return Answer.OLDER
    return Answer.DECLINED if said.word is Word.DECLINE else Answer.APPROVED
