"""Finds what a maintainer should look at in a partner's month: flags, each with its evidence.

A flag is a question, and no penalty: it changes no points, no rank and no standing. Each kind is
raised from the program's threshold on, and never without one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from ..model.contribution import Account, Contribution
from ..model.fair_play import Flag, FlagKind
from ..model.month import counted as many
from ..model.points import Points, exact, total
from ..model.verdict import Counted, Uncounted
from .attribution import AGAIN
from .month_case import MonthCase, Shared, people_with_a_seat
from .project import ProjectMonth
from .repeats import address, change_of
from .roster import account_key, in_team, is_person
from .titles import title_without_names

MOST = 10
"""Addresses of one flag."""


def flags(slug: str, case: MonthCase, common: Shared) -> tuple[Flag, ...]:
    """Return the flags of one partner's month, kind by kind."""
    found = (_near_duplicates, _burst, _one_person, _shared_claims)
    return (
        *(flag for find in found for flag in find(case)),
        *_ring(slug, case, common),
        *_reverted(case, common),
    )


def _near_duplicates(case: MonthCase) -> Iterator[Flag]:
    least = case.program.fair_play.near_duplicates
    if least is None:
        return
    alike: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for one in case.counted:
        if one.contribution.kind == "pull request":
            alike[one.github, title_without_names(one.contribution.title)].append(one)
    for (github, _), same in sorted(alike.items()):
        if len(same) >= least:
            yield Flag(
                kind=FlagKind.NEAR_DUPLICATES,
                facts=f"{many(len(same), 'pull request')} of {github} have the same title but for "
                "numbers and names of files.",
                threshold=f"{many(least, 'pull request')} of one person",
                addresses=_addresses(same),
            )


def _burst(case: MonthCase) -> Iterator[Flag]:
    asked = case.program.fair_play.burst
    if asked is None:
        return
    last = case.month.last_day
    late = [one for one in case.counted if (last - one.contribution.day).days < asked.last_days]
    points, of_all = _points(late), _points(case.counted)
    if len(late) >= asked.contributions and points * 100 > of_all * asked.percent:
        since = last - timedelta(days=asked.last_days - 1)
        yield Flag(
            kind=FlagKind.BURST,
            facts=f"{points} of {many(of_all, 'point')} are of {many(len(late), 'contribution')} "
            f"from {since.day} to {last.day} {case.month.title}.",
            threshold=f"more than {asked.percent} % of the points, by "
            f"{many(asked.contributions, 'contribution')}, in the last "
            f"{many(asked.last_days, 'day')}",
            addresses=_addresses(late),
        )


def _one_person(case: MonthCase) -> Iterator[Flag]:
    asked = case.program.fair_play.one_person
    people = people_with_a_seat(case.organization.team, case.month)
    if asked is None or people < 2:
        return
    points: defaultdict[str, Points] = defaultdict(int)
    for one in case.counted:
        points[one.github] = exact(points[one.github] + one.points)
    of_all = total(points.values())
    for github, number in sorted(points.items()):
        if of_all >= asked.points and number * 100 > of_all * asked.percent:
            yield Flag(
                kind=FlagKind.ONE_PERSON,
                facts=f"{number} of {many(of_all, 'point')} are of {github}, one of {people} "
                "people in the team.",
                threshold=f"more than {asked.percent} % of at least {many(asked.points, 'point')}",
                addresses=_addresses([one for one in case.counted if one.github == github]),
            )


def _shared_claims(case: MonthCase) -> Iterator[Flag]:
    least = case.program.fair_play.shared_claims
    if least is None:
        return
    pages: dict[str, list[Counted | Uncounted]] = defaultdict(list)
    of_month: tuple[Counted | Uncounted, ...] = (*case.counted, *case.uncounted)
    for one in of_month:
        if one.contribution.repository is None:
            pages[address(one.contribution)].append(one)
    for _, same in sorted(pages.items()):
        if len(same) >= least:
            yield Flag(
                kind=FlagKind.SHARED_CLAIMS,
                facts=f"{many(len(same), 'claim')} name one address.",
                threshold=f"{many(least, 'claim')} of one address",
                addresses=_addresses(same),
            )


def _ring(slug: str, case: MonthCase, common: Shared) -> Iterator[Flag]:
    """Yield a flag if few people outside the team accepted all that names who accepted it."""
    asked = case.program.fair_play.ring
    if asked is None:
        return
    project = common.work.known[case.month].month
    named: list[Counted] = []
    outside: dict[int | str, str] = {}
    for one in case.counted:
        people = _accepted_by(one.contribution, project)
        named += [one] if people else []
        for account in people:
            if not in_team(account, slug, one.contribution.day, common.work.roster):
                outside[account_key(account)] = account.login
    if len(named) >= asked.contributions and len(outside) <= asked.people:
        who = ", ".join(sorted(outside.values())) or "nobody"
        yield Flag(
            kind=FlagKind.RING,
            facts=f"{many(len(named), 'contribution')} name who accepted them: outside the team "
            f"{who}.",
            threshold=f"{many(asked.contributions, 'contribution')}, accepted by "
            f"{asked.people} or fewer outside the team",
            addresses=_addresses(named),
        )


def _accepted_by(work: Contribution, project: ProjectMonth) -> list[Account]:
    """Return the people who merged, closed, chose or approved. An approval needs push rights."""
    how = work.accepted
    if how is None:
        return []
    approved = (one for one in how.approved_by if project.may_push(work, one))
    named = (*([how.by] if how.by else ()), *approved)
    return [one for one in named if is_person(one, project.policy)]


def _reverted(case: MonthCase, common: Shared) -> Iterator[Flag]:
    least = case.program.fair_play.reverted
    if least is None:
        return
    project = common.work.known[case.month]
    again = []
    for one in case.uncounted:
        change = change_of(one.contribution) if one.reason == AGAIN else None
        if change and project.reverts((change[0], change[2])):
            again.append(one)
    if len(again) >= least:
        yield Flag(
            kind=FlagKind.REVERTED,
            facts=f"{many(len(again), 'pull request')} brought again what was reverted.",
            threshold=many(least, "pull request"),
            addresses=_addresses(again),
        )


def _points(entries: Iterable[Counted]) -> Points:
    return total(one.points for one in entries)


def _addresses(entries: Sequence[Counted | Uncounted]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.contribution.url for one in entries))[:MOST]
