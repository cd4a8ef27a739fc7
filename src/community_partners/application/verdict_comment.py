"""Plans what a thread lacks: our one verdict comment, a notice of a changed verdict, the label.

Two runs at once may each have posted a verdict: the first one is the verdict, and the others are
edited to point to it. If a run is cut off, a second run finds what the first one wrote and adds the
rest.
"""

from dataclasses import replace
from datetime import date

from ..github.labels import swapped
from ..hidden_line import Memory, our_comments, same_text
from ..model.changes import CreateLabel, EditComment, PostComment, ThreadChange
from ..model.command import Scope
from ..model.thread import Comment, Thread
from ..model.verdict import Decision
from ..words.reply import Reply

NOBODY = Scope()


def plan(
    thread: Thread, reply: Reply, again: date | None = None, scope: Scope = NOBODY
) -> tuple[ThreadChange, ...]:
    """Return what the thread lacks, in the order in which it is safe to stop after any step.

    Kept in the verdict's comment: `again`, the day from which it is worth another look; `scope`.
    """
    changes: list[ThreadChange] = [CreateLabel(name=name) for name in thread.missing]
    memory = Memory(
        kind="verdict", decision=reply.decision, again=again, about=scope.about, judged=scope.judged
    )
    ours = our_comments(thread, "verdict")
    if not ours:
        changes.append(PostComment(body=f"{memory}{reply.body}"))
    else:
        (comment, before), *others = ours
        changed = before.decision is not reply.decision
        memory = replace(memory, change=before.change + changed)
        if changed:
            changes.extend(_notice(thread, comment, before.decision, memory))
        body = f"{memory}{reply.body}"
        if not same_text(body, comment.body):
            changes.append(EditComment(id=comment.id, body=body))
        changes.extend(_point(other.id, comment.url) for other, _ in others)
    labels = swapped(thread.issue.labels, reply.decision)
    return (*changes, labels) if labels.add or labels.remove else tuple(changes)


def _notice(
    thread: Thread, verdict: Comment, before: Decision | None, now: Memory
) -> tuple[ThreadChange, ...]:
    """A new comment, since an edit notifies nobody; unless a run that was cut off posted it."""
    memory = Memory(kind="notice", decision=now.decision, change=now.change)
    words = f"The verdict changed from *{before}* to *{now.decision}*: [see above]"
    body = f"{memory}{words}({verdict.url})."
    posted = [one for one, known in our_comments(thread, "notice") if known.change == now.change]
    if not posted:
        return (PostComment(body=body),)
    last = posted[-1]
    return () if same_text(last.body, body) else (EditComment(id=last.id, body=body),)


def _point(comment: int, url: str) -> EditComment:
    """Edit a verdict that another run posted at the same time; it is none from then on."""
    body = f"{Memory(kind='twin')}The verdict stands [above]({url})."
    return EditComment(id=comment, body=body)
