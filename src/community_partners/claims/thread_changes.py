"""Plans what the thread of claims lacks: our comment, replies, reactions, the end of the thread."""

from collections.abc import Iterator, Sequence

from ..hidden_line import Memory, is_of_kind, our_comments, same_text, without_line
from ..intake.ranking_files import committed_months
from ..model.changes import (
    ChangeLabels,
    Close,
    EditComment,
    PostComment,
    React,
    Reaction,
    ThreadChange,
)
from ..model.claim import LABEL, Answer, Answered
from ..model.month import Month
from ..model.publication import Proposed, Published
from ..model.thread import Thread
from ..words.claim import Standing, answer_in_words, claims_comment
from .decided import KIND, ClaimRun, Decided

_REACTIONS = {
    Answer.APPROVED: Reaction.DONE,
    Answer.DECLINED: Reaction.DONE,
    Answer.STRANGER: Reaction.NO,
    Answer.NEAR: Reaction.NO,
}


def changes_of(
    seen: Thread, decided: Decided, published: Published | None, run: ClaimRun, *, pull: bool
) -> Iterator[ThreadChange]:
    """Yield what the thread lacks: our comment, replies, reactions, the end of the thread.

    `pull`: it is a pull request, which is closed and not merged.
    """
    last = decided.last
    if decided.claims or decided.problems:
        yield from _our_comment(seen, decided, _standing(seen, decided, published, run, pull=pull))
    if LABEL not in seen.issue.labels:
        yield ChangeLabels(add=(LABEL,), remove=())
    reacted = {one.id: one.reactions for one in seen.comments}
    told = [one.body for one in seen.comments if one.ours]
    for one in decided.answered:
        kind = f"answer {one.said.comment}"
        if (reply := answer_in_words(one)) and not _is_told(kind, one, reply, told):
            told.append(f"{Memory(kind=kind)}{reply}")
            yield PostComment(body=told[-1])
        if one.said.comment and not reacted.get(one.said.comment):
            content = _REACTIONS.get(one.answer, Reaction.CONFUSED)
            yield React(comment=one.said.comment, content=content)
    if last:
        yield Close(pull=pull, done=last.answer is Answer.APPROVED)


def _our_comment(seen: Thread, decided: Decided, standing: Standing) -> Iterator[ThreadChange]:
    memory = Memory(kind=KIND, file=decided.digest, since=decided.since)
    text = f"{memory}{claims_comment(standing)}"
    ours = our_comments(seen, KIND)
    if not ours:
        yield PostComment(body=text)
    elif ours[0][0].body != text:
        yield EditComment(id=ours[0][0].id, body=text)


def _is_told(kind: str, one: Answered, reply: str, told: Sequence[str]) -> bool:
    """Tell whether a word was answered: a thread gets one reply to those who may not approve.

    Anybody may claim, so anybody could make us reply without end.
    """
    once = one.answer in (Answer.OWN, Answer.TEAMMATE, Answer.NEAR)
    return any(
        is_of_kind(body, kind) or (once and same_text(without_line(body), reply)) for body in told
    )


def _standing(
    seen: Thread, decided: Decided, published: Published | None, run: ClaimRun, *, pull: bool
) -> Standing:
    months = {Month.of(one.claim.day) for one in decided.claims}
    return Standing(
        organization=run.program.organization,
        pull=pull,
        problems=decided.problems,
        claims=decided.claims,
        approvers=decided.approvers,
        last=decided.last,
        proposed=published.url if isinstance(published, Proposed) else None,
        ranked=tuple(sorted(months & {*committed_months(run.root)})),
    )
