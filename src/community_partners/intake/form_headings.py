"""Which lines of a filled form are its own headings, and which were typed into an answer.

Only a line that is exactly an expected heading, outside code, can be one. Where a heading stands
more than once, those that stand once tell which it is; what they leave open is not decided here.
"""

from collections.abc import Mapping, Sequence

from .code_fences import fenced_lines

Headings = Mapping[int, Sequence[int]]  # a heading's place in the form: its possible lines, from 0


def find_headings(lines: Sequence[str], expected: Sequence[str]) -> Headings:
    """Every line outside code that equals an expected heading, in the form's order."""
    places = {heading: at for at, heading in enumerate(expected)}
    found: dict[int, list[int]] = {}
    fenced = fenced_lines(lines)
    for number, line in enumerate(lines):
        at = places.get(line.rstrip())
        if at is not None and number not in fenced:
            found.setdefault(at, []).append(number)
    return dict(sorted(found.items()))


def all_in_order(lines: Sequence[str], expected: Sequence[str]) -> bool:
    """Does every expected heading stand here, outside code, in the form's order?"""
    headings, last = find_headings(lines, expected), -1
    for at in range(len(expected)):
        following = [line for line in headings.get(at, ()) if line > last]
        if not following:
            return False
        last = following[0]
    return bool(expected)


def in_order(headings: Headings) -> Headings:
    """Leaves of each heading's lines those that agree with the headings that have one line only."""
    sure = {at: lines[0] for at, lines in headings.items() if len(lines) == 1}
    left = {
        at: lines if at in sure else [line for line in lines if _fits(at, line, sure)]
        for at, lines in headings.items()
    }
    return left if left == headings else in_order(left)


def _fits(at: int, line: int, sure: Mapping[int, int]) -> bool:
    return all((other < at) == (there < line) for other, there in sure.items())
