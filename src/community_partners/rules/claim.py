"""Decides whether claims can be approved, by whom, and for whom each counts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import unquote

from ..model.claim import Claim, Place
from ..model.contribution import Account, Contribution
from ..model.month import Month, in_words
from ..model.partner import Partner
from ..model.problem import Place as InForm
from ..model.problem import Problem
from ..model.program import ContributionPolicy, Once
from .repeats import address, claimed_act
from .roster import Roster, Seat, ignored


def kinds(policy: ContributionPolicy) -> tuple[str, ...]:
    """Return the kinds that can be claimed: those with points and with somebody to approve them."""
    approvers = policy.claims.approvers if policy.claims else {}
    return tuple(kind for kind in policy.points if kind in approvers)


def approvers_of(claims: Iterable[Claim], policy: ContributionPolicy) -> tuple[str, ...]:
    """Return who may approve each of these claims: logins, and teams such as `@acme/events`."""
    approvers = policy.claims.approvers if policy.claims else {}
    lists = [approvers.get(claim.kind, ()) for claim in claims]
    return tuple(one for one in lists[0] if all(one in each for each in lists)) if lists else ()


def claims_problems(
    claims: Sequence[tuple[Claim, Mapping[str, InForm]]],
    policy: ContributionPolicy,
    roster: Roster,
    known: Iterable[Contribution],
    today: date,
) -> tuple[Problem, ...]:
    """Return what keeps the claims of one thread from being approved, by the order of its text.

    `claims`: each with the places of its answers, by question. `known`: the claims that were
    approved before.
    """
    approved = tuple(known)
    above: list[Contribution] = []
    wrong: list[Problem] = []
    for claim, places in claims:
        found = (
            *_of_kind(claim, policy),
            *_of_person(claim, policy, roster),
            *_of_day(claim, policy, today),
            *_of_page(claim, policy),
            *_repeated(claim, policy, roster, approved, "was approved"),
            *_repeated(claim, policy, roster, above, "is claimed above"),
        )
        wrong.extend(
            Problem(place=places[question], message=message, remedy=remedy)
            for question, message, remedy in found
        )
        above.append(claim.work)
    if not wrong and not approvers_of((claim for claim, _ in claims), policy):
        wrong.append(
            Problem(
                place=claims[0][1]["kind"],
                message="Nobody may approve all of these kinds.",
                remedy="Propose each kind in a pull request of its own.",
            )
        )
    return tuple(wrong)


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
    elif len(seats := held(claim.work, roster)) != 1:
        if seats:
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


def _of_page(claim: Claim, policy: ContributionPolicy) -> Iterator[_Found]:
    if _counts_by_itself(claim.url, policy):
        message = "What GitHub shows in this program's repositories counts by itself."
        yield "url", message, "Name a page that shows other work."


def _repeated(
    claim: Claim,
    policy: ContributionPolicy,
    roster: Roster,
    earlier: Iterable[Contribution],
    how: str,
) -> Iterator[_Found]:
    mine = claim.work
    for one in earlier:
        if address(one) == address(mine) and _same_act(one, mine, policy, roster):
            yield (
                "url",
                f"This page {how} already: {_told(one)}.",
                "Name a page of its own, such as that of the day or the month.",
            )
            return


def _told(one: Contribution) -> str:
    return f"{one.kind} by {one.by.login}, {in_words(one.day)}"


_CODE = re.compile(r"github\.com/(?:repos/)?([^/]+)/([^/]+)/(?:pull|commit)s?/", re.ASCII)


def _counts_by_itself(url: str, policy: ContributionPolicy) -> bool:
    """Tell whether the page is a pull request or a commit of a repository that counts."""
    found = _CODE.search(unquote(url).casefold())
    return found is not None and policy.github.has(found[1], found[2])


def _same_act(
    one: Contribution, other: Contribution, policy: ContributionPolicy, roster: Roster
) -> bool:
    """Tell whether two claims of one page are one act: only one of them would count."""
    ours = {seat.organization for seat in held(other, roster)}
    if any(
        claimed_act(one, policy, seat.organization) == claimed_act(other, policy, seat.organization)
        for seat in held(one, roster)
        if seat.organization in ours
    ):
        return True
    return one.by.login.casefold() == other.by.login.casefold() and not any(
        policy.points[each.kind].once is Once.MONTH
        for each in (one, other)
        if each.kind in policy.points
    )


def held(work: Contribution, roster: Roster) -> tuple[Seat, ...]:
    """Return the seats that the person held on the day of the work, one for each partner."""
    seats = roster.seats(work.by)
    held = {seat.organization: seat for seat in seats if seat.held_on(work.day)}
    return tuple(held.values())


def place_of(
    claim: Claim, policy: ContributionPolicy, roster: Roster, partners: Iterable[Partner]
) -> Place:
    """Return where a claim without problems counts."""
    slug = held(claim.work, roster)[0].organization
    name = next(one.name for one in partners if one.slug == slug)
    return Place(slug=slug, name=name, points=policy.points[claim.kind].points)
