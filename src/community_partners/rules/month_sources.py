"""Attributes the contributions of whole months, of all partners at once.

A month can have a million, which stay packed: a decision on one of them is kept as two numbers.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..model.contribution import Contribution, MonthOfWork
from ..model.month import Month
from ..model.points import Points, exact
from ..model.program import ContributionPolicy
from .acceptance import chosen_by_who_asked
from .attribution import AGAIN, Decision, decide
from .caps import Claim
from .project import Project
from .repeats import address, change_of, repeats
from .roster import Roster

Worth = Mapping[tuple[str, Claim], Points]
"""Points by slug and by what the limits of the month look at."""

LeftOut = Mapping[int, frozenset[str]]
"""The organizations for which a contribution repeats another one, by the contribution's number."""

Decided = tuple[MutableSequence[int], MutableSequence[int]]
"""Which contributions of a source are decided, and which of its decisions each of them has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One month's contributions from one source, attributed. They are not in memory as values.

    `addresses`: the hash of each one's address. `changes`: which of them are pull requests, and the
    hash of each one's change. `branches`: the hash of the branch of each of these. `reverted`: the
    hashes of changes that somebody reverted. `decisions`: each one once. `decided`: by slug, the
    contributions of that partner's team, whether or not they count. `points`, `contested`: the
    points that count, and those that another partner claims too, without the limits of the month.
    `rests_on`: the earlier months in which was looked for the work of whoever chose an answer; None
    if nobody had to be looked for.
    """

    work: MonthOfWork
    addresses: Sequence[int]
    changes: tuple[Sequence[int], Sequence[int]]
    branches: Sequence[int]
    reverted: frozenset[int]
    decisions: Sequence[Decision]
    decided: Mapping[str, Decided]
    points: Worth
    contested: Worth
    rests_on: Project | None


def attributed(
    works: Iterable[MonthOfWork],
    roster: Roster,
    known: Mapping[Month, Project],
    done: Iterable[Source] = (),
) -> tuple[Source, ...]:
    """Return the contributions of whole months, attributed. An act may be among them several times.

    `known`: what acceptance rests on in each of the months. `done`: what was attributed before,
    with the same seats; it is not attributed again.
    """
    before = {id(one.work): one for one in done}  # each work is kept, so no other has its id
    return tuple(
        _reusable(before.get(id(one)), known[one.month]) or _source(roster, one, known[one.month])
        for one in works
    )


def _reusable(source: Source | None, project: Project) -> Source | None:
    """Return what was attributed for another month, unless it rests on other months of work."""
    if source and source.rests_on and source.rests_on.contributors != project.contributors:
        return None
    return source


def _source(
    roster: Roster, work: MonthOfWork, project: Project, left_out: LeftOut = MappingProxyType({})
) -> Source:
    """Attribute each contribution of a month from one source; those `left_out` are repeats."""
    addresses, pulls, changes, branches = array("q"), array("I"), array("q"), array("q")
    reverted: set[int] = set()
    decisions: list[Decision] = []
    numbers: dict[tuple[object, ...], int] = {}
    decided: dict[str, Decided] = defaultdict(lambda: (array("I"), array("I")))
    searched = False
    for at, entry in enumerate(work.packed.rows()):
        addresses.append(hash(address(entry)))
        if change := change_of(entry):
            pulls.append(at)
            changes.append(hash(change))
            branches.append(hash(entry.accepted.branch if entry.accepted else None))
            if project.reverts((change[0], change[2])):
                reverted.add(hash(change))
        for each in decide(roster, entry, project):
            repeat = at in left_out and _repeats(each, left_out[at])
            one = each._replace(reason=AGAIN) if repeat else each
            number = numbers.setdefault((id(one.seat), *one[1:]), len(numbers))
            if number == len(decisions):
                decisions.append(one)
            which, how = decided[one.seat.organization]
            which.append(at)
            how.append(number)
            searched = searched or chosen_by_who_asked(entry)
    points, contested = _worth(decided, decisions, project.month.policy)
    return Source(
        work=work,
        addresses=addresses,
        changes=(pulls, changes),
        branches=branches,
        reverted=frozenset(reverted),
        decisions=decisions,
        decided=decided,
        points=points,
        contested=contested,
        rests_on=project if searched else None,
    )


