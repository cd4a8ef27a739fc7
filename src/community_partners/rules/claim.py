"""Decides whether a claim can be approved, for whom it counts, and whose word approves it.

The claimant, the person who did the work, and the person's team of that month never approve it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..model.claim import Answer, Answered, Claim, Place, Said, Word
from ..model.contribution import Account, Contribution
from ..model.month import Month, in_words
from ..model.partner import Partner
from ..model.problem import Place as InForm
from ..model.problem import Problem
from ..model.program import ContributionPolicy, Once
from .repeats import address, claimed_act
from .roster import Roster, Seat, ignored

MayApprove = Callable[[Said], bool]
"""Tells whether somebody is among those whom the program lets approve claims of this kind."""


def kinds(policy: ContributionPolicy) -> tuple[str, ...]:
    """Return the kinds that can be claimed: those with points and with somebody to approve them."""
    approvers = policy.claims.approvers if policy.claims else {}
    return tuple(kind for kind in policy.points if kind in approvers)


def claim_problems(
    claim: Claim,
    policy: ContributionPolicy,
    roster: Roster,
    known: Iterable[Contribution],
    today: date,
    places: Mapping[str, InForm],
) -> tuple[Problem, ...]:
    """Return what keeps a claim from being approved, by the order of the form.

    `known`: the claims that were approved before. `places`: of the answers, by question.
    """
    found = (
        *_of_kind(claim, policy),
        *_of_person(claim, policy, roster),
        *_of_day(claim, policy, today),
        *_of_page(claim, policy, roster, known),
    )
    return tuple(
        Problem(place=places[question], message=message, remedy=remedy)
        for question, message, remedy in found
    )


_Found = tuple[str, str, str]


def _of_kind(claim: Claim, policy: ContributionPolicy) -> Iterator[_Found]:
    known = kinds(policy)
    if claim.kind not in known:
        message = f"Nobody is named who approves a claim of the kind {claim.kind!r}."
        remedy = f"Choose one of {', '.join(known)}." if known else "Ask a maintainer."
        yield "kind", message, remedy


def _of_person(claim: Claim, policy: ContributionPolicy, roster: Roster) -> Iterator[_Found]:
    who, remedy = claim.person, "A partner names its people in its record: see partners/."
    seats = roster.seats(Account(login=who))
    if ignored(who, policy):
        message = f"Work of {who} never counts in this program."
        yield "person", message, "Name the person who did it."
    elif not seats:
        message = f"{who} is in no partner's team."
        yield (
            "person",
            message,
            f"{remedy} A pull request adds a person, with the first day in the team.",
        )
    elif len(held := _held(_contribution(claim), roster)) != 1:
        if held:
            yield (
                "person",
                f"Two partners name {who} for {in_words(claim.day)}.",
                "A maintainer decides for which of them the person counts.",
            )
        else:
            yield (
                "person",
                f"{who} was not in a partner's team on {in_words(claim.day)}.",
                f"{remedy} Correct the day, or the days of the person there.",
            )


def _of_day(claim: Claim, policy: ContributionPolicy, today: date) -> Iterator[_Found]:
    back = policy.claims.months_back if policy.claims else 0
    first = Month.of(today) - back
    if claim.day > today:
        yield (
            "date",
            f"{in_words(claim.day)} has not come yet.",
            "Claim it when it is done; a month of leading a team, when the month has ended.",
        )
    elif Month.of(claim.day) < first:
        yield (
            "date",
            f"Claims can be of {first.title} or later.",
            "For an earlier month, ask a maintainer, who can add it by hand.",
        )


def _of_page(
    claim: Claim, policy: ContributionPolicy, roster: Roster, known: Iterable[Contribution]
) -> Iterator[_Found]:
    mine = _contribution(claim)
    if _counts_by_itself(claim.url, policy):
        message = "What GitHub shows in this program's repositories counts by itself."
        yield "url", message, "Name a page that shows other work."
    for one in known:
        if address(one) == address(mine) and _same_act(one, mine, policy, roster):
            yield (
                "url",
                f"This page was approved already: {one.kind} by {one.by.login}, "
                f"{in_words(one.day)}.",
                "Name a page of its own, such as that of the day or the month.",
            )
            return


_CODE = re.compile(r"github\.com/([^/]+)/([^/]+)/(?:pull|commit)s?/", re.ASCII)


def _counts_by_itself(url: str, policy: ContributionPolicy) -> bool:
    """Tell whether the page is a pull request or a commit of a repository that counts."""
    found = _CODE.search(url.casefold())
    return found is not None and policy.github.has(found[1], found[2])


def _same_act(
    one: Contribution, other: Contribution, policy: ContributionPolicy, roster: Roster
) -> bool:
    """Tell whether two claims of one page are one act: only one of them would count."""
    ours = {seat.organization for seat in _held(other, roster)}
    if any(
        claimed_act(one, policy, seat.organization) == claimed_act(other, policy, seat.organization)
        for seat in _held(one, roster)
        if seat.organization in ours
    ):
        return True
    return one.by.login.casefold() == other.by.login.casefold() and not any(
        policy.points[each.kind].once is Once.MONTH
        for each in (one, other)
        if each.kind in policy.points
    )


def _contribution(claim: Claim) -> Contribution:
    return Contribution(
        kind=claim.kind,
        day=claim.day,
        by=Account(login=claim.person),
        title=claim.title,
        url=claim.url,
    )


def _held(work: Contribution, roster: Roster) -> Sequence[Seat]:
    """Return the seats that the person held on the day of the work, one for each partner."""
    seats = roster.seats(work.by)
    held = {seat.organization: seat for seat in seats if seat.held_on(work.day)}
    return tuple(held.values())


def place_of(
    claim: Claim, policy: ContributionPolicy, roster: Roster, partners: Iterable[Partner]
) -> Place:
    """Return where a claim without problems counts."""
    slug = _held(_contribution(claim), roster)[0].organization
    name = next(one.name for one in partners if one.slug == slug)
    return Place(slug=slug, name=name, points=policy.points[claim.kind].points)


def answers(
    words: Iterable[Said],
    claim: Claim | None,
    roster: Roster,
    *,
    claimant: int | None,
    since: int,
    may_approve: MayApprove,
) -> tuple[Answered, ...]:
    """Return what each word did, the oldest first. The first that approves or declines is the last.

    `claim` None: it has problems. `claimant`: the number of the account that opened the issue.
    `since`: the last comment before our comment showed the claim as it is now.
    """
    told: list[Answered] = []
    for said in words:
        answer = _answer(said, claim, roster, claimant, since, may_approve)
        told.append(Answered(said=said, answer=answer))
        if answer in (Answer.APPROVED, Answer.DECLINED):
            break
    return tuple(told)


def _answer(
    said: Said,
    claim: Claim | None,
    roster: Roster,
    claimant: int | None,
    since: int,
    may_approve: MayApprove,
) -> Answer:
    if claim is None:
        return Answer.NOT_READY if may_approve(said) else Answer.STRANGER
    return _of_the_team(said, claim, roster, claimant) or _of_an_approver(said, since, may_approve)


def _of_the_team(said: Said, claim: Claim, roster: Roster, claimant: int | None) -> Answer | None:
    """Return why somebody is too near to the work: also who has left since, or joins later."""
    who = Account(login=said.login, id=said.by)
    if said.by == claimant or said.login.casefold() == claim.person.casefold():
        return Answer.OWN
    slugs = {seat.organization for seat in _held(_contribution(claim), roster)}
    first = Month.of(claim.day).first_day
    near = any(
        seat.organization in slugs and (seat.member.until is None or seat.member.until >= first)
        for seat in roster.seats(who)
    )
    return Answer.TEAMMATE if near else None


def _of_an_approver(said: Said, since: int, may_approve: MayApprove) -> Answer:
    if not may_approve(said):
        return Answer.STRANGER
    if said.comment <= since:
        return Answer.OLDER
    if said.word is Word.DECLINE:
        return Answer.DECLINED if said.reason else Answer.NO_REASON
    return Answer.APPROVED
