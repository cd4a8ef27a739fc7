"""Decides whether claims can be approved, by whom, and for whom each counts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from ..model.claim import Claim, Credit
from ..model.contribution import Contribution
from ..model.month import Month, in_words
from ..model.partner import Partner
from ..model.points import part
from ..model.problem import Place, Problem
from ..model.program import ContributionPolicy, Once
from .attribution import decide
from .project import projects
from .repeats import address, claimed_acts
from .roster import Roster, Seat, fit_together, ignored, one_each


def kinds(policy: ContributionPolicy) -> tuple[str, ...]:
    """Return the kinds that can be claimed: those with points and with somebody to approve them."""
    return tuple(kind for kind in policy.points if kind in policy.approvers)


def approvers_of(claims: Iterable[Claim], policy: ContributionPolicy) -> tuple[str, ...]:
    """Return who may approve each of these claims: logins, and teams such as `@acme/events`."""
    lists = [policy.approvers.get(claim.kind, ()) for claim in claims]
    folded = [{one.casefold() for one in each} for each in lists]
    return tuple(
        one for one in (lists[0] if lists else ()) if all(one.casefold() in each for each in folded)
    )


def approvers_of_any(policy: ContributionPolicy) -> tuple[str, ...]:
    """Return who may approve claims of some kind, and decline those that nobody can read."""
    return tuple(dict.fromkeys(one for names in policy.approvers.values() for one in names))


def claims_problems(
    claims: Sequence[tuple[Claim, Mapping[str, Place]]],
    policy: ContributionPolicy,
    roster: Roster,
    known: Iterable[Contribution],
    today: date,
) -> tuple[Problem, ...]:
    """Return what keeps the claims of one thread from being approved, by the order of its text.

    `claims`: each with the places of its answers, by question. `known`: the claims that were
    approved before, and the rows of exports.
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
        remedy = f"Choose one of {', '.join(known)} if it was that. Else ask" if known else "Ask"
        yield "kind", message, f"{remedy} a maintainer to name somebody."


_ASK = "If it is right, ask the partner that the person works for to"
_FILE = "its file in partners/ (by pull request)"


def _of_person(claim: Claim, policy: ContributionPolicy, roster: Roster) -> Iterator[_Found]:
    who, day = claim.person, in_words(claim.day)
    seats = roster.seats(claim.work.by) if claim.number is not None else ()
    on_that_day = held(claim.work, roster)
    if ignored(who, policy):
        message = f"Work of {who} never counts in this program."
        remedy = "Name the person who did it."
    elif not seats and who.casefold() in roster.by_login:
        message = (
            f"{who} is not the account that a partner's record has under this login: it was "
            "renamed, and perhaps somebody else has the login now."
        )
        remedy = (
            "Name the login that the person has now. A pull request corrects `github` in the "
            "record, whose `id` stays."
        )
    elif not seats:
        message = f"{who} is in no partner's team."
        remedy = (
            f"Check the login. {_ASK} add the person to {_FILE}, with the first day in the team."
        )
    elif not on_that_day:
        message = f"{who} was not in a partner's team on {day}."
        remedy = f"Correct the day here. {_ASK} correct the days of the person in {_FILE}."
    elif not fit_together(on_that_day):
        message = f"Two partners name {who} for {day}."
        remedy = (
            "A maintainer decides for which of them the person counts; or both records say the "
            "`share` of the time, at most 100 together."
        )
    else:
        return
    yield "person", message, remedy


def _of_day(claim: Claim, policy: ContributionPolicy, today: date) -> Iterator[_Found]:
    back = policy.claims.months_back if policy.claims else 0
    first = Month.of(today) - back
    if claim.day > today:
        yield (
            "date",
            f"{in_words(claim.day)} has not come yet.",
            "Claim it on that day or later. A month, such as 2026-10, stands for its last day.",
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
        yield "url", message, "You need not claim it. For other work, name a page that shows it."


def _repeated(
    claim: Claim,
    policy: ContributionPolicy,
    roster: Roster,
    earlier: Iterable[Contribution],
    how: str,
) -> Iterator[_Found]:
    mine = claim.work
    for one in earlier:
        if (
            address(one) == address(mine)
            and _same_act(one, mine, policy, roster)
            and _counts(one, policy, roster)
        ):
            source = one.accepted.source if one.accepted else None
            by = f"counts already, by the export of {source}" if source else f"{how} already"
            yield (
                "url",
                f"This page {by}: {one.kind} by {one.by.login}, {in_words(one.day)}.",
                "For other work, name a page of its own, such as that of the day or the month.",
            )
            return


_CODE = re.compile(r"github\.com/(?:repos/)?([^/]+)/([^/]+)/(?:pull|commit)s?/", re.ASCII)


def _counts_by_itself(url: str, policy: ContributionPolicy) -> bool:
    """Tell whether the page is a pull request or a commit of a repository that counts."""
    found = _CODE.search(unquote(url).casefold())
    return found is not None and policy.github.has(found[1], found[2])


def _same_act(
    one: Contribution, other: Contribution, policy: ContributionPolicy, roster: Roster
) -> bool:
    """Tell whether two claims of one page are one act: only one of them would count."""
    return any(
        claimed_acts(one, policy, mine, roster) & claimed_acts(other, policy, theirs, roster)
        for mine in _firms(one, roster)
        for theirs in _firms(other, roster)
    )


def _counts(one: Contribution, policy: ContributionPolicy, roster: Roster) -> bool:
    """Tell whether a claim counts by the rules of its month, so that no other one of it does.

    What the team itself approved does not, nor does a kind without points.
    """
    month = Month.of(one.day)
    project = projects({month: None}, policy)[month]
    return any(each.reason is None for each in decide(roster, one, project))


def _firms(work: Contribution, roster: Roster) -> Iterable[str]:
    """Return the slugs of the partners for which work counts; "" if there is none."""
    return [seat.organization for seat in held(work, roster)] or [""]


def held(work: Contribution, roster: Roster) -> tuple[Seat, ...]:
    """Return the seats that the person held on the day of the work, one for each partner."""
    return tuple(one_each(roster.seats(work.by), work.day))


def credit_of(
    claim: Claim, policy: ContributionPolicy, roster: Roster, partners: Iterable[Partner]
) -> Credit:
    """Return where a claim without problems counts: for one partner, or for several by share."""
    names = {one.slug: one.name for one in partners}
    kind = policy.points[claim.kind]
    first, *also = (
        Credit(
            slug=seat.organization,
            name=names[seat.organization],
            points=part(kind.points, seat.member.share),
            most_each_month=kind.most_each_month,
            by_month=kind.once is Once.MONTH,
        )
        for seat in held(claim.work, roster)
    )
    return replace(first, also=tuple(also))
