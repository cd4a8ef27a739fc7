"""Fenced code in Markdown: which lines GitHub shows as code. Reads nothing else of Markdown.

A fence closes with a line of the same characters, at least as many, and nothing after them. One
that is never closed is taken for text: as code it would hide all the rest.
"""

import re
from collections.abc import Iterator, Sequence

_MARK = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def fenced_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines, from 0, that open a fence, stand in it or close it."""
    return frozenset(line for fence in _fences(lines) for line in fence)


def _fences(lines: Sequence[str]) -> Iterator[range]:
    marks = [(at, mark[1], mark[2]) for at, line in enumerate(lines) if (mark := _MARK.match(line))]
    never_closed: dict[str, int] = {}  # without it, many open fences would take minutes
    after = 0
    for index, (start, fence, info) in enumerate(marks):
        known = len(fence) >= never_closed.get(fence[0], len(fence) + 1)
        if start < after or known or (fence[0] == "`" and "`" in info):
            continue
        rest = (marks[later] for later in range(index + 1, len(marks)))
        end = next((at for at, mark, more in rest if _closes(fence, mark, more)), None)
        if end is None:
            never_closed[fence[0]] = len(fence)
        else:
            yield range(start, end + 1)
            after = end + 1


def _closes(fence: str, mark: str, more: str) -> bool:
    return mark.startswith(fence) and not more.strip()
