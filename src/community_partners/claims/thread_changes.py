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
from ..model.problem import Problem
from ..model.publication import Proposed, Published
from ..model.thread import Thread
from ..words.claim import Standing, answer_in_words, claims_comment, unread_comment
from .decided import KIND, ClaimRun, Decided

_REACTIONS = {
    Answer.APPROVED: Reaction.DONE,
    Answer.DECLINED: Reaction.DONE,
    Answer.LOOKED: Reaction.DONE,
    Answer.STRANGER: Reaction.NO,
    Answer.ANOTHER: Reaction.NO,
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
    yield from _label(seen)
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


def cannot_look(seen: Thread, problems: Sequence[Problem]) -> Iterator[ThreadChange]:
    """Yield what says that a file of the program keeps us from looking at the claims.

    Our comment no longer shows them then, so that an approval of before is needed anew.
    """
    yield from _kept(seen, f"{Memory(kind=KIND)}{unread_comment(problems)}")
    yield from _label(seen)


def _our_comment(seen: Thread, decided: Decided, standing: Standing) -> Iterator[ThreadChange]:
    claims = (one.claim for one in decided.claims)
    people = {one.person: one.number for one in claims if one.number is not None}
    memory = Memory(kind=KIND, file=decided.digest, since=decided.since, people=people)
    yield from _kept(seen, f"{memory}{claims_comment(standing)}")


def _kept(seen: Thread, text: str) -> Iterator[ThreadChange]:
    """Yield the change that makes our one comment say this."""
    ours = our_comments(seen, KIND)
    if not ours:
        yield PostComment(body=text)
    elif ours[0][0].body != text:
        yield EditComment(id=ours[0][0].id, body=text)


def _label(seen: Thread) -> Iterator[ThreadChange]:
    if LABEL not in seen.issue.labels:
        yield ChangeLabels(add=(LABEL,), remove=())


def _is_told(kind: str, one: Answered, reply: str, told: Sequence[str]) -> bool:
    """Tell whether a word was answered: a thread gets each reply once, but after each change.

    Anybody may claim, so anybody could make us reply without end.
    """
    once = one.answer is not Answer.OLDER
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
