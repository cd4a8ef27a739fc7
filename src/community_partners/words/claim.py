"""Writes our comment on a claim, and the answers to the words of people there. Words only."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.claim import Answer, Answered, Claim, Place
from ..model.month import Month, counted, in_words, listed
from ..model.problem import Problem
from .escape import code, link, text

_MOST = 20  # problems in one comment


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
    place: Place | None
    approvers: tuple[str, ...]
    last: Answered | None
    proposed: str | None
    ranked: bool


def claim_comment(one: Standing) -> str:
    """Return our comment in Markdown, without its hidden line."""
    return "\n".join(_lines(one)) + "\n"


def _lines(one: Standing) -> Iterator[str]:
    if one.claim is None or one.place is None:
        if one.last:
            yield _declined(one.last)
        else:
            yield from _missing(one.problems)
        return
    yield from _what(one.claim, one.place)
    if one.last is None:
        yield from _waiting(one)
    elif one.last.answer is Answer.DECLINED:
        yield _declined(one.last)
    else:
        yield from _approved(one, one.last, one.place, Month.of(one.claim.day))


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
    yield "We look again as soon as you have saved it."


def _what(claim: Claim, place: Place) -> Iterator[str]:
    yield f"### {text(claim.title)}"
    yield ""
    yield (
        f"{text(claim.kind)}, {in_words(claim.day)}, by {code(claim.person)} for "
        f"{listed([text(each.name) for each in (place, *place.also)])}: "
        f"{link('the page', claim.url)}"
    )
    yield ""


def _waiting(one: Standing) -> Iterator[str]:
    who = listed([str(code(name)) for name in one.approvers])
    points = _points(one.place) if one.place else ""
    yield (
        f"Thank you! Nothing is missing. It brings {points} once one of these people writes "
        f"`/approve` here: {who}. Nobody of the same team can approve it. They can also write "
        "`/decline reason`."
    )


def _approved(one: Standing, last: Answered, place: Place, month: Month) -> Iterator[str]:
    yield (
        f"Approved by {code(last.said.login)}: {_worth(place)} in {month.title}. Thank you for "
        f"what you do for {text(one.organization)}!"
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


def _points(place: Place) -> str:
    return _worth(place) if place.also else counted(place.points, "point")


def _worth(place: Place) -> str:
    """Return the points of each partner, such as `5 points for Acme`."""
    every = (place, *place.also)
    return listed([f"{counted(one.points, 'point')} for {text(one.name)}" for one in every])


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
        Answer.NOT_READY: f"Something is missing, see above. Write {word} once it is corrected.",
    }.get(one.answer)
