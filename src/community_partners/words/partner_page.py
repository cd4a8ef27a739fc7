"""`directory/<slug>.md` and its badge: a partner, for people who look for one. Words and order.

A partner stands here as the last committed month left it; whoever is at risk is a partner like any
other. What the partner says of itself is a stranger's word, and escaped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model.file import File
from ..model.month import counted, in_words
from ..model.partner import Partner
from ..model.program import Program
from ..model.ranking import PartnerMonth, Ranking
from ..model.standing import Standing
from .badge import badge
from .escape import link, text
from .ranking_rows import Row, points_by_kind, rows

FOLDER = "directory"
_AWAY = {Standing.SUSPENDED: "suspended", Standing.LAPSED: "no partner at present"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """A partner with its line of the last `month` (its title). `row`: its place among `of`."""

    partner: Partner
    program: Program
    month: str
    line: PartnerMonth | None
    row: Row | None
    of: int

    @property
    def away(self) -> str | None:
        """What it is instead of a partner in good standing."""
        return _AWAY.get(self.line.standing.standing) if self.line else None

    @property
    def standing(self) -> str:
        return self.away or f"partner since {self.partner.accepted.year}"


def paths_of(slug: str) -> tuple[str, str]:
    """Of page and badge, below the program's folder."""
    return f"{FOLDER}/{slug}.md", f"{FOLDER}/{slug}.svg"


def is_page(slug: str, text: str) -> bool:
    """Did we write it, for a partner of that slug? Others may have pages of their own there."""
    return text.rstrip().endswith(_record(slug))


def partner_pages(
    partners: Iterable[Partner], latest: Ranking | None, program: Program
) -> Iterator[File]:
    """A page and a badge for each but the hidden ones. `latest`: the last committed month."""
    lines = {(one.slug, one.accepted): one for one in latest.partners} if latest else {}
    ranked = {row.partner.slug: row for row in rows(latest)} if latest else {}
    for partner in partners:
        if partner.hidden:
            continue
        # Who was accepted since is new, whatever became of it before.
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
    """The end of a page, by which it is known again."""
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
