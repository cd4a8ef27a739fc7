"""The thread of an issue: our one verdict comment, notices of a changed verdict, the label.

Decides what the thread lacks: `plan` is pure, `Conversation` reads and writes. A comment is ours if
it begins with our marker and we wrote it; anyone can type the marker. Whatever fails in between, a
second run finds what the first one wrote and adds only the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.verdict import Decision
from .log import quote
from .reply import Reply

DECISIONS = tuple(decision.value.replace(" ", "-") for decision in Decision)
_MARKER = re.compile(r"<!-- community-partners (verdict|notice) ([a-z-]+) ([0-9]{1,6}) -->\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """One comment of the thread; `ours` if the account that runs us wrote it."""

    id: int
    url: str
    body: str
    ours: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """`labels` of the issue; `missing`: ours that the repository does not have, where known."""

    comments: tuple[Comment, ...]
    labels: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel:
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PostComment:
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EditComment:
    id: int
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetLabels:
    """All labels of the issue: other people's as they were, and the one of the decision."""

    names: tuple[str, ...]


Write = CreateLabel | PostComment | EditComment | SetLabels


def label_of(decision: Decision) -> str:
    """`not-yet` for `not yet`."""
    return decision.value.replace(" ", "-")


def plan(thread: Thread, reply: Reply) -> tuple[Write, ...]:
    """What the thread lacks, in the order in which it is safe to stop after any step."""
    now = label_of(reply.decision)
    writes: list[Write] = [CreateLabel(name=name) for name in thread.missing]
    ours = marked(thread, "verdict")
    if not ours:
        writes.append(PostComment(body=_mark("verdict", now, 0) + reply.body))
    else:
        comment, before, change = ours[-1]
        if before != now:
            change += 1
            writes.extend(_notice(thread, comment, before, now, change))
        body = _mark("verdict", now, change) + reply.body
        if body != comment.body:
            writes.append(EditComment(id=comment.id, body=body))
    labels = _labels(thread.labels, now)
    if set(labels) != set(thread.labels):
        writes.append(SetLabels(names=labels))
    return tuple(writes)


def marked(thread: Thread, kind: str) -> list[tuple[Comment, str, int]]:
    """Our comments of a kind, oldest first: each with its decision's label and change number."""
    found = [(comment, _MARKER.match(comment.body)) for comment in thread.comments if comment.ours]
    return [(one, mark[2], int(mark[3])) for one, mark in found if mark and mark[1] == kind]


def describe(writes: Sequence[Write]) -> str:
    """The plan for people, one write after the other; a text's lines behind bars."""
    return "\n".join(_describe(write) for write in writes) or "nothing: all is there already"


def _notice(
    thread: Thread, verdict: Comment, before: str, now: str, change: int
) -> tuple[Write, ...]:
    """A new comment, since an edit notifies nobody; unless a run that was cut off posted it."""
    words = f"The verdict changed from *{_words(before)}* to *{_words(now)}*: [see above]"
    body = f"{_mark('notice', now, change)}{words}({verdict.url})."
    posted = [one for one, _, number in marked(thread, "notice") if number == change]
    if not posted:
        return (PostComment(body=body),)
    last = posted[-1]
    return () if last.body == body else (EditComment(id=last.id, body=body),)


def _labels(present: Sequence[str], now: str) -> tuple[str, ...]:
    return (*(name for name in present if name not in DECISIONS), now)


def _mark(kind: str, label: str, change: int) -> str:
    return f"<!-- community-partners {kind} {label} {change} -->\n"


def _words(label: str) -> str:
    return label.replace("-", " ")


def _describe(write: Write) -> str:
    match write:
        case CreateLabel():
            return f"create the label {write.name}"
        case PostComment():
            return f"post a comment:\n{quote(write.body)}"
        case EditComment():
            return f"edit comment {write.id}:\n{quote(write.body)}"
        case SetLabels():
            return quote(f"set the labels: {', '.join(write.names)}").removeprefix("| ")
