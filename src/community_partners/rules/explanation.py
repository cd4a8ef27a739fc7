"""Explains a partner's result in a committed month: what counted, what did not, what one more adds.

All of it follows from the month's files. Only what one more contribution would have changed needs
the weights of the policy.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..model.directory import Line, OneMore, Position
from ..model.explanation import Explanation, KindResult, Reason
from ..model.points import Points, exact
from ..model.program import ContributionPolicy
from ..model.ranking import PartnerMonth, Ranking


def explain(
    position: Position,
    lines: Iterable[Line],
    ranking: Ranking,
    policy: ContributionPolicy,
    *,
    same_policy: bool = True,
    person: str | None = None,
) -> Explanation:
    """Return the explanation of one partner's month.

    `lines`: the partner's lines of the month's files, or only those of `person`, a login.
    `ranking`: the month, nobody hidden. `same_policy`: the month was computed by this policy.
    """
    counted: defaultdict[str, list[Line]] = defaultdict(list)
    uncounted: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.not_counted is None:
            counted[line.kind].append(line)
        else:
            uncounted[line.not_counted].append(line)
    kinds = (
        KindResult(kind=kind, worth=_worth(kind, policy), lines=tuple(of))
        for kind, of in counted.items()
    )
    return Explanation(
        name=position.line.name,
        slug=position.line.slug,
        position=position,
        version=ranking.basis.version,
        same_policy=same_policy,
        person=person,
        counted=tuple(sorted(kinds, key=lambda one: (-one.points, one.kind))),
        uncounted=tuple(
            Reason(reason=reason, lines=tuple(of)) for reason, of in sorted(uncounted.items())
        ),
        one_more=one_more(position, ranking, policy),
    )


def _worth(kind: str, policy: ContributionPolicy) -> int | None:
    known = policy.points.get(kind)
    return known.points if known else None


def one_more(
    position: Position, ranking: Ranking, policy: ContributionPolicy
) -> tuple[OneMore, ...]:
    """Return for each kind what one more contribution would have changed in a partner's month.

    `ranking`: of the position's month, in the order of the tie rule, nobody hidden.
    """
    return tuple(_one_more(kind, position, ranking.partners, policy) for kind in policy.points)


def _one_more(
    kind: str, position: Position, partners: Sequence[PartnerMonth], policy: ContributionPolicy
) -> OneMore:
    line = position.line
    points: Points = policy.points[kind].points
    if (most := policy.points[kind].most_each_month) is not None:
        points = max(0, min(points, exact(most - line.by_kind.get(kind, 0))))
    if line.rank is None:
        return OneMore(kind=kind, points=points, rank=None, passes=())
    then = line.points + points
    passed = partners[
        _below(then, partners, position.of) : _below(line.points, partners, position.of)
    ]
    return OneMore(
        kind=kind,
        points=points,
        rank=1 + _before(then, partners, position.of),
        passes=tuple(one.name for one in passed if one.slug != line.slug),
    )


def _before(points: Points, partners: Sequence[PartnerMonth], ranked: int) -> int:
    """Return how many of the ranked partners, who come first, have more points."""
    return bisect_left(partners, -points, hi=ranked, key=lambda one: -one.points)


def _below(points: Points, partners: Sequence[PartnerMonth], ranked: int) -> int:
    """Return how many of the ranked partners, who come first, have at least so many points."""
    return bisect_right(partners, -points, hi=ranked, key=lambda one: -one.points)
