"""Writes the page of each committed month, and that of the last one."""

from collections.abc import Iterator, Sequence

from ..model.file import File
from ..model.month import Month
from ..model.ranking import Ranking
from .page import Pages


def ranking_pages(pages: Pages) -> Iterator[File]:
    """Yield the pages of all months. The last one has two addresses."""
    rankings = pages.directory.months
    yield _page(pages, rankings, "ranking/index.html", 0)
    for at, ranking in enumerate(rankings):
        yield _page(pages, rankings, f"ranking/{ranking.month}/index.html", at)


def _page(pages: Pages, rankings: Sequence[Ranking], path: str, at: int) -> File:
    shown = rankings[at] if rankings else None
    closed = Month.of(pages.directory.today) - 1
    lines = shown.partners if shown else ()
    return pages.page(
        "ranking",
        path,
        "ranking/",
        shown=shown,
        ranked=[one for one in lines if one.rank is not None],
        unranked=[one for one in lines if one.rank is None],
        earlier=_month(rankings, at + 1),
        later=_month(rankings, at - 1) if at else None,
        waiting=closed if shown and shown.month < closed else None,
        months=[one.month for one in rankings],
    )


def _month(rankings: Sequence[Ranking], at: int) -> Month | None:
    return rankings[at].month if at < len(rankings) else None
