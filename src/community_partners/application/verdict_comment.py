"""Plans what a thread lacks: our one verdict comment, a notice of a changed verdict, the label.

Two runs at once may each post a verdict. Then the first comment is the verdict, and the other
comments are edited to point to it. If a run is cut off, the next run finds what was written and
adds the rest.
"""

from dataclasses import replace

from ..github.labels import swapped
from ..hidden_line import Memory, our_comments, same_text
from ..model.changes import CreateLabel, EditComment, PostComment, ThreadChange
from ..model.thread import Comment, Thread
from ..model.verdict import Decision
from ..words.reply import Reply

NOTHING = Memory(kind="verdict")


def plan(thread: Thread, reply: Reply, kept: Memory = NOTHING) -> tuple[ThreadChange, ...]:
    """Return what the thread lacks, in an order in which it is safe to stop after any step.

    `kept`: what the hidden line of the verdict's comment remembers besides the decision and how
    often it changed.
    """
    changes: list[ThreadChange] = [CreateLabel(name=name) for name in thread.missing]
    memory = replace(kept, decision=reply.decision)
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
    """Return the change that posts or corrects the notice of a changed verdict; () if it stands.

    The notice is a new comment, since an edit of the verdict notifies nobody. A run that was cut
    off may have posted the notice already.
    """
    memory = Memory(kind="notice", decision=now.decision, change=now.change)
    words = f"The verdict changed from *{before}* to *{now.decision}*: [see above]"
    body = f"{memory}{words}({verdict.url})."
    posted = [one for one, known in our_comments(thread, "notice") if known.change == now.change]
    if not posted:
        return (PostComment(body=body),)
    last = posted[-1]
    return () if same_text(last.body, body) else (EditComment(id=last.id, body=body),)


def _point(comment: int, url: str) -> EditComment:
    """Return the edit of a second verdict, posted by another run at the same time.

    The edited comment points to the verdict, and is none itself.
    """
    body = f"{Memory(kind='twin')}The verdict stands [above]({url})."
    return EditComment(id=comment, body=body)
