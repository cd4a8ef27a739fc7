"""Writes to a partner whose standing changed: what is missing, and by when. Decides words only."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..model.month import Month, in_words
from ..model.plan import PlannedPoints
from ..model.program import Program
from ..model.ranking import PartnerMonth
from ..model.standing import Standing
from ..model.verdict import Outcome
from .escape import text
from .plan import points_in_words
from .verdict import ICONS, WORDS

_MEANING = {
    Standing.AT_RISK: "Nothing else changes yet: you are ranked and listed as before.",
    Standing.SUSPENDED: "Until that changes, you are not ranked and not on the homepage.",
    Standing.LAPSED: "Your place in the program has ended for now, and you are welcome back.",
}


def standing_notice(
    partner: PartnerMonth,
    month: Month,
    points: Sequence[PlannedPoints],
    next_step: tuple[Standing, date] | None,
    program: Program,
) -> str:
    """Return the notice in Markdown.

    `points`: those that make the next month meet everything. `next_step`: the standing to which
    more missed months lead and its first day, or None.
    """
    return "\n".join(_lines(partner, month, points, next_step, program)) + "\n"


def _lines(
    partner: PartnerMonth,
    month: Month,
    points: Sequence[PlannedPoints],
    next_step: tuple[Standing, date] | None,
    program: Program,
) -> Iterator[str]:
    standing = partner.standing.standing
    if standing is Standing.ACTIVE:
        yield f"### {text(partner.name)}: active again"
        yield ""
        yield (
            f"By what we know now, {month.title} leaves you an active partner of "
            f"{text(program.organization)}. What was said here before no longer holds. Thank you!"
        )
        return
    yield f"### {text(partner.name)}: {standing} since {partner.standing.since.title}"
    yield ""
    yield (
        f"Thank you for being a partner of {text(program.organization)}! Not everything was there "
        f"that the program asks of its partners in a month. {_MEANING[standing]}"
    )
    yield ""
    yield f"| {month.title} | Criterion | What we found |"
    yield "|:-:|---|---|"
    for finding in partner.findings:
        icon = f"{ICONS[finding.outcome]} {WORDS[finding.outcome]}"
        yield f"| {icon} | {text(finding.title)} | {text(finding.reason, 1000)} |"
    yield ""
    yield "**What to do next**"
    steps = (*_steps(partner, points, program), _until(points[-1].month, next_step))
    yield from (f"{number}. {step}" for number, step in enumerate(steps, 1))


def _steps(
    partner: PartnerMonth, points: Sequence[PlannedPoints], program: Program
) -> Iterator[str]:
    missed = {one.criterion for one in partner.findings if one.outcome is Outcome.NOT_MET}
    if "amount" in missed:
        yield "Pay at least the amount asked in every month, from the account that we know."
    if missed - {"amount"}:
        guide = program.contribution.guide
        where = f" [Help is welcome here]({guide})." if guide else ""
        yield f"Reach {points_in_words(points)} as a team.{where}"
    yield (
        "If something here is wrong, or you are away for a while, say so in a comment: a "
        "maintainer will check it, and an announced pause keeps your standing."
    )


def _until(following: Month, next_step: tuple[Standing, date] | None) -> str:
    back = (
        f"One month that meets everything makes you *active* again: with these steps "
        f"it is {following.title}, until {in_words(following.last_day)}."
    )
    if next_step is None:
        return back
    standing, day = next_step
    return f"{back} If the months until then miss it, you are *{standing}* from {in_words(day)}."
