"""Writes our comment on a claim, and the answers to the words of people there. Words only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.claim import Answer, Answered, Claim, Credit
from ..model.month import Month, counted, in_words, listed
from ..model.problem import Problem
from .escape import code, link, text

_MOST = 20  # problems in one comment
_NAMED = 3  # problems of a file of the program; `partners validate` names all


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """All that our comment tells of a claim.

    `problems`: what is missing; then there is no `claim`. `last`: who approved or declined it.
    `proposed`: the address of the pull request that adds the file, if the branch is protected.
    `ranked`: the month of the claim is committed already.
    """

    claimant: str
    organization: str
    problems: tuple[Problem, ...]
    claim: Claim | None
    credit: Credit | None
    approvers: tuple[str, ...]
    last: Answered | None
    proposed: str | None
    ranked: bool


def claim_comment(one: Standing) -> str:
    """Return our comment in Markdown, without its hidden line."""
    return "\n".join(_lines(one)) + "\n"


def unread_comment(problems: Sequence[Problem]) -> str:
    """Return our comment on a claim that a file of the program keeps us from looking at."""
    named = "\n".join(f"* {text(one, 600)}" for one in problems[:_NAMED])
    return (
        "### We could not look at this claim yet\n\n"
        "Thank you for the claim! A file of this program cannot be read. That is not your fault, "
        "and you need not change anything: a maintainer has to correct the file first. After that, "
        "write `/recheck` here, and we look at the claim.\n\n"
        f"For maintainers:\n\n{named}\n"
    )


def _lines(one: Standing) -> Iterator[str]:
    if one.claim is None or one.credit is None:
        if one.last:
            yield _declined(one.last)
        else:
            yield from _missing(one.problems)
        return
    yield from _what(one.claim, one.credit)
    if one.last is None:
        yield from _waiting(one)
    elif one.last.answer is Answer.DECLINED:
        yield _declined(one.last)
    else:
        yield from _approved(one, one.last, one.credit, Month.of(one.claim.day))


def _declined(last: Answered) -> str:
    return (
        f"{code(last.said.login)} has not approved it: {text(last.said.reason)} If that can be "
        "mended, claim it again in a new issue."
    )


def _missing(problems: tuple[Problem, ...]) -> Iterator[str]:
    yield "### Almost there"
    yield ""
    yield "Thank you for the claim! Please correct this in the form above (*Edit*):"
    yield ""
    for problem in problems[:_MOST]:
        where = f"**{text(problem.place.field)}**: " if problem.place.field else ""
        yield f"* {where}{text(problem.message)} {text(problem.remedy)}"
    if len(problems) > _MOST:
        yield f"* and {len(problems) - _MOST} more"
    yield ""
    yield "We look again as soon as you have saved it, or when somebody writes `/recheck` here."


def _what(claim: Claim, credit: Credit) -> Iterator[str]:
    yield f"### {text(claim.title)}"
    yield ""
    yield (
        f"{text(claim.kind)}, {in_words(claim.day)}, by {code(claim.person)} for "
        f"{text(credit.name)}: {link('the page', claim.url)}"
    )
    yield ""


def _waiting(one: Standing) -> Iterator[str]:
    who = listed([str(code(name)) for name in one.approvers])
    points = _worth(one.credit) if one.credit else ""
    yield (
        f"Thank you! Nothing is missing. It brings {points} once one of these people writes "
        f"`/approve` here: {who}. Nobody of the same team can approve it. To decline it, they write "
        "`/decline reason`."
    )


def _worth(credit: Credit) -> str:
    points, most = counted(credit.points, "point"), credit.most_each_month
    if most is None:
        return points
    return f"{points} (at most {counted(most, 'point')} a month for this kind)"


def _approved(one: Standing, last: Answered, credit: Credit, month: Month) -> Iterator[str]:
    yield (
        f"Approved by {code(last.said.login)}: {_worth(credit)} for "
        f"{text(credit.name)} in {month.title}. Thank you for what you do for "
        f"{text(one.organization)}!"
    )
    yield ""
    if one.proposed:
        yield f"The branch is protected, so a {link('pull request', one.proposed)} adds the file."
    elif one.ranked:
        yield (
            f"{month.title} is ranked already. The next computation of that month lists the "
            "difference as a correction."
        )
    else:
        yield f"It counts when {month.title} is ranked, in the first days after its end."


def answer_in_words(one: Answered) -> str | None:
    """Return a reply to a word that did nothing; None if the reaction says enough.

    A stranger gets no reply: else strangers could make us reply without end.
    """
    word = code(f"/{one.said.word}")
    return {
        Answer.OWN: "Somebody else has to approve this: not who claims it, and not who did it.",
        Answer.NEAR: "Only those named above can approve this. Our token may not see who is in a "
        "team: then a maintainer names your login in `claims.approvers` of `program.yml`.",
        Answer.TEAMMATE: "Somebody outside the team has to approve this.",
        Answer.NO_REASON: "Please say why, for everybody to read: `/decline reason`.",
        Answer.OLDER: f"The claim has changed since. If you still agree, write {word} once more.",
        Answer.WAITS: "This approval waits: a file of `contributions/` cannot be read, so that "
        "nobody knows whether this page was approved before. The run names the file. When a "
        "maintainer has corrected it, write `/recheck` here.",
        Answer.NOT_READY: f"Something is missing, see above. Write {word} once it is corrected.",
    }.get(one.answer)
