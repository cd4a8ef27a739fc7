"""Measures the chart of a partner's points by month. Decides its numbers; a template draws it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.directory import Position
from ..model.month import Month
from ..model.points import Points

MONTHS = 12
_BAR, _GAP, _HIGH, _TOP, _BOTTOM = 26, 10, 120, 18, 22  # units of the picture
_SHADES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The points of one kind in a bar. `shade`: 0 is the darkest."""

    y: float
    height: float
    shade: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One month. `top`: where its number stands."""

    month: Month
    points: Points
    x: int
    middle: float
    top: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The bars, the earliest month first. `kinds`: the one with most points first."""

    width: int
    height: int
    bar: int
    kinds: tuple[str, ...]
    bars: tuple[Bar, ...]


def chart_of(positions: Sequence[Position]) -> Chart | None:
    """Return the chart of the latest months, or None without points. `positions`: latest first."""
    shown = positions[:MONTHS][::-1]
    sums: defaultdict[str, Points] = defaultdict(int)
    for position in shown:
        for kind, points in position.line.by_kind.items():
            sums[kind] += points
    kinds = tuple(sorted(sums, key=lambda kind: (-sums[kind], kind)))
    most = max((position.line.points for position in shown), default=0)
    if not most:
        return None
    return Chart(
        width=max(6, len(shown)) * (_BAR + _GAP),
        height=_TOP + _HIGH + _BOTTOM,
        bar=_BAR,
        kinds=kinds,
        bars=tuple(
            _bar(position, at * (_BAR + _GAP) + _GAP // 2, kinds, most)
            for at, position in enumerate(shown)
        ),
    )


def _bar(position: Position, x: int, kinds: Sequence[str], most: Points) -> Bar:
    parts, bottom = [], float(_TOP + _HIGH)
    for at, kind in enumerate(kinds):
        high = round(float(_HIGH * position.line.by_kind.get(kind, 0)) / float(most), 1)
        if high:
            bottom = round(bottom - high, 1)
            parts.append(Part(y=bottom, height=high, shade=min(at, _SHADES - 1)))
    return Bar(
        month=position.month,
        points=position.line.points,
        x=x,
        middle=x + _BAR / 2,
        top=round(bottom - 5, 1),
        parts=tuple(parts),
    )
