"""Writes `rankings/README.md`: the latest ranking, and links to earlier months. Decides nothing.

Names are strangers' words, so they are escaped. All addresses are our own.
"""

from collections.abc import Callable, Iterator, Sequence

from ..model.month import Month, in_words, listed
from ..model.partner_pages import PartnerPages
from ..model.program import Program
from ..model.ranking import Ranking
from .escape import Markdown, link, text
from .ranking_rows import Row, points_by_kind, rows, unranked, without_hidden

SHOWN = 20
"""The number of changes of one correction that the page shows; the month's file has all."""

_Page = Callable[[str], str]
"""Gives the address of a partner's page, by slug."""


_RANKED_BY = "Ranked by the points of the month's accepted contributions"


def ranking_page(
    latest: Ranking,
    before: Ranking | None,
    months: Sequence[Month],
    program: Program,
    pages: PartnerPages,
    records: str = "..",
) -> str:
    """Return the page in Markdown, without hidden partners.

    `before`: the month before `latest`, if it exists. `months`: all months that have a file.
    `pages`: where partners' pages are. `records`: the address or path of the program's folder,
    relative to the page.
    """

    def page(slug: str) -> str:
        return pages.page(slug, records)

    return "\n".join(_lines(without_hidden(latest), before, months, program, page, records)) + "\n"


def is_ranking_page(text: str) -> bool:
    """Tell whether a text is such a page of ours."""
    return text.startswith("# Partners of ") and f"\n\n{_RANKED_BY} (" in text


def _lines(
    latest: Ranking,
    before: Ranking | None,
    months: Sequence[Month],
    program: Program,
    page: _Page,
    records: str,
) -> Iterator[str]:
    yield f"# Partners of {text(program.organization)}: {latest.month.title}"
    yield ""
    yield (
        f"{_RANKED_BY} "
        f"({link('policy', program.policy.url)} version {text(latest.basis.version)}). "
        f"Every point names its address in {listed(_contributions(latest, records))}."
    )
    yield ""
    yield from _table(latest, before, page)
    for correction in latest.corrections:
        yield ""
        changes = " ".join(text(change) for change in correction.changes[:SHOWN])
        rest = len(correction.changes) - SHOWN
        more = f" And {rest} more, all in the file." if rest > 0 else ""
        yield f"Corrected on {in_words(correction.day)}: {changes}{more}"
    earlier = [month for month in months if month != latest.month]
    if earlier:
        yield ""
        yield "## Earlier months"
        yield ""
        yield from (f"- {_month(month, month.title, records)}" for month in reversed(earlier))


def _table(latest: Ranking, before: Ranking | None, page: _Page) -> Iterator[str]:
    ranked = rows(latest)
    if ranked:
        since = f"Since {before.month.title}" if before else "Movement"
        yield f"| | Partner | Points | For each person | From | Contributors | {since} |"
        yield "|--:|---|--:|--:|---|--:|:-:|"
        yield from (_row(row, page) for row in ranked)
    else:
        yield "No partner is ranked in this month."
    others = unranked(latest)
    if others:
        named = ", ".join(
            f"{_name(one.slug, one.name, page)} ({one.standing.standing})" for one in others
        )
        yield ""
        yield f"Not ranked this month: {named}."


def _row(row: Row, page: _Page) -> str:
    partner = row.partner
    place = f"{row.medal} {row.rank}".strip()
    cells = [
        place,
        _name(partner.slug, partner.name, page),
        str(partner.points),
        "–" if partner.points_each is None else str(partner.points_each),
        text(points_by_kind(partner)) or "–",
        str(row.contributors),
        row.movement,
    ]
    return f"| {' | '.join(cells)} |"


def _contributions(latest: Ranking, records: str) -> list[str]:
    """Return the links to the files of contributions; each name is our own."""
    names = (one.name for one in latest.contributions)
    return [f"[{name}]({records}/rankings/{name})" for name in names]


def _month(month: Month, title: str, records: str) -> str:
    return f"[{title}]({records}/rankings/{month}.json)"


def _name(slug: str, name: str, page: _Page) -> Markdown:
    """Return a partner's name, linked to its page.

    The slug is not escaped: it has only letters, digits and hyphens.
    """
    at = page(slug)
    return link(name, at) if at.startswith("https:") else Markdown(f"[{text(name)}]({at})")
