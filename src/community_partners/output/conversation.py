"""The thread of an issue: our one verdict comment, notices of a changed verdict, the label.

Two runs at once may each have posted a verdict: the first one is the verdict, the others are told
to say so. Decides what the thread lacks; reading and writing is for others. A comment is ours if it
begins with our marker and we wrote it; anyone can type the marker. Whatever fails in between, a
second run finds what the first one wrote and adds only the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..model.command import Holder
from ..model.verdict import Decision
from .again import again_line
from .holder import holder_line
from .marker import marker, same_text
from .reply import Reply
from .thread_writes import ChangeLabels, CreateLabel, EditComment, PostComment, Write

APPLICATION = "application"
DECISIONS = tuple(decision.value.replace(" ", "-") for decision in Decision)
_MARKER = re.compile(r"<!-- community-partners (verdict|notice) ([a-z-]+) ([0-9]{1,6}) -->\r?\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """One comment of the thread; `ours` if the account that runs us wrote it.

    `author`: a login as REST writes it; None where the account is gone. `written`: when, in UTC.
    `reactions`: ours; None where GitHub did not tell.
    """

    id: int
    url: str
    body: str
    author: str | None
    ours: bool
    written: datetime | None = None
    reactions: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue or pull request as it is now, whatever it was when the event happened.

    `author`: a login as REST writes it; None where the account is gone. `labels`: in small letters,
    since GitHub knows no difference. `touched`: when it was opened, edited or reopened last, in
    UTC; None where GitHub did not tell.
    """

    title: str
    body: str
    author: str | None
    open: bool
    labels: tuple[str, ...]
    touched: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """`comments`: oldest first. `missing`: labels of ours that the repository lacks, if known."""

    issue: Issue
    comments: tuple[Comment, ...]
    missing: tuple[str, ...] = ()


def label_of(decision: Decision) -> str:
    """`not-yet` for `not yet`."""
    return decision.value.replace(" ", "-")


def plan(
    thread: Thread, reply: Reply, again: date | None = None, holder: Holder | None = None
) -> tuple[Write, ...]:
    """What the thread lacks, in the order in which it is safe to stop after any step.

    Kept in the verdict's comment: `again`, the day from which it is worth another look; `holder`.
    """
    now, text = label_of(reply.decision), again_line(again) + holder_line(holder) + reply.body
    writes: list[Write] = [CreateLabel(name=name) for name in thread.missing]
    ours = marked(thread, "verdict")
    if not ours:
        writes.append(PostComment(body=_mark("verdict", now, 0) + text))
    else:
        (comment, before, change), *others = ours
        if before != now:
            change += 1
            writes.extend(_notice(thread, comment, before, now, change))
        body = _mark("verdict", now, change) + text
        if not same_text(body, comment.body):
            writes.append(EditComment(id=comment.id, body=body))
        writes.extend(_point(other.id, comment.url) for other, _, _ in others)
    labels = _labels(thread.issue.labels, now)
    return (*writes, labels) if labels.add or labels.remove else tuple(writes)


def marked(thread: Thread, kind: str) -> list[tuple[Comment, str, int]]:
    """Our comments of a kind, oldest first: each with its decision's label and change number."""
    found = [(comment, _MARKER.match(comment.body)) for comment in thread.comments if comment.ours]
    return [(one, mark[2], int(mark[3])) for one, mark in found if mark and mark[1] == kind]


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
    return () if same_text(last.body, body) else (EditComment(id=last.id, body=body),)


def _point(comment: int, url: str) -> EditComment:
    """A verdict that another run posted at the same time; it is none from then on."""
    return EditComment(id=comment, body=f"{marker('twin')}The verdict stands [above]({url}).")


def _labels(present: Sequence[str], now: str) -> ChangeLabels:
    """GitHub gives a form's label only where the repository has it: what we judge gets it."""
    return ChangeLabels(
        add=tuple(name for name in (APPLICATION, now) if name not in present),
        remove=tuple(name for name in present if name in DECISIONS and name != now),
    )


def _mark(kind: str, label: str, change: int) -> str:
    return marker(f"{kind} {label} {change}")


def _words(label: str) -> str:
    return label.replace("-", " ")
