"""Explains a partner's month from the committed files. Nobody is asked."""

from datetime import date
from pathlib import Path

from ..errors import UserError
from ..intake.contribution_lines import ContributionLines
from ..model.directory import Directory, Listed, Position
from ..model.explanation import Explanation
from ..model.month import Month, listed
from ..model.program import Program
from ..rules.explanation import explain
from ..stored import policy_digest
from .gather import gather
from .listing import directory_of

_NAMED = 20  # months or partners in a sentence


def explanation_of(
    program: Program,
    root: Path,
    slug: str,
    asked: Month | None,
    person: str | None,
    today: date,
) -> Explanation:
    """Explain a partner's result in a month, by default the last committed one.

    `root`: the folder of the program's records. `person`: a login of the partner's team; only its
    work is listed. Team members who are left out of the site are not named. Raises UserError for a
    partner or a month that the files do not have, and for a hidden partner.
    """
    gathered = gather(program, root, today)
    directory = directory_of(gathered, today, None)
    one = _partner(directory, slug)
    position = _position(directory, one, asked)
    ranking = next(each for each in directory.months if each.month == position.month)
    told = explain(
        position,
        one.named(ContributionLines(root, [ranking]).of(one.slug, position.month), person),
        ranking,
        program.contribution,
        same_policy=ranking.basis.policy == policy_digest(program),
        person=person,
    )
    if person and not told.counted and not told.uncounted:
        raise UserError(
            f"{one.name} has no contribution of {person} in {position.month.title}. Name a login "
            "as the partner's record has it, or leave `--person` out."
        )
    return told


def _partner(directory: Directory, slug: str) -> Listed:
    every = (*directory.partners, *directory.former)
    found = next((one for one in every if one.slug == slug), None)
    if found is None:
        known = listed([one.slug for one in every[:_NAMED]]) or "none yet"
        raise UserError(f"No partner that is shown is called {slug!r}. There are: {known}.")
    return found


def _position(directory: Directory, one: Listed, asked: Month | None) -> Position:
    if one.latest is None:
        raise UserError(f"{one.name} is new: no month of it has been computed yet.")
    if asked is None:
        return one.latest
    found = next((position for position in one.positions if position.month == asked), None)
    if found is None:
        known = listed([str(position.month) for position in one.positions[:_NAMED]])
        raise UserError(f"{one.name} has no result in {asked.title}. There are: {known}.")
    return found