def _repeats(one: Decision, slugs: frozenset[str]) -> bool:
    return one.contested or one.seat.organization in slugs


def _worth(
    decided: Mapping[str, Decided], decisions: Sequence[Decision], policy: ContributionPolicy
) -> tuple[Worth, Worth]:
    """Return the points that count, and those that are contested, without the limits."""
    points: dict[tuple[str, Claim], Points] = {}
    contested: dict[tuple[str, Claim], Points] = {}
    for slug, (_, how) in decided.items():
        for number, times in Counter(how).items():
            one = decisions[number]
            if one.reason is None:
                to, key = contested if one.contested else points, (slug, one.claim)
                to[key] = exact(to.get(key, 0) + times * one.worth(policy))
    return points, contested


def each_once(
    sources: tuple[Source, ...], roster: Roster, known: Mapping[Month, Project]
) -> tuple[Source, ...]:
    """Return the sources with a decision against each contribution that repeats another one."""
    acts = _seen_again(one.addresses for one in sources)
    changes = _brought_again(sources, _seen_again(one.changes[1] for one in sources))
    if not acts and not changes:
        return sources
    suspects = [
        (source, at, entry)
        for source in sources
        for at in _places(source, acts, changes)
        for entry in (source.work.contributions[at],)
        if any(one.reason is None for one in decide(roster, entry, known[source.work.month]))
    ]

    def firms(entry: Contribution) -> list[str]:
        """Return for whom it counts; of those who contest it, the first one stands for all."""
        found = decide(roster, entry, known[Month.of(entry.day)])
        counts = [one for one in found if one.reason is None]
        return [one.seat.organization for one in counts[: 1 if counts[0].contested else None]]

    gone = repeats((entry for *_, entry in suspects), known, firms, roster)
    places: dict[int, dict[int, frozenset[str]]] = {id(source): {} for source in sources}
    for (source, at, _), slugs in zip(suspects, gone, strict=True):
        if slugs:
            places[id(source)][at] = slugs
    return tuple(
        _source(roster, one.work, known[one.work.month], places[id(one)])
        if places[id(one)]
        else one
        for one in sources
    )


def _places(source: Source, acts: Collection[int], changes: Collection[int]) -> list[int]:
    """Return which contributions of the source have one of these addresses, or of these changes."""
    return sorted(
        {
            *(at for at, address in enumerate(source.addresses) if address in acts),
            *(at for at, change in zip(*source.changes, strict=True) if change in changes),
        }
    )


def _brought_again(sources: Iterable[Source], changes: set[int]) -> set[int]:
    """Return which of these changes came to several branches, or were reverted.

    All others are kept, and comparing equal titles would take most of the time of a month.
    """
    found: set[int] = set()
    branch: dict[int, int] = {}
    for source in sources if changes else ():
        found |= changes & source.reverted
        for change, where in zip(source.changes[1], source.branches, strict=True):
            if change in changes and branch.setdefault(change, where) != where:
                found.add(change)
    return found


_PARTS = 64


def _seen_again(sources: Iterable[Iterable[int]]) -> set[int]:
    """Return the hashes of addresses that more than one contribution has.

    Two addresses with one hash are among them, and do no harm. They are looked for in one part of
    the hashes after the other: a set of a million has 100 MB.
    """
    parts = [array("q") for _ in range(_PARTS)]
    for source in sources:
        for place in source:
            parts[place % _PARTS].append(place)
    again: set[int] = set()
    for part in parts:
        seen: set[int] = set()
        for place in part:
            (again if place in seen else seen).add(place)
    return again
