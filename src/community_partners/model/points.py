"""Points: whole, or with a half, since a share of a person's time divides them to the half."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

Points = int | Decimal
"""An int if they are whole, else a Decimal such as 7.5: so equal points are written the same."""


def part(points: int, percent: int) -> Points:
    """Return a share of the points, rounded down to the half: all shares never exceed the whole."""
    return points if percent == 100 else _halves(points * percent // 50)


def exact(points: Points) -> Points:
    """Return the same points in the form that they are written in."""
    return points if isinstance(points, int) else _halves(int(points * 2))


def total(points: Iterable[Points]) -> Points:
    """Return the sum."""
    return exact(sum(points))


def in_json(points: Points) -> int | float:
    """Return the points as a number of JSON and YAML, which a float has exactly."""
    return points if isinstance(points, int) else float(points)


def of_json(value: Any) -> Points:
    """Return the points that a number of JSON or YAML stands for. Raises ValueError for others."""
    if isinstance(value, int):
        return value
    if not isinstance(value, float | Decimal) or value * 2 != int(value * 2):
        raise ValueError(f"{value!r} are no whole or half points")
    return _halves(int(value * 2))


def _halves(number: int) -> Points:
    whole, half = divmod(number, 2)
    return whole + Decimal("0.5") if half else whole
