"""Writes the message of the commit that holds months, as plain text. Decides what is named in it.

Partners are named by their slugs: GitHub would obey a name such as `Closes #1`.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ..model.month import Month, listed
from ..model.partner_pages import FOLDER
from ..model.ranking import Move, Ranking
from .ranking_rows import without_hidden


def commit_message(
    months: Sequence[tuple[Ranking, tuple[Move, ...]]], today: date, *, moved: bool = False
) -> str:
    """Return a subject, an empty line and what changed. `months`: each with its moves, in order.

    `today`: the day of this run. Only corrections of that day are named. `moved`: the pages of
    partners leave the repository.
    """
    rankings = [ranking for ranking, _ in months]
    corrected = any(one.day == today for ranking in rankings for one in ranking.corrections)
    named = rankings[0].month.title
    if len(rankings) > 1:
        named += f" to {rankings[-1].month.title}"
    subject = f"{'Correct the rankings' if corrected else 'Rankings'} of {named}"
    body = [
        line for ranking, moves in months for line in _lines(without_hidden(ranking), moves, today)
    ]
    if moved:
        body.append(pages_moved(rankings[-1].month))
    return "\n".join([subject, "", *body]) + "\n"


def pages_moved(month: Month) -> str:
    """Return the line of a commit that removes the pages, by which a later run knows it."""
    return f"{month}: pages and badges are on the site from now on; {FOLDER}/ is removed."


def _lines(ranking: Ranking, moves: Sequence[Move], today: date) -> Iterator[str]:
    points = {row.slug: row.points for row in ranking.partners}
    names = [f"{slug} ({points[slug]})" for slug in ranking.homepage]
    yield f"{ranking.month}: {listed(names) if names else 'nobody'} on the homepage."
    for move in moves:
        if not move.partner.hidden:
            yield f"{move.partner.slug}: {move.partner.standing.standing}, was {move.before}."
    for correction in ranking.corrections:
        if correction.day == today:
            yield from correction.changes
