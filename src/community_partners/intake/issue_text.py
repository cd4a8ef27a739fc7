"""Reads the text of an issue line by line: what is shown, what is code, what is a heading.

HTML comments and marks of byte order are no text, since nobody sees them. A line keeps its number.
A comment or a code fence that never ends is text: else one typed line would hide all that follows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# https://spec.commonmark.org/0.31.2/#fenced-code-blocks
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
# A heading of level 1 to 3: GitHub writes each question as one of level 3, and a heading of that
# level or above ends its answer. https://spec.commonmark.org/0.31.2/#atx-headings
_HEADING = re.compile(r"( {0,3})(#{1,3})[ \t\u00a0](.*)")
_CLOSING = re.compile(r"(?:^|\s)#+\s*$")
_BYTE_ORDER_MARK = "\ufeff"
_OPENS, _CLOSES = "<!--", "-->"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading. `level`: 1 to 3. `title`: with single, plain spaces.

    `indented`: spaces stand before it, so a person wrote it and not GitHub.
    """

    level: int
    title: str
    indented: bool = False

    def __str__(self) -> str:
        return f"{'#' * self.level} {self.title}"


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueText:
    """The lines of an issue's text, counted from 0.

    `written`: as they were written. `lines`: without HTML comments. `code`: the lines that open or
    close a code fence or stand in one. `headings`: of level 1 to 3, by line.
    """

    written: tuple[str, ...]
    lines: tuple[str, ...]
    code: frozenset[int]
    headings: Mapping[int, Heading]


def read_issue_text(body: str) -> IssueText:
    """Return the lines of an issue's text."""
    broken = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = tuple(line.removeprefix(_BYTE_ORDER_MARK) for line in broken)
    comments, fences = _Comments(written), _Fences(written)
    inside: list[int] = []
    at = 0
    while at < len(written):
        end = fences.end(at)
        if end is None:
            at = comments.take(at)
        else:
            inside.extend(range(at, end + 1))
            at = end + 1
    code = frozenset(inside)
    plain = (at for at in range(len(written)) if at not in code and at not in comments.touched)
    found = ((at, read_heading(comments.lines[at])) for at in plain)
    return IssueText(
        written=written,
        lines=tuple(comments.lines),
        code=code,
        headings={at: heading for at, heading in found if heading},
    )


def read_heading(line: str) -> Heading | None:
    """Return the heading in a line; None for any other line, and for a heading without a title."""
    found = _HEADING.fullmatch(line)
    title = title_of(found[3]) if found else ""
    if not found or not title:
        return None
    return Heading(level=len(found[2]), title=title, indented=bool(found[1]))


def title_of(text: str) -> str:
    """Return the title of a heading: runs of spaces are one plain space, `#` at the end is none."""
    return " ".join(_CLOSING.sub("", text).split())


def code_fences(lines: Sequence[str]) -> Iterator[range]:
    """Yield the lines of each code fence, with the lines that open and close it."""
    fences, at = _Fences(lines), 0
    while at < len(lines):
        end = fences.end(at)
        if end is not None:
            yield range(at, end + 1)
        at = at + 1 if end is None else end + 1


class _Fences:
    """Finds the ends of code fences. Asked for one line after the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        found = ((at, _FENCE.match(line)) for at, line in enumerate(lines))
        self._marks = [(at, mark[1], mark[2]) for at, mark in found if mark]
        self._at = {line: index for index, (line, _, _) in enumerate(self._marks)}
        self._never_closed: dict[str, int] = {}  # else many open fences would take minutes

    def end(self, line: int) -> int | None:
        """Return the line that closes the fence which `line` opens; None if it opens none."""
        if line not in self._at:
            return None
        index = self._at[line]
        _, fence, info = self._marks[index]
        known = len(fence) >= self._never_closed.get(fence[0], len(fence) + 1)
        if known or (fence[0] == "`" and "`" in info):
            return None
        rest = (self._marks[later] for later in range(index + 1, len(self._marks)))
        end = next((at for at, mark, more in rest if _closes(fence, mark, more)), None)
        if end is None:
            self._never_closed[fence[0]] = len(fence)
        return end


def _closes(fence: str, mark: str, more: str) -> bool:
    return mark.startswith(fence) and not more.strip()


class _Comments:
    """Takes HTML comments out of lines. `lines`: without the comments taken so far.

    `touched`: lines that begin with a comment or in one, which are never headings.
    """

    def __init__(self, written: Sequence[str]) -> None:
        self.lines = list(written)
        self.touched: set[int] = set()
        self._written = written
        self._endless_from = len(written)  # no line from here on has the end of a comment
        self._endless_until = 0  # nor has the paragraph that ends before this line

    def take(self, at: int) -> int:
        """Take out the comments that begin in the line `at`; return the line to go on with."""
        line, kept, after, quoted, blank = self._written[at], list[str](), 0, 0, True
        while (start := line.find(_OPENS, after)) >= 0:
            before = line[after:start]
            kept.append(before)
            quoted, blank = quoted + before.count("`"), blank and not before.strip()
            after = start
            if quoted % 2:  # it stands in code
                kept.append(_OPENS)
                after, blank = start + len(_OPENS), False
                continue
            end = self._end(at, start, block=blank)
            if end is None:
                break
            if blank:
                self.touched.add(at)
            last, after = end
            if last > at:
                self.lines[at:last] = ["".join(kept).rstrip(), *[""] * (last - at - 1)]
                self.touched.add(last)
                at, line, kept, quoted, blank = last, self._written[last], [], 0, True
        self.lines[at] = "".join(kept) + line[after:]
        return at + 1

    def _end(self, at: int, start: int, *, block: bool) -> tuple[int, int] | None:
        """Return the line in which a comment ends, and where; None if it never ends.

        A comment that begins behind words ends in the same paragraph.
        https://spec.commonmark.org/0.31.2/#html-blocks
        """
        end = self._written[at].find(_CLOSES, start + 2)
        if end >= 0:
            return at, end + len(_CLOSES)
        if at >= self._endless_from or (not block and at < self._endless_until):
            return None
        for later in range(at + 1, len(self._written)):
            line = self._written[later]
            if not block and (not line.strip() or read_heading(line)):
                self._endless_until = later
                return None
            end = line.find(_CLOSES)
            if end >= 0:
                return later, end + len(_CLOSES)
        self._endless_from = at
        return None
