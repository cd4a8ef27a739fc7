"""Writes a partner's page, `directory/<slug>.md`, and its badge. Decides words and order.

The page shows the partner's standing in the last committed month. A partner at risk is shown like
an active one. Text from the partner's record is a stranger's, so it is escaped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model.file import File
from ..model.month import counted, in_words
from ..model.partner import Partner
from ..model.partner_pages import paths_of
from ..model.program import Program
from ..model.ranking import PartnerMonth, Ranking
from ..model.standing import Standing
from .badge import badge
from .escape import link, text
from .ranking_rows import Row, points_by_kind, rows

_AWAY = {Standing.SUSPENDED: "suspended", Standing.LAPSED: "no partner at present"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """A partner and what the last committed month says of it.

    `month`: the month's title, "" if there is no month. `line`: the partner's result in the month.
    `row`: the partner's row in the ranking. Both are None if the month has none. `of`: how many
    partners are ranked.
    """

    partner: Partner
    program: Program
    month: str
    line: PartnerMonth | None
    row: Row | None
    of: int

    @property
    def away(self) -> str | None:
        """The words for a suspended or lapsed partner; None for any other."""
        return _AWAY.get(self.line.standing.standing) if self.line else None

    @property
    def standing(self) -> str:
        return self.away or f"partner since {self.partner.accepted.year}"


def is_page(slug: str, text: str) -> bool:
    """Tell whether `text` is a page that we wrote for the partner `slug`.

    People may keep pages of their own in the same folder.
    """
    return text.rstrip().endswith(_record(slug))


def partner_pages(
    partners: Iterable[Partner], latest: Ranking | None, program: Program
) -> Iterator[File]:
    """Yield a page and a badge for each partner that is not hidden.

    `latest`: the last committed month, or None before the first one.
    """
    lines = {(one.slug, one.accepted): one for one in latest.partners} if latest else {}
    ranked = {row.partner.slug: row for row in rows(latest)} if latest else {}
    for partner in partners:
        if partner.hidden:
            continue
        # A partner that was accepted again since then is new: the month is about its earlier time.
        line = lines.get((partner.slug, partner.accepted))
        shown = _Shown(
            partner=partner,
            program=program,
            month=latest.month.title if latest else "",
            line=line,
            row=ranked.get(partner.slug) if line else None,
            of=len(ranked),
        )
        page, image = paths_of(partner.slug)
        yield File(path=page, text="\n".join(_lines(shown)) + "\n")
        lit = shown.away is None
        yield File(path=image, text=badge(program.organization, shown.standing, lit=lit))


def _lines(shown: _Shown) -> Iterator[str]:
    partner, name = shown.partner, text(shown.program.organization)
    organization = partner.organization
    yield f"# {text(partner.name)}"
    yield ""
    yield f"![{name}: {shown.standing}]({partner.slug}.svg)"
    yield ""
    yield text(organization.description, 2000)
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| Website | {link(organization.website, organization.website)} |"
    yield f"| Contact | {link(organization.contact, organization.contact)} |"
    yield f"| Services | {text(', '.join(organization.services), 1000)} |"
    yield f"| Country | {text(organization.country.name)} |"
    yield f"| Partner of {name} | {_since(shown)} |"
    if shown.row:
        yield f"| Rank in {shown.month} | {_rank(shown.row, shown.of)} |"
    yield ""
    ranking = "All partners: [ranking](../rankings/README.md). " if shown.month else ""
    yield f"{ranking}{_record(partner.slug)}"


def _record(slug: str) -> str:
    """Return the last sentence of a page, by which `is_page` recognizes the page."""
    return f"This one: [record](../partners/{slug}.yml)."


def _since(shown: _Shown) -> str:
    accepted = f"since {in_words(shown.partner.accepted)}"
    if shown.line is None or shown.away is None:
        return accepted
    return f"{accepted}; {shown.away}, since {shown.line.standing.since.title}"


def _rank(row: Row, of: int) -> str:
    kinds = points_by_kind(row.partner)
    points = counted(row.partner.points, "point") + (f": {kinds}" if kinds else "")
    return f"{f'{row.medal} {row.rank}'.strip()} of {of}, {text(points)}"
