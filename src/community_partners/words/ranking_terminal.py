"""Prints a month on a terminal: ranking, medals, movement, standings, and people to settle."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from ..model.month import counted, in_words
from ..model.ranking import PartnerMonth, Person, Ranking
from ..model.standing import Judged, Standing
from .ranking_rows import points_by_kind, rows, unranked, without_hidden
from .verdict_terminal import plain


def show_ranking(ranking: Ranking, console: Console) -> None:
    """Print a month's ranking.

    Outside text is never taken for markup, and its control characters are left out.
    """
    ranking = without_hidden(ranking)
    console.print(plain(f"{ranking.month.title}: {ranking.basis.program}"), style="bold")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for row in rows(ranking):
        partner = row.partner
        table.add_row(
            row.medal,
            f"{row.rank}.",
            plain(partner.name),
            counted(partner.points, "point"),
            row.movement,
            plain(" · ".join(filter(None, [points_by_kind(partner), _note(partner)]))),
        )
    console.print(Padding(table, (0, 0, 0, 2)))
    for partner in unranked(ranking):
        console.print(Padding(plain(f"not ranked: {partner.name}, {_note(partner)}"), (0, 0, 0, 2)))
    for line in _more(ranking):
        console.print(Padding(plain(line), (0, 0, 0, 2)))
    console.print(plain(_footer(ranking)), style="dim")


def _note(partner: PartnerMonth) -> str:
    """Return what is special about a standing; "" for an active partner that met the month."""
    standing, judged = partner.standing.standing, partner.standing.judged
    words = [] if standing is Standing.ACTIVE else [standing.value]
    if judged in (Judged.NEWCOMER, Judged.PAUSED):
        words.append(judged.value)
    if judged is Judged.UNKNOWN:
        words.append("could not be checked")
    if judged is Judged.MISSED and standing is Standing.ACTIVE:
        words.append("missed this month")
    return ", ".join(words)


def _more(ranking: Ranking) -> Iterator[str]:
    yield from map(person_in_words, ranking.people)
    for correction in ranking.corrections:
        yield from (f"corrected on {in_words(correction.day)}: {one}" for one in correction.changes)


def person_in_words(person: Person) -> str:
    """Return a sentence such as `to settle: example-user-1 (claimed twice: acme, globex)`."""
    now = f", now {person.now}" if person.now else ""
    return f"to settle: {person.github} ({person.concern}{now}: {', '.join(person.partners)})"


def _footer(ranking: Ranking) -> str:
    basis = ranking.basis
    return (
        f"Policy version {basis.version} of {in_words(basis.date)} · policy {basis.policy} · "
        f"records {basis.records} · evidence {basis.evidence}"
    )
