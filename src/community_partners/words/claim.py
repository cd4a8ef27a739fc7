"""Writes our comment on claims, and the answers to the words of people there. Words only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model.claim import Answer, Answered, Claimed, Credit
from ..model.commit_status import CommitStatus
from ..model.month import Month, counted, in_words, listed
from ..model.points import Points, total
from ..model.problem import Problem
from .escape import code, link, text

_MOST = 20  # problems in one comment
_NAMED = 3  # problems of a file of the program; `partners validate` names all


_SEVERAL = ("them", "They bring", "they are")
STATUS = "partners/claims"  # the context of our status on the commit of a pull request


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """All that our comment tells of the claims of one thread.

    `pull`: it is a pull request. `problems`: what is missing; then there are no `claims`.
    `last`: who approved or declined them. `proposed`: the address of the pull request that adds the
    files, if the branch is protected. `ranked`: the months of claims that are committed already.
    """

    organization: str
    pull: bool
    problems: tuple[Problem, ...]
    claims: tuple[Claimed, ...]
    approvers: tuple[str, ...]
    last: Answered | None
    proposed: str | None
    ranked: tuple[Month, ...]


UNREAD = CommitStatus(
    state="error", description="A file of the program cannot be read: do not merge", url=None
)


def status_of(*, missing: bool) -> CommitStatus:
    """Return the status of the commit that proposes claims, until they are approved or declined."""
    if missing:
        return CommitStatus(state="failure", description="Something is missing", url=None)
    description = "Waits for /approve, which adds the claims and closes this: do not merge"
    return CommitStatus(state="pending", description=description, url=None)


def claims_comment(one: Standing) -> str:
    """Return our comment in Markdown, without its hidden line."""
    return "\n".join(_lines(one)) + "\n"


def unread_comment(problems: Sequence[Problem]) -> str:
    """Return our comment on claims that a file of the program keeps us from looking at."""
    named = "\n".join(f"* {text(one, 600)}" for one in problems[:_NAMED])
    return (
        "### We could not look at this yet\n\n"
        "Thank you! A file of this program cannot be read. That is not your fault, and you need "
        "not change anything: a maintainer has to correct the file first. After that, write "
        "`/recheck` here, and we look at it.\n\n"
        f"For maintainers:\n\n{named}\n"
    )


def _lines(one: Standing) -> Iterator[str]:
    if not one.claims:
        if one.last:
            yield _declined(one.last, one)
        else:
            yield from _missing(one)
        return
    yield from _what(one.claims)
    if one.last is None:
        yield from _waiting(one)
    elif one.last.answer is Answer.DECLINED:
        yield _declined(one.last, one)
    else:
        yield from _approved(one, one.last)


def _declined(last: Answered, one: Standing) -> str:
    what, where = ("them", "pull request") if one.pull else ("it", "issue")
    return (
        f"{code(last.said.login)} has not approved {what}: {text(last.said.reason)}\n\n"
        f"Thank you all the same. If that can be mended, claim {what} again in a new {where}."
    )


def _missing(one: Standing) -> Iterator[str]:
    yield "### Almost there"
    yield ""
    how = "in the file, and push it" if one.pull else "in the form above (menu **…**, *Edit*)"
    yield f"Thank you for the {'claims' if one.pull else 'claim'}! Please correct this {how}:"
    yield ""
    for problem in one.problems[:_MOST]:
        yield f"* {_place(problem, one)}{text(problem.message)} {text(problem.remedy)}"
    if len(one.problems) > _MOST:
        yield f"* and {len(one.problems) - _MOST} more"
    yield ""
    saved = "pushed" if one.pull else "saved"
    yield f"We look again as soon as you have {saved} it, or when somebody writes `/recheck` here."


def _place(problem: Problem, one: Standing) -> str:
    """Return the place of a problem: the question of the form, or the line and key of the file."""
    place = problem.place
    named = place.field or ""
    if one.pull:
        key = named.rpartition(".")[2] if "." in named else ""
        line = f"line {place.line}" if place.line else ""
        named = ", ".join(part for part in (line, key) if part) or place.document
    return f"**{text(named)}**: " if named else ""


def _what(claims: Sequence[Claimed]) -> Iterator[str]:
    if len(claims) == 1:
        [one] = claims
        yield f"### {text(one.claim.title)}"
        yield ""
        yield _told(one)
    else:
        yield f"### {len(claims)} claims"
        yield ""
        for one in claims:
            yield f"* {text(one.claim.title)}: {_told(one)}, {_worth(one.credit)}"
    yield ""


def _told(one: Claimed) -> str:
    claim = one.claim
    when = Month.of(claim.day).title if one.credit.by_month else in_words(claim.day)
    return (
        f"{text(claim.kind)}, {when}, by {code(claim.person)} for "
        f"{_names(one.credit)}: {link('the page', claim.url)}"
    )


def _waiting(one: Standing) -> Iterator[str]:
    who = listed([str(code(name)) for name in one.approvers])
    who = f"one of {who}" if len(one.approvers) > 1 else who
    it, brings, is_ = ("it", "It brings", "it is") if len(one.claims) == 1 else _SEVERAL
    yield (
        f"Thank you! Nothing is missing. You need not do anything more. {brings} {_points(one)} "
        f"once {is_} approved."
    )
    yield ""
    yield (
        f"To approve {it}, {who} writes `/approve` here; to decline, `/decline` and the reason. "
        f"Neither who claims {it} nor anybody from {_firms(one)} can approve {it}."
    )
    if one.pull:
        yield ""
        yield (
            "There is nothing to merge: after `/approve`, the program adds the claims itself, with "
            "the name of who approved them, and closes this pull request."
        )


def _points(one: Standing) -> str:
    if len(one.claims) == 1:
        return _worth(one.claims[0].credit)
    return counted(_total([each.credit for each in one.claims]), "point")


def _worth(credit: Credit) -> str:
    points, most = counted(_total([credit]), "point"), credit.most_each_month
    if most is None:
        return points
    return f"{points} (at most {counted(most, 'point')} a month for this kind)"


def _total(credits_: Iterable[Credit]) -> Points:
    return total(each.points for one in credits_ for each in (one, *one.also))


def _names(credit: Credit) -> str:
    """Return for whom a claim counts; with the points of each, if there are several."""
    if not credit.also:
        return text(credit.name)
    every = (credit, *credit.also)
    return listed([f"{text(one.name)} ({counted(one.points, 'point')})" for one in every])


def _firms(one: Standing) -> str:
    firms = (firm for each in one.claims for firm in (each.credit, *each.credit.also))
    return listed(sorted({str(text(firm.name)) for firm in firms}))


def _approved(one: Standing, last: Answered) -> Iterator[str]:
    months = sorted({Month.of(each.claim.day) for each in one.claims})
    yield (
        f"Approved by {code(last.said.login)}: {_points(one)} for {_firms(one)} in "
        f"{listed([month.title for month in months])}. Thank you for what you do for "
        f"{text(one.organization)}!"
    )
    yield ""
    if one.proposed:
        what = "the file" if len(one.claims) == 1 else "them"
        yield f"The branch is protected, so a {link('pull request', one.proposed)} adds {what}."
        return
    if one.ranked:
        whole = listed([month.title for month in one.ranked])
        are, that = ("is", "that month") if len(one.ranked) == 1 else ("are", "these months")
        yield (
            f"{whole} {are} ranked already. The points are added when {that} {are} computed again, "
            "which a maintainer can start; the ranking lists the change as a correction."
        )
    if waiting := [month.title for month in months if month not in one.ranked]:
        are = "is" if len(waiting) == 1 else "are"
        what = "It counts" if len(one.claims) == 1 else "They count"
        yield (
            f"{what} when {listed(waiting)} {are} ranked. Each month is ranked in the first days "
            "of the next."
        )


def answer_in_words(one: Answered) -> str | None:
    """Return a reply to a word that did nothing; None if the reaction says enough.

    A stranger gets no reply: else strangers could make us reply without end.
    """
    word = code(f"/{one.said.word}")
    return {
        Answer.OWN: "Somebody else has to approve this: nobody approves their own claim or their "
        "own work. You need not do anything.",
        Answer.NEAR: "Only those named above can approve this. Our token may not see who is in a "
        "team. If you are one of them, ask a maintainer to add your login to `claims.approvers` in "
        "`program.yml`.",
        Answer.ANOTHER: "A partner's record has this login with the number of another account, so "
        "we do not take one for the other. A maintainer corrects the record, or names the present "
        "login of the person in `claims.approvers` of `program.yml`.",
        Answer.TEAMMATE: "Somebody outside the team has to approve this: nobody approves the work "
        "of a teammate.",
        Answer.NO_REASON: "Please say why, for everybody to read: `/decline reason`.",
        Answer.OLDER: f"The claim has changed since. If you still agree, write {word} once more.",
        Answer.WAITS: "This approval waits: a file of `contributions/` cannot be read, so that "
        "nobody knows whether this was approved before. The run names the file. When a "
        "maintainer has corrected it, write `/recheck` here.",
        Answer.NOT_READY: f"Something is missing, see above. Write {word} once it is corrected.",
    }.get(one.answer)
